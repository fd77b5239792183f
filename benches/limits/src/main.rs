//! Limit programs: the least that any program must do for the work of a goal, without its rules. Each is a yardstick for the
//! product measured beside it; see ../README.md.

mod commits;
mod pages;
mod relay;
mod sheet;
mod store;

use std::{env, error::Error, process::ExitCode};

/// What every part may fail with: a yardstick that breaks says so and stops.
type Done = Result<(), Box<dyn Error>>;

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["pages", database, address] => pages::serve(database, address),
        ["commits", database, seconds] => commits::run(database, seconds),
        ["import", file, database] => sheet::import(file, database),
        ["relay", address, target, millis] => relay::serve(address, target, millis),
        _ => Err("limits pages DB ADDR | commits DB SECONDS | import FILE DB | relay ADDR TARGET MILLIS".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("{cause}");
            ExitCode::FAILURE
        }
    }
}
