//! 房屋: every home, shop and parking space as a list, its state in the address, as a file, and as labels.

use kernel::{
    Error, PlaceId, Read, Right, Site,
    places::{self, PlaceKind, UnitFilter, UnitLine, UnitState},
};
use maud::html;
use serde::Deserialize;
use values::Day;
use web::{
    Answer, Ask, Page, Route, View,
    parts::{
        Button, Chip, Column, Filters, Foot, Row, Table, bulk_bar, filters, foot, link_button, nothing_matches, padded,
        plate_link, table,
    },
};

use super::{answer, kept};
use crate::{
    export::{self, List},
    paths, words,
};

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/c/{site}/homes", page).right(Right::EstateRead),
        Route::get("/c/{site}/homes/export", file).right(Right::Export),
    ]
}

/// Rows of a page.
const PAGE: usize = 50;
/// Larger lists are asked for by building.
pub const MOST_ROWS: usize = 100_000;

#[derive(Deserialize, Default, Clone)]
struct Query {
    #[serde(default)]
    building: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    format: String,
}

impl Query {
    fn conditions(&self) -> [(&'static str, &str); 4] {
        [("building", &self.building), ("kind", &self.kind), ("state", &self.state), ("q", &self.q)]
    }
    /// The same list with one condition changed.
    fn but(&self, site: &Site, name: &str, value: &str) -> String {
        let all: Vec<(&str, &str)> =
            self.conditions().into_iter().map(|(key, now)| (key, if key == name { value } else { now })).collect();
        paths::with(&paths::homes(&site.code), &all)
    }
}

/// The whole result of a query: the page cuts a piece out of it, a file holds all of it.
async fn lines(read: &mut Read, site: &Site, query: &Query, today: Day) -> Result<Vec<UnitLine>, Error> {
    let building = match query.building.as_str() {
        "" => None,
        code => Some(places::by_code(read, site.id, code).await?.id),
    };
    let filter = UnitFilter { building, kind: query.kind.parse().ok(), after: None, limit: None };
    let all = places::unit_lines(read, site.id, today, &filter).await?;
    let wanted = places::key(&query.q);
    let state: Option<UnitState> = query.state.parse().ok();
    let fits = |line: &UnitLine| {
        let state = match query.state.as_str() {
            "undelivered" => !line.is_delivered(today),
            _ => state.is_none_or(|state| line.state == state),
        };
        state && (wanted.is_empty() || matches(&line.code, &wanted))
    };
    Ok(all.into_iter().filter(fits).collect())
}

/// A code is asked for from its beginning, or by its room.
fn matches(code: &str, wanted: &str) -> bool {
    let key = places::key(code);
    key.starts_with(wanted)
        || places::shorter(&key).iter().any(|short| short.starts_with(wanted))
        || places::Typed::read(wanted).is_some_and(|typed| places::shorter(&key).contains(&typed.key))
}

async fn page(ask: Ask) -> Answer {
    let (site, query) = (ask.site()?.clone(), ask.query::<Query>()?);
    let view = ask.view().await?;
    let mut read = ask.read().await?;
    let today = site.today(read.now());
    let buildings = places::buildings(&mut read, site.id, today).await?;
    let all = lines(&mut read, &site, &query, today).await?;
    let start = query.after.parse::<usize>().unwrap_or(0).min(all.len());
    let shown = &all[start..all.len().min(start + PAGE)];
    let codes: Vec<String> = buildings.into_iter().map(|line| line.code).collect();
    let body = html! {
        (filters(&view, &conditions(&view, &site, &query, &codes)))
        @if all.is_empty() { (padded(nothing_matches(&view, &paths::homes(&site.code)))) } @else {
            (table(&view.words, &list(&view, &site, shown, today)))
            (bulk_bar(&view, "chosen", &ask.fresh_key(), html! {
                button class="btn btn-sm" formaction=(paths::labels(&site.code)) { (view.say("estate-labels-print")) }
            }))
            (foot(&view, &footing(&view, &site, &query, &all, start)))
        }
    };
    let page = Page::new(view.say("estate-homes-title")).acts(acts(&ask, &view, &site, &query, all.len()));
    answer(200, &view, &page, body)
}

fn acts(ask: &Ask, view: &View, site: &Site, query: &Query, rows: usize) -> maud::Markup {
    let mut all = query.conditions().to_vec();
    all.push(("format", "xlsx"));
    let label = view
        .words
        .with("estate-export-n", &[("n", view.formats.number(i64::try_from(rows).unwrap_or(i64::MAX)).into())]);
    html! {
        span class="seg" {
            a href=(paths::matrix(&site.code, &query.building, "")) { (view.say("estate-nav-matrix")) }
            a href=(paths::homes(&site.code)) aria-current="true" { (view.say("estate-list")) }
        }
        @if ask.may(Right::Export) { (link_button(&Button::new(&label).icon("export"), &paths::with(&format!("{}/export", paths::homes(&site.code)), &all))) }
        @if ask.may(Right::EstateEdit) { (link_button(&Button::main(&view.say("estate-home-new")).icon("plus"), &paths::new_place(&site.code, None, Some(PlaceKind::Unit)))) }
    }
}

fn conditions(view: &View, site: &Site, query: &Query, buildings: &[String]) -> Filters {
    let words = &view.words;
    let chip = |name: &str, label: &str, now: &str, said: String, values: Vec<(String, String)>| match now {
        "" => Chip::Off { label: view.say(label), values },
        _ => Chip::On {
            label: view.words.with("estate-condition", &[("what", view.say(label).into()), ("is", said.into())]),
            remove: query.but(site, name, ""),
        },
    };
    let states: Vec<(String, String)> = UnitState::ALL
        .iter()
        .map(|state| (words::state(words, *state), query.but(site, "state", state.as_str())))
        .chain([(view.say("estate-undelivered"), query.but(site, "state", "undelivered"))])
        .collect();
    let state_said =
        query.state.parse().map_or_else(|()| view.say("estate-undelivered"), |state| words::state(words, state));
    let kinds = [PlaceKind::Unit, PlaceKind::Shop, PlaceKind::Parking, PlaceKind::Storage];
    let kind_values =
        kinds.iter().map(|kind| (words::kind(words, *kind), query.but(site, "kind", kind.as_str()))).collect();
    let kind_said = query.kind.parse().map(|kind| words::kind(words, kind)).unwrap_or_default();
    let building_values =
        buildings.iter().map(|code| (words::building(view, site, code), query.but(site, "building", code))).collect();
    Filters {
        action: paths::homes(&site.code),
        query: query.q.clone(),
        placeholder: view.say("estate-homes-search"),
        keep: kept(&query.conditions()),
        chips: vec![
            chip(
                "building",
                "estate-col-building",
                &query.building,
                words::building(view, site, &query.building),
                building_values,
            ),
            chip("kind", "estate-col-kind", &query.kind, kind_said, kind_values),
            chip("state", "estate-col-state", &query.state, state_said, states),
        ],
        reset: query.conditions().iter().any(|(_, value)| !value.is_empty()).then(|| paths::homes(&site.code)),
        order: None,
    }
}

fn list(view: &View, site: &Site, lines: &[UnitLine], today: Day) -> Table {
    let column = |key: &str| Column::new(view.say(key));
    let row = |line: &UnitLine| {
        let cells = vec![
            plate_link(&line.code, &paths::home(&site.code, &line.code)),
            html! { span class="num" { (words::kind(&view.words, line.kind)) } },
            html! { span class="num" { (words::state(&view.words, line.state)) } @if !line.is_delivered(today) { span class="muted" { (view.say("estate-comma")) (view.say("estate-undelivered")) } } },
            html! { @if let Some(area) = line.area { (view.formats.area(area)) } },
            html! { @if let Some(day) = line.delivered { (view.formats.date(day)) } },
            html! { @if line.open_orders > 0 { (view.formats.number(line.open_orders)) } },
        ];
        Row { cells, pick: Some((line.id.to_string(), line.code.clone())) }
    };
    Table {
        caption: view.say("estate-homes-title"),
        columns: vec![
            column("estate-col-home").wide(),
            column("estate-col-kind").width(112),
            column("estate-col-state").width(190),
            column("estate-col-area").width(130).numeric(),
            column("estate-col-delivered").width(112).numeric(),
            column("estate-col-open").width(112).numeric(),
        ],
        rows: lines.iter().map(row).collect(),
        bulk: Some("chosen"),
        ..Table::default()
    }
}

fn footing(view: &View, site: &Site, query: &Query, all: &[UnitLine], start: usize) -> Foot {
    let area =
        values::Area::from_hundredths(all.iter().filter_map(|line| line.area).map(values::Area::hundredths).sum());
    let end = all.len().min(start + PAGE);
    let at = |after: usize| {
        let (after, mut conditions) = (after.to_string(), query.conditions().to_vec());
        conditions.push(("after", if after == "0" { "" } else { &after }));
        paths::with(&paths::homes(&site.code), &conditions)
    };
    let number = |n: usize| view.formats.number(i64::try_from(n).unwrap_or(i64::MAX));
    Foot {
        totals: Some(
            html! { (view.words.with("estate-homes-total", &[("n", number(all.len()).into()), ("area", view.formats.area(area).into())])) },
        ),
        range: format!("{}\u{2013}{}", number(start + 1), number(end)),
        previous: (start > 0).then(|| at(start.saturating_sub(PAGE))),
        next: (end < all.len()).then(|| at(end)),
    }
}

async fn file(ask: Ask) -> Answer {
    let (site, query) = (ask.site()?.clone(), ask.query::<Query>()?);
    let words = ask.words();
    let mut read = ask.read().await?;
    let today = site.today(read.now());
    let all = lines(&mut read, &site, &query, today).await?;
    drop(read);
    let mut list = List::new(words.say("estate-homes-title"))
        .text(words.say("estate-col-home"), 14)
        .text(words.say("estate-col-kind"), 10)
        .text(words.say("estate-col-state"), 10)
        .hundredths(words.say("estate-col-area"), 12)
        .date(words.say("estate-col-delivered"), 12)
        .number(words.say("estate-col-open"), 10);
    for line in &all {
        list.row(vec![
            export::text(&line.code),
            export::text(words::kind(&words, line.kind)),
            export::text(words::state(&words, line.state)),
            export::area(line.area),
            export::day(line.delivered),
            export::number(line.open_orders),
        ]);
    }
    export::answer(&ask, &site, list, &query.format).await
}

/// For the selection of labels.
pub(super) async fn units_of(
    read: &mut Read,
    site: &Site,
    building: Option<PlaceId>,
    kind: Option<PlaceKind>,
    today: Day,
) -> Result<Vec<UnitLine>, Error> {
    places::unit_lines(
        read,
        site.id,
        today,
        &UnitFilter { building, kind, after: None, limit: Some(i64::try_from(MOST_ROWS).unwrap_or(i64::MAX)) },
    )
    .await
}
