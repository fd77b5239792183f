use kernel::{
    Error, PartyId, Read, Right, Site,
    certificates::{self, GapWhy},
    orders::{self, OrderView},
    places::Place,
    search, staff,
};
use web::{Ask, View};

use super::{
    model::{Caller, Candidate, Case, May, Obstacle, Paper},
    store,
};
use crate::console::intake::{model::Spot, store as places_store};

/// The order of the address, as this caller may see it. Errors: `Missing`.
pub async fn case(ask: &Ask) -> Result<Case, Error> {
    let (site, number): (&Site, String) = (ask.site()?, ask.param("number")?);
    let mut read = ask.read().await?;
    let id = orders::by_number(&mut read, site.id, &number).await?;
    let view = orders::load(&mut read, id).await?;
    let may = May { reveal: ask.may(Right::PeopleRead), desk: ask.may(Right::OrderDesk) };
    around(&mut read, site, view, may).await
}

async fn around(read: &mut Read, site: &Site, view: OrderView, may: May) -> Result<Case, Error> {
    let (mut occupants, mut open) = (Vec::new(), Vec::new());
    if let Some(place) = &view.place {
        open = places_store::open_at(read, place.id, Some(view.order.id)).await?;
        if place.kind.is_exclusive() {
            occupants = places_store::occupants(read, place.id, site.today(read.now())).await?;
        }
    }
    let mut others = Vec::new();
    for one in view.reporters.iter().skip(1) {
        let place = match one.place {
            Some(place) => Some(kernel::places::by_id(read, place).await?.code),
            None => None,
        };
        others.push(Caller { name: one.name.clone(), phone: one.phone.clone(), place });
    }
    let assignee_phone = match view.order.assignee() {
        Some(person) => store::phone_of(read, site.id, person).await?,
        None => None,
    };
    Ok(Case { spot: view.place.as_ref().map(spot), occupants, open, others, assignee_phone, may, view })
}

fn spot(place: &Place) -> Spot {
    Spot {
        id: place.id,
        code: place.code.clone(),
        name: place.name.clone(),
        kind: place.kind.as_str().to_string(),
        area: place.area,
        floor: place.floor,
    }
}

/// Who can be sent: the order's own department first, then who may go, then the least loaded. `typed` narrows them to those
/// whose name, pinyin or initials begin so.
pub async fn candidates(
    read: &mut Read,
    view: &View,
    site: &Site,
    case: &Case,
    typed: &str,
) -> Result<Vec<Candidate>, Error> {
    let today = site.today(read.now());
    let mut all: Vec<Candidate> = Vec::new();
    for worker in staff::workers(read, site.id, today).await? {
        if all.iter().any(|known| known.party == worker.party) || !is_called(&worker.name, typed) {
            continue;
        }
        let certificate = paper(read, case, worker.party, today).await?;
        all.push(Candidate {
            obstacle: obstacle(case, worker.party, &certificate),
            is_own: worker.department == case.order().department,
            party: worker.party,
            name: worker.name,
            department: department(view, &worker.department),
            post: post(view, &worker.post),
            open_orders: worker.open_orders,
            certificate,
        });
    }
    all.sort_by_key(|one| (!one.is_own, one.certificate.is_in_the_way(), one.open_orders));
    Ok(all)
}

fn is_called(name: &str, typed: &str) -> bool {
    let typed = search::plain(typed);
    typed.is_empty() || search::party_terms(name, &[]).iter().any(|term| term.text.starts_with(&typed))
}

fn obstacle(case: &Case, party: PartyId, certificate: &Paper) -> Option<Obstacle> {
    let kind = case.view.category.certificate.as_ref().and_then(|word| word.parse::<certificates::Kind>().ok());
    match certificate.is_in_the_way() && kind.is_some_and(certificates::Kind::blocks) {
        _ if case.order().assignee() == Some(party) => Some(Obstacle::HasIt),
        true => Some(Obstacle::Paper),
        false => None,
    }
}

/// Posts are the site's own words; a post that is named by its role is said in the reader's language.
fn post(view: &View, post: &str) -> String {
    view.words.find(&format!("role-{}", post.replace('_', "-"))).unwrap_or_else(|| post.to_string())
}

fn department(view: &View, code: &str) -> String {
    view.words.find(&format!("desk-department-{}", code.to_lowercase())).unwrap_or_else(|| code.to_string())
}

async fn paper(read: &mut Read, case: &Case, party: kernel::PartyId, today: values::Day) -> Result<Paper, Error> {
    let Some(kind) = case.view.category.certificate.as_ref().and_then(|word| word.parse::<certificates::Kind>().ok())
    else {
        return Ok(Paper::NotNeeded);
    };
    let gap = certificates::missing(read, party, kind, case.view.category.trade.as_deref(), today).await?;
    Ok(match gap {
        None => Paper::Held,
        Some(gap) if gap.why == GapWhy::None => Paper::Missing,
        Some(gap) => Paper::Ended(gap.ended_on),
    })
}
