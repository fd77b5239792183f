use tokio::sync::broadcast;
use uuid::Uuid;

/// Tells open pages that something changed at a site. Only what changed is said, never what it says.
#[derive(Clone)]
pub struct Live(broadcast::Sender<Change>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub site: Uuid,
    /// `orders`, `notices`, …
    pub what: &'static str,
    pub id: Uuid,
}

impl Default for Live {
    fn default() -> Self {
        Self(broadcast::channel(1024).0)
    }
}
impl Live {
    pub fn tell(&self, change: Change) {
        // Nobody listening is fine.
        let _ = self.0.send(change);
    }
    pub fn listen(&self) -> broadcast::Receiver<Change> {
        self.0.subscribe()
    }
}
