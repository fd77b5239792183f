//! The parts pages are made of: small functions from finished data to markup. No part asks a database, a clock or a right.
//! Every part has a sample in `samples`; the tests render them all in both languages.

mod bars;
mod buttons;
mod choices;
mod clock;
mod conflict;
mod dialog;
mod empty;
mod facts;
mod fields;
mod files;
mod filters;
mod form;
mod layout;
mod list;
mod marks;
mod matrix;
mod notes;
mod qr;
#[cfg(test)]
pub(crate) mod samples;
mod steps;
mod table;
#[cfg(test)]
mod tests;
mod thread;

pub use bars::{Share, ShareKind, meter, share_bar};
pub use buttons::{Button, act_form, button, icon_button, icon_link, link_button, phone_link};
pub use choices::{Choice, Group, chips, grouped_cards, radio_cards, segments, tiles, yes_no};
pub use clock::{ClockLine, ClockState, Part, clock, promise_clock};
pub use conflict::{Conflict, Disputed, conflict};
pub use dialog::{Dialog, dialog, opener};
pub use empty::{Empty, bones, empty, not_for_your_post, nothing_matches, nothing_yet};
pub use facts::{facts, figure, figures, item};
pub use fields::{
    Field, checkbox, combobox, combobox_labelled, date, number, password, phone, select, text, text_area, time,
};
pub use files::{file, photos, signature, thumbnail};
pub use filters::{Chip, Filters, filters};
pub use form::{FormState, Mend, csrf, error_summary, once, post_form, version};
pub use layout::{aside_section, card, padded, phone_section, section, split};
pub use list::{Foot, ViewTab, bulk_bar, foot, views};
pub use marks::{
    BadgeState, badge, badge_fill, count, count_late, face, kbd, person, plate, plate_link, plate_solid, source,
    source_link, tag,
};
pub use matrix::{Mark, Unit, UnitState, unit};
pub use notes::{NoteKind, note, stale};
pub use qr::qr;
pub use steps::{Step, StepState, steps};
pub use table::{Cell, Column, Row, Sort, Table, table};
pub use thread::{Event, EventKind, thread};

/// Text for hand-made markup; maud escapes everything else by itself.
pub(crate) fn escape(text: &str) -> String {
    maud::html! { (text) }.into_string().replace('"', "&quot;")
}
