//! R02: which passwords are good enough, and how they are kept: Argon2id, hashed on the blocking pool, never more at
//! once than the machine has cores.

mod blocklist;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use kernel::{Error, FieldError};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

/// What a company asks of passwords.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Length and a blocklist, no rules of composition, no forced change.
    Nist,
}

/// Whose password it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// Company, sites, the person's own names: none of them may be the password.
    pub words: &'a [String],
    /// With a second factor a shorter one is enough.
    pub second_factor: bool,
}

/// Characters.
const LEAST: usize = 15;
const LEAST_WITH_SECOND_FACTOR: usize = 8;
const MOST: usize = 128;

/// Is `text` good enough? Any script, spaces too; counted in characters after NFC. Errors: one `FieldError` of
/// `password` that says which rule it breaks.
pub fn check(profile: Profile, text: &str, context: Context<'_>) -> Result<(), FieldError> {
    let Profile::Nist = profile;
    let text: String = text.nfc().collect();
    let least = if context.second_factor { LEAST_WITH_SECOND_FACTOR } else { LEAST };
    let length = text.chars().count();
    let refuse = |code| Err(FieldError::new("password", code));
    if length < least {
        return Err(FieldError::new("password", "password_short").with("least", least).with("length", length));
    }
    if length > MOST {
        return refuse("password_long");
    }
    if blocklist::is_common(&text) {
        return refuse("password_common");
    }
    if blocklist::is_made_of(&text, context.words) {
        return refuse("password_own_name");
    }
    Ok(())
}

/// KiB, rounds, lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashCost {
    pub memory: u32,
    pub rounds: u32,
    pub lanes: u32,
}

/// What new passwords cost; kept ones that cost less are hashed anew at the next log-in.
pub const COST: HashCost = HashCost { memory: 19 * 1024, rounds: 2, lanes: 1 };

/// As many at once as there are cores, so that a flood of log-ins cannot take all memory.
static CORES: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(std::thread::available_parallelism().map_or(1, std::num::NonZero::get)));
/// Verifies that nobody asked for: costs as much as a real one.
static NOBODY: LazyLock<String> =
    LazyLock::new(|| hash_now("nobody has this password", COST).expect("the parameters are sound"));

#[cfg(test)]
tokio::task_local! {
    /// Counts what reaches the verifier: a closed gate saves the work.
    pub(crate) static PROBE: std::sync::Arc<std::sync::atomic::AtomicU64>;
}

fn argon(cost: HashCost) -> Result<Argon2<'static>, Error> {
    let params =
        Params::new(cost.memory, cost.rounds, cost.lanes, None).map_err(|cause| Error::Broken(cause.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash_now(text: &str, cost: HashCost) -> Result<String, Error> {
    let text: String = text.nfc().collect();
    let hash = argon(cost)?.hash_password(text.as_bytes()).map_err(|cause| Error::Broken(cause.to_string()))?;
    Ok(hash.to_string())
}

fn verify_now(text: &str, kept: &str) -> bool {
    let text: String = text.nfc().collect();
    PasswordHash::new(kept).is_ok_and(|kept| Argon2::default().verify_password(text.as_bytes(), &kept).is_ok())
}

async fn on_a_core<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let _core = CORES.acquire().await.map_err(|cause| Error::Broken(cause.to_string()))?;
    tokio::task::spawn_blocking(work).await.map_err(|cause| Error::Broken(cause.to_string()))
}

/// The hash that is kept for `text`, as a PHC string.
pub async fn hash(text: &str, cost: HashCost) -> Result<String, Error> {
    let text = text.to_string();
    on_a_core(move || hash_now(&text, cost)).await?
}

/// Is `text` the password behind `kept`? Without one the same work is done, and the answer is no.
pub async fn verify(text: &str, kept: Option<&str>) -> Result<bool, Error> {
    #[cfg(test)]
    let _ = PROBE.try_with(|probe| probe.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
    // Longer ones were never accepted; not to be hashed for whoever sends them.
    let text: String = text.chars().take(MOST + 1).collect();
    let (kept, known) = (kept.map(ToString::to_string), kept.is_some());
    let fits = on_a_core(move || verify_now(&text, kept.as_deref().unwrap_or(&NOBODY))).await?;
    Ok(fits && known)
}

/// Was this hash made with less than today's cost?
pub fn is_outdated(kept: &str) -> bool {
    let params = PasswordHash::new(kept).ok().and_then(|hash| Params::try_from(&hash).ok());
    params.is_none_or(|params| params.m_cost() < COST.memory || params.t_cost() < COST.rounds)
}
