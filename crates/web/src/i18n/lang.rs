//! The two languages a page can be in.

/// The language of a reader. Chinese is written first and is what everybody gets who asked for nothing we have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    #[default]
    Zh,
    En,
}

impl Lang {
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The tag for `html lang` and `Content-Language`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// From a tag such as `zh`, `zh-Hans-CN`, `en-GB`; `None` for every other language.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let main = tag.trim().split(['-', '_']).next().unwrap_or_default();
        match main.to_ascii_lowercase().as_str() {
            "zh" => Some(Self::Zh),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// What the person chose (`cookie`) wins; then the browser's `Accept-Language`, by its weights; then Chinese.
    pub fn choose(cookie: Option<&str>, accept: Option<&str>) -> Self {
        cookie.and_then(Self::from_tag).or_else(|| accept.and_then(Self::preferred)).unwrap_or_default()
    }

    fn preferred(accept: &str) -> Option<Self> {
        let mut wanted: Vec<(u32, Self)> = accept.split(',').filter_map(weighed).collect();
        // Stable: of equal weights the first named wins.
        wanted.sort_by_key(|(weight, _)| u32::MAX - weight);
        wanted.first().map(|(_, lang)| *lang)
    }
}

/// One entry of `Accept-Language` with its weight in thousandths; `None` when we do not speak it or it is refused (`q=0`).
fn weighed(entry: &str) -> Option<(u32, Lang)> {
    let mut parts = entry.split(';');
    let lang = Lang::from_tag(parts.next()?)?;
    let quality = parts.find_map(|part| part.trim().strip_prefix("q=").map(str::to_owned));
    let weight = quality.map_or(1.0, |text| text.parse::<f32>().unwrap_or(0.0)).clamp(0.0, 1.0) * 1000.0;
    (weight > 0.0).then_some((weight as u32, lang))
}
