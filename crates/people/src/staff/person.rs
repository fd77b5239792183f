use axum::http::StatusCode;
use kernel::{Right, Role, certificates::Certificate, staff};
use maud::{Markup, html};
use values::{Day, Id};
use web::{
    Answer, Ask, Page, Route, View, html as page_of,
    parts::{
        BadgeState, Button, Cell, Column, Row, Table, act_form, aside_section, badge, csrf, facts, link_button,
        section, split, table,
    },
    shell,
};

use super::{
    labels, list,
    model::{Held, Person},
    store,
};
use crate::forms::once_key;

pub(super) fn routes() -> Vec<Route> {
    vec![Route::get("/c/{site}/staff/{person}", page).right(Right::StaffRead)]
}

/// What the page is made of.
struct Sheet {
    base: String,
    person: Person,
    held: Vec<Held>,
    today: Day,
    manage: bool,
    /// The reader may give a role here.
    grant: bool,
    /// What the reader may take back.
    endable: Vec<Id<staff::Grant>>,
    /// The account is above what this reader may touch.
    high: bool,
}

async fn page(ask: Ask) -> Answer {
    let site = ask.site()?.clone();
    let today = site.today(ask.house().now());
    let mut read = ask.read().await?;
    let person = store::person(&mut read, site.id, ask.param("person")?).await?;
    let held = store::held(&mut read, site.id, person.party, today).await?;
    let high = super::may_manage(&mut read, person.party).await.is_err();
    drop(read);
    let may = |role, company| super::may_grant(&ask.caller, &site, person.party, role, company).is_ok();
    let endable = person.grants.iter().filter(|grant| may(grant.role, grant.site.is_none())).map(|grant| grant.id);
    let view = ask.view().await?;
    let sheet = Sheet {
        base: format!("/c/{}/staff/{}", site.code, person.party),
        held,
        today,
        manage: ask.may(Right::StaffManage),
        grant: Role::ALL.into_iter().any(|role| may(role, false)),
        endable: endable.collect(),
        high,
        person,
    };
    let list = format!("/c/{}/staff", site.code);
    let page = Page::new(sheet.person.name.clone()).crumb(view.say("people-staff"), list).badge(list::state(
        &view,
        &sheet.person,
        today,
    ));
    let page = if sheet.manage && sheet.person.is_on(today) {
        page.acts(html! { (link_button(&Button::danger(&view.say("people-end")), &format!("{}/end", sheet.base))) })
    } else {
        page
    };
    let content =
        html! { (posts(&view, &sheet)) (roles(&view, &sheet)) (certificates(&view, &sheet)) (homes(&view, &sheet)) };
    let beside = html! { (about(&view, &sheet)) (account(&view, &sheet)) };
    Ok(page_of(StatusCode::OK, shell::page(&view, &page, split(content, beside))))
}

fn add(view: &View, sheet: &Sheet, allowed: bool, word: &str, path: &str) -> Markup {
    html! { @if allowed { span class="push" { (link_button(&Button::small(&view.say(word)).icon("plus"), &format!("{}/{path}", sheet.base))) } } }
}

/// The first head is the title's; the others have widths in pixels.
fn list_of(view: &View, caption: &str, title: &str, heads: &[(&str, u16)], rows: Vec<Vec<Cell>>) -> Markup {
    let mut columns = vec![Column::new(view.say(title)).wide()];
    columns.extend(heads.iter().map(|(key, width)| Column::new(view.say(key)).width(*width)));
    let rows = rows.into_iter().map(|cells| Row { cells, pick: None }).collect();
    table(&view.words, &Table { caption: view.say(caption), columns, rows, plain: true, ..Table::default() })
}

fn span(view: &View, from: Day, to: Option<Day>) -> Markup {
    let last = to.map(|to| view.formats.date(to.plus_days(-1)));
    html! { span class="num" { (view.formats.date(from)) "–" (last.unwrap_or_else(|| view.say("people-on"))) } }
}

fn posts(view: &View, sheet: &Sheet) -> Markup {
    let rows = sheet.person.posts.iter().map(|post| {
        let end = format!("{}/post/{}/end", sheet.base, post.id);
        vec![
            html! { (post.post) },
            html! { span class="clip" { (labels::department(view, &post.department, &post.department_name)) } },
            span(view, post.from, post.to),
            html! { @if sheet.manage && post.is_open(sheet.today) { (act_form(view, &end, &once_key(), &Button::small(&view.say("people-post-end")))) } },
        ]
    });
    let table = list_of(
        view,
        "people-posts",
        "people-post",
        &[("people-department", 130), ("people-when", 168), ("people-act", 112)],
        rows.collect(),
    );
    section(&view.say("people-posts"), add(view, sheet, sheet.manage, "people-post-add", "post"), table)
}

fn roles(view: &View, sheet: &Sheet) -> Markup {
    let rows: Vec<Vec<Cell>> = sheet.person.grants.iter().map(|grant| {
        let end = format!("{}/role/{}/end", sheet.base, grant.id);
        let place = if grant.site.is_none() { "people-whole-company" } else { "people-this-site" };
        vec![
            html! { b { (labels::role(view, grant.role)) } span class="small muted block" { (labels::role_does(view, grant.role)) } },
            html! { span class="clip" { (view.say(place)) @if let Some(code) = &grant.department { " " (labels::department(view, code, code)) } } },
            span(view, grant.from, grant.to),
            html! { @if sheet.endable.contains(&grant.id) && grant.is_open(sheet.today) { (act_form(view, &end, &once_key(), &Button::small(&view.say("people-role-end")))) } },
        ]
    }).collect();
    let content = html! {
        @if rows.is_empty() { p class="muted" { (view.say("people-roles-none")) } }
        @else { (list_of(view, "people-roles", "people-role", &[("people-where", 130), ("people-when", 168), ("people-act", 112)], rows)) }
    };
    section(&view.say("people-roles"), add(view, sheet, sheet.grant, "people-role-add", "role"), content)
}

fn certificates(view: &View, sheet: &Sheet) -> Markup {
    let rows: Vec<Vec<Cell>> =
        sheet.person.certificates.iter().map(|held| certificate_cells(view, sheet, held)).collect();
    let heads = [
        ("people-certificate-number", 168),
        ("people-valid-until", 112),
        ("people-review-due", 112),
        ("people-state", 130),
        ("people-act", 190),
    ];
    let content = html! {
        @if rows.is_empty() { p class="muted" { (view.say("people-certificates-none")) } } @else { (list_of(view, "people-certificates", "people-certificate", &heads, rows)) }
    };
    section(
        &view.say("people-certificates"),
        add(view, sheet, sheet.manage, "people-certificate-add", "certificate"),
        content,
    )
}

fn certificate_cells(view: &View, sheet: &Sheet, held: &Certificate) -> Vec<Cell> {
    let day = |day: Option<Day>| html! { span class="num" { (day.map_or_else(|| view.say("people-no-end"), |day| view.formats.date(day))) } };
    let standing = match held.reminder(sheet.today) {
        Some((left, _)) => list::due(view, left),
        None => badge(BadgeState::Done, &view.say("people-certificate-good")),
    };
    let path = |act: &str| format!("{}/certificate/{}/{act}", sheet.base, held.id);
    let can_review = held.review_due.is_some_and(|due| due >= sheet.today && Some(due) != held.valid_until);
    let acts = html! {
        @if sheet.manage {
            span class="row" {
                @if can_review {
                    form class="row" method="post" action=(path("review")) {
                        (csrf(view)) input type="hidden" name="on" value=(sheet.today);
                        button class="btn btn-sm" type="submit" { (view.say("people-review-done")) }
                    }
                }
                (act_form(view, &path("remove"), &once_key(), &Button::small(&view.say("people-certificate-remove"))))
            }
        }
    };
    vec![
        html! { (labels::certificate(view, held.kind, held.trade.as_deref())) },
        html! { span class="num" { (held.number) } },
        day(held.valid_until),
        day(held.review_due),
        standing,
        acts,
    ]
}

fn homes(view: &View, sheet: &Sheet) -> Markup {
    let steward = sheet.person.roles(sheet.today).contains(&kernel::Role::Steward);
    if sheet.held.is_empty() && !steward {
        return html! {};
    }
    let rows: Vec<Vec<Cell>> = sheet.held.iter().map(|held| {
        let end = format!("{}/homes/{}/end", sheet.base, held.place);
        vec![
            html! { (held.name) },
            span(view, held.from, None),
            html! { @if sheet.manage { (act_form(view, &end, &once_key(), &Button::small(&view.say("people-homes-release")))) } },
        ]
    }).collect();
    let content = html! {
        @if rows.is_empty() { p class="muted" { (view.say("people-homes-none")) } } @else { (list_of(view, "people-homes", "people-homes-place", &[("people-when", 168), ("people-act", 112)], rows)) }
    };
    section(&view.say("people-homes"), add(view, sheet, sheet.manage, "people-homes-add", "homes"), content)
}

fn about(view: &View, sheet: &Sheet) -> Markup {
    let phones = sheet
        .person
        .phones
        .iter()
        .map(|phone| html! { a class="num block" href={ "tel:" (phone.dial()) } { (phone.spaced()) } });
    let pairs = [(view.say("people-phone"), html! { @for phone in phones { (phone) } })];
    aside_section(&view.say("people-about"), None, facts(&pairs))
}

fn account(view: &View, sheet: &Sheet) -> Markup {
    let act = |word: &str, path: &str| {
        act_form(view, &format!("{}/account/{path}", sheet.base), &once_key(), &Button::small(&view.say(word)))
    };
    let content = match &sheet.person.account {
        None => {
            html! { p class="muted mb-3" { (view.say("people-account-none")) } @if sheet.manage { (act("people-account-open", "open")) } }
        }
        Some(account) => {
            let yes = |yes: bool| view.say(if yes { "people-yes" } else { "people-no" });
            let pairs = [
                (
                    view.say("people-login-name"),
                    html! { span class="num" { (account.login.clone().unwrap_or_else(|| view.say("people-login-none"))) } },
                ),
                (view.say("people-password-set"), html! { (yes(account.has_password)) }),
                (view.say("people-me-factor"), html! { (yes(account.second_factor)) }),
                (
                    view.say("people-state"),
                    html! { @if account.disabled { (badge(BadgeState::Miss, &view.say("people-state-disabled"))) } @else { (badge(BadgeState::Run, &view.say("people-account-on"))) } },
                ),
            ];
            html! {
                (facts(&pairs))
                @if sheet.manage && !sheet.high {
                    div class="stack mt-3" {
                        (act("people-account-link", "link"))
                        @if account.second_factor { (act("people-factor-reset-act", "reset-factor")) }
                        @if account.disabled { (act("people-account-enable", "enable")) } @else { (act("people-account-disable", "disable")) }
                    }
                } @else if sheet.manage { p class="small muted mt-3" { (view.say("people-account-high")) } }
            }
        }
    };
    aside_section(&view.say("people-account"), None, content)
}
