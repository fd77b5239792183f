//! P06: search as you type over a million homes and their people.

use std::{fmt::Write, path::Path, sync::Arc};

use crate::{
    Control, Outcome, Settings,
    load::{self, Requests},
    pairs::{self, Bar, Series},
    process::http_get,
    product::{self, Installation},
    seed,
};

const INDEX: &str = "occupancies_party";

/// What is typed, and the kind of terms it is looked for in: a room, two characters of a name, initials, part of a phone.
pub fn typed(number: u64, homes: u64) -> (String, &'static str) {
    let one = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) % homes;
    match number % 4 {
        0 => (seed::code(one), "place"),
        1 => (seed::name(one).chars().take(2).collect(), "party"),
        2 => (seed::initials(one), "party"),
        _ => (seed::phone(one)[7..].to_string(), "party"),
    }
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "%{byte:02X}");
        out
    })
}

fn ours(homes: u64, session: String) -> Requests {
    let headers = format!("x-fragment: 1\r\n{session}");
    Arc::new(move |number| {
        let path = format!("/c/{}/find?q={}", product::SITE, encoded(&typed(number, homes).0));
        http_get(&path, &headers).into_bytes()
    })
}

fn bare(homes: u64) -> Requests {
    Arc::new(move |number| {
        let (text, kind) = typed(number, homes);
        http_get(&format!("/find?kind={kind}&q={}", encoded(&text)), "").into_bytes()
    })
}

pub async fn measure(settings: &Settings) -> Outcome<bool> {
    println!(
        "P06  search as you type over {} homes and as many people of one site, load {}",
        settings.homes,
        pairs::load()
    );
    let here = Installation::open(settings, &format!("homes-{}", settings.homes)).await?;
    let db = here.open_database().await?;
    seed::remake(&db).await?;
    if !here.is_marked("seeded") {
        println!("  making {} homes", settings.homes);
        here.mark("filling")?;
        seed::homes(&db, settings.homes).await?;
        here.mark("seeded")?;
    }
    db.close().await;
    let real = if settings.red == Some(Control::Index) { Some(here.without(INDEX).await?) } else { None };
    in_pairs(settings, real.as_ref().unwrap_or(&here), &here.database()).await
}

async fn in_pairs(settings: &Settings, here: &Installation, sound: &Path) -> Outcome<bool> {
    let product = here.serve(&settings.address(0)).await?;
    let limit = product::limit(settings, sound, &settings.address(1)).await?;
    let relay = product::relay(settings, &product.address).await?;
    let door = relay.as_ref().map_or(&product.address, |relay| &relay.address);
    let (ours, bare) = (ours(settings.homes, product::session(&product.address).await?), bare(settings.homes));
    let (mut tail, mut middle, mut cpu) = (Series::default(), Series::default(), Series::default());
    for round in 0..=settings.pairs {
        let used = limit.cpu()?;
        let least = load::run(&limit.address, &bare, 1, settings.time()?, 200).await?;
        cpu.limits.push((limit.cpu()? - used) * 1_000.0 / least.answers as f64);
        tail.limits.push(least.p99);
        middle.limits.push(least.p50);
        if round == settings.pairs {
            break;
        }
        let used = product.cpu()?;
        let real = load::run(door, &ours, 1, settings.time()?, 200).await?;
        cpu.products.push((product.cpu()? - used) * 1_000.0 / real.answers as f64);
        tail.products.push(real.p99);
        middle.products.push(real.p50);
    }
    println!("  load {}", pairs::load());
    let met = tail.judge("p99 of one who types", "ms", Bar::AtMost(3.0));
    middle.judge("median of one who types (no goal)", "ms", Bar::AtMost(3.0));
    cpu.judge("CPU a search (no goal)", "ms", Bar::AtMost(3.0));
    Ok(met)
}
