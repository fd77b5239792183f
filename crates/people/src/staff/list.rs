use axum::http::StatusCode;
use kernel::{Error, Right, Role, Site};
use maud::{Markup, html};
use values::Day;
use web::{
    Answer, Ask, Page, Route, View, html as page_of,
    parts::{
        BadgeState, Button, Cell, Chip, Column, Filters, Foot, Row, Table, badge, filters, foot, link_button,
        nothing_matches, nothing_yet, person, table,
    },
    shell,
};

use super::{
    export,
    model::{Filter, Person},
    store,
};

const A_PAGE: usize = 50;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/c/{site}/staff", page).right(Right::StaffRead),
        Route::get("/c/{site}/staff/export", export::answer).right(Right::Export),
    ]
}

/// The people that the address asks for, and how many there are at all.
pub(super) async fn chosen(ask: &Ask) -> Result<(Filter, Vec<Person>, usize), Error> {
    let filter: Filter = ask.query()?;
    let site = ask.site()?;
    let today = site.today(ask.house().now());
    let mut read = ask.read().await?;
    let all = store::people(&mut read, site.id, None).await?;
    let count = all.len();
    let shown = all.into_iter().filter(|person| filter.shows(person, today)).collect();
    Ok((filter, shown, count))
}

async fn page(ask: Ask) -> Answer {
    let (filter, people, all) = chosen(&ask).await?;
    let site = ask.site()?.clone();
    let view = ask.view().await?;
    let mut read = ask.read().await?;
    let departments = store::departments(&mut read, site.id).await?;
    let base = format!("/c/{}/staff", site.code);
    let today = site.today(ask.house().now());
    let body = html! {
        (filters(&view, &conditions(&view, &filter, &base, &departments)))
        @if people.is_empty() { (none(&view, &base, all)) } @else { (rows(&view, &site, &people, &filter, today)) }
    };
    Ok(page_of(StatusCode::OK, shell::page(&view, &head(&ask, &view, &filter, &base, people.len()), body)))
}

fn head(ask: &Ask, view: &View, filter: &Filter, base: &str, count: usize) -> Page {
    let acts = html! {
        @if ask.may(Right::Export) && count > 0 {
            (link_button(&Button::new(&view.words.with("people-export", &[("n", count.into())])).icon("export"), &filter.with(&format!("{base}/export"), "", "")))
        }
        @if ask.may(Right::StaffManage) { (link_button(&Button::new(&view.say("people-import")).icon("table"), &format!("{base}/import"))) }
        @if ask.may(Right::StaffManage) { (link_button(&Button::main(&view.say("people-take-on")).icon("plus").key("c"), &format!("{base}/new"))) }
    };
    Page::new(view.say("people-staff")).acts(acts)
}

fn none(view: &View, base: &str, all: usize) -> Markup {
    if all > 0 {
        return nothing_matches(view, &format!("{base}?state=all"));
    }
    nothing_yet(
        &view.say("people-staff-none"),
        &view.say("people-staff-none-why"),
        Some((view.say("people-take-on"), format!("{base}/new"))),
    )
}

fn conditions(view: &View, filter: &Filter, base: &str, departments: &[(String, String)]) -> Filters {
    let departments: Vec<(String, String)> =
        departments.iter().map(|(code, name)| (code.clone(), super::labels::department(view, code, name))).collect();
    let roles = Role::ALL.map(|role| (role.as_str().to_string(), super::labels::role(view, role)));
    let states = [("ended", "people-state-ended"), ("all", "people-state-all")]
        .map(|(value, key)| (value.to_string(), view.say(key)));
    let due = [("due".to_string(), view.say("people-certificates-due"))];
    let chip = |name: &'static str, value: &str, label: &str, values: &[(String, String)]| match values
        .iter()
        .find(|(known, _)| known == value)
    {
        Some((_, chosen)) => Chip::On {
            label: view
                .words
                .with("people-condition", &[("name", view.say(label).into()), ("value", chosen.as_str().into())]),
            remove: filter.with(base, name, ""),
        },
        None => Chip::Off {
            label: view.say(label),
            values: values.iter().map(|(value, label)| (label.clone(), filter.with(base, name, value))).collect(),
        },
    };
    let keep = [
        ("department", &filter.department),
        ("role", &filter.role),
        ("state", &filter.state),
        ("certificates", &filter.certificates),
    ];
    Filters {
        action: base.to_string(),
        query: filter.q.clone(),
        placeholder: view.say("people-staff-search"),
        keep: keep
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| ((*name).to_string(), (*value).clone()))
            .collect(),
        chips: vec![
            chip("department", &filter.department, "people-department", &departments),
            chip("role", &filter.role, "people-role", &roles),
            chip("state", &filter.state, "people-state", &states),
            chip("certificates", &filter.certificates, "people-certificates", &due),
        ],
        reset: None,
        order: None,
    }
}

fn rows(view: &View, site: &Site, people: &[Person], filter: &Filter, today: Day) -> Markup {
    let from = filter.page * A_PAGE;
    let shown = &people[from.min(people.len())..(from + A_PAGE).min(people.len())];
    let widths = [
        ("people-department", 130),
        ("people-post", 130),
        ("people-roles", 130),
        ("people-certificates", 260),
        ("people-state", 112),
    ];
    let mut columns = vec![Column::new(view.say("people-name")).wide()];
    columns.extend(widths.map(|(key, width)| Column::new(view.say(key)).width(width)));
    let rows = shown.iter().map(|person| Row { cells: cells(view, site, person, today), pick: None }).collect();
    let base = format!("/c/{}/staff", site.code);
    let turn = |page: usize| Filter { page, ..filter.clone() }.with(&base, "page", &page.to_string());
    let around = Foot {
        totals: Some(html! { (view.words.with("people-staff-total", &[("n", people.len().into())])) }),
        range: format!("{}–{}", from + 1, from + shown.len()),
        previous: (filter.page > 0).then(|| turn(filter.page - 1)),
        next: (from + A_PAGE < people.len()).then(|| turn(filter.page + 1)),
    };
    html! {
        (table(&view.words, &Table { caption: view.say("people-staff"), columns, rows, ..Table::default() }))
        (foot(view, &around))
    }
}

fn cells(view: &View, site: &Site, one: &Person, today: Day) -> Vec<Cell> {
    let post = one.post(today);
    let roles: Vec<String> = one.roles(today).into_iter().map(|role| super::labels::role(view, role)).collect();
    vec![
        html! { a.main href={ "/c/" (site.code) "/staff/" (one.party) } { (person(&one.name)) } },
        html! { @if let Some(post) = post { span class="clip" { (super::labels::department(view, &post.department, &post.department_name)) } } },
        html! { @if let Some(post) = post { span class="clip" { (post.post) } } },
        html! { span class="clip" { (roles.join(&view.say("people-list-comma"))) } },
        html! { @if let Some((left, held)) = one.reminder(today) { (due(view, left)) " " span class="small muted clip" { (super::labels::certificate(view, held.kind, held.trade.as_deref())) } } },
        state(view, one, today),
    ]
}

/// CRT-91 as a badge: shape and words.
pub(super) fn due(view: &View, left: i64) -> Markup {
    match left {
        left if left < 0 => {
            badge(BadgeState::Late, &view.words.with("people-certificate-over", &[("n", (-left).into())]))
        }
        0 => badge(BadgeState::Soon, &view.say("people-certificate-today")),
        left => badge(BadgeState::Soon, &view.words.with("people-certificate-left", &[("n", left.into())])),
    }
}

pub(super) fn state(view: &View, person: &Person, today: Day) -> Markup {
    let disabled = person.account.as_ref().is_some_and(|account| account.disabled);
    match (person.is_on(today), disabled) {
        (false, _) => badge(BadgeState::Stop, &view.say("people-state-ended")),
        (true, true) => badge(BadgeState::Miss, &view.say("people-state-disabled")),
        (true, false) => badge(BadgeState::Run, &view.say("people-state-on")),
    }
}
