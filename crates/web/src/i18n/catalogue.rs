//! All texts of the program, read once at the start.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use super::{Lang, Source, Words, source::variables};

type Variables = BTreeMap<String, BTreeSet<String>>;
type Bundle = FluentBundle<FluentResource>;

/// Why the message files cannot be used; each names the key or shows the lines.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    #[error("message file {lang}: cannot be read near: {near}")]
    Unreadable { lang: &'static str, near: String },
    #[error("message file {lang}: the key `{key}` stands there twice")]
    Twice { lang: &'static str, key: String },
}

struct Tongue {
    bundle: Bundle,
    variables: Variables,
}

/// Every message in both languages. Pages hold [`Words`], a cheap handle with the reader's language.
pub struct Catalogue {
    zh: Tongue,
    en: Tongue,
    missing: Mutex<BTreeSet<String>>,
    used: Mutex<BTreeSet<String>>,
    watching: AtomicBool,
}

impl Catalogue {
    /// Parses all sources. A file that cannot be read or a key written twice is an error that names it.
    pub fn new(sources: &[Source]) -> Result<Self, CatalogueError> {
        let zh = Tongue::read(Lang::Zh, sources.iter().map(|source| source.zh))?;
        let en = Tongue::read(Lang::En, sources.iter().map(|source| source.en))?;
        Ok(Self { zh, en, missing: Mutex::default(), used: Mutex::default(), watching: AtomicBool::new(false) })
    }

    /// A handle for pages in `lang`.
    pub fn words(self: &Arc<Self>, lang: Lang) -> Words {
        Words::new(Arc::clone(self), lang)
    }

    /// Every key there is, in order.
    pub fn keys(&self) -> BTreeSet<String> {
        self.zh.variables.keys().chain(self.en.variables.keys()).cloned().collect()
    }

    /// What the two languages disagree in: a key that only one has, a variable that only one names.
    pub fn check(&self) -> Vec<String> {
        self.keys().iter().filter_map(|key| self.difference(key)).collect()
    }

    fn difference(&self, key: &str) -> Option<String> {
        match (self.zh.variables.get(key), self.en.variables.get(key)) {
            (Some(zh), Some(en)) if zh != en => Some(format!("{key}: zh-CN names {zh:?}, en names {en:?}")),
            (Some(_), None) => Some(format!("{key}: only in zh-CN")),
            (None, Some(_)) => Some(format!("{key}: only in en")),
            _ => None,
        }
    }

    /// Keys that pages asked for and nobody wrote, or whose variables were not given, since the start.
    pub fn missing(&self) -> Vec<String> {
        locked(&self.missing).iter().cloned().collect()
    }

    /// From now on remembers which keys are asked for. For tests: [`Self::unused`] tells what no page needs.
    pub fn watch(&self) {
        self.watching.store(true, Ordering::Relaxed);
    }

    /// Keys that no page has asked for since [`Self::watch`].
    pub fn unused(&self) -> Vec<String> {
        let used = locked(&self.used);
        self.keys().into_iter().filter(|key| !used.contains(key)).collect()
    }

    pub(super) fn format(&self, lang: Lang, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        if self.watching.load(Ordering::Relaxed) {
            locked(&self.used).insert(key.to_owned());
        }
        self.tongue(lang).format(key, values).unwrap_or_else(|fallback| {
            locked(&self.missing).insert(format!("{}: {key}", lang.tag()));
            fallback
        })
    }

    pub(super) fn has(&self, lang: Lang, key: &str) -> bool {
        self.tongue(lang).variables.contains_key(key)
    }

    pub(super) fn variables(&self, lang: Lang, key: &str) -> impl Iterator<Item = &String> {
        self.tongue(lang).variables.get(key).into_iter().flatten()
    }

    fn tongue(&self, lang: Lang) -> &Tongue {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

impl Tongue {
    fn read(lang: Lang, texts: impl Iterator<Item = &'static str>) -> Result<Self, CatalogueError> {
        let mut tongue = Self { bundle: empty_bundle(lang), variables: Variables::new() };
        for text in texts {
            let resource = FluentResource::try_new(text.to_owned())
                .map_err(|(_, errors)| unreadable(lang, text, errors.first().map_or(0, |error| error.pos.start)))?;
            tongue.bundle.add_resource(resource).map_err(|errors| twice(lang, &errors))?;
            tongue.variables.extend(variables(text));
        }
        Ok(tongue)
    }

    /// The text, or the best that can be shown and the knowledge that something is missing.
    fn format(&self, key: &str, values: &[(&str, FluentValue<'_>)]) -> Result<String, String> {
        let pattern = self.bundle.get_message(key).and_then(|message| message.value()).ok_or_else(|| key.to_owned())?;
        let args: FluentArgs = values.iter().map(|(name, value)| (*name, value.clone())).collect();
        let mut errors: Vec<FluentError> = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        if errors.is_empty() { Ok(text) } else { Err(text) }
    }
}

fn empty_bundle(lang: Lang) -> Bundle {
    let id: LanguageIdentifier = lang.tag().parse().expect("our own language tags are well formed");
    let mut bundle = Bundle::new_concurrent(vec![id]);
    // The invisible direction marks would end up in copied order numbers and in searches.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(number) if number.value.fract() == 0.0 => {
            Some(super::formats::grouped(number.value as i64))
        }
        _ => None,
    }));
    bundle
}

fn unreadable(lang: Lang, text: &str, at: usize) -> CatalogueError {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let near = text.get(start..).unwrap_or(text).lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    CatalogueError::Unreadable { lang: lang.tag(), near: near.to_owned() }
}

fn twice(lang: Lang, errors: &[FluentError]) -> CatalogueError {
    let key = errors.iter().find_map(|error| match error {
        FluentError::Overriding { id, .. } => Some(id.clone()),
        _ => None,
    });
    CatalogueError::Twice { lang: lang.tag(), key: key.unwrap_or_default() }
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // A set of names is whole after any panic.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
