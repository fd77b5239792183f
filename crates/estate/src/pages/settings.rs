//! The site itself: its name, what people call a building, the phone that is always answered.

use kernel::{
    Error, Right,
    sites::{self, BUILDING_WORDS, SiteChange},
};
use maud::html;
use web::{
    Answer, Ask, Page, Route, done,
    parts::{Button, Choice, FormState, button, padded, phone, post_form, segments, text, version},
};

use super::{answer, status_of};
use crate::{forms::Fields, paths};

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/c/{site}/settings", page).right(Right::SettingsManage),
        Route::post("/c/{site}/settings", save).right(Right::SettingsManage).audit("site.changed").idempotent(),
    ]
}

async fn page(ask: Ask) -> Answer {
    let site = ask.site()?.clone();
    let seen = sites::version(&mut ask.read().await?, site.id).await?;
    let state = FormState::default()
        .value("name", site.name)
        .value("building_word", site.building_word)
        .value("phone", site.phone.unwrap_or_default());
    show(&ask, seen, state).await
}

async fn show(ask: &Ask, seen: i64, state: FormState) -> Answer {
    let site = ask.site()?.clone();
    let view = ask.view().await?;
    let words = &view.words;
    let choices: Vec<Choice> = BUILDING_WORDS.iter().map(|word| Choice::new(*word, format!("3 {word}"))).collect();
    let fields = html! {
        (version(seen))
        (text(words, &state.field("name", view.say("estate-site-name")).length(20)))
        (segments(words, &state.field("building_word", view.say("estate-site-building-word")), &choices))
        (phone(words, &state.field("phone", view.say("estate-site-phone")).hint(view.say("estate-site-phone-hint")).optional().length(20)))
        div class="form-acts" { (button(&Button::main(&view.say("estate-save")))) }
    };
    let body = html! { div class="max-460" { (post_form(&view, &paths::settings(&site.code), &ask.fresh_key(), &state, fields)) } };
    answer(status_of(&state), &view, &Page::new(view.say("estate-nav-site")), padded(body))
}

async fn save(ask: Ask) -> Answer {
    let seen = Fields::of(&ask)?.version();
    match saved(&ask, seen).await {
        Ok(()) => Ok(done(&paths::settings(&ask.site()?.code), &ask.words().say("estate-saved"))),
        Err(error) => show(&ask, seen, ask.mend(error)?).await,
    }
}

async fn saved(ask: &Ask, seen: i64) -> Result<(), Error> {
    let site = ask.site()?.id;
    let fields = Fields::of(ask)?;
    let to = SiteChange {
        name: fields.text("name").to_string(),
        building_word: fields.text("building_word").to_string(),
        phone: fields.optional("phone"),
    };
    let (_, _) = web::once!(ask, tx => {
        sites::change(&mut tx, site, seen, &to).await?;
        true
    });
    Ok(())
}
