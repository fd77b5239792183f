use axum::{
    http::{StatusCode, header},
    response::IntoResponse,
};
use kernel::{
    Error, FieldError, Right,
    parties::{self, HomeRole, Member},
    places::{self, Place},
};
use maud::{Markup, html};
use serde::Deserialize;
use values::Id;
use web::{
    Answer, Ask, Page, Route, Verdict, View, done, html as page_of,
    parts::{
        BadgeState, Button, Cell, Column, FormState, NoteKind, Row, Table, ViewTab, badge, button, csrf, error_summary,
        facts, link_button, note, nothing_yet, once, padded, plate, section, select, table, text, text_area, views,
    },
    shell,
};

use super::slip::{self, Slip};
use crate::{
    forms,
    residents::binding::{self, Binding, NewSlip},
};

pub fn routes() -> Vec<Route> {
    let desk = |route: Route| route.right(Right::BindingApprove);
    vec![
        desk(Route::get("/c/{site}/bindings", list)),
        desk(Route::get("/c/{site}/bindings/slips", slip_page)),
        desk(Route::post("/c/{site}/bindings/slips", make_slip)).audit("binding.slip_made").no_store(),
        desk(Route::post("/c/{site}/bindings/links", send_link)).audit("binding.link_sent"),
        desk(Route::get("/c/{site}/bindings/{id}", page)),
        desk(Route::post("/c/{site}/bindings/{id}", settle)).audit("binding.approved"),
    ]
}

fn role(view: &View, role: HomeRole) -> String {
    view.say(&format!("people-home-{}", role.as_str().replace('_', "-")))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Query {
    state: String,
    home: String,
}

async fn list(ask: Ask) -> Answer {
    let query: Query = ask.query()?;
    let site = ask.site()?.clone();
    let settled = query.state == "settled";
    let mut read = ask.read().await?;
    let found = binding::at_site(&mut read, site.id, !settled).await?;
    drop(read);
    let view = ask.view().await?;
    let base = format!("/c/{}/bindings", site.code);
    let tab =
        |key: &str, href: String, current| ViewTab { label: view.say(key), href, count: None, late: false, current };
    let tabs = [
        tab("people-bindings-waiting", base.clone(), !settled),
        tab("people-bindings-settled", format!("{base}?state=settled"), settled),
    ];
    let acts =
        html! { (link_button(&Button::main(&view.say("people-slip-print")).icon("print"), &format!("{base}/slips"))) };
    let body = html! {
        (views(&view, &tabs, None))
        @if found.is_empty() { (nothing_yet(&view.say("people-bindings-none"), &view.say("people-bindings-none-why"), None)) }
        @else { (rows(&view, &base, &found)) }
    };
    Ok(page_of(StatusCode::OK, shell::page(&view, &Page::new(view.say("people-bindings")).acts(acts), body)))
}

fn rows(view: &View, base: &str, found: &[Binding]) -> Markup {
    let others = ["people-name", "people-phone", "people-bind-role", "people-bind-when", "people-state"];
    let mut columns = vec![Column::new(view.say("people-bind-home")).wide()];
    columns.extend(others.map(|key| Column::new(view.say(key)).width(130)));
    let rows = found.iter().map(|one| Row { cells: cells(view, base, one), pick: None }).collect();
    table(&view.words, &Table { caption: view.say("people-bindings"), columns, rows, ..Table::default() })
}

fn cells(view: &View, base: &str, one: &Binding) -> Vec<Cell> {
    vec![
        html! { a href={ (base) "/" (one.id) } { (plate(&one.home)) } },
        html! { span class="clip" { (one.name.clone().unwrap_or_default()) } },
        html! { span class="num" { (one.phone.as_ref().map(values::Phone::masked).unwrap_or_default()) } },
        html! { span class="clip" { (role(view, one.role)) } },
        html! { span class="num" { (view.formats.date_time(one.made)) } },
        state(view, one),
    ]
}

fn state(view: &View, one: &Binding) -> Markup {
    match one.state.as_str() {
        "approved" => badge(BadgeState::Done, &view.say("people-bind-approved")),
        "refused" => badge(BadgeState::Miss, &view.say("people-bind-refused")),
        _ => badge(BadgeState::Todo, &view.say("people-bind-waiting")),
    }
}

/// A request with those who are registered in the home, to compare.
struct Case {
    request: Binding,
    there: Vec<Member>,
}

async fn case(ask: &Ask) -> Result<Case, Error> {
    let site = ask.site()?;
    let mut read = ask.read().await?;
    let request = binding::by_id(&mut read, ask.param::<Id<Binding>>("id")?).await?;
    if request.site != site.id || request.kind != "request" {
        return Err(Error::Missing);
    }
    let today = site.today(ask.house().now());
    let there = parties::household(&mut read, request.place)
        .await?
        .into_iter()
        .filter(|member| member.occupancy.is_on(today))
        .collect();
    Ok(Case { request, there })
}

async fn page(ask: Ask) -> Answer {
    let case = case(&ask).await?;
    show(&ask, &case, StatusCode::OK, &FormState::default().value("role", case.request.role.as_str())).await
}

async fn show(ask: &Ask, case: &Case, status: StatusCode, state_of_form: &FormState) -> Answer {
    let view = ask.view().await?;
    let base = format!("/c/{}/bindings", ask.site()?.code);
    let one = &case.request;
    let pairs = [
        (view.say("people-name"), html! { (one.name.clone().unwrap_or_default()) }),
        (
            view.say("people-phone"),
            html! { span class="num" { (one.phone.as_ref().map(values::Phone::spaced).unwrap_or_default()) } },
        ),
        (view.say("people-bind-role"), html! { (role(&view, one.role)) }),
        (view.say("people-bind-when"), html! { span class="num" { (view.formats.date_time(one.made)) } }),
    ];
    let body = padded(html! {
        div class="max-860" {
            (section(&view.say("people-bind-claimed"), html! {}, facts(&pairs)))
            (section(&view.say("people-bind-registered"), html! {}, registered(&view, case)))
            @if one.state == "waiting" { (section(&view.say("people-bind-settle"), html! {}, settle_form(&view, &base, one, state_of_form))) }
        }
    });
    let page = Page::new(view.say("people-bind-request-title"))
        .crumb(view.say("people-bindings"), &base)
        .plate(web::parts::plate_solid(&one.home))
        .badge(state(&view, one));
    Ok(page_of(status, shell::page(&view, &page, body)))
}

/// The same name or phone stands out: that is what the desk looks for.
fn registered(view: &View, case: &Case) -> Markup {
    let same_phone = |member: &Member| case.request.phone.as_ref().is_some_and(|phone| member.phones.contains(phone));
    let same_name = |member: &Member| case.request.name.as_deref() == Some(member.name.as_str());
    html! {
        @if case.there.is_empty() { p class="muted" { (view.say("people-bind-empty")) } }
        ul class="stack" {
            @for member in &case.there {
                li class="row" {
                    b { (member.name) } span class="small muted" { (role(view, member.occupancy.role)) }
                    span class="num small" { (member.phones.first().map(values::Phone::masked).unwrap_or_default()) }
                    @if same_name(member) { (badge(BadgeState::Done, &view.say("people-bind-same-name"))) }
                    @if same_phone(member) { (badge(BadgeState::Done, &view.say("people-bind-same-phone"))) }
                }
            }
        }
    }
}

fn settle_form(view: &View, base: &str, one: &Binding, state: &FormState) -> Markup {
    let words = &view.words;
    let roles: Vec<(String, String)> = HomeRole::ALL.map(|one| (one.as_str().to_string(), role(view, one))).into();
    html! {
        form method="post" action={ (base) "/" (one.id) } novalidate data-main {
            (error_summary(words, state.problems())) (csrf(view)) (once(&forms::once_key()))
            (select(words, &state.field("role", view.say("people-bind-role")), &roles))
            (text_area(words, &state.field("note", view.say("people-bind-note")).hint(view.say("people-bind-note-hint")).optional().rows(2)))
            div class="form-acts" {
                button class="btn btn-main" type="submit" name="verdict" value="approve" { (view.say("people-bind-approve")) }
                button class="btn btn-danger" type="submit" name="verdict" value="refuse" { (view.say("people-bind-refuse")) }
            }
        }
    }
}

#[derive(Deserialize)]
struct Verdicts {
    role: String,
    #[serde(default)]
    note: String,
    verdict: String,
}

async fn settle(ask: Ask) -> Answer {
    let case = case(&ask).await?;
    let sent: Verdicts = ask.form()?;
    match decide(&ask, &case.request, &sent).await {
        Ok(word) => Ok(done(&format!("/c/{}/bindings", ask.site()?.code), &ask.words().say(word))),
        Err(error @ (Error::Refused(_) | Error::Invalid(_))) => {
            let state = forms::refused(&ask.view().await?, forms::typed(&ask)?, &error);
            show(&ask, &case, Verdict::of(&error).status, &state).await
        }
        Err(error) => Err(error),
    }
}

async fn decide(ask: &Ask, request: &Binding, sent: &Verdicts) -> Result<&'static str, Error> {
    let site = ask.site()?;
    let words = ask.words();
    let home = request.home.as_str();
    let mut tx = ask.begin().await?;
    let word = if sent.verdict == "approve" {
        let role = sent.role.parse().map_err(|()| Error::Invalid(vec![FieldError::new("role", "home_role")]))?;
        let url = format!("{}/r", ask.app.settings().public_url);
        let told = words.with("people-sms-approved", &[("home", home.into()), ("url", url.into())]);
        binding::approve(&mut tx, site.id, request.id, role, &sent.note, &told).await?;
        "people-bind-approved-done"
    } else {
        let told = words.with("people-sms-refused", &[("home", home.into()), ("note", sent.note.trim().into())]);
        binding::refuse(&mut tx, site.id, request.id, &sent.note, &told).await?;
        "people-bind-refused-done"
    };
    tx.commit().await?;
    Ok(word)
}

async fn slip_page(ask: Ask) -> Answer {
    let query: Query = ask.query()?;
    show_slips(&ask, StatusCode::OK, &FormState::default().value("home", &query.home), &query.home).await
}

async fn home_of(ask: &Ask, typed: &str) -> Result<Option<(Place, Vec<Member>)>, Error> {
    let site = ask.site()?;
    let mut read = ask.read().await?;
    let found = places::resolve(&mut read, site.id, typed).await?;
    let [place] = found.as_slice() else { return Ok(None) };
    let today = site.today(ask.house().now());
    let there = parties::household(&mut read, place.id).await?;
    Ok(Some((place.clone(), there.into_iter().filter(|member| member.occupancy.is_on(today)).collect())))
}

async fn show_slips(ask: &Ask, status: StatusCode, state: &FormState, typed: &str) -> Answer {
    let found = if typed.trim().is_empty() { None } else { home_of(ask, typed).await? };
    let view = ask.view().await?;
    let sms = ask.app.settings().sms;
    let base = format!("/c/{}/bindings", ask.site()?.code);
    let unknown = !typed.trim().is_empty() && found.is_none();
    let field = state.field("home", view.say("people-bind-home")).hint(view.say("people-bind-home-hint")).length(20);
    let field = if unknown { field.error(Some(view.say("refusal-binding-home"))) } else { field };
    let body = padded(html! {
        div class="max-860" {
            @if !sms { (note(NoteKind::Warn, html! { (view.say("people-slip-no-sms")) })) }
            p class="mb-3 muted" { (view.say("people-slip-why")) }
            form method="get" action={ (base) "/slips" } class="mb-4" {
                (text(&view.words, &field)) div class="form-acts" { (button(&Button::new(&view.say("people-slip-find")))) }
            }
            (error_summary(&view.words, state.problems()))
            @if let Some((place, there)) = &found { (slip_choices(&view, &base, place, there, sms)) }
        }
    });
    let page = Page::new(view.say("people-slip-print")).crumb(view.say("people-bindings"), &base);
    Ok(page_of(status, shell::page(&view, &page, body)))
}

/// One slip for each who is registered, with a link where there is a mobile; and one for the role of somebody new.
fn slip_choices(view: &View, base: &str, place: &Place, there: &[Member], sms: bool) -> Markup {
    let form = |path: &str, party: &str, role: &str, label: &str| {
        html! {
            form class="row" method="post" action={ (base) (path) } {
                (csrf(view)) (once(&forms::once_key()))
                input type="hidden" name="place" value=(place.id); input type="hidden" name="party" value=(party); input type="hidden" name="role" value=(role);
                (button(&Button::small(label)))
            }
        }
    };
    let has_mobile = |member: &Member| member.phones.iter().any(values::Phone::is_mobile);
    let newcomers = [HomeRole::Tenant, HomeRole::Family, HomeRole::User];
    section(
        &place.code,
        html! {},
        html! {
            ul class="stack" {
                @for member in there {
                    @let (party, held) = (member.occupancy.party.to_string(), member.occupancy.role.as_str());
                    li class="row" {
                        span class="grow" { b { (member.name) } " " span class="small muted" { (role(view, member.occupancy.role)) } }
                        (form("/slips", &party, held, &view.say("people-slip-for")))
                        @if sms && has_mobile(member) { (form("/links", &party, held, &view.say("people-link-for"))) }
                    }
                }
                @for newcomer in newcomers {
                    li class="row" {
                        span class="grow" { (view.words.with("people-slip-newcomer", &[("role", role(view, newcomer).into())])) }
                        (form("/slips", "", newcomer.as_str(), &view.say("people-slip-for")))
                    }
                }
            }
        },
    )
}

#[derive(Deserialize)]
struct SlipForm {
    place: String,
    #[serde(default)]
    party: String,
    role: String,
}

/// What the form names, looked up at this site.
async fn wanted(ask: &Ask) -> Result<(NewSlip, Place, Option<Member>), Error> {
    let sent: SlipForm = ask.form()?;
    let site = ask.site()?;
    let mut read = ask.read().await?;
    let place = places::by_id(&mut read, sent.place.parse().map_err(|_| Error::Missing)?).await?;
    if place.site != site.id {
        return Err(Error::Missing);
    }
    let role: HomeRole = sent.role.parse().map_err(|()| Error::Missing)?;
    let there = parties::household(&mut read, place.id).await?;
    let member = match sent.party.as_str() {
        "" if role.owns() => return Err(Error::Missing),
        "" => None,
        party => {
            let party = party.parse().map_err(|_| Error::Missing)?;
            let today = site.today(ask.house().now());
            Some(
                there
                    .into_iter()
                    .find(|member| member.occupancy.party == party && member.occupancy.is_on(today))
                    .ok_or(Error::Missing)?,
            )
        }
    };
    let new = NewSlip { place: place.id, party: member.as_ref().map(|member| member.occupancy.party), role };
    Ok((new, place, member))
}

async fn make_slip(ask: Ask) -> Answer {
    let (new, place, member) = wanted(&ask).await?;
    let site = ask.site()?;
    let mut tx = ask.begin().await?;
    let code = binding::new_slip(&mut tx, site.id, &new).await?;
    tx.commit().await?;
    let view = ask.view().await?;
    let now = ask.house().now();
    let slip = Slip {
        site: site.name.clone(),
        home: place.code.clone(),
        name: member.map(|member| member.name),
        role: role(&view, new.role),
        address: forms::path(&format!("{}/r/bind", ask.app.settings().public_url), &[("code", &code)]),
        until: view.formats.long_date(site.today(now.plus_millis(binding::SLIP_LIFE))),
        printed: view.words.with(
            "people-slip-printed",
            &[("at", view.formats.date_time(now).into()), ("by", ask.caller.name.as_str().into())],
        ),
        code,
    };
    let rendered = slip::print(slip::sheet(&view, &slip)).await?;
    let name = format!("attachment; filename=\"slip-{}.pdf\"", place.key);
    Ok(([(header::CONTENT_TYPE, "application/pdf".to_string()), (header::CONTENT_DISPOSITION, name)], rendered.bytes)
        .into_response())
}

async fn send_link(ask: Ask) -> Answer {
    let (new, place, member) = wanted(&ask).await?;
    let site = ask.site()?;
    let phone =
        member.and_then(|member| member.phones.into_iter().find(values::Phone::is_mobile)).ok_or(Error::Missing)?;
    let words = ask.words();
    let base = format!("{}/r/bind", ask.app.settings().public_url);
    let text = |code: &str| {
        let address = forms::path(&base, &[("code", code)]);
        words.with(
            "people-sms-link",
            &[("site", site.name.as_str().into()), ("home", place.code.as_str().into()), ("url", address.into())],
        )
    };
    let mut tx = ask.begin().await?;
    binding::send_link(&mut tx, site.id, &new, &phone, text).await?;
    tx.commit().await?;
    let told = words.with("people-link-sent", &[("phone", phone.masked().into())]);
    Ok(done(&forms::path(&format!("/c/{}/bindings/slips", site.code), &[("home", &place.code)]), &told))
}
