//! The binary `anju`: settings, routes, clocks, commands, and who reacts to which fact. No rules live here.

mod archive;
mod checks;
mod commands;
mod demo;
mod exit;
mod ground;
mod own;
mod reactions;
mod settings;
#[cfg(test)]
mod tests;
mod tls;
mod watch;
mod wiring;
mod work;

use std::process::ExitCode;

use clap::Parser;

use crate::settings::Anju;

fn main() -> ExitCode {
    let anju = match Anju::try_parse() {
        Ok(anju) => anju,
        Err(cause) => return exit::usage(&cause),
    };
    // Everything we write is ours alone: folders 0700, files 0600, also those that the database engine makes.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    ground::all_files();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(threads()).enable_all().build();
    let done = match runtime {
        Ok(runtime) => runtime.block_on(commands::run(anju.command)),
        Err(cause) => Err(exit::Failure::environment(format!("no threads: {cause}"))),
    };
    exit::code(done)
}

/// The embedded database works on the thread that asks: with one writer and four readers at something long there must still be
/// threads for everybody else.
fn threads() -> usize {
    const LEAST: usize = 8;
    std::thread::available_parallelism().map_or(LEAST, |cores| cores.get().max(LEAST))
}
