use sha2::{Digest, Sha256};

use crate::{Db, DbError, Engine, FromRow, Row, Sql};

/// One step of the schema, for both engines, forward only. Column kinds are words in braces.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// One order for the whole program.
    pub number: i64,
    pub name: &'static str,
    pub sql: &'static str,
}

struct Done {
    number: i64,
    checksum: String,
}
impl FromRow for Done {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { number: row.get("number")?, checksum: row.get("checksum")? })
    }
}

impl Db {
    /// Numbers of `list` that this database has not seen. Errors: `Newer` when it has seen more than `list` holds.
    pub async fn pending(&self, list: &[Migration]) -> Result<Vec<i64>, DbError> {
        let mut link = self.link().await?;
        let known = match link.all::<Done>(Sql::new("SELECT number, checksum FROM migrations ORDER BY number")).await {
            Ok(known) => known,
            Err(DbError::Sql(_)) => Vec::new(),
            Err(cause) => return Err(cause),
        };
        check_known(&known, list)?;
        Ok(list
            .iter()
            .map(|step| step.number)
            .filter(|number| known.iter().all(|done| done.number != *number))
            .collect())
    }
    /// Brings the schema to the end of `list`; each step is one transaction.
    pub async fn migrate(&self, list: &[Migration]) -> Result<usize, DbError> {
        let mut tx = self.begin().await?;
        tx.run(Sql::new(
            "CREATE TABLE IF NOT EXISTS migrations (number BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL)",
        ))
        .await?;
        tx.commit().await?;
        let pending = self.pending(list).await?;
        for step in list.iter().filter(|step| pending.contains(&step.number)) {
            self.step(step).await?;
        }
        Ok(pending.len())
    }
    async fn step(&self, step: &Migration) -> Result<(), DbError> {
        let mut tx = self.begin().await?;
        if self.engine() == Engine::Postgres {
            tx.run(Sql::new("LOCK TABLE migrations IN EXCLUSIVE MODE")).await?;
            let mine = Sql::new("SELECT number AS value FROM migrations WHERE number = ").bind(step.number);
            if tx.opt::<i64>(mine).await?.is_some() {
                return tx.commit().await;
            }
        }
        for statement in statements(step.sql, self.engine()) {
            tx.run(Sql::owned(statement)).await?;
        }
        let note = Sql::new("INSERT INTO migrations (number, name, checksum) VALUES (").bind(step.number).push(", ");
        tx.run(note.bind(step.name).push(", ").bind(checksum(step.sql)).push(")")).await?;
        tracing::info!(number = step.number, name = step.name, "schema step done");
        tx.commit().await
    }
}

fn check_known(known: &[Done], list: &[Migration]) -> Result<(), DbError> {
    for done in known {
        match list.iter().find(|step| step.number == done.number) {
            Some(step) if checksum(step.sql) == done.checksum => {}
            _ => return Err(DbError::Newer(done.number)),
        }
    }
    Ok(())
}

fn checksum(sql: &str) -> String {
    Sha256::digest(sql.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Statements end with `;` at the end of a line; trigger bodies are given per engine in blocks `{sqlite: … :}` and
/// `{postgres: … :}`.
fn statements(sql: &str, engine: Engine) -> Vec<String> {
    let (mine, other) = match engine {
        Engine::Sqlite => ("{sqlite:", "{postgres:"),
        Engine::Postgres => ("{postgres:", "{sqlite:"),
    };
    let mut out = Vec::new();
    let mut rest = sql;
    while let Some(at) = [mine, other].iter().filter_map(|mark| rest.find(mark)).min() {
        plain(&rest[..at], engine, &mut out);
        let (mark, block) = if rest[at..].starts_with(mine) { (mine, true) } else { (other, false) };
        let body = &rest[at + mark.len()..];
        let end = body.find(":}").unwrap_or(body.len());
        if block {
            out.push(kinds(body[..end].trim(), engine));
        }
        rest = body.get(end + 2..).unwrap_or("");
    }
    plain(rest, engine, &mut out);
    out
}

fn plain(sql: &str, engine: Engine, out: &mut Vec<String>) {
    let text: Vec<&str> = sql.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
    let parts = text.join("\n");
    out.extend(
        parts
            .split(";\n")
            .map(|part| part.trim().trim_end_matches(';'))
            .filter(|part| !part.is_empty())
            .map(|part| kinds(part, engine)),
    );
}

fn kinds(sql: &str, engine: Engine) -> String {
    let words: [(&str, &str); 7] = match engine {
        Engine::Sqlite => [
            ("{id}", "BLOB"),
            ("{int}", "INTEGER"),
            ("{text}", "TEXT"),
            ("{bytes}", "BLOB"),
            ("{strict}", "STRICT"),
            ("{keyed}", "STRICT, WITHOUT ROWID"),
            ("{auto}", "INTEGER PRIMARY KEY AUTOINCREMENT"),
        ],
        Engine::Postgres => [
            ("{id}", "UUID"),
            ("{int}", "BIGINT"),
            ("{text}", "TEXT COLLATE \"C\""),
            ("{bytes}", "BYTEA"),
            ("{strict}", ""),
            ("{keyed}", ""),
            ("{auto}", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"),
        ],
    };
    words.iter().fold(sql.to_string(), |sql, (word, own)| sql.replace(word, own))
}
