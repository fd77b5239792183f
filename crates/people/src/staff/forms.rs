//! The forms of the register: taking somebody on, a further post, a role, a certificate, homes, the last day.

use axum::http::StatusCode;
use kernel::{Error, FieldError, PartyId, Right, Role, Site, certificates, certificates::Kind, places, staff};
use maud::{Markup, html};
use serde::Deserialize;
use values::{Day, Phone};
use web::{
    Answer, Ask, Page, Route, Verdict, View, done, html as page_of,
    parts::{Button, Choice, FormState, button, combobox, date, padded, phone, post_form, radio_cards, select, text},
    shell,
};

use super::{
    NewPerson, labels,
    model::Person,
    roles::{self, NewRole},
    store,
};
use crate::forms;

pub(super) fn routes() -> Vec<Route> {
    let manage = |route: Route| route.right(Right::StaffManage);
    vec![
        manage(Route::get("/c/{site}/staff/new", |ask| get(ask, Form::New))),
        manage(Route::post("/c/{site}/staff/new", |ask| post(ask, Form::New))).audit("staff.hired"),
        manage(Route::get("/c/{site}/staff/{person}/post", |ask| get(ask, Form::Post))),
        manage(Route::post("/c/{site}/staff/{person}/post", |ask| post(ask, Form::Post))).audit("staff.hired"),
        manage(Route::get("/c/{site}/staff/{person}/role", |ask| get(ask, Form::Role))).right(Right::GrantManage),
        manage(Route::post("/c/{site}/staff/{person}/role", |ask| post(ask, Form::Role)))
            .right(Right::GrantManage)
            .audit("grant.given"),
        manage(Route::get("/c/{site}/staff/{person}/certificate", |ask| get(ask, Form::Certificate))),
        manage(Route::post("/c/{site}/staff/{person}/certificate", |ask| post(ask, Form::Certificate)))
            .audit("certificate.added"),
        manage(Route::get("/c/{site}/staff/{person}/homes", |ask| get(ask, Form::Homes))),
        manage(Route::post("/c/{site}/staff/{person}/homes", |ask| post(ask, Form::Homes))).audit("steward.holds"),
        manage(Route::get("/c/{site}/staff/{person}/end", |ask| get(ask, Form::End))),
        manage(Route::post("/c/{site}/staff/{person}/end", |ask| post(ask, Form::End))).audit("staff.ended"),
    ]
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    New,
    Post,
    Role,
    Certificate,
    Homes,
    End,
}

impl Form {
    const fn path(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Post => "post",
            Self::Role => "role",
            Self::Certificate => "certificate",
            Self::Homes => "homes",
            Self::End => "end",
        }
    }
    const fn title(self) -> &'static str {
        match self {
            Self::New => "people-take-on",
            Self::Post => "people-post-add",
            Self::Role => "people-role-add",
            Self::Certificate => "people-certificate-add",
            Self::Homes => "people-homes-add",
            Self::End => "people-end",
        }
    }
    const fn done(self) -> &'static str {
        match self {
            Self::New => "people-taken-on",
            Self::Post => "people-post-added",
            Self::Role => "people-role-added",
            Self::Certificate => "people-certificate-added",
            Self::Homes => "people-homes-added",
            Self::End => "people-ended",
        }
    }
}

/// What a form's fields are made from.
struct Ground {
    site: Site,
    today: Day,
    person: Option<Person>,
    departments: Vec<(String, String)>,
    posts: Vec<String>,
    /// May roles for the whole company be granted?
    company: bool,
    /// Those that the reader may give to this person.
    roles: Vec<Role>,
}

async fn ground(ask: &Ask, form: Form) -> Result<Ground, Error> {
    let site = ask.site()?.clone();
    let mut read = ask.read().await?;
    let person = match form {
        Form::New => None,
        _ => Some(store::person(&mut read, site.id, ask.param("person")?).await?),
    };
    let company = ask.caller.may_company(Right::GrantManage);
    // The company's leader is one for the company.
    let grantable = |role: &Role| {
        let party = person.as_ref().map(|person| person.party).filter(|_| company || *role != Role::CompanyLeader);
        party.is_some_and(|party| super::may_grant(&ask.caller, &site, party, *role, false).is_ok())
    };
    Ok(Ground {
        roles: Role::ALL.into_iter().filter(grantable).collect(),
        today: site.today(ask.house().now()),
        departments: store::departments(&mut read, site.id).await?,
        posts: store::posts(&mut read, site.id).await?,
        company,
        person,
        site,
    })
}

async fn get(ask: Ask, form: Form) -> Answer {
    let ground = ground(&ask, form).await?;
    let state =
        FormState::default().value("from", ground.today.to_string()).value("to", ground.today.plus_days(1).to_string());
    show(&ask, form, &ground, StatusCode::OK, &state).await
}

async fn show(ask: &Ask, form: Form, ground: &Ground, status: StatusCode, state: &FormState) -> Answer {
    let view = ask.view().await?;
    let base = format!("/c/{}/staff", ground.site.code);
    let page = Page::new(view.say(form.title())).crumb(view.say("people-staff"), &base);
    let (page, action) = match &ground.person {
        Some(person) => (
            page.crumb(person.name.clone(), format!("{base}/{}", person.party)),
            format!("{base}/{}/{}", person.party, form.path()),
        ),
        None => (page, format!("{base}/new")),
    };
    let label = view.say(if form == Form::End { "people-end-act" } else { "people-save" });
    let act = if form == Form::End { Button::danger(&label) } else { Button::main(&label) };
    let fields = html! { (fields(&view, form, ground, state)) div class="form-acts" { (button(&act)) } };
    let body = padded(html! { div class="max-744" { (post_form(&view, &action, &forms::once_key(), state, fields)) } });
    Ok(page_of(status, shell::page(&view, &page, body)))
}

fn fields(view: &View, form: Form, ground: &Ground, state: &FormState) -> Markup {
    match form {
        Form::New => new_fields(view, ground, state),
        Form::Post => html! { div class="grid-2" { (post_fields(view, ground, state)) } },
        Form::Role => role_fields(view, ground, state),
        Form::Certificate => certificate_fields(view, state),
        Form::Homes => html! {
            (text(&view.words, &state.field("place", view.say("people-homes-place")).hint(view.say("people-homes-hint")).length(20)))
            (date(&view.words, &state.field("from", view.say("people-from")).length(11)))
        },
        Form::End => html! {
            p class="mb-3" { (view.words.with("people-end-what", &[("name", ground.person.as_ref().map_or(String::new(), |person| person.name.clone()).into())])) }
            (date(&view.words, &state.field("to", view.say("people-end-day")).hint(view.say("people-end-day-hint")).length(11)))
        },
    }
}

fn new_fields(view: &View, ground: &Ground, state: &FormState) -> Markup {
    let words = &view.words;
    html! {
        div class="grid-2" {
            (text(words, &state.field("name", view.say("people-name")).autofocus().length(20)))
            (phone(words, &state.field("phone", view.say("people-phone")).optional().length(20)))
            (text(words, &state.field("login", view.say("people-login-name")).optional().hint(view.say("people-login-hint")).length(20)))
            (post_fields(view, ground, state))
        }
    }
}

fn post_fields(view: &View, ground: &Ground, state: &FormState) -> Markup {
    let words = &view.words;
    let departments: Vec<(String, String)> =
        ground.departments.iter().map(|(code, name)| (code.clone(), labels::department(view, code, name))).collect();
    html! {
        (select(words, &state.field("department", view.say("people-department")), &departments))
        (combobox(words, &state.field("post", view.say("people-post")).hint(view.say("people-post-hint")), &ground.posts))
        (date(words, &state.field("from", view.say("people-from")).length(11)))
    }
}

fn role_fields(view: &View, ground: &Ground, state: &FormState) -> Markup {
    let choice =
        |role: &Role| Choice::new(role.as_str(), labels::role(view, *role)).detail(labels::role_does(view, *role));
    let roles: Vec<Choice> = ground.roles.iter().map(choice).collect();
    let mut wheres = vec![("site".to_string(), ground.site.name.clone())];
    if ground.company {
        wheres.push(("company".to_string(), view.say("people-whole-company")));
    }
    let mut departments = vec![(String::new(), view.say("people-all-departments"))];
    departments
        .extend(ground.departments.iter().map(|(code, name)| (code.clone(), labels::department(view, code, name))));
    html! {
        (radio_cards(&view.words, &state.field("role", view.say("people-role")), &roles))
        div class="grid-2 mt-4" {
            (select(&view.words, &state.field("where", view.say("people-where")), &wheres))
            (select(&view.words, &state.field("department", view.say("people-department")), &departments))
            (date(&view.words, &state.field("from", view.say("people-from")).length(11)))
        }
        p class="small muted" { (view.say("people-role-ends-sessions")) }
    }
}

fn certificate_fields(view: &View, state: &FormState) -> Markup {
    let words = &view.words;
    let kinds = Kind::ALL.map(|kind| (kind.as_str().to_string(), labels::certificate(view, kind, None)));
    let mut trades = vec![(String::new(), view.say("people-trade-none"))];
    trades.extend(certificates::TRADES.map(|trade| (trade.to_string(), labels::trade_name(view, trade))));
    html! {
        div class="grid-2" {
            (select(words, &state.field("kind", view.say("people-certificate")), &kinds))
            (select(words, &state.field("trade", view.say("people-trade")).hint(view.say("people-trade-hint")).optional(), &trades))
            (text(words, &state.field("number", view.say("people-certificate-number")).length(20)))
            (date(words, &state.field("issued", view.say("people-issued")).optional().length(11)))
            (date(words, &state.field("valid_until", view.say("people-valid-until")).optional().hint(view.say("people-valid-hint")).length(11)))
            (date(words, &state.field("review_due", view.say("people-review-due")).optional().length(11)))
        }
    }
}

/// Everything any of the forms may carry; each reads its own.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Sent {
    name: String,
    phone: String,
    login: String,
    department: String,
    post: String,
    from: String,
    to: String,
    role: String,
    r#where: String,
    kind: String,
    trade: String,
    number: String,
    issued: String,
    valid_until: String,
    review_due: String,
    place: String,
}

async fn post(ask: Ask, form: Form) -> Answer {
    let ground = ground(&ask, form).await?;
    let sent: Sent = ask.form()?;
    match act(&ask, form, &ground, &sent).await {
        Ok(party) => Ok(done(&format!("/c/{}/staff/{party}", ground.site.code), &ask.words().say(form.done()))),
        Err(error @ (Error::Refused(_) | Error::Invalid(_))) => {
            let state = forms::refused(&ask.view().await?, forms::typed(&ask)?, &error);
            show(&ask, form, &ground, Verdict::of(&error).status, &state).await
        }
        Err(error) => Err(error),
    }
}

async fn act(ask: &Ask, form: Form, ground: &Ground, sent: &Sent) -> Result<PartyId, Error> {
    let Some(person) = &ground.person else { return take_on(ask, ground, sent).await };
    let mut tx = ask.begin().await?;
    let (site, party) = (&ground.site, person.party);
    match form {
        Form::New => {}
        Form::Post => {
            super::add_post(&mut tx, site, party, &sent.department, &sent.post, day("from", &sent.from)?).await?
        }
        Form::Role => give_role(&mut tx, site, party, sent).await?,
        Form::Certificate => {
            certificates::add(&mut tx, site.id, party, &certificate(sent)?).await?;
        }
        Form::Homes => hold(&mut tx, site, party, sent).await?,
        Form::End => {
            super::may_end(&ask.caller, person)?;
            staff::end(&mut tx, site.id, party, day("to", &sent.to)?).await?;
        }
    }
    tx.commit().await?;
    Ok(party)
}

async fn take_on(ask: &Ask, ground: &Ground, sent: &Sent) -> Result<PartyId, Error> {
    let phone = match sent.phone.trim() {
        "" => None,
        typed => match typed.parse::<Phone>() {
            Ok(phone) => Some(phone),
            Err(_) => return Err(with_the_rest(sent)),
        },
    };
    let login = Some(sent.login.trim()).filter(|login| !login.is_empty());
    let from = day("from", &sent.from)?;
    let new = NewPerson { name: &sent.name, phone, login, department: &sent.department, post: &sent.post, from };
    let (party, _) = web::once!(ask, tx => super::take_on(&mut tx, &ground.site, &new).await?);
    Ok(party)
}

/// An unreadable phone, and what else is wrong, so that a person sees all of it at once.
fn with_the_rest(sent: &Sent) -> Error {
    let empty = [("name", &sent.name, "staff_name_missing"), ("post", &sent.post, "post_missing")];
    let mut all = vec![FieldError::new("phone", "phone_unreadable")];
    all.extend(
        empty.iter().filter(|(_, text, _)| text.trim().is_empty()).map(|(field, _, code)| FieldError::new(field, code)),
    );
    Error::Invalid(all)
}

async fn give_role(tx: &mut kernel::Tx, site: &Site, party: PartyId, sent: &Sent) -> Result<(), Error> {
    let role: Role = sent.role.parse().map_err(|()| wrong("role", "role_missing"))?;
    let department = Some(sent.department.as_str()).filter(|code| !code.is_empty());
    let from = day("from", &sent.from)?;
    roles::give(tx, site, &NewRole { party, role, company: sent.r#where == "company", department, from }).await
}

async fn hold(tx: &mut kernel::Tx, site: &Site, party: PartyId, sent: &Sent) -> Result<(), Error> {
    let from = day("from", &sent.from)?;
    let found = places::resolve(tx, site.id, &sent.place).await?;
    match found.as_slice() {
        [place] => staff::hold(tx, site.id, party, place.id, from).await,
        [] => Err(wrong("place", "place_unknown")),
        _ => Err(wrong("place", "place_ambiguous")),
    }
}

fn certificate(sent: &Sent) -> Result<certificates::NewCertificate, Error> {
    let kind: Kind = sent.kind.parse().map_err(|()| wrong("kind", "certificate_kind"))?;
    let optional = |name: &str, text: &str| if text.is_empty() { Ok(None) } else { day(name, text).map(Some) };
    let issued = optional("issued", &sent.issued)?;
    let (valid, review) = issued.map_or((None, None), |issued| certificates::usual_dates(kind, issued));
    Ok(certificates::NewCertificate {
        kind,
        trade: Some(sent.trade.clone()).filter(|trade| !trade.is_empty()),
        number: sent.number.clone(),
        issued,
        valid_until: optional("valid_until", &sent.valid_until)?.or(valid),
        review_due: optional("review_due", &sent.review_due)?.or(review),
    })
}

pub(super) fn day(field: &str, text: &str) -> Result<Day, Error> {
    text.trim().parse().map_err(|_| wrong(field, "date_unreadable"))
}

fn wrong(field: &str, code: &'static str) -> Error {
    Error::Invalid(vec![FieldError::new(field, code)])
}
