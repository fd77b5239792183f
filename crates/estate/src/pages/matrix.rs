//! 房态图: every home of a building at a glance, one element a home, its state told by colour and by sign.

use std::collections::BTreeMap;

use kernel::{
    PlaceId, Right, Site,
    places::{self, BuildingLine, PlaceKind, UnitLine, UnitState},
};
use maud::{Markup, html};
use serde::Deserialize;
use values::Day;
use web::{
    Answer, Ask, Page, Route, View,
    parts::{Button, Empty, ViewTab, empty, link_button, padded, views},
};

use super::answer;
use crate::{paths, words};

pub fn routes() -> Vec<Route> {
    vec![Route::get("/c/{site}/matrix", page).right(Right::EstateRead)]
}

#[derive(Deserialize, Default)]
struct Query {
    #[serde(default)]
    building: String,
    #[serde(default)]
    show: String,
}

/// What the page may be narrowed to; other homes stay, dimmed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Show {
    State(UnitState),
    Undelivered,
    Orders,
}

impl Show {
    const ALL: [Self; 5] = [
        Self::State(UnitState::OwnerOccupied),
        Self::State(UnitState::Let),
        Self::State(UnitState::Vacant),
        Self::Undelivered,
        Self::Orders,
    ];
    const fn name(self) -> &'static str {
        match self {
            Self::State(state) => state.as_str(),
            Self::Undelivered => "undelivered",
            Self::Orders => "orders",
        }
    }
    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|show| show.name() == name)
    }
    /// The sign of the legend, as the cells wear it.
    const fn sign(self) -> &'static str {
        match self {
            Self::State(state) => sign(state),
            Self::Undelivered => "raw",
            Self::Orders => "",
        }
    }
    fn fits(self, unit: &UnitLine, today: Day) -> bool {
        match self {
            Self::State(state) => unit.state == state && unit.is_delivered(today),
            Self::Undelivered => !unit.is_delivered(today),
            Self::Orders => unit.open_orders > 0,
        }
    }
}

const fn sign(state: UnitState) -> &'static str {
    match state {
        UnitState::OwnerOccupied => "own",
        UnitState::Let => "let",
        UnitState::Vacant => "empty",
    }
}

async fn page(ask: Ask) -> Answer {
    let (site, query) = (ask.site()?.clone(), ask.query::<Query>()?);
    let view = ask.view().await?;
    let mut read = ask.read().await?;
    let today = site.today(read.now());
    let buildings: Vec<BuildingLine> =
        places::buildings(&mut read, site.id, today).await?.into_iter().filter(|line| line.units > 0).collect();
    let chosen = match query.building.as_str() {
        "" => buildings.first(),
        code => buildings.iter().find(|line| places::key(&line.code) == places::key(code)),
    };
    let Some(building) = chosen else {
        if !query.building.is_empty() {
            return Err(kernel::Error::Missing);
        }
        return answer(
            200,
            &view,
            &Page::new(view.say("estate-matrix-title")),
            padded(nothing(&view, &site, ask.may(Right::EstateEdit))),
        );
    };
    let units = places::matrix(&mut read, site.id, building.id, today).await?;
    let shown = Chart { view: &view, site: &site, units: &units, today, show: Show::named(&query.show) };
    let body = html! {
        (tabs(&view, &site, &buildings, building.id, &query.show))
        (shown.legend(&building.code))
        (padded(html! { div class="mx" data-matrix { @for part in shown.parts() { (part) } } }))
    };
    let page = Page::new(view.say("estate-matrix-title")).acts(acts(&view, &ask, &site, &building.code));
    answer(200, &view, &page, body)
}

fn nothing(view: &View, site: &Site, edit: bool) -> Markup {
    empty(&Empty {
        icon: "grid",
        title: view.say("estate-matrix-none"),
        why: view.say("estate-buildings-none-why"),
        act: edit.then(|| (view.say("estate-building-new"), paths::new_building(&site.code))),
    })
}

fn acts(view: &View, ask: &Ask, site: &Site, building: &str) -> Markup {
    let list = paths::with(&paths::homes(&site.code), &[("building", building)]);
    let file =
        paths::with(&format!("{}/export", paths::homes(&site.code)), &[("building", building), ("format", "xlsx")]);
    html! {
        span class="seg" {
            a href=(paths::matrix(&site.code, building, "")) aria-current="true" { (view.say("estate-nav-matrix")) }
            a href=(list) { (view.say("estate-list")) }
        }
        @if ask.may(Right::Export) { (link_button(&Button::new(&view.say("estate-export-building")).icon("export"), &file)) }
    }
}

fn tabs(view: &View, site: &Site, buildings: &[BuildingLine], chosen: PlaceId, show: &str) -> Markup {
    let tab = |line: &BuildingLine| ViewTab {
        label: words::building_line(view, site, line),
        href: paths::matrix(&site.code, &line.code, show),
        count: (line.id == chosen).then_some(line.units),
        late: false,
        current: line.id == chosen,
    };
    views(view, &buildings.iter().map(tab).collect::<Vec<_>>(), None)
}

struct Chart<'a> {
    view: &'a View,
    site: &'a Site,
    units: &'a [UnitLine],
    today: Day,
    show: Option<Show>,
}

impl Chart<'_> {
    /// The legend counts and filters in one: a press shows only those, a second one everything.
    fn legend(&self, building: &str) -> Markup {
        let count = |show: Show| {
            i64::try_from(self.units.iter().filter(|unit| show.fits(unit, self.today)).count()).unwrap_or(i64::MAX)
        };
        html! {
            nav class="filters mx-legend" aria-label=(self.view.say("estate-matrix-filters")) {
                @for show in Show::ALL {
                    @let on = self.show == Some(show);
                    @let href = paths::matrix(&self.site.code, building, if on { "" } else { show.name() });
                    a class="row small" href=(href) aria-current=[on.then_some("true")] {
                        @if show == Show::Orders { i class="m-case mx-dot" {} } @else { span class="unit mx-key" data-s=(show.sign()) {} }
                        (self.label(show)) " " span class="num strong" { (self.view.formats.number(count(show))) }
                    }
                }
                @if self.show.is_some() { a class="small" href=(paths::matrix(&self.site.code, building, "")) { (self.view.say("estate-show-all")) } }
            }
        }
    }
    fn label(&self, show: Show) -> String {
        match show {
            Show::State(state) => words::state(&self.view.words, state),
            Show::Undelivered => self.view.say("estate-undelivered"),
            Show::Orders => self.view.say("estate-open-orders"),
        }
    }
    /// Stairs beside each other, then shops, parking and the like.
    fn parts(&self) -> Vec<Markup> {
        let mut stairs: BTreeMap<(bool, i64, Option<PlaceId>), Vec<&UnitLine>> = BTreeMap::new();
        for unit in self
            .units
            .iter()
            .filter(|unit| unit.kind == PlaceKind::Unit && unit.floor.is_some() && unit.position.is_some())
        {
            stairs.entry((unit.stair.is_none(), unit.sort / 10_000_000, unit.stair)).or_default().push(unit);
        }
        let mut parts: Vec<Markup> = stairs.values().map(|units| self.stair(units)).collect();
        for kind in [PlaceKind::Shop, PlaceKind::Unit, PlaceKind::Parking, PlaceKind::Storage] {
            let rest: Vec<&UnitLine> = self
                .units
                .iter()
                .filter(|unit| {
                    unit.kind == kind && (kind != PlaceKind::Unit || unit.floor.is_none() || unit.position.is_none())
                })
                .collect();
            if !rest.is_empty() {
                parts.push(self.loose(kind, &rest));
            }
        }
        parts
    }
    fn stair(&self, units: &[&UnitLine]) -> Markup {
        let mut floors: BTreeMap<i64, BTreeMap<i64, &UnitLine>> = BTreeMap::new();
        for unit in units {
            floors.entry(unit.floor.unwrap_or(0)).or_default().insert(unit.position.unwrap_or(0), unit);
        }
        let widest = floors.values().filter_map(|row| row.keys().max()).max().copied().unwrap_or(1).min(60);
        let stair = units.first().and_then(|unit| unit.code.rsplit('-').nth(1).filter(|_| unit.stair.is_some()));
        let n = ("n", units.len().into());
        let title = match stair {
            Some(stair) => self.view.words.with("estate-matrix-stair", &[("stair", stair.into()), n]),
            None => self.view.words.with("estate-matrix-homes", &[n]),
        };
        html! {
            section class={ "mx-stair" @if widest > 10 { " mx-wide" } } aria-label=(title) {
                h2 { (title) }
                @for (floor, row) in floors.iter().rev() {
                    div class="mx-row" {
                        b { (floor) }
                        @for position in 1..=widest { @match row.get(&position) { Some(unit) => { (self.cell(unit)) } None => { span {} } } }
                    }
                }
            }
        }
    }
    fn loose(&self, kind: PlaceKind, units: &[&UnitLine]) -> Markup {
        let title = self.view.words.with(
            "estate-matrix-kind",
            &[("kind", words::kind(&self.view.words, kind).into()), ("n", units.len().into())],
        );
        html! {
            section class="mx-stair" aria-label=(title) {
                h2 { (title) }
                @for row in units.chunks(10) { div class="mx-row mx-loose" { @for unit in row { (self.cell(unit)) } } }
            }
        }
    }
    fn cell(&self, unit: &UnitLine) -> Markup {
        let state = if unit.is_delivered(self.today) { sign(unit.state) } else { "raw" };
        let dim = self.show.is_some_and(|show| !show.fits(unit, self.today));
        let sentence = self.sentence(unit);
        html! {
            a class="unit" href=(paths::home(&self.site.code, &unit.code)) data-s=(state) data-work[unit.open_orders > 0] data-dim[dim] aria-label=(sentence) title=(sentence) { (unit.room()) }
        }
    }
    /// `3-1-1201，自住，89.37 m²，1 件在办`: all that colour and signs say.
    fn sentence(&self, unit: &UnitLine) -> String {
        let mut said = vec![unit.code.clone(), words::state(&self.view.words, unit.state)];
        if !unit.is_delivered(self.today) {
            said.push(self.view.say("estate-undelivered"));
        }
        said.extend(unit.area.map(|area| self.view.formats.area(area)));
        if unit.open_orders > 0 {
            said.push(self.view.words.with("estate-orders-open-n", &[("n", unit.open_orders.into())]));
        }
        said.join(&self.view.say("estate-comma"))
    }
}
