use axum::http::StatusCode;
use kernel::{
    Error, PartyId, Read, Right, Site,
    orders::{self, OrderView},
    sites, staff,
};
use maud::{Markup, html};
use values::Phone;
use web::{
    Answer, Ask, Page, View,
    parts::{self, FormState, NoteKind},
};

use super::forms;
use crate::{
    case,
    field::{face, paths, store, words},
};

/// The order with what its forms need.
pub(super) struct Shown {
    pub case: OrderView,
    pub me: Option<PartyId>,
    /// Whom it may be handed to.
    pub workers: Vec<staff::Worker>,
    /// May see residents in full.
    pub sees_people: bool,
}

pub(in crate::field) async fn show(ask: Ask) -> Answer {
    again(ask, StatusCode::OK, FormState::default()).await
}

/// The page with what was typed and what is wrong with it.
pub(super) async fn again(mut ask: Ask, status: StatusCode, state: FormState) -> Answer {
    let mut read = ask.read().await?;
    let (site, shown) = load(&ask, &mut read).await?;
    drop(read);
    if let Some(number) = shown.case.merged_number {
        return Ok(web::see_other(&paths::order(number)));
    }
    let key = ask.fresh_key();
    let view = face::view(&mut ask, &site).await?;
    let case = &shown.case;
    let page =
        Page::new(case::title(&view, case)).badge(badge(&view, case)).crumb(view.say("desk-field-today"), paths::TODAY);
    let step = forms::next_step(&view, case, &key);
    let page = if forms::has_step(case) { page.dock(step) } else { page };
    face::show(status, &view, &page, body(&view, &shown, &state, &key))
}

async fn load(ask: &Ask, read: &mut Read) -> Result<(Site, Shown), Error> {
    let me = ask.caller.party();
    let id = store::order(read, ask.param("number")?, me).await?;
    let case = orders::load(read, id).await?;
    let site = sites::by_id(read, case.order.site).await?;
    let workers = staff::workers(read, site.id, site.today(read.now())).await?;
    let workers = workers
        .into_iter()
        .filter(|worker| worker.department == case.order.department && Some(worker.party) != me)
        .collect();
    let sees_people = ask.caller.may(Right::PeopleRead, site.id);
    Ok((site, Shown { case, me, workers, sees_people }))
}

fn badge(view: &View, case: &OrderView) -> Markup {
    match case.urgent() {
        Some(promise) if case.state.is_open() => {
            parts::badge_fill(words::clock_shape(promise.clock.state), &case::left(view, &promise.clock))
        }
        _ => parts::badge_fill(words::shape(case.state), &words::state(view, case.state)),
    }
}

fn body(view: &View, shown: &Shown, state: &FormState, key: &str) -> Markup {
    let case = &shown.case;
    html! {
        (parts::error_summary(&view.words, state.problems()))
        @if let Some(note) = &case.order.entry_note { div class="mb-3" { (parts::note(NoteKind::Warn, html! { b { (view.say("desk-field-entry-note")) } " " (note) })) } }
        (what(view, case))
        (caller(view, shown))
        (forms::all(view, shown, state, key))
        div class="gap" { (parts::phone_section(&view.say("desk-portal-thread"), None, html! { div id="thread" data-live-part class="mt-2" { (case::thread(view, case, in_full(shown))) } })) }
    }
}

fn what(view: &View, case: &OrderView) -> Markup {
    let english = view.words.lang() == web::i18n::Lang::En;
    let shown: Vec<_> = case.evidence.iter().filter(|one| one.kind == "photo").collect();
    html! {
        section class="card" data-subject=(case.order.id) {
            p class="row wrap" {
                @if let Some(place) = case::place(case) { (parts::plate(place)) }
                (parts::tag(&words::kind(view, case.order.kind)))
                span class="small muted num push" { (words::number(view, case.order.number)) }
            }
            p class="mt-2" { (if english { &case.category.en } else { &case.category.zh }) " · " (words::state(view, case.state)) }
            @if let Some(words) = case::words(case) { p class="say mt-2" { (words) } }
            @if !shown.is_empty() { div class="row wrap mt-2" { (case::photos(view, &shown)) } }
            div class="stack mt-3" { @for promise in case.promises.iter().filter(|one| one.promise.fulfilled_at.is_none() && !one.outcome.is_settled()) { (case::promise(view, promise)) } }
        }
    }
}

/// PRV: the assignee knows the caller while the order is open; so do those who may see residents.
fn in_full(shown: &Shown) -> bool {
    let holds = shown.me.is_some() && shown.case.order.assignee() == shown.me;
    shown.case.state.is_open() && (holds || shown.sees_people)
}

/// Name and number of the caller; masked for those who need not know.
fn caller(view: &View, shown: &Shown) -> Markup {
    let case = &shown.case;
    let in_full = in_full(shown);
    let name = case.order.reporter_name.as_deref().unwrap_or("");
    let name = if in_full { name.to_string() } else { values::mask_name(name) };
    html! {
        @if let Some(phone) = &case.order.reporter_phone {
            @if in_full { div class="gap" { (face::call_button(&view.words.with("desk-field-call", &[("name", name.as_str().into()), ("phone", phone.spaced().into())]), phone.dial())) } }
            @else { p class="small muted gap" { (name) " " span class="num" { (Phone::masked(phone)) } } }
        } @else if !name.is_empty() { p class="small muted gap" { (name) } }
    }
}
