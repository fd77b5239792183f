use crate::{Db, DbError, Engine, FromRow, Row, Sql, engine::Inner};

/// A row whose reference leads nowhere.
struct Loose {
    table: String,
    to: String,
}
impl FromRow for Loose {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { table: row.get("name")?, to: row.get("target")? })
    }
}

impl Db {
    /// `SQLite 3.54.1`, `PostgreSQL 15.9`.
    pub async fn engine_version(&self) -> Result<String, DbError> {
        let (name, sql) = match self.engine() {
            Engine::Sqlite => ("SQLite", "SELECT sqlite_version() AS value"),
            Engine::Postgres => ("PostgreSQL", "SELECT current_setting('server_version') AS value"),
        };
        Ok(format!("{name} {}", self.one::<String>(sql, ()).await?))
    }
    /// What the engine itself finds wrong with its pages and indexes; nothing when it is sound. A PostgreSQL server has
    /// its own checksums and says so on reading: here every invalid index is named.
    pub async fn faults(&self) -> Result<Vec<String>, DbError> {
        let sql = match self.engine() {
            Engine::Sqlite => {
                "SELECT integrity_check AS value FROM pragma_integrity_check WHERE integrity_check <> 'ok'"
            }
            Engine::Postgres => {
                "SELECT 'index ' || indexrelid::regclass::text || ' is not valid' AS value FROM pg_index WHERE NOT indisvalid ORDER BY 1"
            }
        };
        self.all(sql, ()).await
    }
    /// References that lead nowhere (embedded), or whose rule was never proven (PostgreSQL, which enforces the others).
    pub async fn loose_references(&self) -> Result<Vec<String>, DbError> {
        let sql = match self.engine() {
            Engine::Sqlite => {
                "SELECT \"table\" AS name, parent AS target FROM pragma_foreign_key_check ORDER BY 1, 2 LIMIT 100"
            }
            Engine::Postgres => {
                "SELECT conrelid::regclass::text AS name, confrelid::regclass::text AS target FROM pg_constraint \
                 WHERE contype = 'f' AND NOT convalidated ORDER BY 1, 2"
            }
        };
        let loose: Vec<Loose> = self.all(sql, ()).await?;
        Ok(loose.into_iter().map(|loose| format!("{} → {}", loose.table, loose.to)).collect())
    }
    /// SQLite plans without knowing how many rows a table has unless somebody counts: without this it may read a whole site
    /// for one household. Counts what has grown much since, which takes no time when nothing has. PostgreSQL does so by
    /// itself.
    pub async fn refresh_statistics(&self) -> Result<(), DbError> {
        if self.engine() == Engine::Postgres {
            return Ok(());
        }
        let mut tx = self.begin().await?;
        // 0x10000: all tables, 0x2: analyse those that need it (the engine bounds the rows it looks at).
        tx.run(Sql::new("PRAGMA optimize = 0x10002")).await?;
        tx.commit().await
    }
    /// Tables of ours, or of anybody, in the place this database works in.
    pub async fn is_empty(&self) -> Result<bool, DbError> {
        let sql = match &self.0 {
            Inner::Sqlite { .. } => "SELECT count(*) AS value FROM sqlite_master WHERE type = 'table'",
            Inner::Postgres(_) => {
                "SELECT count(*) AS value FROM information_schema.tables WHERE table_schema = current_schema()"
            }
        };
        Ok(self.link().await?.one::<i64>(Sql::new(sql)).await? == 0)
    }
}
