//! The one-row durable commit: an insert and a sync, as often as the disk allows.

use std::time::{Duration, Instant};

use rusqlite::params;

use crate::{Done, store};

/// About as long as an order's row.
const BODY: usize = 400;

/// Prints the commits a second and the median microseconds of one.
pub fn run(database: &str, seconds: &str) -> Done {
    let connection = store::writer(database)?;
    connection.execute_batch("CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT")?;
    let body = "x".repeat(BODY);
    let mut insert = connection.prepare("INSERT INTO rows (body) VALUES (?1)")?;
    let (begun, longest) = (Instant::now(), Duration::try_from_secs_f64(seconds.parse()?)?);
    let mut took: Vec<u128> = Vec::new();
    while begun.elapsed() < longest {
        let one = Instant::now();
        insert.execute(params![body])?;
        took.push(one.elapsed().as_micros());
    }
    let rate = took.len() as f64 / begun.elapsed().as_secs_f64();
    took.sort_unstable();
    println!("{rate:.1} {}", took[took.len() / 2]);
    Ok(())
}
