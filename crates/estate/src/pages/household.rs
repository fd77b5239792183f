//! 一户一档: one home on one page: who owns it, who lives there, what is being done. Other places have the same page
//! without people.

use kernel::{
    Error, Read, Right, Site,
    parties::{self, Member},
    places::{self, Place, PlaceKind, UnitState},
    search::{self, OrderHit},
};
use maud::{Markup, html};
use values::Day;
use web::{
    Answer, Ask, Page, Route, View,
    parts::{
        Button, Column, Row, Table, aside_section, badge, facts, link_button, nothing_yet, plate_link, plate_solid,
        section, split, table, tag,
    },
};

use super::{answer, name_for, place_of};
use crate::{paths, words};

pub fn routes() -> Vec<Route> {
    vec![Route::get("/c/{site}/{code}", page).right(Right::EstateRead)]
}

/// Everything the page says.
pub(super) struct File {
    pub site: Site,
    pub place: Place,
    pub members: Vec<Member>,
    pub orders: Vec<OrderHit>,
    pub below: Vec<Place>,
    pub today: Day,
}

/// Orders of the page; the rest is in the list.
const ORDERS: i64 = 12;

impl File {
    pub(super) async fn load(ask: &Ask) -> Result<Self, Error> {
        let (site, place) = place_of(ask).await?;
        let mut read = ask.read().await?;
        let today = site.today(read.now());
        let members =
            if place.kind.is_exclusive() { parties::household(&mut read, place.id).await? } else { Vec::new() };
        let below = if place.kind.is_exclusive() {
            Vec::new()
        } else {
            places::children(&mut read, site.id, Some(place.id)).await?
        };
        let orders = if ask.may(Right::OrderRead) { orders(&mut read, &site, &place).await? } else { Vec::new() };
        Ok(Self { site, place, members, orders, below, today })
    }
    fn present(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| member.occupancy.to.is_none_or(|to| to > self.today))
    }
    fn past(&self) -> Vec<&Member> {
        self.members.iter().filter(|member| member.occupancy.to.is_some_and(|to| to <= self.today)).collect()
    }
    fn state(&self) -> UnitState {
        let on: Vec<&Member> = self.members.iter().filter(|member| member.occupancy.is_on(self.today)).collect();
        let tenants = on.iter().filter(|member| member.occupancy.role == parties::HomeRole::Tenant).count();
        UnitState::of(i64::try_from(tenants).unwrap_or(0), i64::try_from(on.len()).unwrap_or(0))
    }
}

async fn orders(read: &mut Read, site: &Site, place: &Place) -> Result<Vec<OrderHit>, Error> {
    search::orders_at(read, site, place.id, ORDERS).await
}

async fn page(ask: Ask) -> Answer {
    let file = File::load(&ask).await?;
    let view = ask.view().await?;
    answer(200, &view, &head(&view, &ask, &file), body(&view, &ask, &file))
}

pub(super) fn head(view: &View, ask: &Ask, file: &File) -> Page {
    let (site, place) = (&file.site, &file.place);
    let title = match place.kind {
        kind if kind.is_exclusive() => file
            .present()
            .find(|member| member.occupancy.role == parties::HomeRole::Owner)
            .map_or_else(|| words::kind(&view.words, kind), |owner| name_for(ask, &owner.name)),
        PlaceKind::Building if place.name == place.code => words::building(view, site, &place.code),
        kind if place.name == place.code => words::kind(&view.words, kind),
        _ => place.name.clone(),
    };
    let building = place.code.split('-').next().unwrap_or(&place.code);
    let page = Page::new(title)
        .crumb(view.say("estate-nav-matrix"), paths::matrix(&site.code, building, ""))
        .plate(plate_solid(&place.code))
        .acts(acts(view, ask, file));
    if place.kind.is_exclusive() {
        page.badge(tag(&words::state(&view.words, file.state())))
    } else {
        page.badge(tag(&words::kind(&view.words, place.kind)))
    }
}

fn acts(view: &View, ask: &Ask, file: &File) -> Markup {
    let (site, code) = (&file.site.code, &file.place.code);
    html! {
        @if ask.may(Right::EstateEdit) { (link_button(&Button::new(&view.say("estate-edit-place")).icon("edit"), &paths::place(site, file.place.id, "edit"))) }
        @if ask.may(Right::OrderReport) && file.place.closed.is_none() { (link_button(&Button::main(&view.say("estate-new-order")).icon("plus").key("c"), &paths::new_order(site, code))) }
    }
}

fn body(view: &View, ask: &Ask, file: &File) -> Markup {
    let content = html! {
        @if file.place.kind.is_exclusive() { (people(view, ask, file)) } @else { (below(view, file)) }
        @if ask.may(Right::OrderRead) { (work(view, file)) }
        @if !file.past().is_empty() { (history(view, ask, file)) }
    };
    split(content, aside(view, ask, file))
}

fn people(view: &View, ask: &Ask, file: &File) -> Markup {
    let edit = ask.may(Right::PeopleEdit) && file.place.closed.is_none();
    let add = html! { @if edit { a class="push" href=(paths::act(&file.site.code, &file.place.code, "people")) { (view.say("estate-add-person")) } } };
    let members: Vec<&Member> = file.present().collect();
    section(
        &view.say("estate-people"),
        add,
        html! {
            @if members.is_empty() { (nothing_yet(&view.say("estate-nobody"), &view.say("estate-nobody-why"), edit.then(|| (view.say("estate-add-person"), paths::act(&file.site.code, &file.place.code, "people"))))) }
            @else { (table(&view.words, &members_table(view, ask, file, &members, edit))) }
            @if edit && !members.is_empty() {
                p class="row mt-3" {
                    (link_button(&Button::small(&view.say("estate-let")), &paths::act(&file.site.code, &file.place.code, "tenancy")))
                    (link_button(&Button::small(&view.say("estate-sell")), &paths::act(&file.site.code, &file.place.code, "sale")))
                }
            }
        },
    )
}

fn members_table(view: &View, ask: &Ask, file: &File, members: &[&Member], edit: bool) -> Table {
    let column = |key: &str| Column::new(view.say(key));
    Table {
        caption: view.say("estate-people"),
        columns: vec![
            column("estate-col-person").wide(),
            column("estate-col-role").width(112),
            column("estate-col-phone").width(190),
            column("estate-col-from").width(100).numeric(),
            column("estate-col-to").width(100).numeric(),
            column("estate-col-act").width(150),
        ],
        rows: members.iter().map(|member| member_row(view, ask, file, member, edit)).collect(),
        plain: true,
        ..Table::default()
    }
}

fn member_row(view: &View, ask: &Ask, file: &File, member: &Member, edit: bool) -> Row {
    let (site, code, one) = (&file.site.code, &file.place.code, &member.occupancy);
    let later = one.from > file.today;
    let cells = vec![
        html! { b { (name_for(ask, &member.name)) } @if later { " " (badge(web::parts::BadgeState::Todo, &view.say("estate-later"))) } },
        tag(&words::role(&view.words, one.role)),
        html! {
            span class="row" {
                @if !member.phones.is_empty() { span { @for phone in &member.phones { span class="num block" { (phone.masked()) } } } }
                @if (!member.phones.is_empty() || member.has_identity) && (ask.may(Right::PeopleRead) || ask.may(Right::PeopleReveal)) {
                    a class="small" href=(paths::person(site, code, one.party, "reveal")) aria-label=(view.words.with("estate-reveal-of", &[("name", name_for(ask, &member.name).into())])) { (view.say("estate-reveal")) }
                }
            }
        },
        html! { (view.formats.date(one.from)) },
        html! { @if let Some(to) = one.to { (view.formats.date(to)) } },
        html! { @if edit {
            span class="row" {
                a class="btn btn-sm" href=(paths::person(site, code, one.party, "edit")) aria-label=(view.words.with("estate-correct-of", &[("name", name_for(ask, &member.name).into())])) { (view.say("estate-correct")) }
                a class="btn btn-sm" href=(paths::departure(site, code, one.id)) aria-label=(view.words.with("estate-move-out-of", &[("name", name_for(ask, &member.name).into())])) { (view.say("estate-move-out")) }
            }
        } },
    ];
    Row { cells, ..Row::default() }
}

fn history(view: &View, ask: &Ask, file: &File) -> Markup {
    let row = |member: &&Member| {
        let one = &member.occupancy;
        let cells = vec![
            html! { (name_for(ask, &member.name)) },
            tag(&words::role(&view.words, one.role)),
            html! { (view.formats.date(one.from)) "\u{2013}" @if let Some(to) = one.to { (view.formats.date(to)) } },
        ];
        Row { cells, ..Row::default() }
    };
    let past = Table {
        caption: view.say("estate-past"),
        columns: vec![
            Column::new(view.say("estate-col-person")).wide(),
            Column::new(view.say("estate-col-role")).width(112),
            Column::new(view.say("estate-col-days")).width(190).numeric(),
        ],
        rows: file.past().iter().map(row).collect(),
        plain: true,
        ..Table::default()
    };
    section(&view.say("estate-past"), html! {}, table(&view.words, &past))
}

fn work(view: &View, file: &File) -> Markup {
    let (site, open): (&str, usize) = (&file.site.code, file.orders.iter().filter(|order| order.open).count());
    let beside = html! {
        span class="small muted" { (view.words.with("estate-orders-open-n", &[("n", open.into())])) }
        @if !file.orders.is_empty() { a class="push" href=(paths::orders_at(site, &file.place.code)) { (view.say("estate-all-orders")) } }
    };
    section(
        &view.say("estate-orders"),
        beside,
        html! {
            @if file.orders.is_empty() { p class="muted" { (view.say("estate-orders-none")) } }
            @else { ul class="stack" { @for order in &file.orders { (order_line(view, site, order)) } } }
        },
    )
}

pub(super) fn order_line(view: &View, site: &str, order: &OrderHit) -> Markup {
    html! {
        li class="row" {
            span class="num muted small" { (order.number) }
            a class="grow clip" href=(paths::order(site, &order.number)) { (order.title) }
            (badge(words::order_badge(order.open), &words::order_state(&view.words, &order.state, order.open)))
        }
    }
}

fn below(view: &View, file: &File) -> Markup {
    section(
        &view.say("estate-below"),
        html! {},
        html! {
            @if file.below.is_empty() { p class="muted" { (view.say("estate-below-none")) } }
            @else { p class="row wrap" { @for place in &file.below { (plate_link(&place.code, &paths::home(&file.site.code, &place.code))) } } }
        },
    )
}

fn aside(view: &View, ask: &Ask, file: &File) -> Markup {
    let place = &file.place;
    let mut pairs: Vec<(String, Markup)> =
        vec![(view.say("estate-col-kind"), html! { (words::kind(&view.words, place.kind)) })];
    let mut say =
        |key: &str, value: Option<String>| pairs.extend(value.map(|value| (view.say(key), html! { (value) })));
    say("estate-col-area", place.area.map(|area| view.formats.area(area)));
    say("estate-col-inside-area", place.inside_area.map(|area| view.formats.area(area)));
    say("estate-col-floor", place.floor.map(|floor| floor.to_string()));
    say("estate-col-use", place.use_kind.clone());
    if place.kind.is_exclusive() {
        let delivered =
            place.delivered.map_or_else(|| view.say("estate-undelivered"), |day| view.formats.long_date(day));
        say("estate-col-delivered", Some(delivered));
    }
    say("estate-closed", place.closed.map(|day| view.formats.long_date(day)));
    html! {
        (aside_section(&view.say("estate-place"), None, facts(&pairs)))
        @if ask.may(Right::EstateEdit) && !place.kind.is_exclusive() && place.closed.is_none() {
            p class="mt-3" { a href=(paths::new_place(&file.site.code, Some(place.id), None)) { (view.say("estate-place-new-below")) } }
        }
        (label_form(view, file))
    }
}

fn label_form(view: &View, file: &File) -> Markup {
    html! {
        form class="mt-4" method="post" action=(paths::labels(&file.site.code)) {
            (web::parts::csrf(view))
            input type="hidden" name="pick" value=(file.place.id);
            input type="hidden" name="size" value="roll";
            (web::parts::button(&Button::small(&view.say("estate-label-one")).icon("qr")))
        }
    }
}
