//! Where a world lives: a folder that goes with it, and a database of its own.

use std::path::{Path, PathBuf};

use db::Db;
use kernel::{audit::hex, schema::MIGRATIONS};
use tokio::sync::OnceCell;
use values::Chance;

pub(crate) struct Folder(pub PathBuf);

impl Folder {
    pub fn fresh() -> Self {
        let path = std::env::temp_dir().join(format!("anju-world-{}", hex(&Chance::system().bytes::<8>())));
        std::fs::create_dir_all(&path).expect("the temporary folder can be written");
        Self(path)
    }
}
impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(crate) async fn database(folder: &Path) -> Db {
    match std::env::var("TEST_DB") {
        Ok(server) if !server.is_empty() => postgres(&server).await,
        _ => sqlite(folder).await,
    }
}

async fn sqlite(folder: &Path) -> Db {
    static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
    let template = TEMPLATE.get_or_init(|| async {
        let folder = Folder::fresh();
        let file = folder.0.join("template.db");
        let db = Db::open_sqlite(&file).await.expect("an empty file opens");
        db.migrate(MIGRATIONS).await.expect("the schema is sound");
        db.close().await;
        std::fs::read(&file).expect("the template was written")
    });
    let file = folder.join("anju.db");
    std::fs::write(&file, template.await).expect("the temporary folder can be written");
    Db::open_sqlite(&file).await.expect("the copy opens")
}

/// A schema is far quicker to make than a database.
async fn postgres(server: &str) -> Db {
    let schema = format!("w{}", hex(&Chance::system().bytes::<8>()));
    let first = Db::open_postgres(server, 1).await.expect("TEST_DB names a running server");
    let mut tx = first.begin().await.expect("the server answers");
    tx.run(db::Sql::test_only(format!("CREATE SCHEMA {schema}"))).await.expect("the user may make schemas");
    tx.commit().await.expect("the server answers");
    first.close().await;
    let join = if server.contains('?') { '&' } else { '?' };
    let db = Db::open_postgres(&format!("{server}{join}options=-c%20search_path%3D{schema}"), 4)
        .await
        .expect("the schema opens");
    db.migrate(MIGRATIONS).await.expect("the schema is sound");
    db
}
