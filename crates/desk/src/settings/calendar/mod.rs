//! 工作日历: which days of a year are worked, as the State Council arranges them. One calendar serves every site of the
//! company, so only who manages the settings of all of them may change it; the others read it.

mod form;
mod pages;

use kernel::{
    Caller, Error, Read, Right,
    calendar::{self, Calendar},
    sites,
};
use serde::Deserialize;
use web::{Answer, Ask, Route, done, parts::FormState};

use super::{paths, sent::Sent};

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/c/{site}/settings/calendar", show).right(Right::SettingsManage),
        Route::post("/c/{site}/settings/calendar", load)
            .right(Right::SettingsManage)
            .audit("calendar.loaded")
            .idempotent(),
    ]
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    year: String,
}

/// The years that a page may show: nobody arranges more than the next.
fn year_of(text: &str, today: values::Day) -> i16 {
    text.parse().ok().filter(|year| (2000..=2100).contains(year)).unwrap_or_else(|| today.year())
}

async fn show(ask: Ask) -> Answer {
    let today = ask.site()?.today(ask.house().now());
    let year = year_of(&ask.query::<Wanted>()?.year, today);
    let known = calendar::store::known(&mut ask.read().await?).await?;
    page(&ask, year, &known, form::state_of(&known, year)).await
}

async fn page(ask: &Ask, year: i16, known: &Calendar, state: FormState) -> Answer {
    let (view, site) = (ask.view().await?, ask.site()?);
    let may = may_load(&mut ask.read().await?, &ask.caller).await?;
    let body =
        pages::calendar(&view, &site.code, &pages::Shown { year, known, may, state: &state, once: &ask.fresh_key() });
    super::shown(&view, &pages::title(&view, &site.code, year, known), Some(&state), body)
}

/// Settings of every site of the company, whether the caller sees it or not.
pub(super) async fn may_load(read: &mut Read, caller: &Caller) -> Result<bool, Error> {
    let seen = sites::visible(read).await?;
    let all: i64 = read.one("SELECT count(*) AS value FROM sites", ()).await?;
    let managed = seen.iter().filter(|site| caller.may(Right::SettingsManage, site.id)).count();
    Ok(i64::try_from(managed).ok() == Some(all))
}

async fn load(ask: Ask) -> Answer {
    let sent = Sent::of(&ask)?;
    let year = year_of(sent.text("year"), ask.site()?.today(ask.house().now()));
    match loaded(&ask, year, &sent).await {
        Ok(moved) => {
            let said =
                ask.words().with("desk-set-calendar-saved", &[("year", year.to_string().into()), ("n", moved.into())]);
            Ok(done(&paths::calendar(&ask.site()?.code, year), &said))
        }
        Err(error) => {
            let known = calendar::store::known(&mut ask.read().await?).await?;
            page(&ask, year, &known, ask.mend(error)?).await
        }
    }
}

async fn loaded(ask: &Ask, year: i16, sent: &Sent) -> Result<usize, Error> {
    if !may_load(&mut ask.read().await?, &ask.caller).await? {
        return Err(Error::Denied);
    }
    let year = form::read(year, sent)?;
    let (moved, _) = web::once!(ask, tx => calendar::load(&mut tx, &year).await?);
    Ok(moved)
}
