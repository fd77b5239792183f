//! `anju check`: one line a check, read-only, also beside a running server.

mod audit;
mod storage;
mod store;

pub use audit::combined as combined_head;
use kernel::{House, access, promises};
use serde::Serialize;

use crate::exit::Failure;

/// One line of the answer.
#[derive(Debug, Serialize)]
pub struct Line {
    /// Stable: `audit_chain`.
    pub check: &'static str,
    pub ok: bool,
    pub say: String,
}

impl Line {
    fn good(check: &'static str, say: impl Into<String>) -> Self {
        Self { check, ok: true, say: say.into() }
    }
    fn of(check: &'static str, faults: &[String], sound: impl Into<String>) -> Self {
        match faults {
            [] => Self::good(check, sound),
            [first] => Self { check, ok: false, say: first.clone() },
            [first, rest @ ..] => Self { check, ok: false, say: format!("{first} (and {} more)", rest.len()) },
        }
    }
}

/// All checks, in an order that makes the first wrong line the cause. `head` is what the audit stood at before.
pub async fn all(house: &House, head: Option<&str>) -> Result<Vec<Line>, Failure> {
    let mut lines =
        vec![storage::engine(house).await?, storage::integrity(house).await?, storage::references(house).await?];
    lines.extend(audit::chains(house).await?);
    if let Some(head) = head {
        lines.push(audit::head(house, head).await?);
    }
    lines.extend([storage::files(house).await?, storage::orphans(house).await?, storage::jobs(house).await?]);
    lines.push(promises(house).await?);
    Ok(lines)
}

/// Every outcome that was written is the one that the rules give.
async fn promises(house: &House) -> Result<Line, Failure> {
    let mut read = house.read(&access::system_company("check")).await?;
    let wrong = promises::recompute(&mut read).await?;
    let faults: Vec<String> = wrong
        .iter()
        .map(|row| format!("order {}: kept {}, by the rules {}", row.order, row.kept, row.computed))
        .collect();
    Ok(Line::of("promises", &faults, "every outcome is what the rules give"))
}
