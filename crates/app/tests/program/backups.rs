use std::{fs, path::Path};

use crate::installed::{Installed, PASSWORD};

#[tokio::test]
async fn a_backup_made_beside_a_running_server_comes_back_whole() {
    let house = Installed::new().await;
    let serving = house.serve(&[]).await;
    let archive = house.path("a.anju");
    house.anju(&["admin", "add-site", "--code", "LAKE", "--name", "湖畔"]).await.is(0);
    house.anju(&["backup", &archive]).await.is(0);
    house.anju(&["admin", "add-site", "--code", "LATER", "--name", "后来"]).await.is(0);
    house.anju(&["verify", &archive]).await.is(0);
    assert_eq!(serving.stopped().await, 0);
    let elsewhere = elsewhere(&house).await;
    elsewhere.anju(&["restore", &archive]).await.is(0);
    elsewhere.anju(&["check"]).await.is(0);
    let db = elsewhere.open().await;
    let codes: Vec<String> = db.all("SELECT code AS value FROM sites ORDER BY code", ()).await.unwrap();
    db.close().await;
    assert_eq!(codes, ["GYHY", "LAKE"]);
}

/// Another place with the keys of `house`, and a database of its own.
async fn elsewhere(house: &Installed) -> Installed {
    let place = Installed::empty().await;
    let keys = place.data().join("keys");
    fs::create_dir_all(&keys).expect("the temporary folder can be written");
    for entry in fs::read_dir(house.data().join("keys")).expect("the keys are there") {
        let path = entry.expect("a folder can be read").path();
        fs::copy(&path, keys.join(path.file_name().expect("a file has a name"))).expect("a key can be copied");
    }
    place
}

#[tokio::test]
async fn a_damaged_backup_is_refused_and_changes_nothing() {
    let house = Installed::new().await;
    let archive = house.path("a.anju");
    house.anju(&["backup", &archive]).await.is(0);
    let whole = fs::read(&archive).unwrap();
    let broken = house.path("broken.anju");
    for at in [0, 8, 30, 50, 70, 77, whole.len() / 2, whole.len() - 1] {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x40;
        fs::write(&broken, bytes).unwrap();
        house.anju(&["verify", &broken]).await.is(1);
    }
    for length in [0, 1, 75, 76, 77, whole.len() / 2, whole.len() - 17, whole.len() - 1] {
        fs::write(&broken, &whole[..length]).unwrap();
        house.anju(&["verify", &broken]).await.is(1);
    }
    let before = fs::read_dir(&house.folder).unwrap().count();
    if house.database_url.is_none() {
        house.anju(&["restore", &broken]).await.is(1);
    }
    assert_eq!(fs::read_dir(&house.folder).unwrap().count(), before, "nothing is left lying about");
    house.anju(&["check"]).await.is(0);
}

#[tokio::test]
async fn another_key_is_refused_and_a_passphrase_stands_alone() {
    let (house, stranger) = (Installed::new().await, Installed::new().await);
    let (archive, phrase) = (house.path("a.anju"), house.file("phrase", PASSWORD));
    stranger.anju(&["backup", &stranger.path("own.anju")]).await.is(0);
    house.anju(&["backup", &archive]).await.is(0);
    stranger.anju(&["verify", &archive]).await.is(3);
    let sealed = house.path("b.anju");
    house.anju(&["backup", &sealed, "--passphrase-file", &phrase]).await.is(0);
    house.anju(&["verify", &sealed]).await.is(3);
    let other = Installed::empty().await;
    other.anju(&["restore", &sealed, "--passphrase-file", &phrase]).await.is(0);
    other.anju(&["check"]).await.is(0);
    assert!(Path::new(&other.data().join("keys/seal.key")).exists(), "its keys came with it");
}

#[tokio::test]
async fn the_head_shows_later_that_the_tail_was_cut() {
    let house = Installed::new().await;
    let head = audit_head(&house).await;
    house.anju(&["check", "--head", &head]).await.is(0);
    house.anju(&["admin", "add-site", "--code", "LAKE", "--name", "湖畔"]).await.is(0);
    house.anju(&["check", "--head", &head]).await.is(0);
    house.anju(&["check", "--head", &"0".repeat(64)]).await.is(1);
    house.anju(&["check", "--head", "xyz"]).await.is(2);
}

async fn audit_head(house: &Installed) -> String {
    let db = house.open().await;
    let head: Vec<u8> = db
        .one("SELECT mac AS value FROM audit_heads WHERE chain = $1", ("company",))
        .await
        .expect("the company has a chain");
    db.close().await;
    kernel::audit::hex(&head)
}
