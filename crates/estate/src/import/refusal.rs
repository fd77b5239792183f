//! Why an import is not done, in words that say what to do.

use kernel::{RefusalKind, Refuse};
use sheets::ReadError;

#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Broken, encrypted, foreign, too large.
    #[error(transparent)]
    File(#[from] ReadError),
    #[error("no file was sent")]
    FileMissing,
    #[error("no column says which home, or who")]
    Columns,
    #[error("{rows} rows have errors, and all or nothing was asked for")]
    HasErrors { rows: usize },
    #[error("every row has an error")]
    NothingGood,
    #[error("the import is no draft any more")]
    NotDraft,
    #[error("the import does not run")]
    NotRunning,
    #[error("the import was cancelled")]
    Cancelled,
    #[error("the file was thrown away")]
    FileGone,
    #[error("a later import stands on it")]
    Later,
    #[error("{count} {what} depend on it")]
    Depends { what: Dependence, count: i64 },
}

/// What may have come to depend on what an import made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dependence {
    Orders,
    Accounts,
    /// Occupancies and staff that others entered for these homes or people.
    People,
    Bindings,
    Notices,
    Stewards,
    Places,
    /// What was made or changed was edited since.
    Changes,
}

impl Dependence {
    pub const ALL: [Self; 8] = [
        Self::Orders,
        Self::Accounts,
        Self::People,
        Self::Bindings,
        Self::Notices,
        Self::Stewards,
        Self::Places,
        Self::Changes,
    ];
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Accounts => "accounts",
            Self::People => "people",
            Self::Bindings => "bindings",
            Self::Notices => "notices",
            Self::Stewards => "stewards",
            Self::Places => "places",
            Self::Changes => "changes",
        }
    }
}

impl std::fmt::Display for Dependence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Refuse for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::File(why) => why.code(),
            Self::FileMissing => "import_file_missing",
            Self::Columns => "import_columns",
            Self::HasErrors { .. } => "import_has_errors",
            Self::NothingGood => "import_nothing_good",
            Self::NotDraft => "import_not_draft",
            Self::NotRunning => "import_not_running",
            Self::Cancelled => "import_cancelled",
            Self::FileGone => "import_file_gone",
            Self::Later => "import_later",
            Self::Depends { .. } => "import_depends",
        }
    }
    fn field(&self) -> Option<&'static str> {
        match self {
            Self::File(_) | Self::FileMissing => Some("file"),
            Self::HasErrors { .. } => Some("mode"),
            _ => None,
        }
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::File(ReadError::Foreign(kind)) => vec![("kind", (*kind).to_string())],
            Self::HasErrors { rows } => vec![("rows", rows.to_string())],
            Self::Depends { what, count } => vec![("what", what.to_string()), ("count", count.to_string())],
            _ => Vec::new(),
        }
    }
    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotDraft
            | Self::NotRunning
            | Self::Cancelled
            | Self::FileGone
            | Self::Later
            | Self::Depends { .. } => RefusalKind::Conflict,
            _ => RefusalKind::Invalid,
        }
    }
}
