//! What every page needs beside its own data: who reads it, in which language and dress, where they stand.

use crate::i18n::{Formats, Words};

/// Where the language, theme and type size are changed: `POST` with `lang`, `theme` or `size`, and `back`.
pub const PREFS_PATH: &str = "/prefs";
/// Where a session ends: `POST`.
pub const LOGOUT_PATH: &str = "/logout";
/// The same for residents, whose cookie is another one.
pub const RESIDENT_LOGOUT_PATH: &str = "/r/logout";
/// The form field of the forgery token.
pub const CSRF_FIELD: &str = "csrf";
/// The form field of the idempotency key.
pub const ONCE_FIELD: &str = "idempotency_key";
/// The form field of the version a person saw before editing.
pub const VERSION_FIELD: &str = "version";

/// The four faces of the program. Each loads its own script; portal and field change the sizes of everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    Console,
    Portal,
    Field,
    Public,
}

impl Face {
    /// The script of this face, and the name under which [`web_assets::texts`] lists its words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Console => "console",
            Self::Portal => "portal",
            Self::Field => "field",
            Self::Public => "public",
        }
    }
}

/// Light, dark, or what the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }
}

/// 标准 or 大字版.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    #[default]
    Normal,
    Xl,
}

impl Size {
    pub const ALL: [Self; 2] = [Self::Normal, Self::Xl];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Xl => "xl",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|size| size.name() == name)
    }
}

/// A site (项目) as pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteMark {
    pub code: String,
    pub name: String,
    /// Where choosing it leads.
    pub href: String,
}

impl SiteMark {
    /// The one character on the plate beside the name.
    pub fn mark(&self) -> String {
        self.name.chars().take(1).collect()
    }
}

/// The person who reads the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// An id that changes with the person: drafts and unsent work on the device are kept apart by it.
    pub id: String,
    pub name: String,
    /// 岗位 or, in the portal, the role in the home.
    pub post: String,
}

/// A number beside a line of navigation, shown only where someone must act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    pub count: i64,
    pub late: bool,
}

/// 消息 of the person who reads the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbox {
    pub href: String,
    pub unread: i64,
    /// This page is the inbox.
    pub current: bool,
}

/// One line of navigation; built from what the person may see.
#[derive(Clone, Debug)]
pub struct NavItem {
    pub label: String,
    pub href: String,
    pub icon: &'static str,
    /// The keys that lead there, such as `g f`.
    pub key: Option<&'static str>,
    pub tally: Option<Tally>,
    pub current: bool,
    /// Second level, shown under the current line.
    pub under: Vec<NavLink>,
}

impl NavItem {
    pub fn new(label: impl Into<String>, href: impl Into<String>, icon: &'static str) -> Self {
        let (label, href) = (label.into(), href.into());
        Self { label, href, icon, key: None, tally: None, current: false, under: Vec::new() }
    }
}

/// A line of the second level.
#[derive(Clone, Debug)]
pub struct NavLink {
    pub label: String,
    pub href: String,
    pub current: bool,
}

/// A truth about this installation that must stand on every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Banner {
    /// The movable clock of tests is on and shows this.
    TestClock(String),
    /// SMS, mail and payments go to a table.
    TestGateways,
}

/// What the last act did, said once on the next page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flash {
    pub text: String,
    pub undo: Option<Undo>,
}

/// The way back from the last act: a `POST`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undo {
    pub action: String,
    /// Idempotency key of the undoing.
    pub once: String,
}

/// Everything a page needs beside its own data.
#[derive(Clone, Debug)]
pub struct View {
    pub words: Words,
    pub formats: Formats,
    pub face: Face,
    pub theme: Theme,
    pub size: Size,
    pub company: String,
    pub site: Option<SiteMark>,
    /// The other sites this person may enter.
    pub sites: Vec<SiteMark>,
    pub who: Option<Who>,
    /// The forgery token of this session; empty on pages without one.
    pub csrf: String,
    /// The path and query of this page; the switches return to it.
    pub path: String,
    pub nav: Vec<NavItem>,
    /// The bell; staff only.
    pub inbox: Option<Inbox>,
    /// The find endpoint of this site; the console shows the find box when there is one.
    pub find: Option<String>,
    /// The event stream that keeps this page fresh.
    pub live: Option<String>,
    /// Where an expired session logs in again.
    pub login: String,
    pub banners: Vec<Banner>,
    pub flash: Option<Flash>,
    /// The phone that is always answered (值班电话).
    pub duty_phone: Option<String>,
    /// Single keys may be switched off (WCAG 2.1.4).
    pub keys: bool,
}

impl View {
    /// A bare page of `face`: nobody is known, nothing is offered.
    pub fn new(face: Face, formats: Formats) -> Self {
        Self {
            words: formats.words.clone(),
            formats,
            face,
            theme: Theme::default(),
            size: Size::default(),
            company: String::new(),
            site: None,
            sites: Vec::new(),
            who: None,
            csrf: String::new(),
            path: "/".to_owned(),
            nav: Vec::new(),
            inbox: None,
            find: None,
            live: None,
            login: "/login".to_owned(),
            banners: Vec::new(),
            flash: None,
            duty_phone: None,
            keys: true,
        }
    }

    /// The text of `key` in the reader's language.
    pub fn say(&self, key: &str) -> String {
        self.words.say(key)
    }
}
