//! R15: what one peer may cost us.

#[cfg(test)]
mod tests;

use std::time::Duration;

/// A body that arrives slower than this, once its time to be silent has been used up, is cut. Bytes a second.
const SLOWEST_BODY: u64 = 500;

/// What one peer may cost. Durations are the monotonic clock's.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// For the head of a request, for the greeting of TLS, and for a connection that says nothing.
    pub head: Duration,
    /// A body may be silent for this long.
    pub body_silence: Duration,
    /// Connections that one address may hold open; of IPv6 a whole /64 is one address.
    pub peer_connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { head: Duration::from_secs(10), body_silence: Duration::from_secs(15), peer_connections: 300 }
    }
}

impl Limits {
    /// Is a body too slow that brought `bytes` while we waited for it for `waited`? Time in which we did not ask for
    /// more, being busy ourselves, is not the peer's.
    pub(crate) fn too_slow(&self, bytes: u64, waited: Duration) -> bool {
        waited > self.body_silence && bytes < SLOWEST_BODY.saturating_mul(waited.as_secs().max(1))
    }
}

const DEEPEST: usize = 32;
const LONGEST_LIST: usize = 1_000;

/// Why a JSON text is not even read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Excess {
    Deep,
    Long,
}

impl Excess {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Deep => "json_too_deep",
            Self::Long => "json_list_too_long",
        }
    }
    /// The first excess in `text`, which need not be sound JSON. At most 32 levels, at most 1,000 things in each.
    pub fn of(text: &str) -> Option<Self> {
        let mut open = Vec::with_capacity(DEEPEST);
        let (mut quoted, mut escaped) = (false, false);
        for byte in text.bytes() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if quoted => escaped = true,
                b'"' => quoted = !quoted,
                _ if quoted => {}
                b'[' | b'{' if open.len() == DEEPEST => return Some(Self::Deep),
                b'[' | b'{' => open.push(1),
                b']' | b'}' => drop(open.pop()),
                b',' if open.last() == Some(&LONGEST_LIST) => return Some(Self::Long),
                b',' => open.iter_mut().next_back().into_iter().for_each(|things| *things += 1),
                _ => {}
            }
        }
        None
    }
}
