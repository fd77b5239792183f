//! Sixty staff with their certificates, a thousand families, and who of them is signed in while the story is told.

use std::collections::HashMap;

use ::people::{password, second_factor};
use kernel::{
    Caller, Error, PartyId, PlaceId, Role, SiteId, Tx, access,
    certificates::{self, NewCertificate},
    parties::{self, HomeRole, NewOccupancy, NewParty},
    staff,
};
use values::{DAY, Day, Phone};

use super::{
    Maker, PASSWORD,
    data::{GivenNames, Household, Member, Surname, World},
    estate::Homes,
};

/// 王雅华 of 3-1-1201, whose ceiling leaks.
pub const RESIDENT_PHONE: &str = "13800002207";
/// Who looks after the whole company.
pub const ADMINISTRATOR: &str = "guzhengping";
/// No secret: an administrator must have a second factor, and here everybody may be the administrator.
pub const ADMINISTRATOR_SECRET: &[u8; 20] = b"guiyu-huayuan-admin!";
/// Residents who use the portal in the story.
const PORTAL_USERS: usize = 40;

/// Staff by name.
pub struct Hired {
    pub party: PartyId,
    pub name: String,
}

/// One family: the home and the people, the owner first.
pub struct Family {
    pub home: PlaceId,
    pub code: String,
    pub people: Vec<(PartyId, String, Option<Phone>)>,
    pub entry_note: Option<String>,
}

/// Who acts in the story, signed in.
pub struct Crew {
    pub staff: Vec<(Hired, Caller)>,
    pub residents: HashMap<PartyId, Caller>,
}

impl Crew {
    pub fn named(&self, name: &str) -> Option<&(Hired, Caller)> {
        self.staff.iter().find(|(hired, _)| hired.name == name)
    }
}

fn role(word: &str) -> Role {
    match word {
        "site_manager" => Role::SiteManager,
        "supervisor" => Role::Supervisor,
        "desk" => Role::Desk,
        "steward" => Role::Steward,
        "hr" => Role::Personnel,
        _ => Role::Technician,
    }
}

pub async fn staff(maker: &Maker, site: SiteId, world: &World) -> Result<Vec<Hired>, Error> {
    let hash = password::hash(PASSWORD, password::COST).await?;
    let mut tx = maker.house.begin(&access::system_company("demo")).await?;
    let mut hired = Vec::new();
    for (index, one) in (0u64..).zip(&world.people.staff) {
        let phone: Phone =
            format!("1390000{:04}", 1000 + index * 7).parse().map_err(|_| Error::Broken("a staff phone".into()))?;
        let party = parties::add(&mut tx, Some(site), parties::PartyKind::Person, &one.name, &[phone]).await?;
        staff::hire(
            &mut tx,
            &staff::NewStaff { site, party, department: &one.department, post: &one.post, from: one.joined },
        )
        .await?;
        staff::grant(&mut tx, party, role(&one.role), Some(site), None, one.joined).await?;
        staff::open_account(&mut tx, party, Some(&one.login)).await?;
        staff::set_password(&mut tx, party, &hash, None).await?;
        for held in &one.certificates {
            certificate(&mut tx, site, party, held).await?;
        }
        hired.push(Hired { party, name: one.name.clone() });
    }
    hold_buildings(&mut tx, site, world, &hired).await?;
    tx.commit().await?;
    Ok(hired)
}

/// 顾正平, with every right and a second factor whose secret is printed.
pub async fn administrator(maker: &Maker) -> Result<(), Error> {
    let hash = password::hash(PASSWORD, password::COST).await?;
    let mut tx = maker.house.begin(&access::system_company("demo")).await?;
    let party = parties::add(&mut tx, None, parties::PartyKind::Person, "顾正平", &[]).await?;
    staff::open_account(&mut tx, party, Some(ADMINISTRATOR)).await?;
    staff::set_password(&mut tx, party, &hash, None).await?;
    let today = values::Zone::default().day(tx.now());
    staff::grant(&mut tx, party, Role::SystemAdmin, None, None, today).await?;
    second_factor::enrol_known(&mut tx, party, ADMINISTRATOR, ADMINISTRATOR_SECRET).await?;
    tx.commit().await
}

async fn certificate(tx: &mut Tx, site: SiteId, party: PartyId, held: &super::data::Certificate) -> Result<(), Error> {
    let kind = held.kind.parse().map_err(|_| Error::Broken(format!("no certificate {}", held.kind)))?;
    let new = NewCertificate {
        kind,
        trade: held.trade.clone(),
        number: held.number.clone(),
        issued: held.issued,
        valid_until: held.valid_until,
        review_due: held.review_due,
    };
    certificates::add(tx, site, party, &new).await?;
    Ok(())
}

async fn hold_buildings(tx: &mut Tx, site: SiteId, world: &World, hired: &[Hired]) -> Result<(), Error> {
    for (one, hired) in world.people.staff.iter().zip(hired) {
        for code in &one.buildings {
            let building = kernel::places::by_code(tx, site, code).await?;
            staff::hold(tx, site, hired.party, building.id, one.joined).await?;
        }
    }
    Ok(())
}

/// Families for most homes; those of the written world keep their names.
pub async fn households(maker: &Maker, site: SiteId, world: &World, homes: &Homes) -> Result<Vec<Family>, Error> {
    let written: HashMap<&str, &Household> =
        world.people.households.iter().map(|one| (one.home.as_str(), one)).collect();
    let mut draw = Draw { maker, surnames: &world.people.surnames, given: &world.people.given_names, next_phone: 0 };
    let mut plan = Vec::new();
    for unit in &homes.units {
        match written.get(unit.code.as_str()) {
            Some(household) => plan.push((unit, written_family(&mut draw, household)?, household.entry_note.clone())),
            None => plan.extend(draw.family()?.map(|family| (unit, family, None))),
        }
    }
    let mut tx = maker.house.begin(&access::system(site, "demo")).await?;
    let people: Vec<NewParty> = plan
        .iter()
        .flat_map(|(_, family, _)| family)
        .map(|(name, phone, _)| NewParty::person(name, phone.clone().into_iter().collect()))
        .collect();
    let mut ids = parties::add_all(&mut tx, &people).await?.into_iter();
    let (mut families, mut moves) = (Vec::new(), Vec::new());
    for (unit, family, entry_note) in plan {
        let members: Vec<_> =
            family.into_iter().filter_map(|(name, phone, role)| ids.next().map(|id| (id, name, phone, role))).collect();
        let from = unit.delivered.unwrap_or(Day::new(2022, 6, 30).map_err(|_| Error::Broken("a day".into()))?);
        moves.extend(members.iter().map(|(party, _, _, role)| NewOccupancy {
            place: unit.id,
            party: *party,
            role: *role,
            from,
            to: None,
            let_in_by: None,
        }));
        let people = members.into_iter().map(|(id, name, phone, _)| (id, name, phone)).collect();
        families.push(Family { home: unit.id, code: unit.code.clone(), people, entry_note });
    }
    parties::move_in_all(&mut tx, site, &moves).await?;
    tx.note(
        site,
        "households.made",
        "demo",
        serde_json::Value::Null,
        serde_json::json!({ "families": families.len() }),
    );
    tx.commit().await?;
    Ok(families)
}

type Person = (String, Option<Phone>, HomeRole);

fn written_family(draw: &mut Draw<'_>, household: &Household) -> Result<Vec<Person>, Error> {
    household.people.iter().map(|member| written_member(draw, member)).collect()
}

fn written_member(draw: &mut Draw<'_>, member: &Member) -> Result<Person, Error> {
    let role = member.relation.parse().unwrap_or(HomeRole::Family);
    let phone = match &member.phone_tail {
        Some(tail) => Some(format!("1380000{tail}").parse().map_err(|_| Error::Broken("a phone".into()))?),
        None => None,
    };
    draw.next_phone += 1;
    Ok((member.name.clone(), phone, role))
}

/// Draws families from the lists of names; the same seed draws the same ones.
struct Draw<'a> {
    maker: &'a Maker,
    surnames: &'a [Surname],
    given: &'a GivenNames,
    next_phone: u64,
}

impl Draw<'_> {
    fn below(&self, end: usize) -> usize {
        usize::try_from(self.maker.chance.below(u64::try_from(end).unwrap_or(1))).unwrap_or(0)
    }
    fn name(&self) -> String {
        let total: u64 = self.surnames.iter().map(|one| one.weight).sum();
        let mut at = self.maker.chance.below(total);
        let surname = self.surnames.iter().find(|one| {
            let here = at < one.weight;
            at = at.saturating_sub(one.weight);
            here
        });
        let list = if self.below(2) == 0 { &self.given.m } else { &self.given.f };
        format!("{}{}", surname.map_or("王", |one| &one.name), list[self.below(list.len())])
    }
    fn phone(&mut self) -> Result<Phone, Error> {
        self.next_phone += 1;
        let (head, tail) =
            (["136", "137", "150", "158", "186", "189"][self.below(6)], self.next_phone * 7919 % 100_000_000);
        format!("{head}{tail:08}").parse().map_err(|_| Error::Broken("a phone".into()))
    }
    /// Of 144 homes 16 are vacant and 27 let.
    fn family(&mut self) -> Result<Option<Vec<Person>>, Error> {
        let drawn = self.below(144);
        if drawn < 16 {
            return Ok(None);
        }
        let mut people = vec![(self.name(), Some(self.phone()?), HomeRole::Owner)];
        if drawn < 43 {
            people.push((self.name(), Some(self.phone()?), HomeRole::Tenant));
        } else if drawn.is_multiple_of(3) {
            people.push((self.name(), Some(self.phone()?), HomeRole::CoOwner));
        }
        if drawn.is_multiple_of(4) {
            people.push((self.name(), None, HomeRole::Family));
        }
        Ok(Some(people))
    }
}

/// Signs in everybody who acts, as they would: with a session, which ends with the history.
pub async fn sign_in(maker: &Maker, site: SiteId, hired: Vec<Hired>, families: &[Family]) -> Result<Crew, Error> {
    let mut crew = Crew { staff: Vec::new(), residents: HashMap::new() };
    for one in hired {
        let caller = caller(maker, one.party, "console").await?;
        crew.staff.push((one, caller));
    }
    let written: Vec<&Family> =
        families.iter().filter(|family| family.people.first().is_some_and(|person| person.2.is_some())).collect();
    let step = (written.len() / PORTAL_USERS).max(1);
    let users = written
        .iter()
        .step_by(step)
        .chain(written.iter().filter(|family| family.code == "3-1-1201" || family.entry_note.is_some()));
    for family in users {
        let (party, _, phone) = &family.people[0];
        if crew.residents.contains_key(party) {
            continue;
        }
        open_portal(maker, site, *party, phone.as_ref()).await?;
        crew.residents.insert(*party, caller(maker, *party, "resident").await?);
    }
    Ok(crew)
}

async fn open_portal(maker: &Maker, site: SiteId, party: PartyId, phone: Option<&Phone>) -> Result<(), Error> {
    let mut tx = maker.house.begin(&access::system(site, "demo")).await?;
    staff::open_account(&mut tx, party, None).await?;
    if let Some(phone) = phone {
        staff::bind_phone(&mut tx, party, phone).await?;
    }
    tx.commit().await
}

async fn caller(maker: &Maker, party: PartyId, face: &str) -> Result<Caller, Error> {
    let mut tx = maker.house.begin(&access::system_company("demo")).await?;
    let secret = access::new_session(&mut tx, party, face, "demo", 200 * DAY, 200 * DAY).await?;
    tx.commit().await?;
    access::by_session(&maker.house, &secret, None)
        .await?
        .ok_or_else(|| Error::Broken("a session that just opened is there".into()))
}

/// Ends the sessions of the story: nobody is signed in when the demo begins.
pub async fn sign_out(maker: &Maker, crew: &Crew) -> Result<(), Error> {
    let mut tx = maker.house.begin(&access::system_company("demo")).await?;
    let staff = crew.staff.iter().map(|(hired, _)| hired.party);
    for party in staff.chain(crew.residents.keys().copied()) {
        access::end_sessions_of(&mut tx, party, None).await?;
    }
    tx.note(None, "sessions.ended", "demo", serde_json::Value::Null, serde_json::Value::Null);
    tx.commit().await
}
