//! QR labels for doors, plant rooms and checkpoints.

use kernel::{
    Error, Refuse, Site,
    places::{self, Place, PlaceKind},
};
use paper::{Label, LabelSheet, LabelSize, Rendered};
use web::i18n::Words;

/// More are printed building by building.
pub const MOST_LABELS: usize = 2_000;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LabelRefusal {
    #[error("nothing was chosen")]
    Nothing,
    #[error("{count} labels are too many at once")]
    TooMany { count: usize },
    #[error("a text does not fit on a label: {text}")]
    Long { text: String },
}

impl Refuse for LabelRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Nothing => "labels_nothing",
            Self::TooMany { .. } => "labels_too_many",
            Self::Long { .. } => "labels_long",
        }
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Nothing => Vec::new(),
            Self::TooMany { count } => vec![("count", count.to_string()), ("most", MOST_LABELS.to_string())],
            Self::Long { text } => vec![("text", text.clone())],
        }
    }
}

pub fn size_named(name: &str) -> LabelSize {
    match name {
        "36" => LabelSize::A4Of36,
        "roll" => LabelSize::Roll50x30,
        _ => LabelSize::A4Of24,
    }
}

/// The sheet for these places: the address of each, its code, and where it is.
pub fn sheet(words: &Words, site: &Site, public_url: &str, all: &[Place], size: LabelSize) -> LabelSheet {
    let label = |place: &Place| {
        let name = if place.name == place.code { String::new() } else { place.name.clone() };
        let plate = if name.is_empty() || place.kind.is_exclusive() { place.code.clone() } else { name };
        let caption = if place.kind.is_exclusive() || place.kind == PlaceKind::Building {
            site.name.clone()
        } else {
            format!("{} {}", site.name, place.code)
        };
        Label { code: format!("{}{}", public_url.trim_end_matches('/'), places::label_path(&place.qr)), plate, caption }
    };
    let title = words.with("estate-labels-file", &[("site", site.name.as_str().into())]);
    LabelSheet {
        language: words.lang().tag().to_string(),
        title,
        size,
        cut_lines: true,
        labels: all.iter().map(label).collect(),
    }
}

/// Draws them, off the threads that answer requests. Errors: nothing chosen, too many, a text that fits nowhere.
pub async fn print(sheet: LabelSheet) -> Result<Rendered, Error> {
    match sheet.labels.len() {
        0 => return Err(LabelRefusal::Nothing.into()),
        count if count > MOST_LABELS => return Err(LabelRefusal::TooMany { count }.into()),
        _ => {}
    }
    let drawn = tokio::task::spawn_blocking(move || paper::labels(&sheet))
        .await
        .map_err(|cause| Error::Broken(cause.to_string()))?;
    drawn.map_err(|cause| match cause {
        paper::PaperError::Label { text } | paper::PaperError::Code { text } => LabelRefusal::Long { text }.into(),
        other => Error::Broken(other.to_string()),
    })
}
