//! P12 to P14, measured once: the cold start, memory, the size of the program.

use std::{process::Command, time::Instant};

use crate::{
    Outcome, Settings,
    http::Client,
    load, p01,
    pairs::{self, Bar, Series},
    process::{Running, http_get},
    product,
};

/// P12 and P13 are about an installation of this size.
const ORDERS: u64 = 500_000;
const MIB: f64 = 1024.0 * 1024.0;

fn orders(settings: &Settings) -> u64 {
    settings.orders.min(ORDERS)
}

/// Seconds from its start to its first page.
async fn first_page(begun: Instant, running: &Running, request: &[u8]) -> Outcome<f64> {
    loop {
        if let Ok(mut client) = Client::open(&running.address).await {
            let answer = client.send(request).await?;
            return if answer.status == 200 { Ok(begun.elapsed().as_secs_f64()) } else { Err("no page".into()) };
        }
        tokio::task::yield_now().await;
    }
}

pub async fn cold_start(settings: &Settings) -> Outcome<bool> {
    println!("P12  from the start to the first list page, {} orders, load {}", orders(settings), pairs::load());
    let here = p01::seeded(settings, orders(settings)).await?;
    let db = here.open_database().await?;
    let (ours, bare) = p01::pages(&db).await?;
    db.close().await;
    let product = here.serve(&settings.address(0)).await?;
    let session = product::session(&product.address).await?;
    drop(product);
    let (ours, bare) = (http_get(&ours[0], &session), http_get(&bare[0], ""));
    let mut series = Series::default();
    for round in 0..=settings.pairs {
        let (begun, address) = (Instant::now(), settings.address(1));
        let mut command = Command::new(&settings.limits);
        command.arg("pages").arg(here.database()).arg(&address);
        let limit = Running::start(&mut command, &address, &settings.folder.join("limit.log"))?;
        series.limits.push(first_page(begun, &limit, bare.as_bytes()).await? * 1_000.0);
        if round == settings.pairs {
            break;
        }
        let begun = Instant::now();
        let product = here.start(&settings.address(0))?;
        series.products.push(first_page(begun, &product, ours.as_bytes()).await? * 1_000.0);
    }
    Ok(series.judge("cold start", "ms", Bar::AtMost(30.0)))
}

pub async fn memory(settings: &Settings) -> Outcome<bool> {
    println!("P13  memory (PSS), {} orders, load {}", orders(settings), pairs::load());
    let here = p01::seeded(settings, orders(settings)).await?;
    let db = here.open_database().await?;
    let (ours, _) = p01::pages(&db).await?;
    db.close().await;
    let product = here.serve(&settings.address(0)).await?;
    let session = product::session(&product.address).await?;
    let requests = p01::in_turn(ours, session);
    load::run(&product.address, &requests, 1, settings.time()?, 200).await?;
    let idle = product.memory()? as f64 / 1024.0;
    let address = product.address.clone();
    let (time, asked) = (settings.time()?, requests.clone());
    let asking = tokio::spawn(async move { load::run(&address, &asked, 64, time, 200).await });
    let mut most: f64 = 0.0;
    while !asking.is_finished() {
        most = most.max(product.memory()? as f64 / 1024.0);
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    asking.await??;
    let met = idle <= 60.0 && most <= 200.0;
    let said = if met { "met" } else { "NOT MET" };
    println!("  after some pages {idle:.0} MiB (≤ 60), 64 connections {most:.0} MiB (≤ 200): {said}");
    Ok(met)
}

pub fn binary(settings: &Settings) -> Outcome<bool> {
    let size = std::fs::metadata(&settings.product)?.len() as f64;
    let met = size <= 30e6;
    println!(
        "P14  the program, stripped, everything inside: {:.1} MB ({:.1} MiB), must be ≤ 30 MB and its font: {}",
        size / 1e6,
        size / MIB,
        if met { "met" } else { "over 30 MB before the font is taken off" }
    );
    Ok(met)
}
