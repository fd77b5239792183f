//! `anju check`.

use crate::{
    checks::{self, Line},
    exit::{Done, Failure},
    ground,
    settings::Place,
};

pub async fn check(place: &Place, json: bool, head: Option<&str>) -> Done {
    let house = ground::beside(place).await?;
    let lines = checks::all(&house, head).await?;
    house.db().close().await;
    if json {
        println!("{}", serde_json::to_string_pretty(&lines).map_err(|cause| Failure::environment(cause.to_string()))?);
    } else {
        lines.iter().for_each(say);
    }
    verdict(&lines)
}

fn say(line: &Line) {
    println!("{:<6} {:<14} {}", if line.ok { "ok" } else { "WRONG" }, line.check, line.say);
}

/// Errors: `Wrong`, naming the first wrong line.
pub fn verdict(lines: &[Line]) -> Done {
    match lines.iter().find(|line| !line.ok) {
        None => Ok(()),
        Some(line) => Err(Failure::wrong(format!("{}: {}", line.check, line.say))),
    }
}
