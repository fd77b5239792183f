//! What is promised to somebody who reports now, from the policy of the site, said above the button that sends it.

use kernel::{
    Error, Read, SiteId,
    orders::{Kind, Urgency},
    policies,
    promises::{Case, Draft, Name, Timeline, promised},
};
use maud::{Markup, html};
use values::{Moment, Phone};
use web::{View, shell};

use crate::{case::span, portal::face};

/// The drafts of the promises that a report would open.
pub(super) struct Offer {
    kind: Kind,
    urgency: Urgency,
    response: Option<Moment>,
    main: Option<Draft>,
}

/// CSV-06, CSV-20 …: read from the policy that holds now, never written into a page.
pub(super) async fn offer(read: &mut Read, site: SiteId, kind: Kind, urgency: Urgency) -> Result<Offer, Error> {
    let now = read.now();
    let terms = policies::terms(read, site).await?;
    let acts = Timeline { accepted: Some(now), ..Timeline::reported(now) };
    let drafts = promised(terms.policy(now), &Case::new(kind, urgency), &acts, &terms.timetable(now));
    let find = |name: Name| drafts.iter().find(|draft| draft.name == name);
    Ok(Offer {
        kind,
        urgency,
        response: find(Name::Response).map(|draft| draft.due),
        main: find(main_promise(kind)).cloned(),
    })
}

/// The promise that the customer waits for.
const fn main_promise(kind: Kind) -> Name {
    match kind {
        Kind::Repair | Kind::Help => Name::Arrival,
        Kind::Complaint => Name::FirstReply,
        Kind::Enquiry | Kind::Suggestion | Kind::Praise => Name::Answer,
    }
}

/// `急修：受理后 30 分钟内上门`; empty where nothing is promised.
pub(super) fn sentence(view: &View, offer: &Offer) -> String {
    let Some(main) = &offer.main else { return String::new() };
    let key = match (offer.kind, offer.urgency) {
        (Kind::Repair, Urgency::Urgent) => "desk-portal-promise-urgent",
        (Kind::Repair, Urgency::Normal) => "desk-portal-promise-repair",
        (Kind::Help, _) => "desk-portal-promise-help",
        (Kind::Complaint, _) => "desk-portal-promise-reply",
        _ => "desk-portal-promise-answer",
    };
    view.words.with(key, &[("span", span(view, main.span).into()), ("at", end(view, main.due).into())])
}

/// The line above the button.
pub(super) fn line(view: &View, offer: &Offer, phone: Option<&Phone>) -> Markup {
    let accept = offer.response.filter(|_| matches!(offer.kind, Kind::Repair | Kind::Help));
    let accept = accept.map(|at| view.words.with("desk-portal-promise-accept", &[("at", end(view, at).into())]));
    let call =
        face::masked(phone).map(|number| view.words.with("desk-portal-promise-call", &[("phone", number.into())]));
    let rest: Vec<String> = accept.into_iter().chain(call).collect();
    html! {
        p class="row small mb-2 top" {
            (shell::icon("clock"))
            span { b { (sentence(view, offer)) } @for part in &rest { (view.say("desk-portal-promise-comma")) (part) } }
        }
    }
}

/// Midnight is said as 24:00 of the day before it.
fn end(view: &View, at: Moment) -> String {
    match view.formats.zone.wall(at) {
        (0, 0, 0) => format!("{} 24:00", view.formats.date(view.formats.zone.day(at.plus_millis(-1)))),
        _ => view.formats.moment(at),
    }
}
