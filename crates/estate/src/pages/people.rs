//! Who comes, who goes, who buys, who rents, and what was written wrongly.

use kernel::{
    Error, PartyId, Right, Site,
    parties::{self, Correction, HomeRole, NewOccupancy, NewParty, OccupancyId, Party, PartyKind},
    places::Place,
};
use maud::{Markup, html};
use values::{Day, Phone, Secret};
use web::{
    Answer, Ask, Page, Route, View, done,
    parts::{
        Button, Conflict, Disputed, FormState, button, conflict, date, padded, plate_solid, post_form, select, text,
        version,
    },
};

use super::{answer, name_for, place_of, status_of};
use crate::{forms::Fields, paths, words};

pub fn routes() -> Vec<Route> {
    let edit = Right::PeopleEdit;
    vec![
        Route::get("/c/{site}/{code}/people", |ask| open(ask, Form::Add)).right(edit),
        Route::post("/c/{site}/{code}/people", |ask| send(ask, Form::Add))
            .right(edit)
            .audit("occupancy.moved_in")
            .idempotent(),
        Route::get("/c/{site}/{code}/tenancy", |ask| open(ask, Form::Let)).right(edit),
        Route::post("/c/{site}/{code}/tenancy", |ask| send(ask, Form::Let))
            .right(edit)
            .audit("occupancy.moved_in")
            .idempotent(),
        Route::get("/c/{site}/{code}/sale", |ask| open(ask, Form::Sell)).right(edit),
        Route::post("/c/{site}/{code}/sale", |ask| send(ask, Form::Sell))
            .right(edit)
            .audit("occupancy.sold")
            .idempotent(),
        Route::get("/c/{site}/{code}/departures/{occupancy}", departure).right(edit),
        Route::post("/c/{site}/{code}/departures/{occupancy}", depart)
            .right(edit)
            .audit("occupancy.moved_out")
            .idempotent(),
        Route::get("/c/{site}/{code}/people/{party}/edit", edit_page).right(edit).no_store(),
        Route::post("/c/{site}/{code}/people/{party}/edit", correct).right(edit).audit("party.corrected").idempotent(),
    ]
}

/// The three forms by which somebody new comes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Add,
    Let,
    Sell,
}

impl Form {
    const fn noun(self) -> &'static str {
        match self {
            Self::Add => "people",
            Self::Let => "tenancy",
            Self::Sell => "sale",
        }
    }
    const fn title(self) -> &'static str {
        match self {
            Self::Add => "estate-add-person",
            Self::Let => "estate-let",
            Self::Sell => "estate-sell",
        }
    }
    const fn said(self) -> &'static str {
        match self {
            Self::Add => "estate-added",
            Self::Let => "estate-let-done",
            Self::Sell => "estate-sold",
        }
    }
}

fn page_for(view: &View, site: &Site, place: &Place, title: &str) -> Page {
    Page::new(view.say(title))
        .crumb(view.say("estate-nav"), paths::matrix(&site.code, "", ""))
        .crumb(place.code.clone(), paths::home(&site.code, &place.code))
        .plate(plate_solid(&place.code))
}

async fn open(ask: Ask, form: Form) -> Answer {
    let (site, _) = place_of(&ask).await?;
    let today = site.today(ask.house().now());
    show(
        &ask,
        form,
        FormState::default().value("day", today.to_string()).value("role", "family").value("kind", "person"),
    )
    .await
}

async fn show(ask: &Ask, form: Form, state: FormState) -> Answer {
    let (site, place) = place_of(ask).await?;
    let view = ask.view().await?;
    let fields = match form {
        Form::Add => add_fields(&view, &state),
        Form::Let => let_fields(&view, &state),
        Form::Sell => sell_fields(&view, &state),
    };
    let fields = html! {
        (fields)
        div class="form-acts" {
            (button(&Button::main(&view.say(form.title()))))
            a class="btn" href=(paths::home(&site.code, &place.code)) { (view.say("estate-back")) }
        }
    };
    let body = html! { div class="max-460" { (post_form(&view, &paths::act(&site.code, &place.code, form.noun()), &ask.fresh_key(), &state, fields)) } };
    answer(status_of(&state), &view, &page_for(&view, &site, &place, form.title()), padded(body))
}

fn person_fields(view: &View, state: &FormState) -> Markup {
    let words = &view.words;
    html! {
        (text(words, &state.field("name", view.say("estate-col-person")).length(20).autofocus()))
        (text(words, &state.field("phones", view.say("estate-col-phone")).hint(view.say("estate-phones-hint")).optional().length(40)))
        (text(words, &state.field("identity", view.say("estate-identity")).hint(view.say("estate-identity-hint")).optional().secret().length(20)))
    }
}

fn kind_field(view: &View, state: &FormState) -> Markup {
    let kinds = [PartyKind::Person, PartyKind::Company]
        .map(|kind| (kind.as_str().to_string(), words::party_kind(&view.words, kind)));
    select(&view.words, &state.field("kind", view.say("estate-party-kind")), &kinds)
}

fn add_fields(view: &View, state: &FormState) -> Markup {
    let roles = HomeRole::ALL.map(|role| (role.as_str().to_string(), words::role(&view.words, role)));
    html! {
        (person_fields(view, state))
        (kind_field(view, state))
        (select(&view.words, &state.field("role", view.say("estate-col-role")), &roles))
        (date(&view.words, &state.field("day", view.say("estate-from")).length(11)))
        (date(&view.words, &state.field("to", view.say("estate-until")).hint(view.say("estate-until-hint")).optional().length(11)))
    }
}

fn let_fields(view: &View, state: &FormState) -> Markup {
    html! {
        p class="mb-4" { (view.say("estate-let-why")) }
        (person_fields(view, state))
        (kind_field(view, state))
        (date(&view.words, &state.field("day", view.say("estate-let-from")).length(11)))
        (date(&view.words, &state.field("to", view.say("estate-until")).hint(view.say("estate-until-hint")).optional().length(11)))
    }
}

fn sell_fields(view: &View, state: &FormState) -> Markup {
    let words = &view.words;
    html! {
        p class="mb-4" { (view.say("estate-sell-why")) }
        (date(words, &state.field("day", view.say("estate-sell-day")).length(11)))
        (person_fields(view, state))
        (kind_field(view, state))
        (text(words, &state.field("name2", view.say("estate-sell-co-owner")).optional().length(20)))
        (text(words, &state.field("phones2", view.say("estate-sell-co-owner-phone")).optional().length(40)))
    }
}

async fn send(ask: Ask, form: Form) -> Answer {
    let (site, place) = place_of(&ask).await?;
    match sent(&ask, form, &site, &place).await {
        Ok(()) => Ok(done(&paths::home(&site.code, &place.code), &ask.words().say(form.said()))),
        Err(error) => show(&ask, form, ask.mend(error)?).await,
    }
}

async fn sent(ask: &Ask, form: Form, site: &Site, place: &Place) -> Result<(), Error> {
    let mut fields = Fields::of(ask)?;
    let who = fields.party(["name", "phones", "identity"]);
    let from = fields.day("day");
    let to = if form == Form::Sell { None } else { fields.day_or_none("to") };
    let role = match form {
        Form::Add => fields.parsed("role", "estate_role_shape").unwrap_or(HomeRole::User),
        Form::Let => HomeRole::Tenant,
        Form::Sell => HomeRole::Owner,
    };
    let second = (form == Form::Sell && !fields.text("name2").is_empty())
        .then(|| NewParty::person(fields.text("name2").to_string(), fields.phones("phones2")));
    fields.done()?;
    let from = from.ok_or(Error::Missing)?;
    let (_, _) = web::once!(ask, tx => {
        let party = parties::find_or_add(&mut tx, site.id, Some(place.id), who).await?;
        match (form, second) {
            (Form::Sell, second) => {
                let mut buyers = vec![party];
                if let Some(second) = second {
                    buyers.push(parties::find_or_add(&mut tx, site.id, Some(place.id), second).await?);
                }
                parties::sell(&mut tx, site.id, place.id, from, &buyers).await?;
            }
            (Form::Add | Form::Let, _) => {
                parties::move_in(&mut tx, site.id, NewOccupancy { place: place.id, party, role, from, to, let_in_by: None }).await?;
            }
        }
        true
    });
    Ok(())
}

async fn departure(ask: Ask) -> Answer {
    let today = ask.site()?.today(ask.house().now());
    show_departure(&ask, FormState::default().value("day", today.to_string())).await
}

async fn leaving(ask: &Ask) -> Result<(Site, Place, parties::Occupancy, Party), Error> {
    let (site, place) = place_of(ask).await?;
    let id: OccupancyId = ask.param("occupancy")?;
    let mut read = ask.read().await?;
    let row = parties::occupancy(&mut read, id).await?;
    if row.place != place.id {
        return Err(Error::Missing);
    }
    let party = parties::by_id(&mut read, row.party).await?;
    Ok((site, place, row, party))
}

async fn show_departure(ask: &Ask, state: FormState) -> Answer {
    let (site, place, row, party) = leaving(ask).await?;
    let view = ask.view().await?;
    let who = view.words.with(
        "estate-move-out-who",
        &[("name", name_for(ask, &party.name).into()), ("role", words::role(&view.words, row.role).into())],
    );
    let fields = html! {
        p class="mb-4" { (who) " " @if row.role == HomeRole::Owner { (view.say("estate-move-out-owner")) } }
        (date(&view.words, &state.field("day", view.say("estate-move-out-day")).hint(view.say("estate-move-out-hint")).length(11).autofocus()))
        div class="form-acts" {
            (button(&Button::main(&view.say("estate-move-out"))))
            a class="btn" href=(paths::home(&site.code, &place.code)) { (view.say("estate-back")) }
        }
    };
    let body = html! { div class="max-460" { (post_form(&view, &paths::departure(&site.code, &place.code, row.id), &ask.fresh_key(), &state, fields)) } };
    answer(status_of(&state), &view, &page_for(&view, &site, &place, "estate-move-out"), padded(body))
}

async fn depart(ask: Ask) -> Answer {
    let (site, place, row, _) = leaving(&ask).await?;
    match departed(&ask, &site, row.id).await {
        Ok(()) => Ok(done(&paths::home(&site.code, &place.code), &ask.words().say("estate-moved-out"))),
        Err(error) => show_departure(&ask, ask.mend(error)?).await,
    }
}

async fn departed(ask: &Ask, site: &Site, id: OccupancyId) -> Result<(), Error> {
    let mut fields = Fields::of(ask)?;
    let day = fields.day("day");
    fields.done()?;
    let day: Day = day.ok_or(Error::Missing)?;
    let (_, _) = web::once!(ask, tx => {
        parties::move_out(&mut tx, site.id, id, day).await?;
        true
    });
    Ok(())
}

/// The person of the address; they have or had this home.
async fn person_of(ask: &Ask) -> Result<(Site, Place, Party), Error> {
    let (site, place) = place_of(ask).await?;
    let id: PartyId = ask.param("party")?;
    let mut read = ask.read().await?;
    let here = parties::household(&mut read, place.id).await?.iter().any(|member| member.occupancy.party == id);
    let party = if here { parties::at_site(&mut read, site.id, id).await? } else { return Err(Error::Missing) };
    Ok((site, place, party))
}

fn joined(phones: &[Phone]) -> String {
    phones.iter().map(Phone::spaced).collect::<Vec<_>>().join(", ")
}

async fn edit_page(ask: Ask) -> Answer {
    let (site, place, party) = person_of(&ask).await?;
    let state = FormState::default()
        .value("name", party.name.clone())
        .value("phones", joined(&party.phones))
        .value("note", party.note.clone().unwrap_or_default())
        .value("kind", party.kind.as_str());
    show_edit(&ask, &site, &place, &party, party.version, state).await
}

async fn show_edit(ask: &Ask, site: &Site, place: &Place, party: &Party, seen: i64, state: FormState) -> Answer {
    let view = ask.view().await?;
    let kept = if party.has_identity { view.say("estate-identity-kept") } else { view.say("estate-identity-hint") };
    let words = &view.words;
    let fields = html! {
        (version(seen))
        (text(words, &state.field("name", view.say("estate-col-person")).length(20).autofocus()))
        (text(words, &state.field("phones", view.say("estate-col-phone")).hint(view.say("estate-phones-hint")).optional().length(40)))
        (text(words, &state.field("identity", view.say("estate-identity")).hint(kept).optional().secret().length(20)))
        (kind_field(&view, &state))
        (text(words, &state.field("note", view.say("estate-note")).optional().length(40)))
        div class="form-acts" {
            (button(&Button::main(&view.say("estate-save"))))
            a class="btn" href=(paths::home(&site.code, &place.code)) { (view.say("estate-back")) }
        }
    };
    let body = html! { div class="max-460" { (post_form(&view, &paths::person(&site.code, &place.code, party.id, "edit"), &ask.fresh_key(), &state, fields)) } };
    answer(status_of(&state), &view, &page_for(&view, site, place, "estate-correct"), padded(body))
}

async fn correct(ask: Ask) -> Answer {
    let (site, place, party) = person_of(&ask).await?;
    let seen = Fields::of(&ask)?.version();
    match corrected(&ask, &site, &party, seen).await {
        Ok(()) => Ok(done(&paths::home(&site.code, &place.code), &ask.words().say("estate-saved"))),
        Err(Error::Stale { .. }) => both_versions(&ask, &site, &place).await,
        Err(error) => show_edit(&ask, &site, &place, &party, seen, ask.mend(error)?).await,
    }
}

async fn corrected(ask: &Ask, site: &Site, party: &Party, seen: i64) -> Result<(), Error> {
    let mut fields = Fields::of(ask)?;
    let to = Correction {
        kind: fields.text("kind").parse().unwrap_or(party.kind),
        name: fields.text("name").to_string(),
        phones: fields.phones("phones"),
        note: fields.optional("note"),
        identity: fields.identity("identity").map(|number: Secret<String>| number),
    };
    fields.done()?;
    let (_, _) = web::once!(ask, tx => {
        parties::correct(&mut tx, site.id, party.id, seen, &to).await?;
        true
    });
    Ok(())
}

/// Somebody saved meanwhile: both values side by side.
async fn both_versions(ask: &Ask, site: &Site, place: &Place) -> Answer {
    let (_, _, now) = person_of(ask).await?;
    let view = ask.view().await?;
    let fields = Fields::of(ask)?;
    let theirs =
        [("name", now.name.clone()), ("phones", joined(&now.phones)), ("note", now.note.clone().unwrap_or_default())];
    let labels = ["estate-col-person", "estate-col-phone", "estate-note"];
    let mut disputed = Vec::new();
    let mut agreed = vec![("kind".to_string(), fields.text("kind").to_string())];
    for ((name, theirs), label) in theirs.into_iter().zip(labels) {
        let mine = fields.text(name).to_string();
        if mine == theirs {
            agreed.push((name.to_string(), mine));
        } else {
            disputed.push(Disputed {
                name: name.to_string(),
                label: view.say(label),
                mine: (mine.clone(), mine),
                theirs: (theirs.clone(), theirs),
            });
        }
    }
    let key = ask.fresh_key();
    let both = Conflict {
        by: view.say("estate-somebody"),
        at: view.say("estate-just-now"),
        action: paths::person(&site.code, &place.code, now.id, "edit"),
        once: &key,
        version: now.version,
        disputed,
        agreed,
        current: paths::home(&site.code, &place.code),
    };
    answer(409, &view, &page_for(&view, site, place, "estate-correct"), padded(conflict(&view, &both)))
}
