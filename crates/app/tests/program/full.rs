//! G04: a disk that is really full. The data folder lies on a small volume of its own, which is filled to the last byte while
//! orders come in: writes say 507 and what to do, reads go on, nothing acknowledged is lost, and all is well again when there
//! is space, without a restart.
//!
//! Mounting needs root; the volume is seen by a namespace of its own only and goes with it. Of PostgreSQL the tables lie on the
//! volume, by a tablespace, and a server of the test's own runs in the namespace; a full disk under its log would end it.

use std::{
    io::Write,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    process::Stdio,
};

use serde_json::{Value as Json, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    process::{Child, ChildStdin, Command},
};

use crate::installed::{Installed, Serving, client, word};

/// A volume of that many MiB at `folder`, as long as this lives.
struct Volume {
    holder: Child,
    input: Option<ChildStdin>,
    folder: PathBuf,
}

impl Volume {
    /// `None` when this user may not mount.
    async fn mount(folder: &Path, mebibytes: u32) -> Option<Self> {
        std::fs::create_dir_all(folder).expect("the temporary folder can be written");
        let script = "mount -t tmpfs -o size=$1m,mode=0700 anju \"$0\" && echo mounted && read -r end";
        let mut holder = Command::new("unshare")
            .args(["--mount", "sh", "-c", script])
            .arg(folder)
            .arg(mebibytes.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .ok()?;
        let input = holder.stdin.take();
        let mut lines = BufReader::new(holder.stdout.take()?).lines();
        let mounted = lines.next_line().await.ok().flatten();
        mounted.map(|_| Self { holder, input, folder: folder.to_path_buf() })
    }
    fn pid(&self) -> u32 {
        self.holder.id().expect("it holds the volume")
    }
    /// The words before a command that shall see the volume.
    fn inside(&self) -> Vec<String> {
        vec!["nsenter".into(), format!("--mount=/proc/{}/ns/mnt", self.pid()), "--".into()]
    }
    /// A file of the volume as this process reaches it.
    fn path(&self, name: &str) -> PathBuf {
        let folder = self.folder.strip_prefix("/").expect("an absolute folder");
        PathBuf::from(format!("/proc/{}/root", self.pid())).join(folder).join(name)
    }
    /// Writes until not one byte more goes in.
    fn fill(&self) {
        let mut file = std::fs::File::options().create(true).append(true).open(self.path("filler")).expect("a file");
        let mut piece = 1 << 20;
        while piece > 0 {
            match file.write_all(&vec![7; piece]) {
                Ok(()) => {}
                Err(_) => piece /= 2,
            }
        }
    }
    fn free(&self) {
        std::fs::remove_file(self.path("filler")).expect("the filler is there");
    }
    async fn unmount(mut self) {
        if let Some(mut input) = self.input.take() {
            let _ = input.write_all(b"end\n").await;
        }
        let _ = self.holder.wait().await;
    }
}

/// What a report was answered: its status, and its number when it was taken.
async fn report(serving: &Serving, token: &str, key: &str) -> (u16, Json) {
    let body = json!({ "site": "GYHY", "kind": "enquiry", "category": "ask.works", "urgency": "normal", "channel": "phone",
        "text": key, "reporter": { "name": "周敏" } });
    let request = client().post(serving.url("/api/v1/orders")).bearer_auth(token).header("idempotency-key", key);
    let reply = request.json(&body).send().await.expect("the program answers");
    (reply.status().as_u16(), reply.json().await.expect("JSON"))
}

async fn read(serving: &Serving, token: &str) -> u16 {
    let request = client().get(serving.url("/api/v1/orders?site=GYHY")).bearer_auth(token);
    request.send().await.expect("the program answers").status().as_u16()
}

/// Fills the disk under four writers until everything is refused; gives the keys that were acknowledged.
async fn overfilled(volume: &Volume, serving: &Serving, token: &str) -> Vec<String> {
    let mut acknowledged = Vec::new();
    let mut refused = 0;
    volume.fill();
    while refused < 20 {
        let keys: [String; 4] = std::array::from_fn(|_| word());
        let (a, b, c, d) = tokio::join!(
            report(serving, token, &keys[0]),
            report(serving, token, &keys[1]),
            report(serving, token, &keys[2]),
            report(serving, token, &keys[3])
        );
        for ((status, said), key) in [a, b, c, d].into_iter().zip(keys) {
            match status {
                201 => acknowledged.push(key),
                507 => {
                    assert_eq!(said["code"], "disk_full", "{said}");
                    refused += 1;
                }
                _ => panic!("{status} {said}"),
            }
        }
        // What was freed by giving up is filled as well.
        volume.fill();
        assert_eq!(read(serving, token).await, 200, "reading goes on");
    }
    acknowledged
}

fn not_mounted() {
    assert!(std::env::var_os("CI").is_none(), "CI runs as root and must be able to mount");
    println!("skipped: only root may mount a volume to fill");
}

/// Fills and frees the volume twice under load; gives the keys that were acknowledged.
async fn filled_and_freed(volume: &Volume, serving: &Serving, token: &str) -> Vec<String> {
    let mut acknowledged = Vec::new();
    for _ in 0..2 {
        acknowledged.extend(overfilled(volume, serving, token).await);
        volume.free();
        let key = word();
        let again = report(serving, token, &key).await;
        assert_eq!(again.0, 201, "with space the first write goes through: {}", again.1);
        acknowledged.push(key);
    }
    acknowledged
}

async fn all_there(db: db::Db, acknowledged: &[String]) {
    let there: Vec<String> = db.all("SELECT body AS value FROM orders", ()).await.expect("orders are read");
    db.close().await;
    assert!(acknowledged.iter().all(|key| there.contains(key)), "nothing acknowledged is lost");
    assert_eq!(there.len(), acknowledged.len(), "and nothing refused was kept");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_disk_that_is_full_nothing_acknowledged_is_lost_and_all_is_well_again_with_space() {
    let mut house = Installed::empty().await;
    if house.database_url.is_some() {
        return println!("skipped: the next test is PostgreSQL's");
    }
    let Some(volume) = Volume::mount(&house.data(), 24).await else { return not_mounted() };
    house.inside = volume.inside();
    house.found().await;
    let token = house.token().await;
    let serving = house.serve(&[]).await;
    let mut acknowledged = overfilled(&volume, &serving, &token).await;
    let page = client().post(serving.url("/login")).header("sec-fetch-site", "same-origin");
    let page = page.form(&[("login", "root"), ("password", "wrong")]).header("accept-language", "zh-CN");
    let page = page.send().await.expect("a page");
    assert_eq!(page.status(), 507);
    assert!(page.text().await.expect("a page").contains("存储空间满了"));
    volume.free();
    acknowledged.extend(filled_and_freed(&volume, &serving, &token).await);
    assert_eq!(serving.stopped().await, 0);
    house.anju(&["check"]).await.is(0);
    // Through the other's name for its root the engine would look in our own.
    let copy = house.folder.join("copy.db");
    std::fs::copy(volume.path("anju.db"), &copy).expect("the database can be read");
    all_there(db::Db::open_sqlite(&copy).await.expect("the database opens"), &acknowledged).await;
    volume.unmount().await;
}

/// A PostgreSQL in the volume's namespace whose tables lie on the volume.
struct Server {
    folder: PathBuf,
    inside: Vec<String>,
    url: String,
}

impl Server {
    const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/postgres.sh");

    async fn start(volume: &Volume, folder: PathBuf) -> Self {
        let mut server = Self { folder, inside: volume.inside(), url: String::new() };
        server.url = server.script("start").await;
        // The server is not root, and its tables are in a folder of its own.
        let home = std::fs::read_to_string(server.folder.join("home")).expect("the script says where it is");
        let user = std::fs::metadata(home.trim()).expect("the server has a home");
        std::os::unix::fs::chown(volume.path(""), Some(user.uid()), Some(user.gid())).expect("root may give it away");
        let make = format!("CREATE TABLESPACE small LOCATION '{}'", volume.folder.display());
        server.ask(&make).await;
        server.ask("ALTER ROLE anju SET default_tablespace = small").await;
        server
    }
    async fn script(&self, act: &str) -> String {
        let folder = self.folder.display().to_string();
        let words = self.inside.iter().map(String::as_str).chain([Self::SCRIPT, act, folder.as_str()]);
        said(words).await
    }
    async fn ask(&self, sql: &str) {
        said(["psql", "-qv", "ON_ERROR_STOP=1", &self.url, "-c", sql]).await;
    }
}

/// What a command printed; it must end well.
async fn said<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let mut words = words.into_iter();
    let mut command = Command::new(words.next().expect("a program"));
    let output = command.args(words).output().await.expect("the program starts");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stdout).trim().to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_the_disk_of_postgresql_is_full_nothing_acknowledged_is_lost_and_all_is_well_again_with_space() {
    let mut house = Installed::empty().await;
    if house.database_url.is_none() {
        return println!("skipped: the test before is SQLite's");
    }
    let Some(volume) = Volume::mount(&house.folder.join("tables"), 64).await else { return not_mounted() };
    let server = Server::start(&volume, house.folder.join("server")).await;
    house.database_url = Some(server.url.clone());
    house.found().await;
    let token = house.token().await;
    let serving = house.serve(&[]).await;
    let acknowledged = filled_and_freed(&volume, &serving, &token).await;
    assert_eq!(serving.stopped().await, 0);
    house.anju(&["check"]).await.is(0);
    all_there(db::Db::open_postgres(&server.url, 1).await.expect("the server answers"), &acknowledged).await;
    server.script("stop").await;
    volume.unmount().await;
}
