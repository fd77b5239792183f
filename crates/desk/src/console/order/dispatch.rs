//! Whom to send: who can go first, with the least in hand; who cannot, and why; a search for sites with many people.

use maud::{Markup, html};
use web::{
    View,
    parts::{self, Choice, FormState, Group, NoteKind},
};

use super::{
    forms::Extra,
    model::{Candidate, Obstacle, Paper},
};

/// Narrows the list by a name; a plain GET, so it works without scripts.
pub fn find(view: &View, action: &str, extra: &Extra) -> Markup {
    html! {
        form class="row mb-3" method="get" action=(action) role="search" {
            label class="sr" for="find-person" { (view.say("desk-candidates-find")) }
            input class="input max-330" type="search" id="find-person" name="q" value=(extra.typed) placeholder=(view.say("desk-candidates-find")) enterkeyhint="search" autocomplete="off";
            button class="btn" { (view.say("desk-candidates-search")) }
            @if !extra.typed.is_empty() { a class="small" href=(action) { (view.say("desk-candidates-all")) } }
        }
    }
}

/// Department, post, what they have in hand, and the paper that the work demands; last those who cannot go, and why not.
pub fn candidates(view: &View, extra: &Extra, state: &FormState) -> Markup {
    let field = state.field("to", view.say("desk-field-to"));
    let cards = |wanted: fn(&Candidate) -> bool| -> Vec<Choice> {
        extra.candidates.iter().filter(|one| wanted(one)).map(|one| choice(view, one)).collect()
    };
    let own = cards(|one| one.obstacle.is_none() && one.is_own);
    let others = cards(|one| one.obstacle.is_none() && !one.is_own);
    let unable = cards(|one| one.obstacle.is_some());
    let heading = |key: &str, all: &[Choice]| view.words.with(key, &[("n", all.len().into())]);
    let folded = !own.is_empty() && extra.typed.is_empty();
    let groups = [
        Group { heading: &heading("desk-candidates-own", &own), choices: &own, folded: false },
        Group { heading: &heading("desk-candidates-others", &others), choices: &others, folded },
        Group { heading: &heading("desk-candidates-unable", &unable), choices: &unable, folded: false },
    ];
    html! {
        @if let Some(certificate) = &extra.certificate {
            (parts::note(NoteKind::Info, html! { (view.words.with("desk-certificate-needed", &[("name", certificate.clone().into())])) }))
        }
        @if own.is_empty() && others.is_empty() { (nobody(view, extra)) }
        @if !extra.candidates.is_empty() { div class="candidates" { (parts::grouped_cards(&view.words, &field, &groups)) } }
    }
}

fn choice(view: &View, one: &Candidate) -> Choice {
    let choice = Choice::new(one.party.to_string(), one.name.clone());
    match one.obstacle {
        None => choice.detail(speaks(view, one)),
        Some(_) => choice.detail(format!("{}·{}", one.department, why(view, one))).barred(),
    }
}

fn nobody(view: &View, extra: &Extra) -> Markup {
    let said = match (extra.typed.as_str(), extra.candidates.is_empty()) {
        ("", true) => view.say("desk-nobody"),
        (typed, true) => view.words.with("desk-candidates-none", &[("q", typed.into())]),
        (_, false) => view.say("desk-candidates-only-unable"),
    };
    parts::note(NoteKind::Warn, html! { (said) })
}

fn why(view: &View, one: &Candidate) -> String {
    match one.obstacle {
        Some(Obstacle::HasIt) => view.say("desk-candidate-has-it"),
        _ => paper(view, &one.certificate),
    }
}

fn speaks(view: &View, one: &Candidate) -> String {
    let load = view.words.with("desk-load", &[("n", one.open_orders.into())]);
    let department = if one.is_own { String::new() } else { one.department.clone() };
    [department, one.post.clone(), load, paper(view, &one.certificate)]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("·")
}

fn paper(view: &View, paper: &Paper) -> String {
    match paper {
        Paper::NotNeeded => String::new(),
        Paper::Held => view.say("desk-certificate-held"),
        Paper::Ended(Some(day)) => {
            view.words.with("desk-certificate-ended", &[("day", view.formats.date(*day).into())])
        }
        Paper::Ended(None) | Paper::Missing => view.say("desk-certificate-missing"),
    }
}
