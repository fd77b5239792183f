//! CRT-91: certificates that run out are told to who holds them and to who rosters people, once for each step.

use serde_json::{Value as Json, json};
use values::Day;

use super::{Certificate, REMINDERS, of, rules};
use crate::{
    Error, House, PartyId, Role, Site, Tx, access,
    inbox::{self, NewMessage, Weight},
    sites, staff,
};

/// From this many days on it is an alarm.
const ALARM_DAYS: i64 = 7;

/// Tells what is due by today at every site. Running it again tells nobody twice. Gives the number of messages.
pub async fn remind(house: &House) -> Result<usize, Error> {
    let mut tx = house.begin(&access::system_company("certificates")).await?;
    let mut told = 0;
    for site in sites::visible(&mut tx).await? {
        told += remind_at(&mut tx, &site).await?;
    }
    if told > 0 {
        tx.commit().await?;
    }
    Ok(told)
}

async fn remind_at(tx: &mut Tx, site: &Site) -> Result<usize, Error> {
    let today = site.today(tx.now());
    let mut told = 0;
    for person in running_out(tx, site, today).await? {
        for (certificate, left, step) in rules::reminders(&of(tx, person).await?, today) {
            told += tell(tx, site, &certificate, left, step).await?;
        }
    }
    if told > 0 {
        tx.note(site.id, "certificate.reminded", format!("site/{}", site.id), Json::Null, json!({ "messages": told }));
    }
    Ok(told)
}

/// Who is on the staff today and holds something that ends within the longest reminder.
async fn running_out(tx: &mut Tx, site: &Site, today: Day) -> Result<Vec<PartyId>, Error> {
    let horizon = today.plus_days(REMINDERS[0]);
    let sql = "SELECT DISTINCT s.party AS value FROM staff s JOIN certificates c ON c.party = s.party WHERE s.site = $1 AND {scope:s} \
               AND s.from_day <= $2 AND (s.to_day IS NULL OR s.to_day > $2) AND (c.valid_until <= $3 OR c.review_due <= $3) \
               ORDER BY value";
    tx.all(sql, (site.id, today, horizon)).await
}

async fn tell(tx: &mut Tx, site: &Site, certificate: &Certificate, left: i64, step: i64) -> Result<usize, Error> {
    let lapsed = left < 0;
    let (subject, last_day) = (if lapsed { "certificate_lapsed" } else { "certificate_due" }, certificate.last_day());
    let name: Option<String> = tx.opt("SELECT name AS value FROM parties WHERE id = $1", (certificate.party,)).await?;
    let data = json!({
        "person": certificate.party, "name": name, "kind": certificate.kind.as_str(), "trade": certificate.trade,
        "number": certificate.number, "last_day": last_day, "left": left,
    });
    let day = last_day.map(|day| day.to_string()).unwrap_or_default();
    let about = format!("{}:{day}:{}", certificate.id, if lapsed { -1 } else { step });
    let weight = if left <= ALARM_DAYS { Weight::Must } else { Weight::See };
    let new = NewMessage { site: site.id, subject, data: &data, about: about.clone(), weight };
    let mut told = 0;
    for person in recipients(tx, site, certificate.party).await? {
        if !inbox::was_told(tx, person, subject, &about).await? {
            inbox::put(tx, &new, &[person]).await?;
            told += 1;
        }
    }
    Ok(told)
}

/// The holder, then who rosters and who runs the site.
async fn recipients(tx: &mut Tx, site: &Site, holder: PartyId) -> Result<Vec<PartyId>, Error> {
    let mut people = vec![holder];
    for role in [Role::Personnel, Role::SiteManager] {
        for person in staff::holders(tx, site.id, role, None).await? {
            if !people.contains(&person) {
                people.push(person);
            }
        }
    }
    Ok(people)
}
