//! Finding a category by what a busy person types: its name, a piece of it, its pinyin or the initials.

use kernel::{Error, FieldError, categories::Category, orders::Kind};
use pinyin::ToPinyin;

/// `loushuishenshui`
pub fn pinyin_of(text: &str) -> String {
    text.to_pinyin().flatten().map(|syllable| syllable.plain()).collect()
}
/// `lsss`
pub fn initials_of(text: &str) -> String {
    text.to_pinyin().flatten().map(|syllable| syllable.first_letter()).collect()
}

/// The leaf that is meant. Errors: nothing typed, nothing found, or several (their names are said).
pub fn resolve<'a>(all: &'a [Category], typed: &str, kind: Option<Kind>) -> Result<&'a Category, Error> {
    let wanted = typed.trim().to_lowercase();
    let refuse = |code| Err(Error::Invalid(vec![FieldError::new("category", code)]));
    if wanted.is_empty() {
        return refuse("category_missing");
    }
    let leaves: Vec<&Category> =
        all.iter().filter(|one| one.leaf && kind.is_none_or(|kind| one.kinds.contains(&kind))).collect();
    if let Some(exact) =
        leaves.iter().find(|one| [&one.code, &one.zh, &one.en].iter().any(|name| name.to_lowercase() == wanted))
    {
        return Ok(exact);
    }
    let found: Vec<&&Category> = leaves.iter().filter(|one| fits(one, &wanted)).collect();
    match found.as_slice() {
        [] => refuse("category_unknown"),
        [one] => Ok(one),
        several => {
            let names: Vec<&str> = several.iter().take(5).map(|one| one.zh.as_str()).collect();
            Err(Error::Invalid(vec![FieldError::new("category", "category_several").with("names", names.join(" · "))]))
        }
    }
}

fn fits(one: &Category, wanted: &str) -> bool {
    let plain: String = wanted.chars().filter(|letter| !letter.is_whitespace()).collect();
    one.zh.contains(&plain)
        || one.en.to_lowercase().contains(wanted)
        || initials_of(&one.zh).starts_with(&plain)
        || pinyin_of(&one.zh).starts_with(&plain)
}
