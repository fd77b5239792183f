//! The handle through which a page speaks.

use std::{fmt, sync::Arc};

use fluent_bundle::FluentValue;

use super::{Catalogue, Lang};

/// The catalogue in one reader's language; cloning costs a counter.
#[derive(Clone)]
pub struct Words {
    catalogue: Arc<Catalogue>,
    lang: Lang,
}

impl Words {
    pub(super) fn new(catalogue: Arc<Catalogue>, lang: Lang) -> Self {
        Self { catalogue, lang }
    }

    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The text of `key`; the key itself when nobody wrote it (noted in [`Catalogue::missing`]).
    pub fn say(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The text of `key` with its variables: `words.with("orders-found", &[("n", 47.into())])`.
    pub fn with(&self, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        self.catalogue.format(self.lang, key, values)
    }

    /// The text of `key` where there is one; for keys made from data, such as a reason code that may have its own advice.
    pub fn find(&self, key: &str) -> Option<String> {
        self.catalogue.has(self.lang, key).then(|| self.say(key))
    }

    /// The text with its variables left as `{name}`, for the browser to fill in.
    pub fn template(&self, key: &str) -> String {
        let holes: Vec<(String, FluentValue<'_>)> = self
            .catalogue
            .variables(self.lang, key)
            .map(|name| (name.clone(), FluentValue::from(format!("{{{name}}}"))))
            .collect();
        let values: Vec<(&str, FluentValue<'_>)> =
            holes.iter().map(|(name, hole)| (name.as_str(), hole.clone())).collect();
        self.with(key, &values)
    }

    /// The same texts in the other language, for the language switch.
    pub fn in_lang(&self, lang: Lang) -> Self {
        Self { catalogue: Arc::clone(&self.catalogue), lang }
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Words({})", self.lang.tag())
    }
}
