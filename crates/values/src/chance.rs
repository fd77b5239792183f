use std::sync::Mutex;

use sha2::{Digest, Sha256};

/// Where random bytes come from: the system, or a seed when a world must come out the same twice (demo, tests).
pub struct Chance(Option<Mutex<(u64, u64)>>);

impl Chance {
    pub const fn system() -> Self {
        Self(None)
    }
    /// The same seed gives the same bytes in the same order. Never for secrets.
    pub const fn seeded(seed: u64) -> Self {
        Self(Some(Mutex::new((seed, 0))))
    }
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut out = [0; N];
        match &self.0 {
            None => getrandom::fill(&mut out).expect("the system's random source answers"),
            Some(state) => seeded_fill(&mut state.lock().expect("nobody panics while drawing"), &mut out),
        }
        out
    }
    /// A whole number from 0 up to and without `end`.
    pub fn below(&self, end: u64) -> u64 {
        u64::from_le_bytes(self.bytes()) % end.max(1)
    }
}

fn seeded_fill(state: &mut (u64, u64), out: &mut [u8]) {
    for chunk in out.chunks_mut(32) {
        let mut hash = Sha256::new();
        hash.update(state.0.to_le_bytes());
        hash.update(state.1.to_le_bytes());
        state.1 += 1;
        chunk.copy_from_slice(&hash.finalize()[..chunk.len()]);
    }
}
