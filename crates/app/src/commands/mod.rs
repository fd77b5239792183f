//! The commands of the program.

mod backup;
mod check;
mod describe;
mod restore;
mod serve;

use crate::{exit::Done, settings::Command};

pub async fn run(command: Command) -> Done {
    match command {
        Command::Serve(settings) => serve::serve(settings).await,
        Command::Routes { json } => describe::routes(json),
        Command::Openapi => describe::openapi(),
        Command::Check { place, json, head } => check::check(&place, json, head.as_deref()).await,
        Command::Backup(archive) => backup::backup(&archive).await,
        Command::Verify(archive) => restore::verify(&archive).await,
        Command::Restore(archive) => restore::restore(&archive).await,
    }
}
