//! Many rows that are finished before the writer is asked for.

use db::Value;

use crate::{Error, Tx};

/// Rows of some tables, in the order in which they can be put in.
#[derive(Default)]
pub struct Batch(Vec<(&'static str, Vec<Vec<Value>>)>);

impl Batch {
    /// `head` is `INSERT INTO t (a, b)`.
    pub(crate) fn add(&mut self, head: &'static str, rows: Vec<Vec<Value>>) {
        if !rows.is_empty() {
            self.0.push((head, rows));
        }
    }
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// Puts the rows in. The caller leaves one audit row for the whole.
    pub async fn write(self, tx: &mut Tx) -> Result<(), Error> {
        for (head, rows) in self.0 {
            tx.insert_all(head, rows).await?;
        }
        Ok(())
    }
    /// As `write`, in a transaction of its own, for rows that nobody can reach before a later transaction, which notes
    /// them, leads there.
    pub async fn write_ahead(self, tx: &mut Tx) -> Result<(), Error> {
        for (head, rows) in self.0 {
            tx.insert_unnoted(head, rows).await?;
        }
        Ok(())
    }
}
