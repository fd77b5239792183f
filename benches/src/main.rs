//! Measures the goals that are ratios: a limit program and the product beside it, in turns. `benches/run.sh` builds both
//! and calls this; docs/performance.md says what came of it.

mod http;
mod load;
mod p01;
mod p03;
mod p06;
mod p07;
mod pairs;
mod process;
mod product;
mod resources;
mod seed;
#[cfg(test)]
mod tests;

use std::{path::PathBuf, process::ExitCode, time::Duration};

use clap::{Parser, ValueEnum};

/// What a measure may fail with: it says so, and nothing is claimed.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
pub type Outcome<T> = Result<T, Failure>;

/// What is made worse on purpose, to see that the bar can fall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Control {
    /// Every request reaches the product 5 ms later.
    Sleep,
    /// An index that the page stands on is dropped.
    Index,
    /// Nothing is synced to the disk.
    Nosync,
    /// Every write to a file takes half a millisecond longer.
    Slow,
}

#[derive(Clone, Debug, Parser)]
#[command(about = "Measures a goal of docs/performance.md beside its limit program")]
pub struct Settings {
    /// p01, p03, p06, p07, p12, p13, p14 or all
    goal: String,
    #[arg(long)]
    red: Option<Control>,
    /// The product
    #[arg(long, default_value = "target/release/anju")]
    product: PathBuf,
    /// The limit programs
    #[arg(long, default_value = "benches/limits/target/release/limits")]
    limits: PathBuf,
    /// Where data is made and kept for the next time
    #[arg(long, default_value = "/tmp/anju-benches")]
    folder: PathBuf,
    /// Rows of P01, over so many sites
    #[arg(long, default_value_t = 5_000_000)]
    orders: u64,
    #[arg(long, default_value_t = 200)]
    sites: u64,
    /// Homes of P06, each with a person
    #[arg(long, default_value_t = 1_000_000)]
    homes: u64,
    /// Rows of P07
    #[arg(long, default_value_t = 100_000)]
    rows: u64,
    /// Rounds, each between two runs of the limit
    #[arg(long, default_value_t = 5)]
    pairs: usize,
    /// Of one run
    #[arg(long, default_value_t = 4.0)]
    seconds: f64,
    /// The first of three ports that are free
    #[arg(long, default_value_t = 7821)]
    port: u16,
}

impl Settings {
    pub fn time(&self) -> Outcome<Duration> {
        Ok(Duration::try_from_secs_f64(self.seconds)?)
    }
    /// `127.0.0.1:7821` and the two that follow it.
    pub fn address(&self, index: u16) -> String {
        format!("127.0.0.1:{}", self.port + index)
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let settings = Settings::parse();
    match run(&settings).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(cause) => {
            eprintln!("{cause}");
            ExitCode::from(2)
        }
    }
}

/// Were all bars that were asked for met?
async fn run(settings: &Settings) -> Outcome<bool> {
    let all = ["p14", "p03", "p07", "p06", "p12", "p01", "p13"];
    let goals: Vec<&str> = if settings.goal == "all" { all.to_vec() } else { vec![&settings.goal] };
    std::fs::create_dir_all(&settings.folder)?;
    let mut met = true;
    for goal in goals {
        met &= match goal {
            "p01" => p01::measure(settings).await?,
            "p03" => p03::measure(settings).await?,
            "p06" => p06::measure(settings).await?,
            "p07" => p07::measure(settings).await?,
            "p12" => resources::cold_start(settings).await?,
            "p13" => resources::memory(settings).await?,
            "p14" => resources::binary(settings)?,
            other => return Err(format!("there is no measure {other}").into()),
        };
    }
    Ok(met)
}
