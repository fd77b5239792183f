use super::{Category, Kept};
use crate::{Checks, Error, FieldError, certificates, orders::Urgency};

const MOST_NAME: usize = 40;
const MOST_HINT: usize = 200;
/// What completion can be made to show.
pub(super) const DEMANDS: [&str; 2] = ["photo", "signature"];
/// More first choices than this fit on no phone.
const MOST_FRONT: i64 = 24;

/// Everything that is wrong with a category, at once. The tree has two levels: branches, and leaves below them.
pub(super) fn check(new: &Category, closed: bool, tree: &[Kept], departments: &[String]) -> Result<(), Error> {
    let mut checks = Checks::default();
    names(new, &mut checks);
    place(new, closed, tree, &mut checks);
    if new.leaf {
        work(new, departments, &mut checks);
    }
    checks.done()
}

fn names(new: &Category, checks: &mut Checks) {
    for (field, name) in [("zh", &new.zh), ("en", &new.en)] {
        if name.trim().is_empty() || name.chars().count() > MOST_NAME {
            checks.add(FieldError::new(field, "category_name").with("most", MOST_NAME));
        }
    }
    for (field, hint) in [("hint_zh", &new.hint_zh), ("hint_en", &new.hint_en)] {
        if hint.as_ref().is_some_and(|hint| hint.chars().count() > MOST_HINT) {
            checks.add(FieldError::new(field, "category_hint").with("most", MOST_HINT));
        }
    }
}

/// Code, branch, and being switched off: a branch goes last and comes back first.
fn place(new: &Category, closed: bool, tree: &[Kept], checks: &mut Checks) {
    let known = tree.iter().find(|kept| kept.category.code == new.code);
    if !is_code(&new.code) || known.is_some_and(|kept| kept.category.leaf != new.leaf) {
        checks.refuse("code", "category_code");
    }
    let branch = tree.iter().find(|kept| !kept.category.leaf && Some(&kept.category.code) == new.parent.as_ref());
    match (new.leaf, branch) {
        (true, None) | (false, Some(_)) => checks.refuse("parent", "category_parent"),
        (true, Some(branch)) if branch.closed && !closed => checks.refuse("closed", "category_branch_off"),
        (false, None) if new.parent.is_some() => checks.refuse("parent", "category_parent"),
        _ => {}
    }
    let below = |kept: &&Kept| kept.category.parent.as_ref() == Some(&new.code) && !kept.closed;
    if !new.leaf && closed && tree.iter().any(|kept| below(&kept)) {
        checks.refuse("closed", "category_has_open");
    }
    if new.front.is_some_and(|front| !(1..=MOST_FRONT).contains(&front)) {
        checks.add(FieldError::new("front", "category_front").with("most", MOST_FRONT));
    }
}

fn work(new: &Category, departments: &[String], checks: &mut Checks) {
    if new.kinds.is_empty() {
        checks.refuse("kind", "category_kinds");
    }
    if !departments.contains(&new.department) {
        checks.refuse("department", "category_department");
    }
    if new.urgent_list && new.urgency != Urgency::Urgent {
        checks.refuse("urgent_list", "category_urgent_list");
    }
    let certificate: Option<Result<certificates::Kind, ()>> = new.certificate.as_deref().map(str::parse);
    match certificate {
        Some(Err(())) => checks.refuse("certificate", "category_certificate"),
        Some(Ok(certificates::Kind::Crt05)) if trade_is_known(new) => {}
        Some(Ok(certificates::Kind::Crt05)) => checks.refuse("trade", "certificate_trade"),
        _ if new.trade.is_some() => checks.refuse("trade", "certificate_trade"),
        _ => {}
    }
    if new.demands.iter().any(|demand| !DEMANDS.contains(&demand.as_str())) {
        checks.refuse("demands", "category_demands");
    }
}

fn trade_is_known(new: &Category) -> bool {
    new.trade.as_deref().is_some_and(|trade| certificates::TRADES.contains(&trade))
}

fn is_code(code: &str) -> bool {
    let fits = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    code.len() <= 40 && code.split('.').count() <= 2 && code.split('.').all(fits)
}

/// A new one stands behind its sisters; a new branch behind everything.
pub(super) fn sort_of(new: &Category, tree: &[Kept]) -> i64 {
    let sisters = tree.iter().filter(|kept| new.parent.is_none() || kept.category.parent == new.parent);
    let branch = tree.iter().filter(|kept| Some(&kept.category.code) == new.parent.as_ref());
    sisters
        .chain(branch)
        .map(|kept| kept.sort)
        .max()
        .map_or(0, |sort| if new.parent.is_none() { sort + 1 } else { sort })
}

/// A free code for a new category, made of its English name: `water.tap_2`.
pub fn code_for(parent: Option<&str>, en: &str, tree: &[Kept]) -> String {
    let letters = en.to_ascii_lowercase();
    let words = letters.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut name = words.collect::<Vec<_>>().join("_");
    name.truncate(16);
    let name = Some(name.trim_end_matches('_')).filter(|name| !name.is_empty()).unwrap_or("more");
    let base = parent.map_or_else(|| name.to_string(), |parent| format!("{parent}.{name}"));
    let is_free = |code: &String| tree.iter().all(|kept| kept.category.code != *code);
    let numbered = (2..).map(|n: u32| format!("{base}_{n}"));
    std::iter::once(base.clone()).chain(numbered).find(is_free).unwrap_or(base)
}
