//! The words that residents read about their orders: plainer than those of the console.

use kernel::{
    categories::Category,
    orders::{Kind, Line, Number, State},
};
use web::{View, i18n::Lang, parts::BadgeState};

fn key(of: &str, word: &str) -> String {
    format!("desk-portal-{of}-{}", word.replace('_', "-"))
}

pub(super) fn kind(view: &View, kind: Kind) -> String {
    view.say(&key("kind", kind.as_str()))
}
pub(super) fn state(view: &View, state: State) -> String {
    view.say(&key("state", state.as_str()))
}
/// The title of the form for this kind, and what its button says.
pub(super) fn form_title(view: &View, kind: Kind) -> String {
    view.say(&key("report", kind.as_str()))
}
pub(super) fn form_send(view: &View, kind: Kind) -> String {
    view.say(&key("send", kind.as_str()))
}
pub(super) fn number(view: &View, number: Number) -> String {
    number.on_screen(view.formats.today())
}
pub(super) fn category<'a>(view: &View, category: &'a Category) -> &'a str {
    if view.words.lang() == Lang::En { &category.en } else { &category.zh }
}
pub(super) fn hint<'a>(view: &View, category: &'a Category) -> Option<&'a str> {
    let (first, other) = if view.words.lang() == Lang::En {
        (&category.hint_en, &category.hint_zh)
    } else {
        (&category.hint_zh, &category.hint_en)
    };
    first.as_deref().or(other.as_deref())
}

/// A report without words is called by its category, in the reader's language.
pub(super) fn title<'a>(view: &View, line: &'a Line, tree: &'a [Category]) -> &'a str {
    let named = tree.iter().find(|category| category.code == line.category && category.zh == line.title);
    named.map_or(line.title.as_str(), |found| category(view, found))
}

/// The shape beside the word of a state.
pub(super) const fn shape(state: State) -> BadgeState {
    match state {
        State::New | State::Accepted | State::Returned | State::Reopened => BadgeState::Todo,
        State::Dispatched | State::Taken => BadgeState::Half,
        State::Working => BadgeState::Run,
        State::Suspended => BadgeState::Stop,
        State::ToVerify => BadgeState::Soon,
        State::ToFollowUp | State::Closed => BadgeState::Done,
        State::Cancelled => BadgeState::Miss,
    }
}

/// The drawing of a category: trees name icons of the same family that the pages do not carry.
pub(super) fn icon_of(category: &Category) -> &'static str {
    let asked = match category.icon.as_deref().unwrap_or("") {
        "droplets" | "droplet" => "drop",
        "key-round" => "key",
        "zap" => "bolt",
        "building-2" => "building",
        "ellipsis" => "more",
        "arrow-up-down" => "lift",
        "flame" => "fire",
        "trees" => "leaf",
        "square-parking" => "car",
        "house" => "home",
        "users" => "people",
        "lightbulb" => "bulb",
        "life-buoy" | "circle-help" => "help",
        "message-square-warning" => "horn",
        other => other,
    };
    web_assets::icons().find(|name| *name == asked).unwrap_or("wrench")
}
