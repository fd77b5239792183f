//! An installation of the product to be measured: the demo community, more rows where a goal asks for them, a session.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use uuid::Uuid;

use crate::{
    Control, Outcome, Settings,
    http::Client,
    process::{self, Running},
    seed,
};

/// The site of the demo community.
pub const SITE: &str = "GYHY";
const LOGIN: &str = "chenfang";
/// The demo's own, known to everybody: it works on a loopback address only.
const PASSWORD: &str = "guiyu-huayuan-demo";

pub struct Installation {
    program: PathBuf,
    folder: PathBuf,
    shim: PathBuf,
}

impl Installation {
    /// The installation called `name`, made when it is not there yet.
    pub async fn open(settings: &Settings, name: &str) -> Outcome<Self> {
        let folder = settings.folder.join(name);
        let here = Self { program: settings.product.clone(), folder, shim: shim(settings)? };
        let half_filled = here.is_marked("filling") && !here.is_marked("seeded");
        if half_filled || !here.is_marked("made") {
            let _ = std::fs::remove_dir_all(&here.folder);
            let address = settings.address(0);
            let mut command = Command::new(&here.program);
            command.arg("demo").arg("--data").arg(&here.folder).args(["--listen", &address, "--test-gateways"]);
            let mut running = Running::start(&mut command, &address, &settings.folder.join("demo.log"))?;
            running.ready("/login").await?;
            drop(running);
            here.mark("made")?;
        }
        Ok(here)
    }
    pub fn is_marked(&self, what: &str) -> bool {
        self.folder.join(format!("bench-{what}")).exists()
    }
    pub fn mark(&self, what: &str) -> Outcome<()> {
        Ok(std::fs::write(self.folder.join(format!("bench-{what}")), "")?)
    }
    pub fn database(&self) -> PathBuf {
        self.folder.join("anju.db")
    }
    pub async fn open_database(&self) -> Outcome<db::Db> {
        Ok(db::Db::open_sqlite(&self.database()).await?)
    }
    fn tally(&self) -> PathBuf {
        self.folder.join("bench-syncs")
    }
    /// How often the product asked the disk to keep what it has.
    pub fn syncs(&self) -> f64 {
        std::fs::metadata(self.tally()).map_or(0.0, |file| file.len() as f64)
    }
    /// The same once more, without the index of this name: for a red control. The limit keeps the sound one.
    pub async fn without(&self, index: &str) -> Outcome<Self> {
        let folder = self.folder.with_extension("spoilt");
        let _ = std::fs::remove_dir_all(&folder);
        let copied = Command::new("cp").arg("-r").arg(&self.folder).arg(&folder).status()?;
        if !copied.success() {
            return Err("no room for a copy without the index".into());
        }
        let spoilt = Self { program: self.program.clone(), folder, shim: self.shim.clone() };
        let db = spoilt.open_database().await?;
        seed::drop_index(&db, index).await?;
        db.close().await;
        Ok(spoilt)
    }
    /// Started and not waited for.
    pub fn start(&self, address: &str) -> Outcome<Running> {
        let mut command = Command::new(&self.program);
        command.arg("serve").arg("--data").arg(&self.folder).args(["--listen", address]);
        command.env("LD_PRELOAD", &self.shim).env("ANJU_SYNCS", self.tally());
        Running::start(&mut command, address, &self.folder.join("serve.log"))
    }
    pub async fn serve(&self, address: &str) -> Outcome<Running> {
        let mut running = self.start(address)?;
        running.ready("/login").await?;
        Ok(running)
    }
    /// A token of the desk for the API.
    pub async fn token(&self) -> Outcome<String> {
        let mut command = Command::new(&self.program);
        command.args(["admin", "token", "--login", LOGIN, "--days", "30", "--data"]).arg(&self.folder);
        Ok(process::to_the_end(&mut command).await?.said.trim().to_string())
    }
}

/// The library that lies under the product: it counts the syncs, or spoils the disk where the control asks for it.
pub fn shim(settings: &Settings) -> Outcome<PathBuf> {
    let name = match settings.red {
        Some(Control::Nosync) => "nosync.so",
        Some(Control::Slow) => "slow.so",
        Some(Control::Sleep | Control::Index) | None => "count.so",
    };
    let path = settings.folder.join(name);
    std::fs::canonicalize(&path).map_err(|_| format!("{} is missing: benches/run.sh makes it", path.display()).into())
}

/// Logs the desk in; the header that carries the session.
pub async fn session(address: &str) -> Outcome<String> {
    let body = format!("login={LOGIN}&password={PASSWORD}");
    let request = format!(
        "POST /login HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = Client::open(address).await?.send(request.as_bytes()).await?;
    let cookie = answer.head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("set-cookie").then(|| value.split(';').next().unwrap_or(value).to_string())
    });
    let cookie = cookie.ok_or_else(|| format!("no session: {} {}", answer.status, answer.head))?;
    Ok(format!("cookie: {cookie}\r\n"))
}

/// A limit program that serves pages of the same database.
pub async fn limit(settings: &Settings, database: &Path, address: &str) -> Outcome<Running> {
    let mut command = Command::new(&settings.limits);
    command.arg("pages").arg(database).arg(address);
    let mut running = Running::start(&mut command, address, &settings.folder.join("limit.log"))?;
    running.ready("/").await?;
    Ok(running)
}

/// What stands before the product when it must be late.
pub async fn relay(settings: &Settings, target: &str) -> Outcome<Option<Running>> {
    if settings.red != Some(Control::Sleep) {
        return Ok(None);
    }
    let address = settings.address(2);
    let mut command = Command::new(&settings.limits);
    command.args(["relay", &address, target, "5"]);
    let mut running = Running::start(&mut command, &address, &settings.folder.join("relay.log"))?;
    running.ready("/login").await?;
    Ok(Some(running))
}

/// The measured site's id.
pub async fn site(db: &db::Db) -> Outcome<Uuid> {
    struct Id(Uuid);
    impl db::FromRow for Id {
        fn from_row(row: &db::Row) -> Result<Self, db::DbError> {
            Ok(Self(row.get("id")?))
        }
    }
    Ok(db.one::<Id>("SELECT id FROM sites WHERE code = $1", (SITE,)).await?.0)
}
