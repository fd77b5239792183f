//! Words for people, in Chinese and English: message files of every crate, and the way numbers, days and times are written.
//! A text never stands in code; code names it by its key (`order-late`) and hands over the values.

mod catalogue;
mod duration;
mod formats;
mod lang;
mod source;
#[cfg(test)]
mod tests;
mod words;

pub use catalogue::{Catalogue, CatalogueError};
pub use fluent_bundle::FluentValue as Value;
pub use formats::Formats;
pub use lang::Lang;
pub use source::Source;
pub use words::Words;

/// The texts of this crate: shells, components, formats, error pages.
pub const WEB: Source =
    Source { zh: include_str!("../../messages/zh-CN.ftl"), en: include_str!("../../messages/en.ftl") };
