//! The status page, the card of it on the first page, and the list of what somebody reported.

use axum::http::StatusCode;
use kernel::{
    Error, Read,
    categories::{self, Category},
    notices::{self, Notice},
    orders::{self, Kind, Line, Noun, Number, Order, OrderView},
    policies,
};
use maud::{Markup, html};
use values::{Id, Moment};
use web::{
    Answer, Ask, Page, View,
    parts::{self, Button, FormState, NoteKind},
    see_other, shell,
};

use super::{acts, next, steps};
use crate::{
    case::{self, may},
    portal::{face, home, homes, paths, store, waiting, words},
};

/// On the first page: what it is, how it stands, what to press.
pub(in crate::portal) fn card(view: &View, case: &OrderView) -> Markup {
    let path = paths::order(case.order.number);
    html! {
        section class="card" data-clock {
            div class="row-b wrap" {
                h2 { a class="inherit" href=(path) { (case::title(view, case)) } }
                (parts::badge(words::shape(case.state), &words::state(view, case.state)))
            }
            (standing(view, case))
            div class="row wrap mt-3" {
                @if may(case, Noun::Verdict) { (parts::link_button(&Button::main(&view.say("desk-portal-to-verdict")).icon("check"), &path)) }
                @if let Some(number) = &view.duty_phone { a class="btn grow" href={ "tel:" (number.replace([' ', '-'], "")) } { (shell::icon("phone")) (view.say("desk-portal-call")) } }
                @if !may(case, Noun::Verdict) { a class="btn grow" href={ (path) "#say" } { (view.say("desk-portal-add-words")) } }
            }
        }
    }
}

fn standing(view: &View, case: &OrderView) -> Markup {
    html! {
        p class="mt-1 mb-2" { (next::sentence(view, case)) @if let Some(sorry) = next::apology(view, case) { " " span class="t-danger" { (sorry) } } }
        (steps::steps(view, case))
    }
}

/// `GET /r/orders/{number}`; a number that went on as another one leads there.
pub(in crate::portal) async fn show(ask: Ask) -> Answer {
    again(ask, StatusCode::OK, FormState::default()).await
}

/// The same page with what was typed and what is wrong with it.
pub(super) async fn again(mut ask: Ask, status: StatusCode, state: FormState) -> Answer {
    let mut read = ask.read().await?;
    let id = own(&ask, &mut read).await?;
    let case = orders::load(&mut read, id).await?;
    if let Some(number) = case.merged_number {
        return Ok(see_other(&paths::order(number)));
    }
    let site = kernel::sites::by_id(&mut read, case.order.site).await?;
    let around = Around { outage: outage(&mut read, &case).await?, desk_opens: desk_opens(&mut read, &case).await? };
    drop(read);
    let keys = acts::Keys::new(&ask);
    let view = face::view(&mut ask, &site).await?;
    let badge = parts::badge_fill(words::shape(case.state), &words::state(&view, case.state));
    let page = Page::new(case::title(&view, &case)).badge(badge).crumb(view.say("desk-portal-orders"), paths::ORDERS);
    face::show(status, &view, &page, body(&view, &case, &around, &state, &keys))
}

/// What bears on the order from outside.
struct Around {
    outage: Option<Notice>,
    /// When the desk is back, while it is away and the order is open.
    desk_opens: Option<Moment>,
}

async fn desk_opens(read: &mut Read, case: &OrderView) -> Result<Option<Moment>, Error> {
    if !case.state.is_open() {
        return Ok(None);
    }
    let now = read.now();
    Ok(policies::terms(read, case.order.site).await?.desk_opens(now))
}

/// The outage that this order hangs on, for as long as the order is open.
async fn outage(read: &mut Read, case: &OrderView) -> Result<Option<Notice>, Error> {
    match case.order.outage {
        Some(id) if case.state.is_open() => Ok(Some(notices::by_id(read, Id::from_uuid(id)).await?)),
        _ => Ok(None),
    }
}

/// The caller's own order. Errors: `Missing`, the same for a foreign one.
pub(super) async fn own(ask: &Ask, read: &mut Read) -> Result<Id<Order>, Error> {
    let number: Number = ask.param("number")?;
    let party = ask.caller.party().ok_or(Error::Denied)?;
    store::own(read, party, number).await
}

fn body(view: &View, case: &OrderView, around: &Around, state: &FormState, keys: &acts::Keys) -> Markup {
    html! {
        @if let Some(outage) = &around.outage { (on_outage(view, outage)) }
        div id="standing" data-live-part {
            section class="card" data-clock {
                p class="small muted" { span class="num" { (words::number(view, case.order.number)) } " · " (words::kind(view, case.order.kind)) @if let Some(place) = case::place(case) { " · " (place) } }
                (standing(view, case))
                @if let Some(words) = case::words(case) { p class="say mt-3" { (words) } }
            }
        }
        @if let Some(at) = around.desk_opens { (face::desk_closed(view, at)) }
        (parts::error_summary(&view.words, state.problems()))
        (acts::awaited(view, case, state, keys))
        div id="clocks" class="gap" data-live-part { (promises(view, case)) }
        (acts::forms(view, case, state, keys))
        (parts::phone_section(&view.say("desk-portal-thread"), None, html! { div id="thread" data-live-part class="mt-2" { (case::thread(view, case, true)) } }))
        (face::duty_phone(view))
    }
}

/// It belongs to what everybody around suffers: until when that goes on, or that it is over.
fn on_outage(view: &View, outage: &Notice) -> Markup {
    let at = outage.ended.or(outage.planned_end).map(|at| view.formats.moment(at)).unwrap_or_default();
    let (kind, key) = match (outage.ended, outage.planned_end) {
        (Some(_), _) => (NoteKind::Ok, "desk-portal-outage-over"),
        (None, Some(_)) => (NoteKind::Info, "desk-portal-outage-counted"),
        (None, None) => (NoteKind::Info, "desk-portal-outage-counted-open"),
    };
    let link = html! { a class="inherit" href={ "/r/notices/" (outage.id) } { b { (outage.title) } } };
    html! { div class="mb-3" { (parts::note(kind, html! { (link) " " (view.words.with(key, &[("at", at.into())])) })) } }
}

/// Every promise beside its performance.
fn promises(view: &View, case: &OrderView) -> Markup {
    html! {
        @if !case.promises.is_empty() {
            (parts::phone_section(&view.say("desk-portal-clocks"), None, html! { div class="stack mt-3" { @for promise in &case.promises { (case::promise(view, promise)) } } }))
        }
    }
}

/// 服务: every way to report, and what came of it.
pub(in crate::portal) async fn list(mut ask: Ask) -> Answer {
    let party = ask.caller.party().ok_or(Error::Denied)?;
    let mut read = ask.read().await?;
    let Some(homes) = homes::of(&ask, &mut read).await? else {
        drop(read);
        return waiting::page(ask).await;
    };
    let lines = orders::of_reporter(&mut read, party).await?;
    let tree = categories::all(&mut read, homes.site.id).await?;
    drop(read);
    let view = face::view(&mut ask, &homes.site).await?;
    let body = html! {
        (kinds(&view))
        (parts::phone_section(&view.say("desk-portal-orders"), None, html! {
            div id="orders" data-live-part { @for line in &lines { (item(&view, line, &tree)) } }
            @if lines.is_empty() { (parts::nothing_yet(&view.say("desk-portal-none"), &view.say("desk-portal-none-why"), None)) }
        }))
        (face::duty_phone(&view))
    };
    face::show(StatusCode::OK, &view, &Page::new(view.say("desk-portal-services")), body)
}

fn kinds(view: &View) -> Markup {
    html! {
        nav class="card p-2" aria-label=(view.say("desk-portal-acts")) { div class="tiles" {
            @for (kind, icon) in [(Kind::Repair, "wrench"), (Kind::Complaint, "horn"), (Kind::Enquiry, "help"), (Kind::Suggestion, "bulb"), (Kind::Praise, "heart"), (Kind::Help, "siren")] {
                (home::kind_link(view, kind, icon))
            }
        } }
    }
}

fn item(view: &View, line: &Line, tree: &[Category]) -> Markup {
    let below =
        [Some(words::number(view, line.number)), line.place_name.clone(), Some(view.formats.when(line.reported))];
    let below: Vec<String> = below.into_iter().flatten().collect();
    html! {
        a class="item" href=(paths::order(line.number)) {
            span class="grow" {
                span class="item-t clip block" { (words::title(view, line, tree)) }
                span class="small muted block" { (below.join(" · ")) }
            }
            (parts::badge(words::shape(line.state), &words::state(view, line.state)))
        }
    }
}
