//! An installation in a folder of its own, on SQLite, or in a schema of its own on PostgreSQL when `TEST_DB` names a
//! server.

use std::{
    path::{Path, PathBuf},
    process::{Output, Stdio},
};

use db::Db;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};
use values::Chance;

const ANJU: &str = env!("CARGO_BIN_EXE_anju");
pub const PASSWORD: &str = "correct horse battery staple";

pub struct Installed {
    pub folder: PathBuf,
    pub database_url: Option<String>,
    /// Words before each command, such as those that enter a namespace.
    pub inside: Vec<String>,
}

impl Drop for Installed {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// What a command answered.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    /// Panics with everything that was said when the code is another one.
    pub fn is(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:?}");
        self
    }
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("what is printed is UTF-8");
        Self { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }
}

pub fn word() -> String {
    kernel::audit::hex(&Chance::system().bytes::<8>())
}

impl Installed {
    /// An empty folder; on PostgreSQL an empty schema.
    pub async fn empty() -> Self {
        let folder = std::env::temp_dir().join(format!("anju-program-{}", word()));
        std::fs::create_dir_all(&folder).expect("the temporary folder can be written");
        Self { folder, database_url: schema().await, inside: Vec::new() }
    }
    /// With a company, an administrator `root` and the site GYHY.
    pub async fn new() -> Self {
        let house = Self::empty().await;
        house.found().await;
        house
    }
    pub async fn found(&self) {
        let file = self.file("password", PASSWORD);
        self.anju(&["init", "--company", "金桥物业", "--admin", "root", "--password-file", &file]).await.is(0);
        self.anju(&["admin", "add-site", "--code", "GYHY", "--name", "桂语花园"]).await.is(0);
    }
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }
    /// A file beside the data folder.
    pub fn file(&self, name: &str, text: &str) -> String {
        let path = self.folder.join(name);
        std::fs::write(&path, text).expect("the temporary folder can be written");
        path.display().to_string()
    }
    pub fn path(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }
    fn command(&self, args: &[&str], data: &Path) -> Command {
        let mut words = self.inside.iter().map(String::as_str).chain([ANJU]).chain(args.iter().copied());
        let mut command = Command::new(words.next().expect("the program is a word"));
        command
            .args(words)
            .env("ANJU_DATA", data)
            .env("ANJU_LOG", "warn")
            .env("ANJU_WATERMARK", "0")
            .env("LANG", "C")
            .kill_on_drop(true);
        if let Some(url) = &self.database_url {
            command.env("ANJU_DATABASE_URL", url);
        }
        command
    }
    pub async fn anju(&self, args: &[&str]) -> Said {
        self.command(args, &self.data()).output().await.expect("the program starts").into()
    }
    /// Started and not waited for.
    pub fn start(&self, args: &[&str]) -> Child {
        self.command(args, &self.data())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts")
    }
    /// With another data folder.
    pub async fn anju_at(&self, data: &Path, args: &[&str]) -> Said {
        self.command(args, data).output().await.expect("the program starts").into()
    }
    pub async fn token(&self) -> String {
        self.anju(&["admin", "token", "--login", "root", "--days", "3"]).await.is(0).out.trim().to_string()
    }
    /// Starts `anju serve` on a free port and returns when it listens.
    pub async fn serve(&self, args: &[&str]) -> Serving {
        let mut command = self.command(&[&["serve", "--listen", "127.0.0.1:0"], args].concat(), &self.data());
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output is ours")).lines();
        loop {
            let line = lines
                .next_line()
                .await
                .expect("its output can be read")
                .expect("it says where it serves before it ends");
            if let Some(address) = line.strip_prefix("Anju serves on ") {
                return Serving { child, address: address.to_string() };
            }
        }
    }
    pub async fn open(&self) -> Db {
        match &self.database_url {
            Some(url) => Db::open_postgres(url, 2).await.expect("the server answers"),
            None => Db::open_sqlite(&self.data().join("anju.db")).await.expect("the database opens"),
        }
    }
}

/// A new empty schema, as a URL that leads into it.
pub async fn schema() -> Option<String> {
    let server = std::env::var("TEST_DB").ok().filter(|server| !server.is_empty())?;
    let name = format!("p{}", word());
    let db = Db::open_postgres(&server, 1).await.expect("TEST_DB names a running server");
    let mut tx = db.begin().await.expect("the server answers");
    tx.run(db::Sql::test_only(format!("CREATE SCHEMA {name}"))).await.expect("the user may make schemas");
    tx.commit().await.expect("the server answers");
    db.close().await;
    let join = if server.contains('?') { '&' } else { '?' };
    Some(format!("{server}{join}options=-c%20search_path%3D{name}"))
}

/// A running program.
pub struct Serving {
    pub child: Child,
    /// `http://127.0.0.1:43210`
    pub address: String,
}

impl Serving {
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
    /// kill -9, and nothing of it is left.
    pub async fn killed(mut self) {
        self.child.kill().await.expect("it can be killed");
    }
    /// SIGTERM; gives its exit code.
    pub async fn stopped(mut self) -> i32 {
        let pid = self.child.id().expect("it runs").to_string();
        let sent = Command::new("kill").args(["-TERM", &pid]).status().await.expect("kill is there");
        assert!(sent.success());
        self.child.wait().await.expect("it ends").code().unwrap_or(-1)
    }
}

/// A client of HTTP. The library asks for a TLS provider even where nothing is TLS.
pub fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::new()
}
