//! 业主 and 使用人: people by home, conditions in the address, as a file exactly as shown.

use kernel::{
    Error, Read, Right, Site,
    parties::{self, HomeRole, OccupancyId, RosterFilter, RosterLine},
    places,
};
use maud::{Markup, html};
use serde::Deserialize;
use values::Day;
use web::{
    Answer, Ask, Page, Route, View,
    parts::{
        Button, Chip, Column, Filters, Foot, Row, Table, filters, foot, link_button, nothing_matches, nothing_yet,
        padded, plate_link, table, tag,
    },
};

use super::{answer, kept, name_for};
use crate::{
    export::{self, List},
    paths, words,
};

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/c/{site}/owners", |ask| page(ask, OWNERS)).right(Right::PeopleRead),
        Route::get("/c/{site}/users", |ask| page(ask, USERS)).right(Right::PeopleRead),
        Route::get("/c/{site}/owners/export", |ask| file(ask, OWNERS)).right(Right::Export),
        Route::get("/c/{site}/users/export", |ask| file(ask, USERS)).right(Right::Export),
    ]
}

/// Which of the two lists.
#[derive(Clone, Copy)]
struct Which {
    path: &'static str,
    title: &'static str,
    roles: &'static [HomeRole],
}
const OWNERS: Which =
    Which { path: "owners", title: "estate-owners-title", roles: &[HomeRole::Owner, HomeRole::CoOwner] };
const USERS: Which =
    Which { path: "users", title: "estate-users-title", roles: &[HomeRole::Tenant, HomeRole::Family, HomeRole::User] };

const PAGE: i64 = 50;
const MOST_ROWS: i64 = 100_000;
/// Lists stop counting here: "10,000+".
const COUNTED: i64 = 10_001;

#[derive(Deserialize, Default)]
struct Query {
    #[serde(default)]
    building: String,
    #[serde(default)]
    role: String,
    /// `past`: also those who left.
    #[serde(default)]
    when: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    format: String,
}

impl Query {
    fn conditions(&self) -> [(&'static str, &str); 4] {
        [("building", &self.building), ("role", &self.role), ("when", &self.when), ("q", &self.q)]
    }
    fn but(&self, site: &Site, which: Which, name: &str, value: &str) -> String {
        let all: Vec<(&str, &str)> =
            self.conditions().into_iter().map(|(key, now)| (key, if key == name { value } else { now })).collect();
        paths::with(&paths::roster(&site.code, which.path), &all)
    }
    async fn filter(&self, read: &mut Read, site: &Site, which: Which, today: Day) -> Result<RosterFilter, Error> {
        let building = match self.building.as_str() {
            "" => None,
            code => Some(places::by_code(read, site.id, code).await?.id),
        };
        let role: Option<HomeRole> = self.role.parse().ok().filter(|role| which.roles.contains(role));
        Ok(RosterFilter {
            roles: role.map_or_else(|| which.roles.to_vec(), |role| vec![role]),
            building,
            place: None,
            term: Some(self.q.trim().to_string()).filter(|term| !term.is_empty()),
            on: (self.when != "past").then_some(today),
            after: cursor(&self.after),
            limit: None,
        })
    }
}

fn cursor(text: &str) -> Option<(i64, OccupancyId)> {
    let (sort, id) = text.split_once('_')?;
    Some((sort.parse().ok()?, id.parse().ok()?))
}

async fn page(ask: Ask, which: Which) -> Answer {
    let (site, query) = (ask.site()?.clone(), ask.query::<Query>()?);
    let view = ask.view().await?;
    let mut read = ask.read().await?;
    let today = site.today(read.now());
    let buildings: Vec<String> =
        places::buildings(&mut read, site.id, today).await?.into_iter().map(|line| line.code).collect();
    let mut filter = query.filter(&mut read, &site, which, today).await?;
    let total =
        parties::roster_count(&mut read, Some(site.id), &RosterFilter { after: None, ..filter.clone() }, COUNTED)
            .await?;
    filter.limit = Some(PAGE + 1);
    let mut lines = parties::roster(&mut read, Some(site.id), &filter).await?;
    let more = lines.len() > PAGE as usize;
    lines.truncate(PAGE as usize);
    let narrowed = query.conditions().iter().any(|(_, value)| !value.is_empty());
    let list = paths::roster(&site.code, which.path);
    let body = html! {
        (filters(&view, &conditions(&view, &site, which, &query, &buildings)))
        @if lines.is_empty() && narrowed { (padded(nothing_matches(&view, &list))) }
        @else if lines.is_empty() { (padded(nothing_yet(&view.say("estate-roster-none"), &view.say("estate-roster-none-why"), None))) }
        @else {
            (table(&view.words, &shown(&view, &ask, &site, which, &lines)))
            (foot(&view, &footing(&view, &site, which, &query, &lines, total, more)))
        }
    };
    answer(200, &view, &Page::new(view.say(which.title)).acts(acts(&ask, &view, &site, which, &query, total)), body)
}

fn acts(ask: &Ask, view: &View, site: &Site, which: Which, query: &Query, total: i64) -> Markup {
    let mut all = query.conditions().to_vec();
    all.push(("format", "xlsx"));
    let label = view.words.with("estate-export-n", &[("n", view.formats.count(total).into())]);
    let href = paths::with(&format!("{}/export", paths::roster(&site.code, which.path)), &all);
    html! { @if ask.may(Right::Export) && total > 0 { (link_button(&Button::new(&label).icon("export"), &href)) } }
}

fn conditions(view: &View, site: &Site, which: Which, query: &Query, buildings: &[String]) -> Filters {
    let words = &view.words;
    let chip = |name: &str, label: &str, now: &str, said: String, values: Vec<(String, String)>| match now {
        "" => Chip::Off { label: view.say(label), values },
        _ => Chip::On {
            label: view.words.with("estate-condition", &[("what", view.say(label).into()), ("is", said.into())]),
            remove: query.but(site, which, name, ""),
        },
    };
    let roles = which
        .roles
        .iter()
        .map(|role| (words::role(words, *role), query.but(site, which, "role", role.as_str())))
        .collect();
    let role_said = query.role.parse().map(|role| words::role(words, role)).unwrap_or_default();
    let building_values = buildings
        .iter()
        .map(|code| (words::building(view, site, code), query.but(site, which, "building", code)))
        .collect();
    Filters {
        action: paths::roster(&site.code, which.path),
        query: query.q.clone(),
        placeholder: view.say("estate-roster-search"),
        keep: kept(&query.conditions()),
        chips: vec![
            chip(
                "building",
                "estate-col-building",
                &query.building,
                words::building(view, site, &query.building),
                building_values,
            ),
            chip("role", "estate-col-role", &query.role, role_said, roles),
            chip(
                "when",
                "estate-col-when",
                &query.when,
                view.say("estate-when-past"),
                vec![(view.say("estate-when-past"), query.but(site, which, "when", "past"))],
            ),
        ],
        reset: query
            .conditions()
            .iter()
            .any(|(_, value)| !value.is_empty())
            .then(|| paths::roster(&site.code, which.path)),
        order: None,
    }
}

fn shown(view: &View, ask: &Ask, site: &Site, which: Which, lines: &[RosterLine]) -> Table {
    let column = |key: &str| Column::new(view.say(key));
    let row = |line: &RosterLine| {
        let cells = vec![
            html! { a class="main" href=(paths::home(&site.code, &line.code)) { (name_for(ask, &line.name)) } },
            plate_link(&line.code, &paths::home(&site.code, &line.code)),
            tag(&words::role(&view.words, line.role)),
            html! { @if let Some(phone) = &line.phone { span class="num" { (phone.masked()) } } },
            html! { @if let Some(area) = line.area { (view.formats.area(area)) } },
            html! { (view.formats.date(line.from)) },
            html! { @if let Some(to) = line.to { (view.formats.date(to)) } },
        ];
        Row { cells, ..Row::default() }
    };
    Table {
        caption: view.say(which.title),
        columns: vec![
            column("estate-col-person").wide(),
            column("estate-col-home").width(130),
            column("estate-col-role").width(112),
            column("estate-col-phone").width(168),
            column("estate-col-area").width(130).numeric(),
            column("estate-col-from").width(112).numeric(),
            column("estate-col-to").width(112).numeric(),
        ],
        rows: lines.iter().map(row).collect(),
        ..Table::default()
    }
}

fn footing(
    view: &View,
    site: &Site,
    which: Which,
    query: &Query,
    lines: &[RosterLine],
    total: i64,
    more: bool,
) -> Foot {
    let next = lines.last().filter(|_| more).map(|last| {
        let after = format!("{}_{}", last.sort, last.occupancy);
        let mut conditions = query.conditions().to_vec();
        conditions.push(("after", &after));
        paths::with(&paths::roster(&site.code, which.path), &conditions)
    });
    Foot {
        totals: Some(html! { (view.words.with("estate-roster-total", &[("n", view.formats.count(total).into())])) }),
        range: String::new(),
        previous: (!query.after.is_empty())
            .then(|| paths::with(&paths::roster(&site.code, which.path), &query.conditions())),
        next,
    }
}

async fn file(ask: Ask, which: Which) -> Answer {
    let (site, query) = (ask.site()?.clone(), ask.query::<Query>()?);
    let words = ask.words();
    let mut read = ask.read().await?;
    let today = site.today(read.now());
    let mut filter = query.filter(&mut read, &site, which, today).await?;
    (filter.limit, filter.after) = (Some(MOST_ROWS), None);
    let lines = parties::roster(&mut read, Some(site.id), &filter).await?;
    drop(read);
    let mut list = List::new(words.say(which.title))
        .text(words.say("estate-col-person"), 16)
        .text(words.say("estate-col-home"), 14)
        .text(words.say("estate-col-role"), 10)
        .text(words.say("estate-col-phone"), 18)
        .hundredths(words.say("estate-col-area"), 12)
        .date(words.say("estate-col-from"), 12)
        .date(words.say("estate-col-to"), 12);
    for line in &lines {
        list.row(vec![
            export::text(name_for(&ask, &line.name)),
            export::text(&line.code),
            export::text(words::role(&words, line.role)),
            line.phone.as_ref().map_or(sheets::Value::Blank, |phone| export::text(phone.masked())),
            export::area(line.area),
            export::day(Some(line.from)),
            export::day(line.to),
        ]);
    }
    export::answer(&ask, &site, list, &query.format).await
}
