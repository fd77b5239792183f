//! 完工: what was done, photos, the customer's signature; what the category demands is listed beside the button.

use kernel::orders::{Noun, OrderView};
use maud::{Markup, html};
use web::{
    View,
    parts::{self, Button, FormState, NoteKind},
};

use super::forms;

const MOST_PHOTOS: u8 = 9;

/// What the category demands and nobody at work has shown in this round.
pub(super) fn owed(case: &OrderView) -> Vec<&str> {
    let reporter = case.order.reporter;
    let shown = |demand: &str| {
        let mut evidence = case
            .evidence
            .iter()
            .filter(|one| one.at >= case.order.began && (reporter.is_none() || one.by_party != reporter));
        evidence.any(|one| one.kind == demand)
    };
    case.category.demands.iter().map(String::as_str).filter(|demand| !shown(demand)).collect()
}

pub(super) fn form(view: &View, case: &OrderView, state: &FormState, key: &str) -> Markup {
    let owed = owed(case);
    let needs = |demand: &str| owed.contains(&demand);
    let photos = state.field("photos", view.say("desk-field-photos"));
    let photos = if needs("photo") { photos } else { photos.optional() };
    let signature = state.field("signature", view.say("desk-field-signature"));
    let signature = if needs("signature") { signature } else { signature.optional() };
    let fields = [("photo", "photos"), ("signature", "signature")];
    let required: Vec<&str> = fields.into_iter().filter(|(demand, _)| needs(demand)).map(|(_, field)| field).collect();
    let required = required.join(" ");
    html! {
        section class="card gap" id="finish" {
            h2 class="mb-3" { (view.say("desk-field-completion")) }
            @if !owed.is_empty() { div class="mb-3" { (parts::note(NoteKind::Info, html! { (needed(view, &owed)) })) } }
            (forms::offline_with(view, case, Noun::Completion, key, &required, &html! {
                (parts::text_area(&view.words, &state.field("result", view.say("desk-field-form-result")).rows(2).optional()))
                (parts::photos(&view.words, &photos, "/api/v1/evidence", MOST_PHOTOS))
                (parts::signature(&view.words, &signature))
                div class="form-acts mt-3" { (parts::button(&Button::main(&view.say("desk-field-do-completion")).icon("check").block())) }
            }))
        }
    }
}

/// `完工要有：照片、签名`
fn needed(view: &View, owed: &[&str]) -> String {
    let names: Vec<String> = owed.iter().map(|demand| view.say(&format!("desk-field-demand-{demand}"))).collect();
    view.words.with("desk-field-needed", &[("what", names.join(&view.say("desk-field-and")).into())])
}
