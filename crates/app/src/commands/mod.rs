//! The commands of the program.

mod admin;
mod backup;
mod check;
mod describe;
mod import;
mod init;
mod restore;
pub mod serve;
pub mod store;

use crate::{exit::Done, settings::Command};

pub async fn run(command: Command) -> Done {
    match command {
        Command::Serve(settings) => serve::serve(settings).await,
        Command::Demo { serve, seed } => crate::demo::run(serve, seed).await,
        Command::Init { place, company, admin, password_file } => {
            init::init(&place, &company, &admin, &password_file).await
        }
        Command::Admin { act } => admin::run(act).await,
        Command::Routes { json } => describe::routes(json),
        Command::Openapi => describe::openapi(),
        Command::Check { place, json, head } => check::check(&place, json, head.as_deref()).await,
        Command::Import(args) => import::import(args).await,
        Command::Backup(archive) => backup::backup(&archive).await,
        Command::Verify(archive) => restore::verify(&archive).await,
        Command::Restore(archive) => restore::restore(&archive).await,
    }
}
