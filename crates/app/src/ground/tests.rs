use super::*;

struct Temp(PathBuf);
impl Drop for Temp {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn place(name: &str) -> (Temp, Place) {
    let data = std::env::temp_dir().join(format!("anju-ground-{name}-{}", std::process::id()));
    let place = Place { data: data.clone(), database_url: None, key_dir: None };
    place.make().unwrap();
    (Temp(data), place)
}

fn backups(place: &Place) -> usize {
    fs::read_dir(place.backups()).map(Iterator::count).unwrap_or(0)
}

#[tokio::test]
async fn a_database_that_is_used_is_backed_up_before_its_schema_changes() {
    let (_temp, place) = place("used");
    let db = place.open_database().await.unwrap();
    db.migrate(&MIGRATIONS[..MIGRATIONS.len() - 1]).await.unwrap();
    migrate_safely(&place, &db).await.unwrap();
    assert_eq!(backups(&place), 1);
    migrate_safely(&place, &db).await.unwrap();
    assert_eq!(backups(&place), 1, "up to date: nothing to save");
}

#[tokio::test]
async fn an_empty_database_needs_no_backup() {
    let (_temp, place) = place("empty");
    let db = place.open_database().await.unwrap();
    migrate_safely(&place, &db).await.unwrap();
    assert_eq!(backups(&place), 0);
}

#[tokio::test]
async fn rows_without_their_keys_open_no_house() {
    let (_temp, place) = place("keys");
    let db = place.open_database().await.unwrap();
    migrate(&db).await.unwrap();
    let first = house(&place, db.clone(), Clock::system()).await.unwrap();
    let mut tx = first.begin(&kernel::access::system_company("test")).await.unwrap();
    kernel::sites::add(&mut tx, "GYHY", "桂语花园", "Asia/Shanghai").await.unwrap();
    tx.commit().await.unwrap();
    fs::remove_dir_all(place.keys()).unwrap();
    let refused = house(&place, db, Clock::system()).await.err().map(|failure| failure.code());
    assert_eq!(refused, Some(crate::exit::Code::Environment));
    assert!(!place.keys().exists(), "no new keys were made");
}
