//! 楼栋与位置: the buildings with what is in them, and the rest of the tree.

use kernel::{
    Right, Site,
    places::{self, BuildingLine, Place, PlaceKind},
};
use maud::{Markup, html};
use web::{
    Answer, Ask, Page, Route, View,
    parts::{Button, Column, Empty, Row, Table, empty, link_button, padded, plate_link, section, table},
};

use super::answer;
use crate::{paths, words};

pub fn routes() -> Vec<Route> {
    vec![Route::get("/c/{site}/buildings", page).right(Right::EstateRead)]
}

async fn page(ask: Ask) -> Answer {
    let site = ask.site()?.clone();
    let view = ask.view().await?;
    let mut read = ask.read().await?;
    let today = site.today(read.now());
    let buildings = places::buildings(&mut read, site.id, today).await?;
    let frame = places::frame(&mut read, site.id).await?;
    let edit = ask.may(Right::EstateEdit);
    let page = Page::new(view.say("estate-buildings-title"));
    let page = if edit { page.acts(acts(&view, &site)) } else { page };
    if buildings.is_empty() && frame.is_empty() {
        return answer(200, &view, &page, padded(nothing(&view, &site, edit)));
    }
    let body = html! {
        (table(&view.words, &list(&view, &site, &buildings)))
        (padded(tree(&view, &site, &frame, edit)))
    };
    answer(200, &view, &page, body)
}

fn acts(view: &View, site: &Site) -> Markup {
    html! {
        (link_button(&Button::new(&view.say("estate-place-new")).icon("plus"), &paths::new_place(&site.code, None, None)))
        (link_button(&Button::main(&view.say("estate-building-new")).icon("building"), &paths::new_building(&site.code)))
    }
}

fn nothing(view: &View, site: &Site, edit: bool) -> Markup {
    empty(&Empty {
        icon: "building",
        title: view.say("estate-buildings-none"),
        why: view.say("estate-buildings-none-why"),
        act: edit.then(|| (view.say("estate-building-new"), paths::new_building(&site.code))),
    })
}

fn list(view: &View, site: &Site, buildings: &[BuildingLine]) -> Table {
    let column = |key: &str| Column::new(view.say(key));
    Table {
        caption: view.say("estate-buildings-title"),
        columns: vec![
            column("estate-col-building").wide(),
            column("estate-col-stairs").width(84).numeric(),
            column("estate-col-homes").width(84).numeric(),
            column("estate-col-occupied").width(112).numeric(),
            column("estate-col-delivered-count").width(112).numeric(),
            column("estate-col-area-total").width(150).numeric(),
            column("estate-col-open").width(112).numeric(),
        ],
        rows: buildings.iter().map(|line| building(view, site, line)).collect(),
        foot: Some(totals(view, buildings)),
        ..Table::default()
    }
}

fn building(view: &View, site: &Site, line: &BuildingLine) -> Row {
    let f = &view.formats;
    let name = words::building_line(view, site, line);
    let cells = vec![
        html! { a class="main" href=(paths::matrix(&site.code, &line.code, "")) { (name) } },
        html! { (f.number(line.stairs)) },
        html! { (f.number(line.units)) },
        html! { (f.number(line.occupied)) },
        html! { (f.number(line.delivered)) },
        html! { @if line.area.hundredths() > 0 { (f.area(line.area)) } },
        html! { @if line.open_orders > 0 { a href=(paths::matrix(&site.code, &line.code, "orders")) { (f.number(line.open_orders)) } } },
    ];
    Row { cells, ..Row::default() }
}

fn totals(view: &View, buildings: &[BuildingLine]) -> Markup {
    let f = &view.formats;
    let sum = |of: fn(&BuildingLine) -> i64| f.number(buildings.iter().map(of).sum());
    let area = values::Area::from_hundredths(buildings.iter().map(|line| line.area.hundredths()).sum());
    html! { tr {
        td { (view.words.with("estate-buildings-total", &[("n", buildings.len().into())])) }
        td class="r num" { (sum(|line| line.stairs)) }
        td class="r num" { (sum(|line| line.units)) }
        td class="r num" { (sum(|line| line.occupied)) }
        td class="r num" { (sum(|line| line.delivered)) }
        td class="r num" { (f.area(area)) }
        td class="r num" { (sum(|line| line.open_orders)) }
    } }
}

/// Everything that is neither a home nor a building's own line: phases, stairs, common parts, gates …
fn tree(view: &View, site: &Site, frame: &[Place], edit: bool) -> Markup {
    let other: Vec<&Place> =
        frame.iter().filter(|place| !matches!(place.kind, PlaceKind::Building | PlaceKind::Stair)).collect();
    section(
        &view.say("estate-tree-title"),
        html! {},
        html! {
            @if other.is_empty() { p class="muted" { (view.say("estate-tree-none")) } }
            @else { (table(&view.words, &places_table(view, site, &other, edit))) }
        },
    )
}

fn places_table(view: &View, site: &Site, all: &[&Place], edit: bool) -> Table {
    let row = |place: &&Place| {
        let cells = vec![
            plate_link(&place.code, &paths::home(&site.code, &place.code)),
            html! { span class="num" { (words::kind(&view.words, place.kind)) } },
            html! { @if place.name != place.code { (place.name) } },
            html! { @if place.closed.is_some() { (view.say("estate-closed")) } @else if edit { a href=(paths::place(&site.code, place.id, "edit")) { (view.say("estate-edit")) } } },
        ];
        Row { cells, ..Row::default() }
    };
    Table {
        caption: view.say("estate-tree-title"),
        columns: vec![
            Column::new(view.say("estate-col-code")).width(190),
            Column::new(view.say("estate-col-kind")).width(112),
            Column::new(view.say("estate-col-name")).wide(),
            Column::new(view.say("estate-col-act")).width(112),
        ],
        rows: all.iter().map(row).collect(),
        plain: true,
        ..Table::default()
    }
}
