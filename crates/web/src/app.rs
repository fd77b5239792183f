use std::{path::PathBuf, sync::Arc};

use kernel::House;

use crate::{i18n::Catalogue, nav::NavGroup};

/// What the pages stand on, one for the process. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<AppParts>);

pub struct AppParts {
    pub house: House,
    pub catalogue: Arc<Catalogue>,
    pub nav: Vec<NavGroup>,
    pub settings: Settings,
}

#[derive(Clone, Debug)]
pub struct Settings {
    /// Where people reach us: `https://anju.example.cn`.
    pub public_url: String,
    /// The company's name, below the site's on every console page and on papers; empty before `init`.
    pub company: String,
    pub data: PathBuf,
    /// TLS ends here or at a proxy in front.
    pub tls: bool,
    /// The address of the caller comes from `X-Forwarded-For`.
    pub behind_proxy: bool,
    pub test_clock: bool,
    pub test_gateways: bool,
    /// Text messages leave the house: a gateway, or the test one. Without it nobody can prove a phone.
    pub sms: bool,
    /// Free bytes under which writing stops.
    pub watermark: u64,
}

impl App {
    pub fn new(parts: AppParts) -> Self {
        Self(Arc::new(parts))
    }
    pub fn house(&self) -> &House {
        &self.0.house
    }
    pub fn catalogue(&self) -> &Arc<Catalogue> {
        &self.0.catalogue
    }
    pub fn nav(&self) -> &[NavGroup] {
        &self.0.nav
    }
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }
}
