//! The few routes that belong to no department: the front door, browser files, probes, live changes, the machine's own.

mod assets;
mod door;
mod live;
mod machine;
mod pages;
mod prefs;
mod probes;

use std::sync::{Arc, OnceLock};

use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::watch;
use web::Route;

use crate::work::Work;

/// What these routes need beside the request; empty when the table is only looked at.
pub struct State {
    /// True once the program is asked to stop.
    pub stop: watch::Sender<bool>,
    pub work: OnceLock<Arc<Work>>,
    pub metrics: OnceLock<PrometheusHandle>,
    /// The API description of the whole table.
    pub openapi: OnceLock<String>,
    /// The route of the movable clock exists.
    pub test_clock: bool,
    /// The routes that show what test gateways kept exist.
    pub test_gateways: bool,
}

impl State {
    pub fn new(test_clock: bool, test_gateways: bool) -> Arc<Self> {
        let stop = watch::Sender::new(false);
        Arc::new(Self {
            stop,
            work: OnceLock::new(),
            metrics: OnceLock::new(),
            openapi: OnceLock::new(),
            test_clock,
            test_gateways,
        })
    }
}

pub fn routes(state: &Arc<State>) -> Vec<Route> {
    [
        assets::routes(),
        door::routes(),
        live::routes(state),
        machine::routes(state),
        prefs::routes(),
        probes::routes(state),
    ]
    .concat()
}
