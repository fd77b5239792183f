//! A category to and from the fields of its form.

use kernel::{
    Checks, Error, FieldError,
    categories::{Category, Kept, Spot},
    orders::{Kind, Urgency},
};
use web::{Ask, look::VERSION_FIELD, parts::FormState};

use crate::settings::sent::Sent;

/// Boxes of one name stand in the form's state side by side, split by this.
pub const BETWEEN: char = ' ';

pub fn state_of(kept: &Kept) -> FormState {
    let c = &kept.category;
    let kinds: Vec<&str> = c.kinds.iter().map(|kind| kind.as_str()).collect();
    let on = |yes: bool| if yes { "on" } else { "" };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    FormState::default()
        .value("parent", text(&c.parent))
        .value("zh", c.zh.clone())
        .value("en", c.en.clone())
        .value("kind", kinds.join(" "))
        .value("urgency", c.urgency.as_str())
        .value("urgent_list", on(c.urgent_list))
        .value("department", c.department.clone())
        .value("certificate", text(&c.certificate))
        .value("trade", text(&c.trade))
        .value("where", c.spot.as_str())
        .value("demands", c.demands.join(" "))
        .value("front", c.front.map(|front| front.to_string()).unwrap_or_default())
        .value("hint_zh", text(&c.hint_zh))
        .value("hint_en", text(&c.hint_en))
        .value("closed", on(kept.closed))
        .value(VERSION_FIELD, kept.version.to_string())
}

/// The form as it was sent.
pub fn typed(ask: &Ask, sent: &Sent) -> Result<FormState, Error> {
    Ok(several(FormState::typed(ask.pairs()?), sent))
}

fn several(state: FormState, sent: &Sent) -> FormState {
    ["kind", "demands"].into_iter().fold(state, |state, name| state.value(name, words(sent, name).join(" ")))
}

/// Boxes of one name come one by one from the form, and together where one of two versions was chosen.
fn words<'s>(sent: &'s Sent, name: &str) -> Vec<&'s str> {
    sent.all(name).into_iter().flat_map(|text| text.split(BETWEEN)).filter(|word| !word.is_empty()).collect()
}

/// The form as it was sent, with what is wrong in it.
pub fn again(ask: &Ask, sent: &Sent, error: Error) -> Result<FormState, Error> {
    Ok(several(ask.mend(error)?, sent))
}

/// Errors: `category_front` for what is no number; the rest is checked by the kernel.
pub fn read(sent: &Sent, code: String, leaf: bool, before: Option<&Category>) -> Result<Category, Error> {
    let front = sent.optional("front").map(|text| text.parse::<i64>());
    let mut checks = Checks::default();
    if matches!(front, Some(Err(_))) {
        checks.add(FieldError::new("front", "category_front").with("most", 24));
    }
    checks.done()?;
    Ok(Category {
        code,
        parent: sent.optional("parent").filter(|_| leaf),
        leaf,
        kinds: words(sent, "kind").iter().filter_map(|kind| kind.parse::<Kind>().ok()).collect(),
        zh: sent.text("zh").to_string(),
        en: sent.text("en").to_string(),
        urgency: sent.text("urgency").parse().unwrap_or(Urgency::Normal),
        department: sent.text("department").to_string(),
        urgent_list: sent.is_on("urgent_list"),
        certificate: sent.optional("certificate"),
        trade: sent.optional("trade"),
        spot: spot(sent.text("where")),
        demands: words(sent, "demands").iter().map(ToString::to_string).collect(),
        front: front.and_then(Result::ok),
        icon: before.and_then(|category| category.icon.clone()),
        hint_zh: sent.optional("hint_zh"),
        hint_en: sent.optional("hint_en"),
    })
}

fn spot(word: &str) -> Spot {
    [Spot::Home, Spot::Common].into_iter().find(|spot| spot.as_str() == word).unwrap_or(Spot::Both)
}
