//! Before an import is taken back: exactly what goes, and the way out.

use kernel::Site;
use maud::{Markup, html};
use web::{
    Answer, Ask, View,
    parts::{self, Button, FormState, NoteKind},
    see_other,
};

use super::{answer, import_of, path, shown, titled};
use crate::import::{Import, State, model::Undo, undo};

/// Where it cannot be taken back, the page of the import says why.
pub async fn ask_first(ask: Ask) -> Answer {
    let (site, import) = import_of(&ask).await?;
    if import.state != State::Done {
        return Ok(see_other(&path(&site, &import)));
    }
    let mut tx = ask.begin().await?;
    let made = undo::takeable(&mut tx, &site, &import).await;
    drop(tx);
    match made {
        Ok(made) => {
            let view = ask.view().await?;
            let body = parts::padded(question(&view, &site, &import, &made, &ask.fresh_key()));
            answer(&view, &titled(&view, &site, &import), body, &FormState::default())
        }
        Err(error) => {
            let state = ask.mend(error)?;
            shown(&ask, &site, &import, state).await
        }
    }
}

fn question(view: &View, site: &Site, import: &Import, made: &Undo, once: &str) -> Markup {
    let here = path(site, import);
    let counted = counts(made);
    let pairs: Vec<(String, Markup)> = counted
        .iter()
        .map(|(word, n)| {
            (view.say(&format!("estate-import-undo-{word}")), html! { span class="num" { (view.formats.number(*n)) } })
        })
        .collect();
    html! {
        div class="max-744" {
            h2 class="mb-3" { (view.say("estate-import-undo")) }
            (parts::note(NoteKind::Warn, html! { (view.say("estate-import-undo-ask")) }))
            section class="mt-4" aria-label=(view.say("estate-import-undo-counted")) {
                h3 class="mb-2" { (view.say("estate-import-undo-counted")) }
                @if pairs.is_empty() { p { (view.say("estate-import-undo-nothing")) } } @else { (parts::facts(&pairs)) }
            }
            div class="form-acts mt-4 row wrap" {
                (parts::act_form(view, &format!("{here}/undo"), once, &Button::danger(&view.say("estate-import-undo-yes"))))
                a class="btn btn-quiet" href=(here) { (view.say("estate-import-undo-no")) }
            }
        }
    }
}

/// What there is any of.
fn counts(made: &Undo) -> Vec<(&'static str, i64)> {
    let all = [
        ("units", made.units.len()),
        ("frame", made.frame.len()),
        ("parties", made.parties.len()),
        ("occupancies", made.occupancies.len()),
        ("changed-units", made.changed_units.len()),
        ("phones", made.phones.len()),
        ("identities", made.identities.len()),
        ("staff", made.staff.len()),
        ("accounts", made.accounts.len()),
        ("certificates", made.certificates.len()),
        ("changed-certificates", made.changed_certificates.len()),
    ];
    all.into_iter().filter(|(_, n)| *n > 0).map(|(word, n)| (word, i64::try_from(n).unwrap_or(i64::MAX))).collect()
}
