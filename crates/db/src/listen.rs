use sqlx::postgres::{PgListener, PgPoolOptions};

use crate::{Db, DbError, engine::Inner};

/// Hears what other nodes tell by `Link::notify`, over a connection of its own that comes back by itself.
pub struct Listener(PgListener);

impl Db {
    /// `None` on the embedded database: there are no other nodes.
    pub async fn listen(&self, channel: &str) -> Result<Option<Listener>, DbError> {
        let Inner::Postgres(pool) = &self.0 else { return Ok(None) };
        let own = PgPoolOptions::new().max_connections(1).max_lifetime(None).idle_timeout(None);
        let own = own.connect_with(pool.connect_options().as_ref().clone()).await?;
        let mut listener = PgListener::connect_with(&own).await?;
        listener.listen(channel).await?;
        Ok(Some(Listener(listener)))
    }
}

impl Listener {
    /// The next text that was told.
    pub async fn next(&mut self) -> Result<String, DbError> {
        Ok(self.0.recv().await?.payload().to_string())
    }
}
