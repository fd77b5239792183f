//! The exit codes of every command, and the one plain line that says what to do.

use std::{process::ExitCode, sync::Arc};

use db::DbError;
use kernel::{Error, keys::KeyError};
use web::{
    Verdict,
    i18n::{Catalogue, Lang},
};

use crate::wiring;

/// Why a command ends other than well. The line goes to stderr.
#[derive(Debug)]
pub struct Failure {
    code: Code,
    say: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// The checked thing is wrong.
    Wrong = 1,
    Usage = 2,
    /// What was given cannot be taken.
    Input = 3,
    /// Disk, port, database, keys.
    Environment = 4,
    /// Another process has the data folder.
    InUse = 5,
}

pub type Done = Result<(), Failure>;

impl Failure {
    pub fn wrong(say: impl Into<String>) -> Self {
        Self { code: Code::Wrong, say: say.into() }
    }
    pub fn usage(say: impl Into<String>) -> Self {
        Self { code: Code::Usage, say: say.into() }
    }
    pub fn input(say: impl Into<String>) -> Self {
        Self { code: Code::Input, say: say.into() }
    }
    pub fn environment(say: impl Into<String>) -> Self {
        Self { code: Code::Environment, say: say.into() }
    }
    pub fn in_use(say: impl Into<String>) -> Self {
        Self { code: Code::InUse, say: say.into() }
    }
    #[cfg(test)]
    pub const fn code(&self) -> Code {
        self.code
    }
}

impl From<DbError> for Failure {
    fn from(cause: DbError) -> Self {
        Self::environment(match &cause {
            DbError::Full => "the disk is full: free some space and run this again".to_string(),
            DbError::Newer(_) => format!("{cause}: use the newer program, nothing was changed"),
            DbError::Unreachable(_) => format!("{cause}: check the address and that the server runs"),
            _ => format!("the database failed: {cause}"),
        })
    }
}

impl From<KeyError> for Failure {
    fn from(cause: KeyError) -> Self {
        Self::environment(cause.to_string())
    }
}

impl From<std::io::Error> for Failure {
    fn from(cause: std::io::Error) -> Self {
        Self::environment(cause.to_string())
    }
}

impl From<Error> for Failure {
    fn from(cause: Error) -> Self {
        match cause {
            Error::Db(cause) => cause.into(),
            Error::Broken(why) => Self::environment(why),
            refused => Self::input(in_words(&refused)),
        }
    }
}

/// What is wrong and what to do, in the words of the pages; Chinese where the terminal is.
fn in_words(refused: &Error) -> String {
    let Ok(catalogue) = Catalogue::new(wiring::MESSAGES) else { return refused.to_string() };
    let chinese = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    let lang = if chinese.is_some_and(|value| value.starts_with("zh")) { Lang::Zh } else { Lang::En };
    let words = Arc::new(catalogue).words(lang);
    let verdict = Verdict::of(refused);
    match verdict.fields.as_slice() {
        [] => verdict.say(&words),
        fields => fields
            .iter()
            .map(|field| format!("{}: {}", field.field, Verdict::field_say(&words, field)))
            .collect::<Vec<_>>()
            .join(" "),
    }
}

/// `--help` and `--version` are answers, not mistakes; a mistake is one line and how to get help.
pub fn usage(cause: &clap::Error) -> ExitCode {
    if !cause.use_stderr() {
        let _ = cause.print();
        return ExitCode::SUCCESS;
    }
    let text = cause.to_string();
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("wrong arguments");
    eprintln!("anju: {} (see anju --help)", line.trim_start_matches("error: "));
    ExitCode::from(Code::Usage as u8)
}

pub fn code(done: Done) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("anju: {}", failure.say.replace('\n', " "));
            ExitCode::from(failure.code as u8)
        }
    }
}
