//! A building from one line, with its preview.

use kernel::{
    Error, Right, Site,
    places::{self, BuildingRule, Plan},
};
use maud::{Markup, html};
use web::{
    Answer, Ask, Page, Route, View, done,
    parts::{Button, FormState, NoteKind, button, date, note, padded, post_form, text},
};

use super::{answer, status_of};
use crate::{forms::Fields, paths, words};

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/c/{site}/buildings/new", page).right(Right::EstateEdit),
        Route::post("/c/{site}/buildings/new", post).right(Right::EstateEdit).audit("building.added").idempotent(),
    ]
}

async fn page(ask: Ask) -> Answer {
    show(&ask, FormState::default(), None).await
}

async fn show(ask: &Ask, state: FormState, plan: Option<Plan>) -> Answer {
    let site = ask.site()?.clone();
    let view = ask.view().await?;
    let page = Page::new(view.say("estate-building-new"))
        .crumb(view.say("estate-buildings-title"), paths::buildings(&site.code));
    let fields = html! {
        (text(&view.words, &state.field("rule", view.say("estate-rule")).hint(view.say("estate-rule-hint")).placeholder(view.say("estate-rule-example")).autofocus()))
        (date(&view.words, &state.field("delivered", view.say("estate-col-delivered")).hint(view.say("estate-rule-delivered-hint")).optional().length(11)))
        @if let Some(plan) = &plan { (preview(&view, &site, plan)) }
        div class="form-acts" {
            @if let Some(plan) = &plan {
                button class="btn btn-main" name="act" value="create" { (view.words.with("estate-rule-create", &[("n", plan.units.len().into())])) }
                button class="btn" name="act" value="preview" { (view.say("estate-rule-again")) }
            } @else { (button(&Button::main(&view.say("estate-rule-preview")))) }
        }
    };
    let body = html! { div class="max-860" { (post_form(&view, &paths::new_building(&site.code), &ask.fresh_key(), &state, fields)) } };
    answer(status_of(&state), &view, &page, padded(body))
}

/// What would be made: the sums, and each floor with its first and last home.
fn preview(view: &View, site: &Site, plan: &Plan) -> Markup {
    let f = &view.formats;
    let count = |n: usize| f.number(i64::try_from(n).unwrap_or(i64::MAX));
    let sums = view.words.with(
        "estate-rule-sums",
        &[
            ("building", words::building(view, site, &plan.building).into()),
            ("stairs", count(plan.stairs.len()).into()),
            ("floors", count(plan.floors().len()).into()),
            ("units", count(plan.units.len()).into()),
            ("area", f.area(plan.total_area()).into()),
        ],
    );
    html! {
        div class="mt-4" { (note(NoteKind::Info, html! { (sums) })) }
        div class="mx mt-3" aria-label=(view.say("estate-rule-preview")) role="group" {
            @for stair in columns(plan) { (stair_preview(plan, stair)) }
        }
    }
}

fn columns(plan: &Plan) -> Vec<Option<usize>> {
    let mut all: Vec<Option<usize>> = plan.units.iter().map(|unit| unit.stair).collect();
    all.sort_unstable_by_key(|stair| stair.map_or(usize::MAX, |stair| stair));
    all.dedup();
    all
}

fn stair_preview(plan: &Plan, stair: Option<usize>) -> Markup {
    let title = stair.map_or(plan.building.as_str(), |stair| plan.stairs[stair].as_str());
    html! {
        div class="mx-stair" {
            p class="small muted" { (title) }
            @for floor in plan.floors() {
                @let units: Vec<_> = plan.units.iter().filter(|unit| unit.floor == floor && unit.stair == stair).collect();
                @if !units.is_empty() { div class="mx-row" {
                    b { (floor) }
                    @for unit in units { span class="unit" title=[unit.area.map(|area| format!("{area} m²"))] { (unit.code.rsplit('-').next().unwrap_or_default()) } }
                } }
            }
        }
    }
}

async fn post(ask: Ask) -> Answer {
    match sent(&ask).await {
        Ok(Sent::Preview(plan)) => {
            let state = FormState::typed(ask.pairs()?);
            show(&ask, state, Some(plan)).await
        }
        Ok(Sent::Made(code, units)) => {
            let said = ask.words().with("estate-rule-made", &[("n", units.into())]);
            Ok(done(&paths::matrix(&ask.site()?.code, &code, ""), &said))
        }
        Err(error) => show(&ask, ask.mend(error)?, None).await,
    }
}

enum Sent {
    Preview(Plan),
    Made(String, usize),
}

async fn sent(ask: &Ask) -> Result<Sent, Error> {
    let site = ask.site()?.clone();
    let mut fields = Fields::of(ask)?;
    let delivered = fields.day_or_none("delivered");
    let rule = BuildingRule::parse(fields.text("rule"))?;
    let create = fields.text("act") == "create";
    fields.done()?;
    if !create {
        return Ok(Sent::Preview(places::plan(&rule)));
    }
    let (made, _) = web::once!(ask, tx => places::add_building(&mut tx, site.id, &rule, delivered).await?);
    Ok(Sent::Made(rule.building, made.units))
}
