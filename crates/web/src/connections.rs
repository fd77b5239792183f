//! The loop that accepts connections and keeps slow and greedy peers from harming others (R15), until it is told to stop.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    body::Body as HttpBody,
    http::{HeaderValue, Request, Version, header},
};
use futures::FutureExt;
use hyper::body::Incoming;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{
        conn::auto,
        graceful::{GracefulShutdown, Watcher},
    },
    service::TowerToHyperService,
};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

use crate::{
    limits::Limits,
    pace::{Paced, Waiting},
    seats::Seats,
    server::Peer,
};

/// After SIGTERM, what is running may finish within this.
const LAST_WORDS: Duration = Duration::from_secs(10);
/// After SIGTERM connections stay open this long: a request that is on its way already is answered, and its answer says
/// that the connection ends.
const LINGER: Duration = Duration::from_millis(500);
/// Out of file descriptors: others must end first.
const BREATH: Duration = Duration::from_millis(50);
const HTTP2_ALIVE: Duration = Duration::from_secs(20);

/// What every connection is served with.
#[derive(Clone)]
struct Hall {
    builder: auto::Builder<TokioExecutor>,
    router: Router,
    limits: Limits,
    tls: Option<TlsAcceptor>,
    closing: Arc<AtomicBool>,
}

/// Serves until `stop` resolves, then lets what is running finish. With `tls` every connection is greeted first.
pub async fn run(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
) -> std::io::Result<()> {
    let (graceful, seats) = (GracefulShutdown::new(), Seats::default());
    let hall = Hall { builder: builder(limits), router, limits, tls, closing: Arc::default() };
    let open = |stream: TcpStream, peer: SocketAddr| {
        let Some(seat) = seats.take(peer.ip(), limits.peer_connections) else { return };
        let (hall, watcher) = (hall.clone(), graceful.watcher());
        tokio::spawn(async move {
            hall.greet(stream, peer, watcher).await;
            drop(seat);
        });
    };
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, peer)) => open(stream, peer),
            Err(_) => tokio::time::sleep(BREATH).await,
        }
    }
    hall.closing.store(true, Ordering::SeqCst);
    // The system has accepted these for us already.
    while let Some(Ok((stream, peer))) = listener.accept().now_or_never() {
        open(stream, peer);
    }
    drop(listener);
    tokio::time::sleep(LINGER).await;
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(LAST_WORDS) => tracing::warn!("some connections did not finish in time"),
    }
    Ok(())
}

fn builder(limits: Limits) -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(limits.head).max_headers(64).max_buf_size(32 * 1024);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(HTTP2_ALIVE)
        .keep_alive_timeout(HTTP2_ALIVE)
        .max_concurrent_streams(100)
        .max_header_list_size(32 * 1024);
    builder
}

impl Hall {
    async fn greet(self, stream: TcpStream, peer: SocketAddr, watcher: Watcher) {
        let _ = stream.set_nodelay(true);
        match self.tls.clone() {
            None => self.converse(watcher, peer, stream).await,
            Some(tls) => match tokio::time::timeout(self.limits.head, tls.accept(stream)).await {
                Ok(Ok(stream)) => self.converse(watcher, peer, stream).await,
                _ => tracing::debug!(%peer, "no TLS greeting"),
            },
        }
    }
    /// One connection, until it ends. Who asks for nothing is cut: before its first request the library waits for ever.
    async fn converse<S>(self, watcher: Watcher, peer: SocketAddr, stream: S)
    where
        S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
    {
        let (asked, patience, builder) = (Arc::new(AtomicBool::new(false)), self.limits.head, self.builder.clone());
        let noted = Arc::clone(&asked);
        let service = tower::service_fn(move |request| {
            noted.store(true, Ordering::Relaxed);
            self.clone().answer(peer, request)
        });
        let connection = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service)).into_owned();
        let connection = watcher.watch(connection);
        tokio::pin!(connection);
        let ended = match tokio::time::timeout(patience, &mut connection).await {
            Ok(ended) => ended,
            Err(_) if !asked.load(Ordering::Relaxed) => return,
            Err(_) => connection.await,
        };
        if let Err(cause) = ended {
            tracing::debug!(%cause, "connection ended");
        }
    }
    async fn answer(
        self,
        peer: SocketAddr,
        request: Request<Incoming>,
    ) -> Result<axum::response::Response, std::convert::Infallible> {
        let (waiting, has_close) = (Waiting::default(), request.version() < Version::HTTP_2);
        let mut request = request.map(|body| HttpBody::new(Paced::new(body, self.limits, waiting.clone())));
        request.extensions_mut().insert(Peer(peer));
        request.extensions_mut().insert(waiting);
        let mut response = self.router.oneshot(request).await?;
        if has_close && self.closing.load(Ordering::SeqCst) {
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        Ok(response)
    }
}
