//! The printed work order: what a technician takes along and a customer signs.

use axum::{
    http::{StatusCode, header},
    response::IntoResponse,
};
use kernel::{Error, Site};
use paper::{OrderSheet, Pair, Picture, Section};
use values::mask_name;
use web::{Answer, Ask, View};

use super::{conversation::sentence, load, model::Case};
use crate::console::{paths, words};

/// More pictures than this are looked at on the screen.
const MOST_PICTURES: usize = 6;

pub async fn pdf(ask: Ask) -> Answer {
    let (case, view) = (load::case(&ask).await?, ask.view().await?);
    let site = ask.site()?;
    let mut sheet = sheet(&view, site, &case, &ask.app.settings().public_url);
    let files: Vec<(String, String)> = case
        .view
        .evidence
        .iter()
        .take(MOST_PICTURES)
        .map(|one| (one.thumbnail.clone(), view.formats.moment(one.at)))
        .collect();
    let kept = ask.house().files().clone();
    let name = format!("{}.pdf", case.order().number);
    let made = tokio::task::spawn_blocking(move || {
        sheet.pictures.content = files
            .into_iter()
            .filter_map(|(file, caption)| Some(Picture { bytes: kept.get(&file).ok()?, caption }))
            .collect();
        paper::order(&sheet)
    });
    let made = made
        .await
        .map_err(|cause| Error::Broken(cause.to_string()))?
        .map_err(|cause| Error::Broken(cause.to_string()))?;
    if !made.missing.is_empty() {
        tracing::warn!(document = %name, missing = ?made.missing, "the font lacks characters");
    }
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_string()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{name}\"")),
    ];
    Ok((StatusCode::OK, headers, made.bytes).into_response())
}

fn sheet(view: &View, site: &Site, case: &Case, public_url: &str) -> OrderSheet {
    let order = case.order();
    let say = |key: &str| view.say(key);
    OrderSheet {
        language: view.words.lang().tag().to_string(),
        letterhead: [view.company.clone(), site.name.clone()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" "),
        title: say("desk-paper-title"),
        number: order.number.to_string(),
        code: format!("{public_url}{}", paths::order(&site.code, order.number)),
        code_note: say("desk-paper-code"),
        pairs: pairs(view, case),
        text: Section { title: say("desk-field-text"), content: order.body.clone() },
        pictures: Section { title: say("desk-paper-photos"), content: Vec::new() },
        event_heads: [say("desk-paper-when"), say("desk-paper-who"), say("desk-paper-what")],
        events: Section { title: say("desk-thread"), content: events(view, case) },
        signatures: vec![say("desk-paper-sign-worker"), say("desk-paper-sign-customer"), say("desk-paper-sign-day")],
        foot: view.words.with(
            "desk-paper-foot",
            &[
                ("at", view.formats.date_time(view.formats.now).into()),
                ("by", view.who.as_ref().map(|who| who.name.clone()).unwrap_or_default().into()),
            ],
        ),
    }
}

fn pairs(view: &View, case: &Case) -> Vec<Pair> {
    let (order, category) = (case.order(), &case.view.category);
    let pair = |key: &str, value: String| Pair { name: view.say(key), value };
    let mut pairs = vec![
        pair("desk-col-place", case.spot.as_ref().map(|spot| spot.plate().to_string()).unwrap_or_default()),
        pair("desk-col-reporter", order.reporter_name.as_deref().map(mask_name).unwrap_or_default()),
        pair("desk-fact-phone", order.reporter_phone.as_ref().map(values::Phone::masked).unwrap_or_default()),
        pair("desk-filter-kind", words::kind(view, order.kind)),
        pair("desk-filter-category", words::category(view, &category.zh, &category.en).to_string()),
        pair("desk-field-urgency", words::urgency(view, order.urgency)),
        pair("desk-col-state", words::state(view, case.state())),
        pair("desk-fact-reported", view.formats.date_time(order.reported)),
        pair("desk-col-assignee", case.view.assignee_name.clone().unwrap_or_default()),
        pair("desk-fact-entry", order.entry_note.clone().unwrap_or_default()),
    ];
    for promise in case.current() {
        let due = kernel::promises::clock(promise, view.formats.now).due;
        pairs.push(Pair { name: words::promise(view, promise.name), value: view.formats.limit(due) });
    }
    pairs.retain(|pair| !pair.value.is_empty());
    pairs
}

fn events(view: &View, case: &Case) -> Vec<[String; 3]> {
    let line = |entry: &kernel::orders::Entry| {
        let who = if entry.actor_role == "program" { view.say("desk-who-program") } else { entry.actor_name.clone() };
        let what =
            [Some(sentence(view, entry)), entry.body.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        [view.formats.date_time(entry.at), who, what]
    };
    case.view.thread.iter().filter(|entry| entry.visible).map(line).collect()
}
