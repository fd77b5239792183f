//! Acts on several orders at once: what is chosen is shown first, each is done by itself, failures are told row by row.

use axum::http::StatusCode;
use kernel::{
    Error, FieldError, PartyId, Right, Site,
    orders::{self, Number, OrderView, To},
};
use maud::{Markup, html};
use web::{
    Answer, Ask, Page, Verdict, View, html,
    parts::{self, Button, Choice, FormState, NoteKind},
    shell,
};

use crate::console::{answers, paths, words};

/// More rows than a page holds cannot be chosen.
const MOST: usize = 200;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Assignment,
    Merge,
}

impl Act {
    const fn noun(self) -> &'static str {
        match self {
            Self::Assignment => "assignment",
            Self::Merge => "merge",
        }
    }
    /// The field in which one decides.
    const fn field(self) -> &'static str {
        match self {
            Self::Assignment => "to",
            Self::Merge => "into",
        }
    }
}

fn act(ask: &Ask) -> Act {
    if ask.uri.path().ends_with("/merge") { Act::Merge } else { Act::Assignment }
}

/// What was chosen and what is decided about it.
pub async fn form(ask: Ask) -> Answer {
    let pairs: Vec<(String, String)> = ask.query()?;
    let chosen = chosen(&ask, &pairs).await?;
    show(&ask, act(&ask), &chosen, FormState::default(), &[], StatusCode::OK).await
}

pub async fn carry_out(ask: Ask) -> Answer {
    let (act, pairs) = (act(&ask), ask.pairs()?);
    let chosen = chosen(&ask, &pairs).await?;
    let decided =
        pairs.iter().find(|(name, _)| name == act.field()).map(|(_, value)| value.clone()).unwrap_or_default();
    if decided.is_empty() || chosen.is_empty() {
        let code = if act == Act::Merge { "target_missing" } else { "person_missing" };
        let view = ask.view().await?;
        let said = Verdict::field_say(&view.words, &FieldError { field: act.field().into(), code, args: Vec::new() });
        let state = FormState::typed(pairs).refused([(act.field().to_string(), said)]);
        return show(&ask, act, &chosen, state, &[], StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let mut failed = Vec::new();
    for view in &chosen {
        if let Err(error) = one(&ask, act, view, &decided).await {
            failed.push((view.order.number, error));
        }
    }
    answer(&ask, act, &chosen, failed).await
}

async fn answer(ask: &Ask, act: Act, chosen: &[OrderView], failed: Vec<(Number, Error)>) -> Answer {
    let view = ask.view().await?;
    let done = view.words.with(
        "desk-bulk-result",
        &[("n", (chosen.len() - failed.len()).into()), ("act", view.say(&format!("desk-act-{}", act.noun())).into())],
    );
    if failed.is_empty() {
        return Ok(web::done(&paths::orders(&ask.site()?.code), &done));
    }
    let still: Vec<OrderView> =
        chosen.iter().filter(|one| failed.iter().any(|(number, _)| *number == one.order.number)).cloned().collect();
    let mut told = vec![done];
    told.extend(failed.iter().map(|(number, error)| {
        view.words.with(
            "desk-bulk-failed",
            &[("number", words::number(&view, *number).into()), ("why", Verdict::of(error).say(&view.words).into())],
        )
    }));
    show(ask, act, &still, FormState::default(), &told, StatusCode::CONFLICT).await
}

async fn one(ask: &Ask, act: Act, order: &OrderView, decided: &str) -> Result<(), Error> {
    let mut tx = ask.begin().await?;
    match act {
        Act::Assignment => {
            let person: PartyId = decided.parse().map_err(|_| Error::Missing)?;
            orders::assign(&mut tx, order.order.id, &To::Person(person)).await?;
        }
        Act::Merge if order.order.number.to_string() == decided => return Ok(()),
        Act::Merge => {
            let into = orders::by_number(&mut tx, order.order.site, decided).await?;
            orders::merge(&mut tx, order.order.id, into).await?;
        }
    }
    tx.commit().await
}

/// The orders that the boxes name, as this caller sees them; what is gone meanwhile is left out.
async fn chosen(ask: &Ask, pairs: &[(String, String)]) -> Result<Vec<OrderView>, Error> {
    let (site, mut read) = (ask.site()?.id, ask.read().await?);
    let mut all = Vec::new();
    for (_, number) in pairs.iter().filter(|(name, _)| name == "pick").take(MOST) {
        match orders::by_number(&mut read, site, number).await {
            Ok(id) => all.push(orders::load(&mut read, id).await?),
            Err(Error::Missing) => {}
            Err(cause) => return Err(cause),
        }
    }
    Ok(all)
}

async fn show(
    ask: &Ask,
    act: Act,
    chosen: &[OrderView],
    state: FormState,
    told: &[String],
    status: StatusCode,
) -> Answer {
    let (site, view) = (ask.site()?, ask.view().await?);
    let workers = if act == Act::Assignment && ask.may(Right::OrderDispatch) {
        workers(ask, site, &view).await?
    } else {
        Vec::new()
    };
    let shown = Shown { act, chosen, workers, told, once: answers::once(ask) };
    Ok(html(status, page(&view, site, &shown, &state)))
}

async fn workers(ask: &Ask, site: &Site, view: &View) -> Result<Vec<Choice>, Error> {
    let mut read = ask.read().await?;
    let today = site.today(read.now());
    let all = kernel::staff::workers(&mut read, site.id, today).await?;
    let load = |n: i64| view.words.with("desk-load", &[("n", n.into())]);
    Ok(all.into_iter().map(|one| Choice::new(one.party.to_string(), one.name).detail(load(one.open_orders))).collect())
}

struct Shown<'a> {
    act: Act,
    chosen: &'a [OrderView],
    workers: Vec<Choice>,
    /// What was done before, and what was not.
    told: &'a [String],
    once: String,
}

fn page(view: &View, site: &Site, shown: &Shown<'_>, state: &FormState) -> Markup {
    let Shown { act, chosen, workers, told, once } = shown;
    let list = paths::orders(&site.code);
    let title = if *act == Act::Merge { view.say("desk-bulk-merge") } else { view.say("desk-act-assignment") };
    let page = Page::new(&title).crumb(view.say("desk-title"), &list);
    let fields = html! {
        @for one in *chosen { input type="hidden" name="pick" value=(one.order.number); }
        h2 class="t-md mb-2" { (view.words.with("desk-bulk-chosen", &[("n", chosen.len().into())])) }
        @match act {
            Act::Assignment => { (lines(view, site, chosen)) div class="candidates mt-4" { (parts::radio_cards(&view.words, &state.field("to", view.say("desk-field-to")), workers)) } },
            Act::Merge => (parts::radio_cards(&view.words, &state.field("into", view.say("desk-bulk-into")).hint(view.say("desk-bulk-into-hint")), &targets(view, chosen))),
        }
        div class="form-acts" { (parts::button(&Button::main(&title))) a class="btn btn-quiet" href=(list) { (view.say("desk-title")) } }
    };
    let body = html! {
        div class="max-744" {
            @for line in *told { (parts::note(NoteKind::Warn, html! { (line) })) }
            @if chosen.is_empty() { (parts::nothing_yet(&view.say("desk-bulk-none"), "", Some((view.say("desk-title"), list.clone())))) }
            @else { (parts::post_form(view, &format!("{list}/bulk/{}", act.noun()), once, state, fields)) }
        }
    };
    shell::page(view, &page, parts::padded(body))
}

fn lines(view: &View, site: &Site, chosen: &[OrderView]) -> Markup {
    html! {
        ul class="stack-1" { @for one in chosen { li class="row" {
            a class="num" href=(paths::order(&site.code, one.order.number)) { (words::number(view, one.order.number)) }
            @if let Some(place) = &one.place { (parts::plate(&place.code)) }
            span class="clip" { (one.order.title) }
        } } }
    }
}

fn targets(view: &View, chosen: &[OrderView]) -> Vec<Choice> {
    let label = |one: &OrderView| format!("{} {}", words::number(view, one.order.number), one.order.title);
    let detail = |one: &OrderView| one.place.as_ref().map(|place| place.code.clone()).unwrap_or_default();
    chosen.iter().map(|one| Choice::new(one.order.number.to_string(), label(one)).detail(detail(one))).collect()
}
