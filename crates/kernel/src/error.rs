use std::fmt;

use db::DbError;

/// A "no" that a person can act on. Its words come from the catalogue by `refusal-<code>`; the `Display` text is for logs.
pub trait Refuse: fmt::Display + fmt::Debug + Send + Sync {
    /// Stable, snake_case, part of the API.
    fn code(&self) -> &'static str;
    /// The field of the form that must be mended, if it is one.
    fn field(&self) -> Option<&'static str> {
        None
    }
    /// Names and values for the words.
    fn args(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
    fn kind(&self) -> RefusalKind {
        RefusalKind::Invalid
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalKind {
    /// 422: what was sent cannot be done as it is.
    Invalid,
    /// 409: the thing is in another state, or somebody was faster.
    Conflict,
    /// 403: this caller may not.
    Denied,
    /// 429: too often.
    Later,
}

/// What stops a verb.
#[derive(Debug)]
pub enum Error {
    Refused(Box<dyn Refuse>),
    /// Several fields at once.
    Invalid(Vec<FieldError>),
    /// Missing and foreign look the same.
    Missing,
    Denied,
    /// The row was changed meanwhile; `current` is its version now.
    Stale {
        current: i64,
    },
    Db(DbError),
    /// Our own mistake or the machine's; the text is for the log only.
    Broken(String),
}

/// One field that cannot be taken as it was sent. Words: `refusal-<code>`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct FieldError {
    pub field: String,
    pub code: &'static str,
    pub args: Vec<(&'static str, String)>,
}

impl FieldError {
    pub fn new(field: &str, code: &'static str) -> Self {
        Self { field: field.to_string(), code, args: Vec::new() }
    }
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

/// Collects what is wrong with a form, so that a person sees all of it at once.
#[derive(Debug, Default)]
pub struct Checks(Vec<FieldError>);

impl Checks {
    pub fn add(&mut self, error: FieldError) {
        self.0.push(error);
    }
    pub fn refuse(&mut self, field: &str, code: &'static str) {
        self.0.push(FieldError::new(field, code));
    }
    /// `Ok` when nothing was wrong.
    pub fn done(self) -> Result<(), Error> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Invalid(self.0)) }
    }
}

impl<R: Refuse + 'static> From<R> for Error {
    fn from(why: R) -> Self {
        Self::Refused(Box::new(why))
    }
}
impl From<DbError> for Error {
    fn from(cause: DbError) -> Self {
        match cause {
            DbError::Missing => Self::Missing,
            cause => Self::Db(cause),
        }
    }
}
impl From<std::io::Error> for Error {
    fn from(cause: std::io::Error) -> Self {
        match cause.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Db(DbError::Full),
            _ => Self::Broken(cause.to_string()),
        }
    }
}
impl From<serde_json::Error> for Error {
    fn from(cause: serde_json::Error) -> Self {
        Self::Broken(cause.to_string())
    }
}
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(why) => write!(f, "refused: {why}"),
            Self::Invalid(fields) => write!(
                f,
                "refused: {}",
                fields.iter().map(|e| format!("{}={}", e.field, e.code)).collect::<Vec<_>>().join(", ")
            ),
            Self::Missing => f.write_str("no such thing in this scope"),
            Self::Denied => f.write_str("not allowed"),
            Self::Stale { current } => write!(f, "changed meanwhile, now version {current}"),
            Self::Db(cause) => cause.fmt(f),
            Self::Broken(why) => f.write_str(why),
        }
    }
}
impl std::error::Error for Error {}
