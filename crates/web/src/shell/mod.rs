//! The frame of a page: head, navigation, landmarks, one `h1`. A page hands over its title and its body.

mod console;
mod document;
mod find;
mod icons;
mod page;
mod phone;
mod prefs;
pub mod problem;
mod public;
mod strips;
#[cfg(test)]
mod tests;

use maud::Markup;

pub use console::console;
pub use icons::icon;
pub use page::{Crumb, Page};
pub use phone::{field, portal};
pub use public::public;

use crate::look::{Face, View};

/// The page in the shell of the view's face.
pub fn page(view: &View, page: &Page, body: Markup) -> Markup {
    match view.face {
        Face::Console => console(view, page, body),
        Face::Portal => portal(view, page, body),
        Face::Field => field(view, page, body),
        Face::Public => public(view, page, body),
    }
}
