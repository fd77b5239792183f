use std::borrow::Cow;

use db::DbError;
use tokio::sync::broadcast;
use uuid::Uuid;

use crate::{PartyId, kept::Kept};

/// The channel on which nodes tell each other.
const CHANNEL: &str = "anju_live";

/// What a change of somebody's access is called; its id is the person, and it belongs to no site.
pub const ACCESS: &str = "access";
pub(crate) const NO_SITE: Uuid = Uuid::nil();

/// Tells open pages that something changed at a site. Only what changed is said, never what it says.
#[derive(Clone)]
pub struct Live {
    told: broadcast::Sender<Change>,
    /// Marks what this process itself told the other nodes.
    node: Uuid,
    kept: Kept,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub site: Uuid,
    /// `orders`, `notices`, …
    pub what: Cow<'static, str>,
    pub id: Uuid,
}

impl Change {
    /// A log-in or a role of `party` ended: what is open for them may have to end.
    pub fn ends_access_of(&self, party: PartyId) -> bool {
        self.what == ACCESS && self.id == party.uuid()
    }
}

impl Default for Live {
    fn default() -> Self {
        Self::new(&values::Chance::system())
    }
}
impl Live {
    fn new(chance: &values::Chance) -> Self {
        Self {
            told: broadcast::channel(1024).0,
            node: uuid::Builder::from_custom_bytes(chance.bytes()).into_uuid(),
            kept: Kept::default(),
        }
    }
    /// Counts that hold until the next change.
    pub const fn kept(&self) -> &Kept {
        &self.kept
    }
    pub fn tell(&self, change: Change) {
        self.kept.changed(change.site);
        // Nobody listening is fine.
        let _ = self.told.send(change);
    }
    pub fn listen(&self) -> broadcast::Receiver<Change> {
        self.told.subscribe()
    }
    /// Tells the other nodes, at the commit of `link`'s transaction. The embedded database has no other nodes.
    pub(crate) async fn tell_nodes(&self, link: &mut db::Link, changes: &[Change]) -> Result<(), DbError> {
        for change in changes {
            link.notify(CHANNEL, &format!("{} {} {} {}", self.node, change.site, change.id, change.what)).await?;
        }
        Ok(())
    }
    /// Passes on what other nodes tell, for as long as the database can be reached; returns at once on the embedded one.
    pub async fn hear_nodes(&self, db: &db::Db) -> Result<(), DbError> {
        let Some(mut listener) = db.listen(CHANNEL).await? else { return Ok(()) };
        loop {
            let text = listener.next().await?;
            if let Some(change) = self.heard(&text) {
                self.tell(change);
            }
        }
    }
    /// `None` for our own words and for what we cannot read.
    fn heard(&self, text: &str) -> Option<Change> {
        let mut parts = text.splitn(4, ' ');
        let mut uuid = || Uuid::parse_str(parts.next()?).ok();
        let (node, site, id) = (uuid()?, uuid()?, uuid()?);
        let what = Cow::Owned(parts.next()?.to_string());
        (node != self.node).then_some(Change { site, what, id })
    }
}
