//! The commands of the program.

mod describe;
mod serve;

use crate::{exit::Done, settings::Command};

pub async fn run(command: Command) -> Done {
    match command {
        Command::Serve(settings) => serve::serve(settings).await,
        Command::Routes { json } => describe::routes(json),
        Command::Openapi => describe::openapi(),
    }
}
