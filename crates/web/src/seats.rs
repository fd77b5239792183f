//! How many connections are open, in all and by whom.

#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex},
};

const MOST_CONNECTIONS: usize = 4_096;

/// Connections by address.
#[derive(Clone, Default)]
pub(crate) struct Seats(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// One open connection; free again when dropped.
pub(crate) struct Seat {
    seats: Seats,
    peer: IpAddr,
}

impl Seats {
    /// `None` when `peer` has `most` already, or all seats are taken.
    pub fn take(&self, peer: IpAddr, most: usize) -> Option<Seat> {
        let peer = household(peer);
        let mut taken = self.0.lock().expect("nobody panics while counting");
        let mine = taken.get(&peer).copied().unwrap_or(0);
        if mine >= most || taken.values().sum::<usize>() >= MOST_CONNECTIONS {
            return None;
        }
        taken.insert(peer, mine + 1);
        drop(taken);
        Some(Seat { seats: self.clone(), peer })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.0.lock().expect("nobody panics while counting");
        if let Some(mine) = taken.get_mut(&self.peer) {
            *mine -= 1;
            if *mine == 0 {
                taken.remove(&self.peer);
            }
        }
    }
}

/// Whoever has one address of IPv6 has its whole /64.
fn household(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() >> 64 << 64).into()),
        near => near,
    }
}
