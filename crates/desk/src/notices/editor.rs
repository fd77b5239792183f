//! Publishing: the form, the count of those it would reach, the act. Nothing can be sent that was not counted first.

use axum::http::StatusCode;
use kernel::{
    Error, FieldError, Site,
    categories::{self, Category},
    notices::{self, Audience, HomeRole, NewNotice, NoticeId, NoticeKind, Reach},
    orders::Kind,
};
use maud::{Markup, html};
use values::{Day, Moment, Zone};
use web::{
    Answer, Ask, Page, View,
    i18n::Lang,
    parts::{self, Choice, FormState},
    see_other, shell,
};

use super::{
    console::kind_word,
    store::{self, Spot},
};

/// What can be chosen at a site: where, and which reports an outage explains.
struct Choices {
    spots: Vec<Spot>,
    /// (code, 中文, English) of the branches of the category tree.
    branches: Vec<(String, String, String)>,
}

/// The form as it stands: what was typed, what was ticked, what came of counting.
struct Draft {
    spots: Vec<String>,
    roles: Vec<String>,
    categories: Vec<String>,
    state: FormState,
    reach: Option<Reach>,
}

pub(super) async fn new(ask: Ask) -> Answer {
    let choices = choices(&ask).await?;
    let state = FormState::default().value("kind", NoticeKind::Notice.as_str());
    show(&ask, &choices, &Draft { state, ..typed(&[]) }, StatusCode::OK).await
}

async fn choices(ask: &Ask) -> Result<Choices, Error> {
    let (site, mut read) = (ask.site()?.id, ask.read().await?);
    let all = categories::all(&mut read, site).await?;
    let repaired = |branch: &Category| {
        all.iter().any(|leaf| leaf.parent.as_ref() == Some(&branch.code) && leaf.kinds.contains(&Kind::Repair))
    };
    let branches = all.iter().filter(|one| !one.leaf && repaired(one));
    let branches = branches.map(|one| (one.code.clone(), one.zh.clone(), one.en.clone())).collect();
    Ok(Choices { spots: store::spots(&mut read, site).await?, branches })
}

async fn show(ask: &Ask, choices: &Choices, draft: &Draft, status: StatusCode) -> Answer {
    let (view, site) = (ask.view().await?, ask.site()?);
    let action = format!("/c/{}/notices", site.code);
    let fields = html! {
        @if let Some(reach) = draft.reach { (counted(&view, reach)) }
        (what(&view, &draft.state))
        (whom(&view, site, choices, draft))
        (when(&view, choices, draft))
        div class="form-acts" { (step("count", if draft.reach.is_some() { "btn" } else { "btn btn-main" }, &view.say("desk-notice-count"))) }
    };
    let form = parts::post_form(&view, &action, &ask.fresh_key(), &draft.state, fields);
    let page = Page::new(view.say("desk-notice-new")).crumb(view.say("desk-notices"), action);
    Ok(web::html(status, shell::page(&view, &page, parts::padded(html! { div class="max-744" { (form) } }))))
}

fn what(view: &View, state: &FormState) -> Markup {
    let kinds: Vec<Choice> =
        NoticeKind::ALL.into_iter().map(|kind| Choice::new(kind.as_str(), view.say(&kind_word(kind)))).collect();
    let words = &view.words;
    html! {
        (parts::segments(words, &state.field("kind", view.say("desk-notice-kind")), &kinds))
        (parts::text(words, &state.field("title", view.say("desk-notice-title")).length(40)))
        (parts::text_area(words, &state.field("body", view.say("desk-notice-body")).rows(6)))
    }
}

fn whom(view: &View, site: &Site, choices: &Choices, draft: &Draft) -> Markup {
    let spot = |spot: &Spot| (spot.id.to_string(), spot.label(view, site));
    let (stairs, buildings): (Vec<&Spot>, Vec<&Spot>) = choices.spots.iter().partition(|spot| spot.is_stair);
    let buildings: Vec<_> = buildings.into_iter().map(spot).collect();
    let stairs: Vec<_> = stairs.into_iter().map(spot).collect();
    let role = |role: HomeRole| {
        let word = format!("desk-home-role-{}", role.as_str().replace('_', "-"));
        (role.as_str().to_string(), view.say(&word))
    };
    html! {
        (ticks(view, "desk-notice-places", "spot", &draft.spots, &[buildings, stairs]))
        (ticks(view, "desk-notice-roles", "role", &draft.roles, &[HomeRole::ALL.map(role).to_vec()]))
    }
}

fn when(view: &View, choices: &Choices, draft: &Draft) -> Markup {
    let (words, state) = (&view.words, &draft.state);
    let moment = |name: &'static str, label: &str, hint: &str, example: &str| {
        let field = state.field(name, view.say(label)).hint(view.say(hint)).optional();
        parts::text(words, &field.placeholder(format!("{} {example}", view.formats.today())))
    };
    let branch = |(code, zh, en): &(String, String, String)| {
        (code.clone(), if words.lang() == Lang::En { en } else { zh }.clone())
    };
    let branches = choices.branches.iter().map(branch).collect();
    html! {
        div class="grid-2 mt-4" {
            (moment("starts", "desk-notice-starts", "desk-notice-starts-hint", "14:00"))
            (moment("planned_end", "desk-notice-planned-end", "desk-notice-end-hint", "18:00"))
        }
        (ticks(view, "desk-notice-categories", "categories", &draft.categories, &[branches]))
    }
}

/// Whom it would reach, above the form with the act itself; it sends along what was counted.
fn counted(view: &View, reach: Reach) -> Markup {
    let numbers = [("people", reach.people.into()), ("reachable", reach.reachable.into())];
    html! {
        div class="note mb-4" data-s="info" role="status" {
            (shell::icon("info"))
            span class="grow" { b class="block" { (view.words.with("desk-notice-reach", &numbers)) } (view.say("desk-notice-reach-hint")) }
            input type="hidden" name="counted" value=(reach.people);
            (step("publish", "btn btn-main", &view.say("desk-notice-publish")))
        }
    }
}

fn step(step: &'static str, class: &'static str, label: &str) -> Markup {
    html! { button class=(class) name="step" value=(step) { (label) } }
}

/// Any number of answers, each a chip; one line of chips a group.
fn ticks(view: &View, label: &str, name: &str, ticked: &[String], groups: &[Vec<(String, String)>]) -> Markup {
    html! {
        fieldset class="field-f" {
            legend class="label" { (view.say(label)) }
            div class="stack-2" { @for group in groups { div class="row wrap" { @for (value, text) in group {
                label class="pick" { input type="checkbox" name=(name) value=(value) checked[ticked.contains(value)]; span class="chip" { (text) } }
            } } } }
            p class="hint" { (view.say(&format!("{label}-hint"))) }
        }
    }
}

/// `step=count` shows whom it would reach; `step=publish` publishes, unless the audience is no longer the one that was counted.
pub(super) async fn publish(ask: Ask) -> Answer {
    let site = ask.site()?.clone();
    let pairs = ask.pairs()?;
    let choices = choices(&ask).await?;
    let mut draft = typed(&pairs);
    let new = match parse(&ask, &pairs, &choices.spots) {
        Ok(new) => new,
        Err(error) => return again(&ask, &choices, draft, error).await,
    };
    let mut read = ask.read().await?;
    let reach = notices::reach(&mut read, site.id, &new.audience, None).await?;
    drop(read);
    let is_counted = all(&pairs, "counted").any(|people| people == reach.people.to_string());
    if !is_counted || ask.form_field("step").as_deref() != Some("publish") {
        draft.reach = Some(reach);
        return show(&ask, &choices, &draft, StatusCode::OK).await;
    }
    match publish_once(&ask, &new).await {
        Ok(id) => Ok(see_other(&format!("/c/{}/notices/{id}", site.code))),
        Err(error) => again(&ask, &choices, draft, error).await,
    }
}

async fn publish_once(ask: &Ask, new: &NewNotice) -> Result<NoticeId, Error> {
    Ok(web::once!(ask, tx => notices::publish(&mut tx, new).await?).0)
}

async fn again(ask: &Ask, choices: &Choices, draft: Draft, error: Error) -> Answer {
    let draft = Draft { state: ask.mend(error)?, ..draft };
    show(ask, choices, &draft, StatusCode::UNPROCESSABLE_ENTITY).await
}

fn all<'a>(pairs: &'a [(String, String)], name: &'a str) -> impl Iterator<Item = &'a str> {
    pairs.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
}

fn typed(pairs: &[(String, String)]) -> Draft {
    let words = |name| all(pairs, name).map(ToString::to_string).collect();
    Draft {
        spots: words("spot"),
        roles: words("role"),
        categories: words("categories"),
        state: FormState::typed(pairs.to_vec()),
        reach: None,
    }
}

fn parse(ask: &Ask, pairs: &[(String, String)], spots: &[Spot]) -> Result<NewNotice, Error> {
    let site = ask.site()?;
    let text = |name| all(pairs, name).next().unwrap_or("").trim().to_string();
    let mut checks = kernel::Checks::default();
    let mut moment = |name: &'static str| match text(name) {
        empty if empty.is_empty() => None,
        typed => read_moment(&site.zone, &typed).or_else(|| {
            checks.add(FieldError::new(name, "moment_unreadable"));
            None
        }),
    };
    let (starts, planned_end) = (moment("starts"), moment("planned_end"));
    checks.done()?;
    let new = NewNotice {
        site: site.id,
        kind: text("kind").parse().unwrap_or(NoticeKind::Notice),
        title: text("title"),
        body: text("body"),
        audience: audience(pairs, spots),
        starts: starts.unwrap_or(ask.house().now()),
        planned_end,
        categories: all(pairs, "categories").map(ToString::to_string).collect(),
    };
    notices::check(&new)?;
    Ok(new)
}

fn audience(pairs: &[(String, String)], spots: &[Spot]) -> Audience {
    let chosen = |stair: bool| {
        let fits = |spot: &&Spot| spot.is_stair == stair && all(pairs, "spot").any(|id| id == spot.id.to_string());
        spots.iter().filter(fits).map(|spot| spot.id).collect()
    };
    let roles = HomeRole::ALL.into_iter().filter(|role| all(pairs, "role").any(|word| word == role.as_str()));
    Audience { buildings: chosen(false), stairs: chosen(true), roles: roles.collect() }
}

/// `2026-08-12 14:00`, also with a full-width colon or a `T`.
fn read_moment(zone: &Zone, typed: &str) -> Option<Moment> {
    let typed = typed.replace('：', ":").replace('T', " ");
    let (day, time) = typed.trim().split_once(' ')?;
    let (hour, minute) = time.trim().split_once(':')?;
    let (hour, minute): (i8, i8) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
    let fits = (0..24).contains(&hour) && (0..60).contains(&minute);
    fits.then_some(())?;
    Some(zone.at(day.parse::<Day>().ok()?, hour, minute))
}
