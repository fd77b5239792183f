//! Rows are made on a thread of their own while those before them are written.

use tokio::sync::mpsc;

/// Batches that wait to be written.
const WAITING: usize = 2;

/// What `make` gives, in its order, until it gives nothing more. The thread ends when nobody wants the rest.
pub fn ahead<T: Send + 'static>(mut make: impl FnMut() -> Option<T> + Send + 'static) -> mpsc::Receiver<T> {
    let (sender, receiver) = mpsc::channel(WAITING);
    tokio::task::spawn_blocking(move || {
        while let Some(next) = make() {
            if sender.blocking_send(next).is_err() {
                return;
            }
        }
    });
    receiver
}
