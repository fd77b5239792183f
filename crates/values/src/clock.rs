use std::{
    sync::{Arc, Mutex},
    time::Instant,
};

use crate::Moment;

/// Tells the time. The movable one (`serve --test-clock`) ticks on from where it was put.
#[derive(Clone)]
pub struct Clock {
    /// `None`: the machine's own clock.
    moved: Option<Arc<Mutex<(Moment, Instant)>>>,
    ticks: bool,
}

impl Clock {
    pub const fn system() -> Self {
        Self { moved: None, ticks: true }
    }
    pub fn movable(start: Moment) -> Self {
        Self { moved: Some(Arc::new(Mutex::new((start, Instant::now())))), ticks: true }
    }
    /// Stands still until it is put forward: for tests.
    pub fn still(start: Moment) -> Self {
        Self { ticks: false, ..Self::movable(start) }
    }
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the machine")]
    pub fn now(&self) -> Moment {
        match &self.moved {
            None => Moment::from_millis(jiff::Timestamp::now().as_millisecond()),
            Some(state) => {
                let (start, since) = *state.lock().expect("nobody panics while reading the clock");
                let gone = if self.ticks { i64::try_from(since.elapsed().as_millis()).unwrap_or(i64::MAX) } else { 0 };
                start.plus_millis(gone)
            }
        }
    }
    /// Moves a movable clock; false when this is the machine's own.
    pub fn set(&self, now: Moment) -> bool {
        let Some(state) = &self.moved else { return false };
        *state.lock().expect("nobody panics while setting the clock") = (now, Instant::now());
        true
    }
    pub const fn is_movable(&self) -> bool {
        self.moved.is_some()
    }
}
