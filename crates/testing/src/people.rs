use kernel::{PartyId, Role, SiteId, access, parties, staff};
use values::{Day, HOUR};

use crate::World;

/// Somebody with an open session.
#[derive(Clone, Debug)]
pub struct Person {
    pub party: PartyId,
    pub name: String,
    /// The whole cookie header.
    pub cookie: String,
    pub resident: bool,
}

impl World {
    /// Staff of the world's first site with this role, signed in.
    pub async fn staff(&mut self, name: &str, role: Role) -> Person {
        let site = self.site;
        self.staff_at(site, name, role, "CS").await
    }
    pub async fn staff_at(&mut self, site: SiteId, name: &str, role: Role, department: &str) -> Person {
        let caller = access::system(site, "world");
        let mut tx = self.house.begin(&caller).await.expect("a transaction begins");
        let party =
            parties::add(&mut tx, Some(site), parties::PartyKind::Person, name, &[]).await.expect("a party is added");
        let from = Day::new(2020, 1, 1).expect("a day");
        let new = staff::NewStaff { site, party, department, post: role.as_str(), from };
        staff::hire(&mut tx, &new).await.expect("staff is hired");
        staff::grant(&mut tx, party, role, Some(site), None, from).await.expect("a role is granted");
        staff::open_account(&mut tx, party, None).await.expect("an account is opened");
        tx.commit().await.expect("it commits");
        self.sign_in(party, name, false).await
    }
    /// Opens a session for a party that has an account.
    pub async fn sign_in(&self, party: PartyId, name: &str, resident: bool) -> Person {
        let mut tx = self.house.begin(&access::system_company("world")).await.expect("a transaction begins");
        let face = if resident { "resident" } else { "console" };
        let secret =
            access::new_session(&mut tx, party, face, "test", 24 * HOUR, 24 * HOUR).await.expect("a session opens");
        tx.commit().await.expect("it commits");
        let cookie = if resident { web::guard::RESIDENT_COOKIE } else { web::guard::STAFF_COOKIE };
        Person { party, name: name.into(), cookie: format!("{cookie}={secret}"), resident }
    }
    /// A token with all the rights of `person`.
    pub async fn token(&self, person: &Person) -> String {
        let mut tx = self.house.begin(&access::system_company("world")).await.expect("a transaction begins");
        let ends = tx.now().plus_millis(24 * HOUR);
        let token = access::new_token(&mut tx, person.party, "test", "*", ends).await.expect("a token is made");
        tx.commit().await.expect("it commits");
        token
    }
}
