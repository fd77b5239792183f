//! Programs that are measured: started, waited for, looked at, ended.

use std::{
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use crate::{Outcome, http::Client};

/// Ends with its owner.
pub struct Running {
    child: Child,
    pub address: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        // SIGTERM first: the product closes its database.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

impl Running {
    /// Starts `command`, which will serve on `address`.
    pub fn start(command: &mut Command, address: &str, log: &Path) -> Outcome<Self> {
        let log = std::fs::File::create(log)?;
        let child = command.stdout(Stdio::from(log.try_clone()?)).stderr(log).spawn()?;
        Ok(Self { child, address: address.to_string() })
    }
    /// Until `path` is answered with less than 500. Errors: it ended, or stays silent for five minutes.
    pub async fn ready(&mut self, path: &str) -> Outcome<()> {
        for _ in 0..300_000 {
            if let Some(status) = self.child.try_wait()? {
                return Err(format!("the program on {} ended at once: {status}", self.address).into());
            }
            if let Ok(mut client) = Client::open(&self.address).await
                && client.send(http_get(path, "").as_bytes()).await.is_ok_and(|answer| answer.status < 500)
            {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Err(format!("nobody answers on {}", self.address).into())
    }
    /// Seconds of CPU so far, its own and the kernel's for it.
    pub fn cpu(&self) -> Outcome<f64> {
        let text = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let after = text.rsplit(')').next().ok_or("no stat")?;
        let fields: Vec<&str> = after.split_whitespace().collect();
        let ticks = |index: usize| fields.get(index).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
        // Fields 14 and 15 of the line; the kernel counts hundredths.
        Ok((ticks(11) + ticks(12)) / 100.0)
    }
    /// PSS in KiB.
    pub fn memory(&self) -> Outcome<u64> {
        let text = std::fs::read_to_string(format!("/proc/{}/smaps_rollup", self.child.id()))?;
        Ok(kib(&text, "Pss:"))
    }
}

pub fn http_get(path: &str, headers: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: anju\r\n{headers}\r\n")
}

fn kib(text: &str, name: &str) -> u64 {
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|rest| rest.trim().trim_end_matches(" kB").trim().parse().ok()).unwrap_or(0)
}

/// A program that ends by itself: its seconds, the most memory it held (MiB) and what it said.
pub struct Ended {
    pub seconds: f64,
    pub most: f64,
    pub said: String,
}

/// Errors: it failed; what it said is in the message.
pub async fn to_the_end(command: &mut Command) -> Outcome<Ended> {
    let begun = std::time::Instant::now();
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (mut most, status) = (0, format!("/proc/{}/status", child.id()));
    let ended = loop {
        if let Ok(text) = std::fs::read_to_string(&status) {
            most = most.max(kib(&text, "VmHWM:"));
        }
        match child.try_wait()? {
            Some(ended) => break ended,
            None => tokio::time::sleep(Duration::from_millis(5)).await,
        }
    };
    let seconds = begun.elapsed().as_secs_f64();
    let output = child.wait_with_output()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    if ended.success() {
        Ok(Ended { seconds, most: most as f64 / 1024.0, said })
    } else {
        Err(format!("{command:?} failed: {}", String::from_utf8_lossy(&output.stderr)).into())
    }
}
