//! What a page tells its shell.

use maud::Markup;

/// A step of the way to this page.
#[derive(Clone, Debug)]
pub struct Crumb {
    pub label: String,
    pub href: String,
}

/// Title and surroundings of one page. `Page::new("服务台")` is enough for a simple one.
#[derive(Clone, Debug, Default)]
pub struct Page {
    pub title: String,
    /// The way here, first step first. Phones show only a way back to the last step.
    pub crumbs: Vec<Crumb>,
    /// Beside the way, at the right: 第 1 / 3 条.
    pub beside: Option<Markup>,
    /// Before the title: the door plate.
    pub plate: Option<Markup>,
    /// After the title: one badge, or one line of grey words.
    pub badge: Option<Markup>,
    /// At the right of the title; the main act stands last.
    pub acts: Option<Markup>,
    /// Phones: the main act with its promise, docked at the bottom instead of the tabs.
    pub dock: Option<Markup>,
    /// Phones: the title is only for screen readers, because the plate says where one is.
    pub quiet_title: bool,
    /// Public pages: one card in the middle, as for log-in.
    pub alone: bool,
}

impl Page {
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    #[must_use]
    pub fn crumb(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.crumbs.push(Crumb { label: label.into(), href: href.into() });
        self
    }

    #[must_use]
    pub fn plate(self, plate: Markup) -> Self {
        Self { plate: Some(plate), ..self }
    }

    #[must_use]
    pub fn badge(self, badge: Markup) -> Self {
        Self { badge: Some(badge), ..self }
    }

    #[must_use]
    pub fn beside(self, beside: Markup) -> Self {
        Self { beside: Some(beside), ..self }
    }

    #[must_use]
    pub fn acts(self, acts: Markup) -> Self {
        Self { acts: Some(acts), ..self }
    }

    #[must_use]
    pub fn dock(self, dock: Markup) -> Self {
        Self { dock: Some(dock), ..self }
    }
}
