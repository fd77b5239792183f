//! One place: added, corrected, closed.

use kernel::{
    Error, PlaceId, Right, Site,
    places::{self, Change, NewPlace, Place, PlaceKind},
};
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    Answer, Ask, Page, Route, View, done,
    parts::{Button, FormState, button, csrf, date, number, padded, post_form, section, select, text, version},
};

use super::{answer, status_of};
use crate::{forms::Fields, paths, words};

pub fn routes() -> Vec<Route> {
    let edit = Right::EstateEdit;
    vec![
        Route::get("/c/{site}/places/new", new_page).right(edit),
        Route::post("/c/{site}/places/new", add).right(edit).audit("place.added").idempotent(),
        Route::get("/c/{site}/places/{id}/edit", edit_page).right(edit),
        Route::post("/c/{site}/places/{id}/edit", change).right(edit).audit("place.changed").idempotent(),
        Route::post("/c/{site}/places/{id}/closing", close).right(edit).audit("place.closed").idempotent(),
    ]
}

#[derive(Deserialize, Default)]
struct Query {
    #[serde(default)]
    parent: String,
    #[serde(default)]
    kind: String,
}

async fn new_page(ask: Ask) -> Answer {
    let query: Query = ask.query()?;
    let kind = if query.kind.is_empty() { "common".to_string() } else { query.kind };
    show_new(&ask, FormState::default().value("parent", query.parent).value("kind", kind)).await
}

async fn show_new(ask: &Ask, state: FormState) -> Answer {
    let site = ask.site()?.clone();
    let view = ask.view().await?;
    let mut read = ask.read().await?;
    let frame = places::frame(&mut read, site.id).await?;
    let mut parents = vec![(String::new(), site.name.clone())];
    parents.extend(
        frame.iter().filter(|place| place.closed.is_none()).map(|place| (place.id.to_string(), called(&view, place))),
    );
    let kinds: Vec<(String, String)> =
        PlaceKind::ALL.iter().map(|kind| (kind.as_str().to_string(), words::kind(&view.words, *kind))).collect();
    let fields = html! {
        (select(&view.words, &state.field("kind", view.say("estate-col-kind")), &kinds))
        (select(&view.words, &state.field("parent", view.say("estate-parent")).optional(), &parents))
        (text(&view.words, &state.field("code", view.say("estate-col-code")).hint(view.say("estate-code-hint")).length(20).autofocus()))
        (details(&view, &state))
        div class="form-acts" {
            (button(&Button::main(&view.say("estate-place-new"))))
            a class="btn" href=(paths::buildings(&site.code)) { (view.say("estate-back")) }
        }
    };
    let page =
        Page::new(view.say("estate-place-new")).crumb(view.say("estate-buildings-title"), paths::buildings(&site.code));
    let body = html! { div class="max-460" { (post_form(&view, &paths::new_place(&site.code, None, None), &ask.fresh_key(), &state, fields)) } };
    answer(status_of(&state), &view, &page, padded(body))
}

fn called(view: &View, place: &Place) -> String {
    let kind = words::kind(&view.words, place.kind);
    if place.name == place.code { format!("{} {kind}", place.code) } else { format!("{} {}", place.code, place.name) }
}

fn details(view: &View, state: &FormState) -> Markup {
    let words = &view.words;
    html! {
        (text(words, &state.field("name", view.say("estate-col-name")).hint(view.say("estate-name-hint")).optional().length(20)))
        (number(words, &state.field("area", view.say("estate-col-area")).unit("m²").optional().length(8)))
        (number(words, &state.field("inside_area", view.say("estate-col-inside-area")).unit("m²").optional().length(8)))
        (text(words, &state.field("use", view.say("estate-col-use")).optional().length(20)))
        (date(words, &state.field("delivered", view.say("estate-col-delivered")).optional().length(11)))
    }
}

async fn add(ask: Ask) -> Answer {
    match added(&ask).await {
        Ok(code) => Ok(done(&paths::home(&ask.site()?.code, &code), &ask.words().say("estate-place-added"))),
        Err(error) => show_new(&ask, ask.mend(error)?).await,
    }
}

async fn added(ask: &Ask) -> Result<String, Error> {
    let site = ask.site()?.clone();
    let mut fields = Fields::of(ask)?;
    let kind = fields.parsed("kind", "place_parent").unwrap_or(PlaceKind::Common);
    let parent: Option<PlaceId> = fields.parsed("parent", "place_parent");
    let mut new = NewPlace::new(kind, fields.text("code"));
    new.name = fields.text("name").to_string();
    (new.area, new.inside_area) = (fields.area("area"), fields.area("inside_area"));
    (new.use_kind, new.delivered) = (fields.optional("use"), fields.day_or_none("delivered"));
    fields.done()?;
    let code = new.code.clone();
    let (_, _) = web::once!(ask, tx => places::add(&mut tx, site.id, parent, new).await?);
    Ok(code)
}

async fn wanted(ask: &Ask) -> Result<(Site, Place), Error> {
    let site = ask.site()?.clone();
    let mut read = ask.read().await?;
    let place = places::by_id(&mut read, ask.param("id")?).await?;
    if place.site == site.id { Ok((site, place)) } else { Err(Error::Missing) }
}

async fn edit_page(ask: Ask) -> Answer {
    let (site, place) = wanted(&ask).await?;
    let text = |value: Option<String>| value.unwrap_or_default();
    let state = FormState::default()
        .value("code", place.code.clone())
        .value("name", if place.name == place.code { String::new() } else { place.name.clone() })
        .value("area", text(place.area.map(|area| area.to_string())))
        .value("inside_area", text(place.inside_area.map(|area| area.to_string())))
        .value("use", text(place.use_kind.clone()))
        .value("delivered", text(place.delivered.map(|day| day.to_string())));
    show_edit(&ask, &site, &place, place.version, state).await
}

async fn show_edit(ask: &Ask, site: &Site, place: &Place, seen: i64, state: FormState) -> Answer {
    let view = ask.view().await?;
    let fields = html! {
        (version(seen))
        (text(&view.words, &state.field("code", view.say("estate-col-code")).hint(view.say("estate-code-hint")).length(20)))
        (details(&view, &state))
        div class="form-acts" {
            (button(&Button::main(&view.say("estate-save"))))
            a class="btn" href=(paths::home(&site.code, &place.code)) { (view.say("estate-back")) }
        }
    };
    let page = Page::new(view.words.with("estate-edit-of", &[("code", place.code.as_str().into())]))
        .crumb(place.code.clone(), paths::home(&site.code, &place.code));
    let body = html! {
        div class="max-460" { (post_form(&view, &paths::place(&site.code, place.id, "edit"), &ask.fresh_key(), &state, fields)) }
        @if place.closed.is_none() { (closing(&view, ask, site, place)) }
    };
    answer(status_of(&state), &view, &page, padded(body))
}

fn closing(view: &View, ask: &Ask, site: &Site, place: &Place) -> Markup {
    section(
        &view.say("estate-close"),
        html! {},
        html! {
            p { (view.say("estate-close-why")) }
            form class="mt-3" method="post" action=(paths::place(&site.code, place.id, "closing")) {
                (csrf(view)) (web::parts::once(&ask.fresh_key()))
                (button(&Button::danger(&view.words.with("estate-close-act", &[("code", place.code.as_str().into())]))))
            }
        },
    )
}

async fn change(ask: Ask) -> Answer {
    let (site, place) = wanted(&ask).await?;
    let seen = Fields::of(&ask)?.version();
    match changed(&ask, &site, &place, seen).await {
        Ok(code) => Ok(done(&paths::home(&site.code, &code), &ask.words().say("estate-saved"))),
        Err(error) => show_edit(&ask, &site, &place, seen, ask.mend(error)?).await,
    }
}

async fn changed(ask: &Ask, site: &Site, place: &Place, seen: i64) -> Result<String, Error> {
    let mut fields = Fields::of(ask)?;
    let to = Change {
        code: fields.text("code").to_string(),
        name: fields.text("name").to_string(),
        area: fields.area("area"),
        inside_area: fields.area("inside_area"),
        use_kind: fields.optional("use"),
        delivered: fields.day_or_none("delivered"),
    };
    fields.done()?;
    let (_, _) = web::once!(ask, tx => {
        places::change(&mut tx, site.id, place.id, seen, &to).await?;
        true
    });
    Ok(to.code)
}

async fn close(ask: Ask) -> Answer {
    let (site, place) = wanted(&ask).await?;
    let today = site.today(ask.house().now());
    let closed = async {
        let (_, _) = web::once!(ask, tx => {
            places::close(&mut tx, site.id, place.id, today).await?;
            true
        });
        Ok::<(), Error>(())
    };
    match closed.await {
        Ok(()) => Ok(done(&paths::buildings(&site.code), &ask.words().say("estate-closed-done"))),
        Err(error) => {
            let problems: Vec<(String, String)> =
                ask.mend(error)?.problems().iter().map(|mend| (mend.field.clone(), mend.text.clone())).collect();
            let change = Change::of(&place);
            let state = FormState::default().value("code", change.code).value("name", change.name).refused(problems);
            show_edit(&ask, &site, &place, place.version, state).await
        }
    }
}
