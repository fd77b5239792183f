//! 前台时间: on which days and when the desk is open, in versions that begin on a day.

mod form;
mod pages;

use kernel::{
    Checks, Error, Right,
    calendar::DeskHours,
    policies::{self, Versions},
};
use values::Day;
use web::{Answer, Ask, Route, View, done, parts::FormState};

use super::{paths, sent::Sent, versions};

pub fn routes() -> Vec<Route> {
    let right = |route: Route| route.right(Right::SettingsManage);
    vec![
        right(Route::get("/c/{site}/settings/desk-hours", now)),
        right(Route::post("/c/{site}/settings/desk-hours", save)).audit("policy.set").idempotent(),
        right(Route::get("/c/{site}/settings/desk-hours/new", new)),
        right(Route::get("/c/{site}/settings/desk-hours/{from}", one)),
        right(Route::post("/c/{site}/settings/desk-hours/{from}/withdrawal", withdraw))
            .audit("policy.withdrawn")
            .idempotent(),
    ]
}

async fn known(ask: &Ask) -> Result<Versions<DeskHours>, Error> {
    policies::desk_hours_of(&mut ask.read().await?, ask.site()?.id).await
}

async fn now(ask: Ask) -> Answer {
    let (known, view) = (known(&ask).await?, ask.view().await?);
    let things = paths::hours(&ask.site()?.code);
    let (from, hours) = known.on(view.formats.today());
    let body = pages::overview(&view, &things, &known, from, hours, &ask.fresh_key());
    super::shown(&view, &pages::title(&view, &things), None, body)
}

async fn one(ask: Ask) -> Answer {
    let (from, known, view) = (versions::of_address(&ask)?, known(&ask).await?, ask.view().await?);
    let things = paths::hours(&ask.site()?.code);
    let body = pages::overview(&view, &things, &known, Some(from), known.at(from)?, &ask.fresh_key());
    super::shown(&view, &pages::title_of(&view, &things, from), None, body)
}

async fn new(ask: Ask) -> Answer {
    let (known, view) = (known(&ask).await?, ask.view().await?);
    let today = view.formats.today();
    let state = form::state_of(known.on(today).1).value("from", today.plus_days(1).to_string());
    show(&ask, &view, state, None).await
}

/// What a version of the form would change, in words.
struct Preview {
    from: Day,
    lines: Vec<String>,
}

async fn show(ask: &Ask, view: &View, state: FormState, preview: Option<&Preview>) -> Answer {
    let things = paths::hours(&ask.site()?.code);
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
            let said = ask.words().with("desk-set-hours-saved", &[("day", view.formats.long_date(from).into())]);
            Ok(done(&paths::hours(&ask.site()?.code), &said))
        }
        Ok(None) => match look(&ask, &view, &sent).await {
            Ok(preview) => show(&ask, &view, FormState::typed(ask.pairs()?), Some(&preview)).await,
            Err(error) => show(&ask, &view, ask.mend(error)?, None).await,
        },
        Err(error) => show(&ask, &view, ask.mend(error)?, None).await,
    }
}

fn read(sent: &Sent) -> Result<(Day, DeskHours), Error> {
    let mut checks = Checks::default();
    let (from, hours) = (versions::day(sent, &mut checks), form::read(sent, &mut checks));
    checks.done()?;
    from.zip(hours).ok_or(Error::Missing)
}

async fn look(ask: &Ask, view: &View, sent: &Sent) -> Result<Preview, Error> {
    let (from, hours) = read(sent)?;
    let known = known(ask).await?;
    Ok(Preview { from, lines: pages::changes(view, known.on(from).1, &hours) })
}

async fn saved(ask: &Ask, sent: &Sent) -> Result<Day, Error> {
    let site = ask.site()?.id;
    let (from, hours) = read(sent)?;
    let (from, _) = web::once!(ask, tx => {
        policies::set_desk_hours(&mut tx, site, from, &hours).await?;
        from
    });
    Ok(from)
}

async fn withdraw(ask: Ask) -> Answer {
    let (site, from) = (ask.site()?.id, versions::of_address(&ask)?);
    web::once!(ask, tx => policies::withdraw_desk_hours(&mut tx, site, from).await?);
    Ok(done(&paths::hours(&ask.site()?.code), &ask.words().say("desk-set-withdrawn")))
}
