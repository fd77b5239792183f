//! The words that this department's tests are written in.

use kernel::{
    Error, PartyId, PlaceId, Read, Role, SiteId, Tx, access,
    parties::{self, HomeRole, Member, NewOccupancy, NewParty, OccupancyId},
    places::{self, BuildingRule, Place},
};
use testing::{Person, World};
use values::{Day, Phone};

pub const RULE: &str = "3栋 2单元 18层 每层4户 面积 89.37/120.15/65.08/89.37";

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}
pub fn phones(text: &[&str]) -> Vec<Phone> {
    text.iter().map(|text| text.parse().unwrap()).collect()
}

/// A world with a building of 144 homes, delivered in 2022, and the desk signed in.
pub struct Estate {
    pub world: World,
    pub manager: Person,
    pub desk: Person,
}

impl Estate {
    pub async fn new() -> Self {
        let mut world = World::new(crate::routes(), &[web::i18n::WEB, crate::MESSAGES]).await;
        let manager = world.staff("周敏", Role::SiteManager).await;
        let desk = world.staff("陈芳", Role::Desk).await;
        let estate = Self { world, manager, desk };
        estate.building(estate.world.site, RULE).await;
        estate
    }
    pub async fn tx(&self, site: SiteId) -> Tx {
        self.world.house.begin(&access::system(site, "test")).await.unwrap()
    }
    pub async fn read(&self, site: SiteId) -> Read {
        self.world.house.read(&access::system(site, "test")).await.unwrap()
    }
    pub async fn building(&self, site: SiteId, rule: &str) -> PlaceId {
        let mut tx = self.tx(site).await;
        let made = places::add_building(&mut tx, site, &BuildingRule::parse(rule).unwrap(), Some(day("2022-06-30")))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        made.building
    }
    pub async fn home(&self, code: &str) -> Place {
        places::by_code(&mut self.read(self.world.site).await, self.world.site, code).await.unwrap()
    }
    /// Somebody new in a home.
    pub async fn lives(
        &self,
        code: &str,
        name: &str,
        phone: &[&str],
        role: HomeRole,
        from: &str,
    ) -> (PartyId, OccupancyId) {
        self.try_lives(code, name, phone, role, from, None).await.unwrap()
    }
    pub async fn try_lives(
        &self,
        code: &str,
        name: &str,
        phone: &[&str],
        role: HomeRole,
        from: &str,
        to: Option<&str>,
    ) -> Result<(PartyId, OccupancyId), Error> {
        let (site, place) = (self.world.site, self.home(code).await.id);
        let mut tx = self.tx(site).await;
        let party = parties::add_party(&mut tx, Some(site), NewParty::person(name, phones(phone))).await?;
        let new = NewOccupancy { place, party, role, from: day(from), to: to.map(day), let_in_by: None };
        let id = parties::move_in(&mut tx, site, new).await?;
        tx.commit().await?;
        Ok((party, id))
    }
    pub async fn household(&self, code: &str) -> Vec<Member> {
        let place = self.home(code).await.id;
        parties::household(&mut self.read(self.world.site).await, place).await.unwrap()
    }
    /// `王华 owner 2022-07-01–` for everybody of a home.
    pub async fn story(&self, code: &str) -> Vec<String> {
        let line = |member: &Member| {
            let one = &member.occupancy;
            format!(
                "{} {} {}–{}",
                member.name,
                one.role.as_str(),
                one.from,
                one.to.map(|to| to.to_string()).unwrap_or_default()
            )
        };
        self.household(code).await.iter().map(line).collect()
    }
}

/// The code of a refusal.
pub fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    match result.unwrap_err() {
        Error::Refused(why) => why.code().to_string(),
        Error::Invalid(fields) => fields[0].code.to_string(),
        other => format!("{other:?}"),
    }
}
