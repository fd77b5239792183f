//! The screen words of orders: kinds, states, ways in, reasons.

use kernel::{
    orders::{Channel, Kind, Number, State, Urgency},
    promises::{Name, Reason},
};
use web::{View, i18n::Lang, parts::BadgeState};

/// A key made from a word of a closed list: `desk-state-to-verify`.
fn key(of: &str, word: &str) -> String {
    format!("desk-{of}-{}", word.replace('_', "-"))
}

pub fn kind(view: &View, kind: Kind) -> String {
    view.say(&key("kind", kind.as_str()))
}
pub fn urgency(view: &View, urgency: Urgency) -> String {
    view.say(&key("urgency", urgency.as_str()))
}
pub fn channel(view: &View, channel: Channel) -> String {
    view.say(&key("channel", channel.as_str()))
}
pub fn state(view: &View, state: State) -> String {
    view.say(&key("state", state.as_str()))
}
pub fn reason(view: &View, reason: Reason) -> String {
    view.say(&key("reason", reason.as_str()))
}
/// The step that a promise is about: 到场.
pub fn promise(view: &View, name: Name) -> String {
    view.say(&key("promise", name.as_str()))
}
/// As screens say it: without the year within its year.
pub fn number(view: &View, number: Number) -> String {
    number.on_screen(view.formats.today())
}
/// A category in the reader's language.
pub fn category<'a>(view: &View, zh: &'a str, en: &'a str) -> &'a str {
    if view.words.lang() == Lang::En { en } else { zh }
}

/// The shape beside the word of a state.
pub const fn shape(state: State) -> BadgeState {
    match state {
        State::New | State::Accepted | State::Returned | State::Reopened => BadgeState::Todo,
        State::Dispatched => BadgeState::Half,
        State::Taken | State::Working => BadgeState::Run,
        State::Suspended => BadgeState::Stop,
        State::ToVerify | State::ToFollowUp | State::Closed => BadgeState::Done,
        State::Cancelled => BadgeState::Miss,
    }
}
