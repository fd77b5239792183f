//! A request's body as it arrives, with an eye on how slowly. There is no limit on the whole: a photo may take minutes over
//! a poor line, as long as it moves.

use std::{
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
    time::Duration,
};

use axum::body::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::time::{Instant, Sleep};

use crate::limits::Limits;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

#[derive(Debug, thiserror::Error)]
#[error("the body arrives too slowly")]
struct TooSlow;

/// How long a request waited for its peer. Shared by the body and by the one who watches the time of the whole request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Waiting(Arc<Mutex<Waited>>);

#[derive(Debug, Default)]
struct Waited {
    before: Duration,
    /// We are waiting now, since this moment.
    since: Option<Instant>,
    given_up: bool,
}

impl Waiting {
    fn with<T>(&self, look: impl FnOnce(&mut Waited) -> T) -> T {
        look(&mut self.0.lock().expect("nobody panics while holding it"))
    }
    pub fn so_far(&self) -> Duration {
        self.with(|waited| waited.before + waited.since.map_or(Duration::ZERO, |since| since.elapsed()))
    }
    /// The body was too slow and was cut.
    pub fn given_up(&self) -> bool {
        self.with(|waited| waited.given_up)
    }
    fn begins(&self) {
        self.with(|waited| waited.since = waited.since.or_else(|| Some(Instant::now())));
    }
    fn ends(&self) {
        self.with(|waited| {
            waited.before += waited.since.take().map_or(Duration::ZERO, |since| since.elapsed());
        });
    }
    fn gives_up(&self) {
        self.with(|waited| waited.given_up = true);
    }
    /// What `work` gives, or `None` when it takes longer than `longest` without the time it waited for the peer.
    pub async fn within<T>(&self, longest: Duration, work: impl Future<Output = T>) -> Option<T> {
        let begun = Instant::now();
        tokio::pin!(work);
        loop {
            let until = begun + longest + self.so_far();
            tokio::select! {
                done = &mut work => return Some(done),
                () = tokio::time::sleep_until(until) => {}
            }
            if begun.elapsed() >= longest + self.so_far() {
                return None;
            }
        }
    }
}

/// A body that fails when it is silent for too long or trickles.
pub(crate) struct Paced<B> {
    body: B,
    limits: Limits,
    waiting: Waiting,
    bytes: u64,
    silence: Option<Pin<Box<Sleep>>>,
}

impl<B> Paced<B> {
    pub const fn new(body: B, limits: Limits, waiting: Waiting) -> Self {
        Self { body, limits, waiting, bytes: 0, silence: None }
    }
    fn too_slow<T>(&self) -> Poll<Option<Result<T, BoxError>>> {
        self.waiting.gives_up();
        Poll::Ready(Some(Err(TooSlow.into())))
    }
}

impl<B> Body for Paced<B>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let me = self.get_mut();
        let Poll::Ready(frame) = Pin::new(&mut me.body).poll_frame(context) else {
            me.waiting.begins();
            let limit = me.limits.body_silence;
            let silence = me.silence.get_or_insert_with(|| Box::pin(tokio::time::sleep(limit)));
            return if silence.as_mut().poll(context).is_ready() { me.too_slow() } else { Poll::Pending };
        };
        me.waiting.ends();
        me.silence = None;
        if let Some(Ok(data)) = frame.as_ref().map(|frame| frame.as_ref().map(Frame::data_ref)) {
            me.bytes += data.map_or(0, |data| data.len() as u64);
            if me.limits.too_slow(me.bytes, me.waiting.so_far()) {
                return me.too_slow();
            }
        }
        Poll::Ready(frame.map(|frame| frame.map_err(Into::into)))
    }
    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }
    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
