//! So many connections that ask without a pause, for a while.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use crate::{Outcome, http::Client};

/// The request of this number; numbers never repeat within a run of the program.
pub type Requests = Arc<dyn Fn(u64) -> Vec<u8> + Send + Sync>;

static NEXT: AtomicU64 = AtomicU64::new(0);

/// What a load found.
#[derive(Debug)]
pub struct Found {
    /// Answers a second.
    pub rate: f64,
    /// Milliseconds of the whole exchange.
    pub p50: f64,
    pub p99: f64,
    /// Bytes of the last answer.
    pub length: usize,
    pub answers: usize,
}

/// Errors: an answer that is not `wanted`.
pub async fn run(
    address: &str,
    requests: &Requests,
    connections: usize,
    time: Duration,
    wanted: u16,
) -> Outcome<Found> {
    let begun = Instant::now();
    let one = || {
        let (address, requests) = (address.to_string(), Arc::clone(requests));
        tokio::spawn(async move { converse(&address, &requests, begun, time, wanted).await })
    };
    let mut all: Vec<f64> = Vec::new();
    let mut length = 0;
    for task in (0..connections).map(|_| one()).collect::<Vec<_>>() {
        let (took, last) = task.await??;
        all.extend(took);
        length = last;
    }
    let rate = all.len() as f64 / begun.elapsed().as_secs_f64();
    all.sort_by(f64::total_cmp);
    let at = |share: f64| all.get(((all.len() as f64 * share) as usize).min(all.len().saturating_sub(1))).copied();
    let (p50, p99) = (at(0.5).ok_or("no answer in time")?, at(0.99).ok_or("no answer in time")?);
    Ok(Found { rate, p50, p99, length, answers: all.len() })
}

async fn converse(
    address: &str,
    requests: &Requests,
    begun: Instant,
    time: Duration,
    wanted: u16,
) -> Outcome<(Vec<f64>, usize)> {
    let mut client = Client::open(address).await?;
    let (mut took, mut length) = (Vec::new(), 0);
    while begun.elapsed() < time || took.is_empty() {
        let request = requests(NEXT.fetch_add(1, Ordering::Relaxed));
        let one = Instant::now();
        let answer = client.send(&request).await?;
        took.push(one.elapsed().as_secs_f64() * 1_000.0);
        if answer.status != wanted {
            let body = String::from_utf8_lossy(&answer.body);
            return Err(format!("{} instead of {wanted}: {}", answer.status, body.get(..400).unwrap_or(&body)).into());
        }
        length = answer.length;
    }
    Ok((took, length))
}
