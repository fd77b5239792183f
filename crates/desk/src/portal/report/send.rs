//! What came of the form: one order, whatever happens on the way.

use axum::http::StatusCode;
use kernel::{
    Checks, Error, PlaceId, Read,
    categories::{self, Category},
    notices::{self, Notice},
    orders::{self, Channel, Kind, NewReport, NewReporter, Number, Urgency},
};
use serde::Deserialize;
use web::{Answer, Ask, i18n::Lang, parts::FormState};

use super::{
    load::{self, Question},
    page::{self, ROOMS},
    tree::Tree,
};
use crate::portal::{
    homes::{self, Homes},
    paths,
};

/// What was sent, before anything is looked up.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sent {
    kind: String,
    home: String,
    category: String,
    spot: String,
    room: String,
    text: String,
    urgent: String,
    /// The mark of the label that was scanned.
    at: String,
}

impl Sent {
    fn kind(&self) -> Kind {
        self.kind.parse().unwrap_or(Kind::Repair)
    }
    fn question(&self) -> Question {
        let category = Some(self.category.clone()).filter(|code| !code.is_empty());
        Question {
            kind: Some(self.kind.clone()),
            category,
            more: None,
            home: Some(self.home.clone()),
            at: Some(self.at.clone()),
        }
    }
}

/// `POST /r/report`
pub(in crate::portal) async fn send(ask: Ask) -> Answer {
    let sent: Sent = ask.form()?;
    match take(&ask, &sent).await {
        Ok(number) => Ok(web::done(&paths::order(number), &ask.words().say("desk-portal-sent"))),
        Err(error) => {
            let state: FormState = ask.mend(error)?;
            page::again(ask, &sent.question(), StatusCode::UNPROCESSABLE_ENTITY, state).await
        }
    }
}

async fn take(ask: &Ask, sent: &Sent) -> Result<Number, Error> {
    let photos = photos(ask)?;
    check(sent)?;
    let mut read = ask.read().await?;
    let homes = homes::named(ask, &mut read, &sent.home).await?;
    let all = categories::all(&mut read, homes.site.id).await?;
    let scanned = load::scanned(&mut read, Some(&sent.at)).await?.filter(|place| load::is_public(place, &homes));
    drop(read);
    let category = Tree::new(&all, sent.kind()).leaf(&sent.category).cloned();
    let urgent = (sent.urgent == "on" && sent.kind() == Kind::Repair).then_some(Urgency::Urgent);
    let text = category.as_ref().map_or_else(|| sent.text.clone(), |category| in_words(ask, sent, category));
    let place = match scanned {
        Some(place) => place.id,
        None if sent.spot == "common" => homes.chosen.common_part(),
        None => homes.chosen.place,
    };
    let code = category.map_or_else(|| sent.category.clone(), |category| category.code);
    let new = NewReport { urgency: urgent, text, evidence: photos, ..blank(&homes, sent.kind(), code, place) };
    Ok(web::once!(ask, tx => orders::report(&mut tx, &new).await?.number).0)
}

/// Words are optional for a repair only: its category says what is wrong.
fn check(sent: &Sent) -> Result<(), Error> {
    let mut checks = Checks::default();
    if sent.text.trim().is_empty() && !matches!(sent.kind(), Kind::Repair | Kind::Help) {
        checks.refuse("text", "report_words_missing");
    }
    checks.done()
}

fn blank(homes: &Homes, kind: Kind, category: String, place: PlaceId) -> NewReport {
    NewReport {
        site: homes.site.id,
        kind,
        category,
        urgency: None,
        place: Some(place),
        channel: Channel::App,
        text: String::new(),
        reporter: NewReporter::default(),
        entry_note: None,
        outage: None,
        evidence: Vec::new(),
        device_at: None,
    }
}

/// The room stands before the words, in the language of those who do the work.
fn in_words(ask: &Ask, sent: &Sent, category: &Category) -> String {
    let Some(room) = ROOMS.iter().find(|room| **room == sent.room) else { return sent.text.trim().to_string() };
    let words = ask.words().in_lang(Lang::Zh);
    let room = words.say(&format!("desk-portal-room-{room}"));
    let (key, said) = match sent.text.trim() {
        "" => ("desk-portal-room-alone", category.zh.as_str()),
        said => ("desk-portal-room-words", said),
    };
    words.with(key, &[("room", room.into()), ("words", said.into())])
}

/// The ids of the photos that were uploaded while the form was filled in.
pub(in crate::portal) fn photos<T>(ask: &Ask) -> Result<Vec<values::Id<T>>, Error> {
    let pairs = ask.pairs()?;
    let ids = pairs.iter().filter(|(name, id)| name == "photos" && !id.is_empty());
    ids.map(|(_, id)| id.parse().map_err(|_| Error::Missing)).collect()
}

#[derive(Deserialize)]
struct MeToo {
    home: String,
    notice: String,
}

/// `POST /r/report/outage`: this home is hit as well. One order, tied to the notice; its end is told to the reporter.
pub(in crate::portal) async fn me_too(ask: Ask) -> Answer {
    let sent: MeToo = ask.form()?;
    let mut read = ask.read().await?;
    let homes = homes::named(&ask, &mut read, &sent.home).await?;
    let notice = running(&mut read, &homes, &sent.notice).await?;
    let all = categories::all(&mut read, homes.site.id).await?;
    drop(read);
    let leaf = Tree::new(&all, Kind::Repair).outage_leaf(&notice.categories).ok_or(Error::Missing)?;
    let new = NewReport {
        outage: Some(notice.id.uuid()),
        urgency: Some(Urgency::Normal),
        text: notice.title.clone(),
        ..blank(&homes, Kind::Repair, leaf.code.clone(), homes.chosen.place)
    };
    let number = web::once!(ask, tx => orders::report(&mut tx, &new).await?.number).0;
    Ok(web::done(&paths::order(number), &ask.words().say("desk-portal-sent-outage")))
}

/// The outage, if it goes on and reaches this home. Errors: `Missing`.
async fn running(read: &mut Read, homes: &Homes, id: &str) -> Result<Notice, Error> {
    let now = read.now();
    let mine = notices::at_home(read, read.caller().party().ok_or(Error::Denied)?).await?;
    let found = mine.into_iter().find(|notice| notice.id.to_string() == id && notice.is_running(now));
    found.filter(|notice| notice.site == homes.site.id).ok_or(Error::Missing)
}
