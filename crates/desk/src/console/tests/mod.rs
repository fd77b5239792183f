//! The desk's console through its pages: what each role sees, what a call costs in fields, what is refused and how.

mod home;
mod intake;
mod list;
mod order;
mod words;

use kernel::{
    PartyId, PlaceId, Role, access,
    orders::Number,
    parties::{self, HomeRole, NewOccupancy, PartyKind},
    places::{self, BuildingRule},
};
use testing::{Person, World};
use values::{Area, Day};

/// 桂语花园 with building 3 (one stair, 18 floors, two homes a floor), the shipped categories, and the people of the desk.
pub struct Estate {
    pub world: World,
    pub desk: Person,
    pub manager: Person,
    pub li: Person,
}

pub async fn estate() -> Estate {
    let mut world = World::new(crate::routes(), &[web::i18n::WEB, crate::MESSAGES]).await;
    let mut tx = world.house.begin(&access::system(world.site, "world")).await.unwrap();
    crate::ship(&mut tx, world.site).await.unwrap();
    let rule = BuildingRule {
        building: "3".into(),
        stairs: 1,
        floors: 18,
        homes: 2,
        areas: vec![Area::from_hundredths(8937)],
        ..BuildingRule::default()
    };
    places::add_building(&mut tx, world.site, &rule, Day::new(2023, 6, 30).ok()).await.unwrap();
    tx.commit().await.unwrap();
    let desk = world.staff("陈芳", Role::Desk).await;
    let manager = world.staff("周敏", Role::SiteManager).await;
    let site = world.site;
    let li = world.staff_at(site, "李建国", Role::Technician, "ENG").await;
    Estate { world, desk, manager, li }
}

impl Estate {
    pub async fn place(&self, code: &str) -> PlaceId {
        let mut read = self.world.house.read(&access::system(self.world.site, "world")).await.unwrap();
        places::by_code(&mut read, self.world.site, code).await.unwrap().id
    }
    /// Somebody who owns `code` and is called on `phone`.
    pub async fn owner(&self, code: &str, name: &str, phone: &str) -> PartyId {
        let place = self.place(code).await;
        let site = self.world.site;
        let mut tx = self.world.house.begin(&access::system(site, "world")).await.unwrap();
        let party =
            parties::add(&mut tx, Some(site), PartyKind::Person, name, &[phone.parse().unwrap()]).await.unwrap();
        let from = Day::new(2024, 1, 1).unwrap();
        parties::move_in(
            &mut tx,
            site,
            NewOccupancy { place, party, role: HomeRole::Owner, from, to: None, let_in_by: None },
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        party
    }
    /// A call that is taken down; the address of its page.
    pub async fn call(&self, place: &str, category: &str, text: &str) -> String {
        self.call_with(place, category, text, &[]).await
    }
    pub async fn call_with(&self, place: &str, category: &str, text: &str, more: &[(&str, &str)]) -> String {
        let mut fields = vec![("place", place), ("category", category), ("text", text), ("merge", "none")];
        fields.retain(|(name, _)| more.iter().all(|(other, _)| name != other));
        fields.extend_from_slice(more);
        let path = self.world.post(&self.desk, "/c/GYHY/orders", &fields).await.is(303).location();
        // Orders are told apart by their time of report.
        self.world.wait(60_000);
        path
    }
    pub async fn text(&self, path: &str) -> String {
        self.world.get(&self.desk, path).await.is(200).text()
    }
    pub async fn act(&self, path: &str, noun: &str, fields: &[(&str, &str)]) {
        self.world.post(&self.desk, &format!("{path}/{noun}"), fields).await.is(303);
    }
}

/// The number at the end of an order's address.
pub fn number(path: &str) -> Number {
    path.rsplit('/').next().unwrap().parse().unwrap()
}
