//! 服务承诺: how long each kind may take, in versions that begin on a day.

mod form;
mod pages;
mod words;

use kernel::{
    Checks, Error, Right,
    policies::{self, Versions},
    promises::{Grade, Policy},
};
use serde::Deserialize;
use values::Day;
use web::{Answer, Ask, Route, View, done, parts::FormState};

use super::{paths, sent::Sent, versions};

pub fn routes() -> Vec<Route> {
    let right = |route: Route| route.right(Right::SettingsManage);
    vec![
        right(Route::get("/c/{site}/settings/promises", now)),
        right(Route::post("/c/{site}/settings/promises", save)).audit("policy.set").idempotent(),
        right(Route::get("/c/{site}/settings/promises/new", new)),
        right(Route::get("/c/{site}/settings/promises/{from}", one)),
        right(Route::post("/c/{site}/settings/promises/{from}/withdrawal", withdraw))
            .audit("policy.withdrawn")
            .idempotent(),
    ]
}

async fn known(ask: &Ask) -> Result<Versions<Policy>, Error> {
    policies::promises_of(&mut ask.read().await?, ask.site()?.id).await
}

async fn now(ask: Ask) -> Answer {
    let (known, view) = (known(&ask).await?, ask.view().await?);
    let things = paths::promises(&ask.site()?.code);
    let (from, policy) = known.on(view.formats.today());
    let body = pages::overview(&view, &things, &known, from, policy, &ask.fresh_key());
    super::shown(&view, &pages::title(&view, &things), None, body)
}

async fn one(ask: Ask) -> Answer {
    let (from, known, view) = (versions::of_address(&ask)?, known(&ask).await?, ask.view().await?);
    let things = paths::promises(&ask.site()?.code);
    let body = pages::overview(&view, &things, &known, Some(from), known.at(from)?, &ask.fresh_key());
    super::shown(&view, &pages::title_of(&view, &things, from), None, body)
}

#[derive(Deserialize)]
struct Begin {
    /// Start from a grade of the association's standard instead of what holds.
    #[serde(default)]
    grade: String,
}

async fn new(ask: Ask) -> Answer {
    let grade: Option<Grade> = ask.query::<Begin>()?.grade.parse().ok();
    let (known, view) = (known(&ask).await?, ask.view().await?);
    let today = view.formats.today();
    let policy = grade.map_or_else(|| known.on(today).1.clone(), Policy::of_grade);
    let state = form::state_of(&policy).value("from", today.plus_days(1).to_string());
    show(&ask, &view, state, None).await
}

/// What a version of the form would change, in words.
struct Preview {
    from: Day,
    lines: Vec<String>,
}

async fn show(ask: &Ask, view: &View, state: FormState, preview: Option<&Preview>) -> Answer {
    let things = paths::promises(&ask.site()?.code);
    let body = pages::form(view, &things, &state, preview, &ask.fresh_key());
    super::shown(view, &pages::title_new(view, &things), Some(&state), body)
}

/// `step`: `look` shows what would change, `save` does it.
async fn save(ask: Ask) -> Answer {
    let sent = Sent::of(&ask)?;
    let outcome = if sent.text("step") == "save" { saved(&ask, &sent).await.map(Some) } else { Ok(None) };
    let view = ask.view().await?;
    match outcome {
        Ok(Some(from)) => {
            let said = ask.words().with("desk-set-promises-saved", &[("day", view.formats.long_date(from).into())]);
            Ok(done(&paths::promises(&ask.site()?.code), &said))
        }
        Ok(None) => match look(&ask, &view, &sent).await {
            Ok(preview) => show(&ask, &view, FormState::typed(ask.pairs()?), Some(&preview)).await,
            Err(error) => show(&ask, &view, ask.mend(error)?, None).await,
        },
        Err(error) => show(&ask, &view, ask.mend(error)?, None).await,
    }
}

fn read(sent: &Sent) -> Result<(Day, Policy), Error> {
    let mut checks = Checks::default();
    let (from, policy) = (versions::day(sent, &mut checks), form::read(sent, &mut checks));
    checks.done()?;
    Ok((from.ok_or(Error::Missing)?, policy))
}

/// Against what would hold on that day without it.
async fn look(ask: &Ask, view: &View, sent: &Sent) -> Result<Preview, Error> {
    let (from, policy) = read(sent)?;
    policy.check()?;
    let known = known(ask).await?;
    let changes = known.on(from).1.changes(&policy);
    Ok(Preview { from, lines: changes.iter().map(|change| words::changed(view, change)).collect() })
}

async fn saved(ask: &Ask, sent: &Sent) -> Result<Day, Error> {
    let site = ask.site()?.id;
    let (from, policy) = read(sent)?;
    let (from, _) = web::once!(ask, tx => {
        policies::set_promises(&mut tx, site, from, &policy).await?;
        from
    });
    Ok(from)
}

async fn withdraw(ask: Ask) -> Answer {
    let (site, from) = (ask.site()?.id, versions::of_address(&ask)?);
    web::once!(ask, tx => policies::withdraw_promises(&mut tx, site, from).await?);
    Ok(done(&paths::promises(&ask.site()?.code), &ask.words().say("desk-set-withdrawn")))
}
