//! While it runs, and what came of it: with the way back, and what the site still lacks.

use kernel::{
    Error, Site,
    setup::{self, Lack},
};
use maud::{Markup, html};
use web::{
    Answer, Ask, View,
    parts::{self, BadgeState, Button, FormState, NoteKind},
};

use super::{answer, path, problems, titled};
use crate::import::{Import, State, progress};

/// Asked again every three seconds, without a script.
pub async fn running(ask: &Ask, site: &Site, import: &Import) -> Answer {
    let view = ask.view().await?;
    let stand = progress::running(import.id).map(|progress| progress.stand());
    let body = parts::padded(html! {
        @match stand {
            Some((done, whole)) => {
                p class="mb-2" { (view.words.with("estate-import-progress", &[("done", done.into()), ("whole", whole.into())])) }
                (parts::meter(&view.say("estate-import-state-running"), done as u64, whole as u64))
            }
            None => p { (view.say("estate-import-waits")) },
        }
        p class="muted mt-2" { (view.say("estate-import-running-hint")) }
        div class="mt-4" { (parts::act_form(&view, &format!("{}/cancel", path(site, import)), &ask.fresh_key(), &Button::danger(&view.say("estate-import-cancel")))) }
    });
    let mut response = answer(&view, &titled(&view, site, import), body, &FormState::default())?;
    response.headers_mut().insert("refresh", axum::http::HeaderValue::from_static("3"));
    Ok(response)
}

pub async fn show(ask: &Ask, site: &Site, import: &Import, state: FormState) -> Answer {
    let lacks = if import.state == State::Done { lacks(ask, site).await? } else { Vec::new() };
    let view = ask.view().await?;
    let here = path(site, import);
    let download = import.file.as_ref().map(|_| format!("{here}/errors"));
    let body = parts::padded(html! {
        (parts::error_summary(&view.words, state.problems()))
        (said(&view, import))
        @if matches!(import.state, State::Done | State::Undone) { div class="mt-3" { (problems::figures(&view, import.kind, &import.summary)) } }
        @if import.state == State::Done {
            div class="row wrap mt-4 gap-4" { (parts::link_button(&Button::danger(&view.say("estate-import-undo")), &format!("{here}/undo"))) p class="muted small max-460" { (view.say("estate-import-undo-hint")) } }
            (problems::table(&view, &import.summary.problems, download.as_deref()))
            (problems::warnings(&view, &import.summary.warnings))
            (checklist(&view, site, &lacks))
        }
    });
    answer(&view, &titled(&view, site, import), body, &state)
}

fn said(view: &View, import: &Import) -> Markup {
    let at = |at: Option<values::Moment>| at.map(|at| view.formats.date_time(at)).unwrap_or_default();
    let by = import.by.clone().unwrap_or_default();
    let (kind, word, at) = match import.state {
        State::Done => (NoteKind::Ok, "estate-import-said-done", at(import.done)),
        State::Undone => (NoteKind::Stop, "estate-import-said-undone", at(import.undone)),
        State::Cancelled => (NoteKind::Stop, "estate-import-said-cancelled", String::new()),
        State::Draft | State::Running => (NoteKind::Warn, "estate-import-said-gone", String::new()),
    };
    parts::note(kind, html! { (view.words.with(word, &[("at", at.into()), ("by", by.into())])) })
}

async fn lacks(ask: &Ask, site: &Site) -> Result<Vec<Lack>, Error> {
    let mut read = ask.read().await?;
    setup::lacking(&mut read, site).await
}

/// Each with the page where it is mended.
fn checklist(view: &View, site: &Site, lacks: &[Lack]) -> Markup {
    html! {
        (parts::section(&view.say("estate-import-lacks"), html! {}, html! {
            @if lacks.is_empty() { p { (view.say("estate-import-lacks-none")) } }
            ul class="stack" { @for lack in lacks { li class="row wrap" {
                (parts::badge(BadgeState::Todo, &view.words.with(&format!("estate-import-lack-{}", lack.word), &[("n", lack.count.into())])))
                a href={ "/c/" (site.code) (lack.path) } { (view.say(&format!("estate-import-lack-{}-act", lack.word))) }
            } } }
        }))
    }
}
