//! The desk's own words for `World`: a house with two homes one above the other, people who report, work and decide, and
//! acts through the same verbs as pages and the API use.

mod acts;
mod api;
mod carried;
mod life;
mod moments;
mod neighbours;
mod promises;
mod races;
mod rounds;
mod sync;
mod uploads;
mod worked;

use image::{DynamicImage, ImageFormat, RgbImage};
use kernel::{
    Caller, Error, PlaceId, Role, Tx, access,
    evidence::{self, Evidence, Kind as Proof, NewEvidence},
    orders::{self, Channel, Kind, NewReport, NewReporter, Order, OrderView, State},
    parties::{self, NewOccupancy},
    places::{self, PlaceKind, UnitSpec},
    promises::Name,
};
use testing::{Person, World};
use values::{Day, Id};

/// An act of one person, in its own transaction: `does!(scene, person, tx => orders::accept(&mut tx, id))`.
macro_rules! does {
    ($scene:expr, $person:expr, $tx:ident => $verb:expr) => {{
        let mut $tx = $scene.begin($person).await;
        let done = $verb.await;
        if done.is_ok() {
            $tx.commit().await.unwrap();
        }
        done
    }};
}
pub(crate) use does;

pub type OrderId = Id<Order>;

/// 桂语花园 with 3-1-1101 and 3-1-1201, one riser, and the shipped categories.
pub struct Scene {
    pub world: World,
}

impl Scene {
    pub async fn new() -> Self {
        let world = World::new(crate::routes(), &[web::i18n::WEB, crate::MESSAGES]).await;
        let mut tx = world.house.begin(&access::system(world.site, "world")).await.unwrap();
        crate::ship(&mut tx, world.site).await.unwrap();
        let unit = |room: &str| UnitSpec {
            kind: PlaceKind::Unit,
            phase: None,
            building: "3".into(),
            stair: Some("1".into()),
            room: room.into(),
            area: None,
            inside_area: None,
            use_kind: None,
            delivered: None,
        };
        places::add_units(&mut tx, world.site, &[unit("1101"), unit("1201")]).await.unwrap();
        tx.note(world.site, "world.built", "site", serde_json::Value::Null, serde_json::Value::Null);
        tx.commit().await.unwrap();
        Self { world }
    }
    pub async fn desk(&mut self) -> Person {
        self.world.staff("陈芳", Role::Desk).await
    }
    pub async fn manager(&mut self) -> Person {
        self.world.staff("赵敏", Role::SiteManager).await
    }
    /// A technician of the engineering department, without certificates.
    pub async fn technician(&mut self, name: &str) -> Person {
        let site = self.world.site;
        self.world.staff_at(site, name, Role::Technician, "ENG").await
    }
    /// Lives at `code` and is signed in on a phone.
    pub async fn owner(&self, name: &str, code: &str) -> Person {
        let place = self.place(code).await;
        let site = self.world.site;
        let mut tx = self.world.house.begin(&access::system(site, "world")).await.unwrap();
        let phone = format!("138{:08}", name.chars().map(u32::from).sum::<u32>());
        let party = parties::add(&mut tx, Some(site), parties::PartyKind::Person, name, &[phone.parse().unwrap()])
            .await
            .unwrap();
        let from = Day::new(2023, 5, 1).unwrap();
        let new =
            NewOccupancy { place, party, role: kernel::parties::HomeRole::Owner, from, to: None, let_in_by: None };
        parties::move_in(&mut tx, site, new).await.unwrap();
        kernel::staff::open_account(&mut tx, party, None).await.unwrap();
        tx.commit().await.unwrap();
        self.world.sign_in(party, name, true).await
    }
    pub async fn place(&self, code: &str) -> PlaceId {
        let mut read = self.world.house.read(&access::system(self.world.site, "world")).await.unwrap();
        places::by_code(&mut read, self.world.site, code).await.unwrap().id
    }
    pub async fn caller(&self, person: &Person) -> Caller {
        // A new session each time, since these clocks go on for days.
        let fresh = self.world.sign_in(person.party, &person.name, person.resident).await;
        let (_, secret) = fresh.cookie.split_once('=').unwrap();
        access::by_session(&self.world.house, secret, None).await.unwrap().unwrap()
    }
    pub async fn begin(&self, person: &Person) -> Tx {
        self.world.house.begin(&self.caller(person).await).await.unwrap()
    }
    /// What a report of this category at this home says, in the channel of the one who reports.
    pub async fn report_of(&self, person: &Person, category: &str, code: &str) -> NewReport {
        let kind = match category.split('.').next() {
            Some("neighbour") => Kind::Complaint,
            Some("ask") => Kind::Enquiry,
            _ => Kind::Repair,
        };
        NewReport {
            site: self.world.site,
            kind,
            category: category.into(),
            urgency: None,
            place: Some(self.place(code).await),
            channel: if person.resident { Channel::App } else { Channel::Phone },
            text: "厨房顶上滴水".into(),
            reporter: NewReporter::default(),
            entry_note: None,
            outage: None,
            evidence: Vec::new(),
            device_at: None,
        }
    }
    pub async fn reports(&self, person: &Person, category: &str, code: &str) -> OrderId {
        let new = self.report_of(person, category, code).await;
        does!(self, person, tx => orders::report(&mut tx, &new)).unwrap().id
    }
    pub async fn sees(&self, person: &Person, id: OrderId) -> Result<OrderView, Error> {
        let mut read = self.world.house.read(&self.caller(person).await).await.unwrap();
        orders::load(&mut read, id).await
    }
    pub async fn state(&self, person: &Person, id: OrderId) -> State {
        self.sees(person, id).await.unwrap().state
    }
    /// `arrival kept due 23:17:10` of the last round.
    pub async fn promise(&self, person: &Person, id: OrderId, name: Name) -> String {
        let view = self.sees(person, id).await.unwrap();
        let one = view.promises.iter().rev().find(|one| one.promise.name == name);
        let one = one.unwrap_or_else(|| panic!("nothing is promised as {name}"));
        let overdue = matches!(one.outcome, kernel::promises::Outcome::Pending { overdue: true });
        let zone = values::Zone::default();
        format!("{}{} due {}", one.outcome.as_str(), if overdue { " overdue" } else { "" }, zone.rfc3339(one.clock.due))
    }
    /// The acts of the thread, oldest first.
    pub async fn story(&self, person: &Person, id: OrderId) -> Vec<String> {
        self.sees(person, id).await.unwrap().thread.into_iter().map(|entry| entry.act).collect()
    }
    /// A real picture, received and put down in this person's name.
    pub async fn proof(&self, person: &Person, kind: Proof) -> Id<Evidence> {
        let path = self.world.folder().join("upload.png");
        DynamicImage::ImageRgb8(RgbImage::new(8, 8)).save_with_format(&path, ImageFormat::Png).unwrap();
        let picture = evidence::receive(&self.world.house, &path).await.unwrap();
        let new = NewEvidence {
            site: self.world.site,
            kind,
            subject: None,
            visible: false,
            device_at: None,
            note: None,
            operation: None,
        };
        does!(self, person, tx => evidence::add(&mut tx, &picture, &new)).unwrap()
    }
    /// Photo and signature.
    pub async fn completes(&self, person: &Person, id: OrderId) {
        let photos = vec![self.proof(person, Proof::Photo).await];
        let signature = Some(self.proof(person, Proof::Signature).await);
        let with = orders::Completion { result: "换了软管".into(), photos, signature, device_at: None };
        does!(self, person, tx => orders::complete(&mut tx, id, &with)).unwrap();
    }
    pub async fn assigns(&self, desk: &Person, id: OrderId, to: &Person) {
        does!(self, desk, tx => orders::assign(&mut tx, id, &orders::To::Person(to.party))).unwrap();
    }
    /// Taken, arrived, done: it waits for the customer.
    pub async fn works_off(&self, desk: &Person, technician: &Person, id: OrderId) {
        self.assigns(desk, id, technician).await;
        does!(self, technician, tx => orders::take(&mut tx, id)).unwrap();
        does!(self, technician, tx => orders::arrive(&mut tx, id, None)).unwrap();
        self.completes(technician, id).await;
    }
    /// Lets the clock do everything that is due.
    pub async fn clock_works(&self) {
        while kernel::promises::tick(&self.world.house).await.unwrap() {}
    }
    /// What the inbox of this person says, oldest first.
    pub async fn inbox(&self, person: &Person) -> Vec<String> {
        let sql = "SELECT subject AS value FROM messages WHERE party = $1 ORDER BY made, id";
        self.world.house.db().all(sql, (person.party,)).await.unwrap()
    }
    /// `anju check` finds nothing.
    pub async fn is_sound(&self) {
        let mut read = self.world.house.read(&access::system_company("check")).await.unwrap();
        assert_eq!(kernel::promises::recompute(&mut read).await.unwrap(), []);
    }
}

/// The code of a refusal.
#[track_caller]
pub fn code<T>(result: Result<T, Error>) -> String {
    match result {
        Ok(_) => "done".into(),
        Err(Error::Refused(why)) => why.code().into(),
        Err(Error::Invalid(fields)) => fields[0].code.into(),
        Err(Error::Missing) => "missing".into(),
        Err(Error::Denied) => "denied".into(),
        Err(Error::Stale { .. }) => "stale".into(),
        Err(other) => panic!("{other}"),
    }
}
