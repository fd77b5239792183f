//! Choosing labels and getting them as a PDF.

use kernel::{
    Error, PlaceId, Right, Site,
    places::{self, Place, PlaceKind},
};
use maud::{Markup, html};
use serde_json::{Value as Json, json};
use web::{
    Answer, Ask, Page, Route, View,
    parts::{Button, FormState, button, csrf, error_summary, padded, select},
};

use super::{answer, homes, status_of};
use crate::{export, labels, paths, words};

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/c/{site}/labels", page).right(Right::EstateRead),
        Route::post("/c/{site}/labels", print).right(Right::EstateRead).audit("labels.printed"),
    ]
}

async fn page(ask: Ask) -> Answer {
    let building: std::collections::HashMap<String, String> = ask.query()?;
    let chosen = building.get("building").cloned().unwrap_or_default();
    show(&ask, FormState::default().value("building", chosen).value("kind", "unit").value("size", "24")).await
}

async fn show(ask: &Ask, state: FormState) -> Answer {
    let site = ask.site()?.clone();
    let view = ask.view().await?;
    let mut read = ask.read().await?;
    let today = site.today(read.now());
    let buildings = places::buildings(&mut read, site.id, today).await?;
    let mut choices = vec![(String::new(), view.say("estate-all-buildings"))];
    choices.extend(buildings.iter().map(|line| (line.code.clone(), words::building(&view, &site, &line.code))));
    let page = Page::new(view.say("estate-labels-title")).crumb(view.say("estate-nav"), paths::buildings(&site.code));
    answer(status_of(&state), &view, &page, padded(form(&view, &site, &state, &choices)))
}

fn form(view: &View, site: &Site, state: &FormState, buildings: &[(String, String)]) -> Markup {
    let words = &view.words;
    let kinds: Vec<(String, String)> =
        PlaceKind::ALL.iter().map(|kind| (kind.as_str().to_string(), words::kind(words, *kind))).collect();
    let sizes = ["24", "36", "roll"].map(|size| (size.to_string(), view.say(&format!("estate-labels-size-{size}"))));
    html! {
        form method="post" action=(paths::labels(&site.code)) class="max-460" {
            (error_summary(words, state.problems())) (csrf(view))
            p class="mb-4" { (view.say("estate-labels-why")) }
            (select(words, &state.field("building", view.say("estate-col-building")).optional(), buildings))
            (select(words, &state.field("kind", view.say("estate-col-kind")), &kinds))
            (select(words, &state.field("size", view.say("estate-labels-size")).hint(view.words.with("estate-labels-most", &[("n", labels::MOST_LABELS.into())])), &sizes))
            div class="form-acts" { (button(&Button::main(&view.say("estate-labels-print")).icon("qr"))) }
        }
    }
}

async fn print(ask: Ask) -> Answer {
    match printed(&ask).await {
        Ok(response) => Ok(response),
        Err(error) => show(&ask, ask.mend(error)?).await,
    }
}

async fn printed(ask: &Ask) -> Answer {
    let site = ask.site()?.clone();
    let pairs = ask.pairs()?;
    let all = chosen(ask, &site, &pairs).await?;
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    let sheet =
        labels::sheet(&ask.words(), &site, &ask.app.settings().public_url, &all, labels::size_named(value("size")));
    let drawn = labels::print(sheet).await?;
    let mut tx = ask.begin().await?;
    tx.note(site.id, "labels.printed", format!("site/{}", site.id), Json::Null, json!({ "labels": all.len() }));
    tx.commit().await?;
    let name = ask.words().with("estate-labels-file", &[("site", site.name.as_str().into())]);
    Ok(export::attachment(drawn.bytes, "application/pdf", &format!("{name}.pdf")))
}

/// Those that were ticked; else all of a kind, in one building or in all.
async fn chosen(ask: &Ask, site: &Site, pairs: &[(String, String)]) -> Result<Vec<Place>, Error> {
    let mut read = ask.read().await?;
    let picked: Vec<PlaceId> = pairs
        .iter()
        .filter(|(key, _)| key == "pick")
        .filter_map(|(_, id)| id.parse().ok())
        .take(labels::MOST_LABELS + 1)
        .collect();
    if !picked.is_empty() {
        let all = places::by_ids(&mut read, &picked).await?;
        return Ok(all.into_iter().filter(|place| place.site == site.id).collect());
    }
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    let kind: PlaceKind = value("kind").parse().map_err(|()| labels::LabelRefusal::Nothing)?;
    let building = match value("building") {
        "" => None,
        code => Some(places::by_code(&mut read, site.id, code).await?.id),
    };
    if !kind.is_exclusive() {
        let frame = places::frame(&mut read, site.id).await?;
        let fits = |place: &Place| {
            place.kind == kind
                && place.closed.is_none()
                && building.is_none_or(|id| place.building == Some(id) || place.id == id)
        };
        return Ok(frame.into_iter().filter(fits).collect());
    }
    let today = site.today(read.now());
    let units = homes::units_of(&mut read, site, building, Some(kind), today).await?;
    if units.len() > labels::MOST_LABELS {
        return Err(labels::LabelRefusal::TooMany { count: units.len() }.into());
    }
    let ids: Vec<PlaceId> = units.iter().map(|unit| unit.id).collect();
    places::by_ids(&mut read, &ids).await
}
