//! How an order looks to the people it concerns, on phones: title, clocks, thread and photos, for residents and technicians.

mod clocks;
mod thread;

use kernel::orders::{Noun, OrderView};
use web::{View, i18n::Lang};

pub(crate) use clocks::{left, promise, span};
pub(crate) use thread::{photos, shown_in, thread};

/// What was written; a report without words is called by its category, in the reader's language.
pub(crate) fn title<'a>(view: &View, case: &'a OrderView) -> &'a str {
    let wordless = case.order.title == case.category.zh;
    if wordless && view.words.lang() == Lang::En { &case.category.en } else { &case.order.title }
}

/// As much of a title as fits into the top bar of a phone beside its badge; what is longer is cut there.
const TITLE_IN_SIGHT: usize = 8;

/// All that was written, where the title does not show it whole.
pub(crate) fn words(case: &OrderView) -> Option<&str> {
    let body = case.order.body.trim();
    let whole = body.trim_end_matches(['。', '！', '；', '.', '!', ';']) == case.order.title;
    let in_sight = whole && case.order.title.chars().count() <= TITLE_IN_SIGHT;
    (!body.is_empty() && !in_sight).then_some(body)
}

pub(crate) fn may(case: &OrderView, noun: Noun) -> bool {
    case.allowed.contains(&noun)
}

/// As people call it: `3-1-1201`, the lobby.
pub(crate) fn place(case: &OrderView) -> Option<&str> {
    case.place.as_ref().map(|place| if place.kind.is_exclusive() { place.code.as_str() } else { place.name.as_str() })
}
