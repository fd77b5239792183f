//! P01: a page of fifty of five million orders, by session, rights and a filter.

use std::{path::Path, sync::Arc};

use db::{Db, DbError, FromRow, Row};
use uuid::Uuid;

use crate::{
    Control, Outcome, Settings,
    load::{self, Found, Requests},
    pairs::{self, Bar, Series},
    process::{Running, http_get},
    product::{self, Installation},
    seed,
};

/// Pages that are asked for in turn.
const PAGES: usize = 64;
const INDEX: &str = "orders_urgent";

/// Where a page begins.
struct Cursor {
    key: i64,
    id: Uuid,
}
impl FromRow for Cursor {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { key: row.get("next_due")?, id: row.get("id")? })
    }
}

/// An installation with so many orders.
pub async fn seeded(settings: &Settings, orders: u64) -> Outcome<Installation> {
    let name = format!("orders-{orders}-{}", settings.sites);
    let here = Installation::open(settings, &name).await?;
    let db = here.open_database().await?;
    seed::remake(&db).await?;
    if !here.is_marked("seeded") {
        println!("  making {orders} orders at {} sites", settings.sites);
        here.mark("filling")?;
        seed::orders(&db, orders, settings.sites).await?;
        here.mark("seeded")?;
    }
    db.close().await;
    Ok(here)
}

/// Addresses of the same pages: the product's and the limit's.
pub async fn pages(db: &Db) -> Outcome<(Vec<String>, Vec<String>)> {
    let site = product::site(db).await?;
    let sql = "SELECT next_due, id FROM orders WHERE site = $1 AND open = 1 AND kind = 'repair' ORDER BY next_due, id LIMIT 5000";
    let mut cursors: Vec<Cursor> = db.all(sql, (site,)).await?;
    // Behind each there is a whole page.
    cursors.truncate(cursors.len().saturating_sub(51));
    let step = (cursors.len() / PAGES).max(1);
    let chosen: Vec<Cursor> = cursors.into_iter().step_by(step).take(PAGES).collect();
    if chosen.is_empty() {
        return Err("there are not two pages of open repairs: ask for more --orders".into());
    }
    let ours = |at: &Cursor| format!("/c/{}/orders?kind=repair&after={}~{}&from=51", product::SITE, at.key, at.id);
    let bare = |at: &Cursor| format!("/orders?key={}&id={}", at.key, at.id);
    Ok((chosen.iter().map(ours).collect(), chosen.iter().map(bare).collect()))
}

pub fn in_turn(paths: Vec<String>, headers: String) -> Requests {
    let asked: Vec<Vec<u8>> = paths.iter().map(|path| http_get(path, &headers).into_bytes()).collect();
    Arc::new(move |number| asked[number as usize % asked.len()].clone())
}

/// What one program did in one turn.
struct Turn {
    eight: Found,
    many: Found,
    /// Milliseconds of CPU a page.
    cpu: f64,
}

async fn turn(settings: &Settings, program: &Running, address: &str, requests: &Requests) -> Outcome<Turn> {
    let time = settings.time()?;
    let before = program.cpu()?;
    let eight = load::run(address, requests, 8, time, 200).await?;
    let cpu = (program.cpu()? - before) * 1_000.0 / eight.answers as f64;
    Ok(Turn { eight, many: load::run(address, requests, 64, time, 200).await?, cpu })
}

pub async fn measure(settings: &Settings) -> Outcome<bool> {
    println!("P01  a page of 50 of {} orders at {} sites, load {}", settings.orders, settings.sites, pairs::load());
    let here = seeded(settings, settings.orders).await?;
    let db = here.open_database().await?;
    let (ours, bare) = pages(&db).await?;
    db.close().await;
    let real = if settings.red == Some(Control::Index) { Some(here.without(INDEX).await?) } else { None };
    in_pairs(settings, real.as_ref().unwrap_or(&here), &here.database(), ours, bare).await
}

async fn in_pairs(
    settings: &Settings,
    here: &Installation,
    sound: &Path,
    ours: Vec<String>,
    bare: Vec<String>,
) -> Outcome<bool> {
    let product = here.serve(&settings.address(0)).await?;
    let limit = product::limit(settings, sound, &settings.address(1)).await?;
    let relay = product::relay(settings, &product.address).await?;
    let door = relay.as_ref().map_or(&product.address, |relay| &relay.address);
    let (ours, bare) = (in_turn(ours, product::session(&product.address).await?), in_turn(bare, String::new()));
    let (mut rate, mut tail, mut cpu) = (Series::default(), Series::default(), Series::default());
    let mut length = (0, 0);
    for round in 0..=settings.pairs {
        let least = turn(settings, &limit, &limit.address, &bare).await?;
        rate.limits.push(least.eight.rate);
        tail.limits.push(least.many.p99);
        cpu.limits.push(least.cpu);
        if round == settings.pairs {
            break;
        }
        let real = turn(settings, &product, door, &ours).await?;
        rate.products.push(real.eight.rate);
        tail.products.push(real.many.p99);
        cpu.products.push(real.cpu);
        length = (least.eight.length, real.eight.length);
    }
    println!("  bytes of a page: limit {}, product {}; load {}", length.0, length.1, pairs::load());
    let met = rate.judge("pages a second, 8 connections", "/s", Bar::AtLeast(0.3));
    let met = tail.judge("p99 at 64 connections", "ms", Bar::AtMost(4.0)) && met;
    cpu.judge("CPU a page (the same bar, for a busy machine)", "ms", Bar::AtMost(1.0 / 0.3));
    Ok(met)
}
