//! `anju serve`: opens the house, migrates, serves until told to stop.

use std::{path::PathBuf, sync::Arc, time::Duration};

use kernel::{House, access};
use metrics_exporter_prometheus::PrometheusBuilder;
use people::sms::Outlet;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tokio_rustls::TlsAcceptor;
use values::Clock;
use web::{App, AppParts, Limits, Settings, i18n::Catalogue, server};

use super::{describe, store};
use crate::{
    exit::{Done, Failure},
    ground,
    own::State,
    settings::Serve,
    tls, watch, wiring,
    work::Work,
};

pub async fn serve(settings: Serve) -> Done {
    settings.check()?;
    speak();
    settings.place.make()?;
    let _alone = settings.place.lock()?;
    let db = settings.place.open_database().await?;
    ground::migrate_safely(&settings.place, &db).await?;
    let clock = settings.test_clock.map_or_else(Clock::system, Clock::movable);
    let house = ground::house(&settings.place, db, clock).await?;
    until_told(&settings, house).await
}

/// Serves on an open house.
pub async fn until_told(settings: &Serve, house: House) -> Done {
    let tls = settings.tls()?;
    let listener = bind(settings).await?;
    // Port 0 asks for any free one.
    let settings = &Serve { listen: listener.local_addr()?, ..settings.clone() };
    let state = State::new(settings.test_clock.is_some(), settings.test_gateways);
    let work = Work::new(house.clone(), settings.outlet()?);
    let routes = wiring::routes(&state);
    let _ = state.work.set(Arc::clone(&work));
    let _ = state.openapi.set(describe::text(&routes)?);
    if let Ok(handle) = PrometheusBuilder::new().install_recorder() {
        let _ = state.metrics.set(handle);
    }
    let router = server::router(&app(settings, &house).await?, &routes);
    let sending = tokio::spawn(Arc::clone(&work).send(state.stop.subscribe()));
    let working = tokio::spawn(work.run(state.stop.subscribe()));
    tokio::spawn(watch::storage(house.clone(), settings.clone(), Arc::clone(&state)));
    tokio::spawn(watch::statistics(house.clone(), state.stop.subscribe()));
    tokio::spawn(watch::other_nodes(house.clone(), state.stop.subscribe()));
    println!("Anju serves on {}", settings.public_url());
    server::run(listener, tls, router, settings.limits(), stopped(Arc::clone(&state))).await?;
    let _ = tokio::join!(working, sending);
    house.db().close().await;
    if house.db().is_broken() {
        return Err(Failure::environment(
            "the storage failed under a commit: look at the disk, then start again and run `anju check`",
        ));
    }
    Ok(())
}

async fn bind(settings: &Serve) -> Result<TcpListener, Failure> {
    let taken = |cause| {
        Failure::environment(format!(
            "cannot listen on {}: {cause}; name another address with --listen",
            settings.listen
        ))
    };
    TcpListener::bind(settings.listen).await.map_err(taken)
}

async fn app(settings: &Serve, house: &House) -> Result<App, Failure> {
    let catalogue = Catalogue::new(wiring::MESSAGES).map_err(|cause| Failure::environment(cause.to_string()))?;
    let mut read = house.read(&access::system_company("serve")).await?;
    let settings = Settings {
        public_url: settings.public_url(),
        company: store::company(&mut read).await?.ok_or_else(|| {
            Failure::environment(
                "there is no company here yet: run `anju init` first, or look whether --data names the right folder",
            )
        })?,
        data: settings.place.data.clone(),
        tls: !settings.tls.is_empty(),
        behind_proxy: settings.behind_proxy,
        test_clock: settings.test_clock.is_some(),
        test_gateways: settings.test_gateways,
        sms: settings.test_gateways || settings.sms_url.is_some(),
        watermark: settings.watermark_bytes(),
    };
    Ok(App::new(AppParts { house: house.clone(), catalogue: Arc::new(catalogue), nav: wiring::nav(), settings }))
}

/// Resolves at SIGTERM, Ctrl-C or when the program itself must end; event streams and workers hear it at the same time.
async fn stopped(state: Arc<State>) {
    let mut terminate = signal(SignalKind::terminate()).expect("a signal can be listened to");
    let mut told = state.stop.subscribe();
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
        _ = told.wait_for(|stop| *stop) => {}
    }
    tracing::info!("stopping");
    state.stop.send_replace(true);
}

/// Log lines on stderr; `ANJU_LOG` says how many.
pub fn speak() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("ANJU_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}

impl Serve {
    pub fn public_url(&self) -> String {
        let scheme = if self.tls.is_empty() { "http" } else { "https" };
        let named = self.public_url.clone().unwrap_or_else(|| format!("{scheme}://{}", self.listen));
        named.trim_end_matches('/').to_string()
    }
    pub const fn watermark_bytes(&self) -> u64 {
        self.watermark.saturating_mul(1024 * 1024)
    }
    fn limits(&self) -> Limits {
        Limits {
            head: Duration::from_millis(self.limits.head_timeout),
            body_silence: Duration::from_millis(self.limits.body_timeout),
            peer_connections: if self.behind_proxy { usize::MAX } else { self.limits.peer_connections },
        }
    }
    /// Where text messages go. Errors: a key that is missing or too short.
    fn outlet(&self) -> Result<Outlet, Failure> {
        let read = |file: &PathBuf| {
            std::fs::read(file).map_err(|cause| {
                Failure::environment(format!("the SMS key {} cannot be read: {cause}", file.display()))
            })
        };
        let key = self.sms_key_file.as_ref().map(read).transpose()?;
        // An editor's last line break is no part of the key.
        let key = key.map(|key| key.trim_ascii_end().to_vec());
        Outlet::from_settings(self.test_gateways, self.sms_url.as_deref(), key)
            .map_err(|cause| Failure::environment(cause.to_string()))
    }
    fn tls(&self) -> Result<Option<TlsAcceptor>, Failure> {
        match self.tls.as_slice() {
            [cert, key] => tls::acceptor(cert, key).map(Some),
            _ => Ok(None),
        }
    }
    /// R01: cookies travel over TLS only, except on this machine itself.
    fn check(&self) -> Done {
        let near = self.listen.ip().is_loopback();
        if !near && self.tls.is_empty() && !self.behind_proxy {
            return Err(Failure::usage(
                "outside of this machine Anju needs --tls CERT KEY, or --behind-proxy when a proxy ends TLS",
            ));
        }
        if !near && self.test_clock.is_some() {
            return Err(Failure::usage("--test-clock works on a loopback address only: --listen 127.0.0.1:8080"));
        }
        Ok(())
    }
}
