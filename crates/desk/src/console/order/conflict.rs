//! Somebody corrected the same order meanwhile: both versions side by side.

use axum::http::StatusCode;
use kernel::Error;
use maud::Markup;
use web::{
    Answer, Ask, Page, View, html,
    parts::{self, Conflict, Disputed},
    shell,
};

use super::{acts::Sent, model::Case};
use crate::console::{answers, paths, words};

pub async fn page(ask: &Ask, case: &Case, sent: &Sent, current: i64) -> Answer {
    let view = ask.view().await?;
    Ok(html(StatusCode::CONFLICT, markup(ask, &view, case, sent, current)?))
}

fn markup(ask: &Ask, view: &View, case: &Case, sent: &Sent, current: i64) -> Result<Markup, Error> {
    let (site, order) = (ask.site()?, case.order());
    let last = case.view.thread.last();
    let once = answers::once(ask);
    let (disputed, agreed) = sides(view, case, sent);
    let conflict = Conflict {
        by: last.map(|entry| entry.actor_name.clone()).unwrap_or_default(),
        at: view.formats.moment(order.touched),
        action: paths::act(&site.code, order.number, "classification"),
        once: &once,
        version: current,
        disputed,
        agreed,
        current: paths::order(&site.code, order.number),
    };
    let page = Page::new(view.say("desk-act-classification"))
        .crumb(view.say("desk-title"), paths::orders(&site.code))
        .crumb(words::number(view, order.number), paths::order(&site.code, order.number));
    Ok(shell::page(view, &page, parts::padded(parts::conflict(view, &conflict))))
}

/// Fields that differ are to be chosen from; the others go along.
fn sides(view: &View, case: &Case, sent: &Sent) -> (Vec<Disputed>, Vec<(String, String)>) {
    let (order, category) = (case.order(), &case.view.category);
    let same = |text: &str| (text.to_string(), text.to_string());
    let kind =
        |word: &str| (word.to_string(), word.parse().map_or_else(|_| word.to_string(), |kind| words::kind(view, kind)));
    let urgency = |word: &str| {
        (word.to_string(), word.parse().map_or_else(|_| word.to_string(), |one| words::urgency(view, one)))
    };
    let place = case.spot.as_ref().map_or("", |spot| &spot.code);
    let all = [
        ("kind", "desk-field-kind", kind(&sent.kind), kind(order.kind.as_str())),
        (
            "category",
            "desk-field-category",
            same(&sent.category),
            same(words::category(view, &category.zh, &category.en)),
        ),
        ("urgency", "desk-field-urgency", urgency(&sent.urgency), urgency(order.urgency.as_str())),
        ("place", "desk-field-place", same(&sent.place), same(place)),
        ("name", "desk-field-name", same(&sent.name), same(order.reporter_name.as_deref().unwrap_or_default())),
    ];
    let mut agreed = vec![("phone".to_string(), sent.phone.clone())];
    let mut disputed = Vec::new();
    for (name, label, mine, theirs) in all {
        if mine.0 == theirs.0 {
            agreed.push((name.to_string(), mine.0));
        } else {
            disputed.push(Disputed { name: name.to_string(), label: view.say(label), mine, theirs });
        }
    }
    (disputed, agreed)
}
