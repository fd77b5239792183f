//! P03: a durable order over HTTP: the order, its promises, audit and outbox.

use std::{process::Command, sync::Arc};

use db::{DbError, FromRow, Row};

use crate::{
    Outcome, Settings,
    load::{self, Requests},
    pairs::{self, Bar, Series},
    process,
    product::{self, Installation},
};

/// Every commit of one who waits for each asks the disk once to keep what it has.
const SYNCS: f64 = 0.9;

struct Codes(String);
impl FromRow for Codes {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self(row.get("code")?))
    }
}

/// New reports of leaks at every home in turn.
async fn reports(here: &Installation, token: &str) -> Outcome<Requests> {
    let db = here.open_database().await?;
    let site = product::site(&db).await?;
    let sql = "SELECT code FROM places WHERE site = $1 AND kind = 'unit' ORDER BY sort LIMIT 1000";
    let homes: Vec<String> = db.all::<Codes>(sql, (site,)).await?.into_iter().map(|row| row.0).collect();
    let sql = "SELECT code FROM categories WHERE site = $1 AND leaf = 1 AND kinds LIKE '%repair%' ORDER BY sort, code";
    let category = db.one::<Codes>(sql, (site,)).await?.0;
    db.close().await;
    let (token, run) = (token.to_string(), format!("{:?}", std::time::UNIX_EPOCH.elapsed()?.as_nanos()));
    Ok(Arc::new(move |number| {
        let body = serde_json::json!({
            "site": product::SITE, "kind": "repair", "category": category, "channel": "phone",
            "place": homes[number as usize % homes.len()], "text": "厨房水管接头漏水，已经流到客厅",
        });
        let body = body.to_string();
        format!(
            "POST /api/v1/orders HTTP/1.1\r\nhost: anju\r\nauthorization: Bearer {token}\r\nidempotency-key: {run}-{number}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes()
    }))
}

/// Commits a second and microseconds of one.
async fn commits(settings: &Settings) -> Outcome<(f64, f64)> {
    let mut command = Command::new(&settings.limits);
    command.arg("commits").arg(settings.folder.join("commits.db")).arg(settings.seconds.to_string());
    let said = process::to_the_end(&mut command).await?.said;
    let (rate, middle) = said.trim().split_once(' ').ok_or("the limit says two numbers")?;
    Ok((rate.parse()?, middle.parse()?))
}

pub async fn measure(settings: &Settings) -> Outcome<bool> {
    println!("P03  a durable order over HTTP, load {}", pairs::load());
    let here = Installation::open(settings, "durable").await?;
    let token = here.token().await?;
    let product = here.serve(&settings.address(0)).await?;
    let relay = product::relay(settings, &product.address).await?;
    let door = relay.as_ref().map_or(&product.address, |relay| &relay.address);
    let requests = reports(&here, &token).await?;
    let (mut alone, mut many, mut cpu) = (Series::default(), Series::default(), Vec::new());
    let mut synced: Vec<f64> = Vec::new();
    for round in 0..=settings.pairs {
        let (rate, middle) = commits(settings).await?;
        alone.limits.push(middle);
        many.limits.push(rate);
        if round == settings.pairs {
            break;
        }
        let (before, used) = (here.syncs(), product.cpu()?);
        let one = load::run(door, &requests, 1, settings.time()?, 201).await?;
        synced.push((here.syncs() - before) / one.answers as f64);
        cpu.push((product.cpu()? - used) * 1_000.0 / one.answers as f64);
        alone.products.push(one.p50 * 1_000.0);
        many.products.push(load::run(door, &requests, 64, settings.time()?, 201).await?.rate);
    }
    println!("  CPU an order {:.2} ms; load {}", pairs::median(&mut cpu), pairs::load());
    let met = alone.judge("median of one, 1 connection", "µs", Bar::AtMost(6.0));
    let met = many.judge("orders a second, 64 connections", "/s", Bar::AtLeast(0.5)) && met;
    let syncs = pairs::median(&mut synced);
    let durable = syncs >= SYNCS;
    println!(
        "  disk syncs an acknowledged order, 1 connection: {syncs:.2}, must be ≥ {SYNCS}: {}",
        if durable { "met" } else { "NOT MET" }
    );
    Ok(met && durable)
}
