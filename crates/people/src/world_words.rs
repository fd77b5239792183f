//! What the tests of this crate say beside the words of `World`.

use kernel::{PartyId, Role, access, parties, staff};
use testing::{Person, Reply, World};
use values::Day;

pub const PASSWORD: &str = "four quiet herons at dusk";

pub async fn world() -> World {
    World::new([crate::routes(), crate::test_routes()].concat(), &[web::i18n::WEB, crate::MESSAGES]).await
}

/// Staff with an account and a password, not signed in.
pub async fn employee(world: &World, name: &str, login: &str, role: Role) -> PartyId {
    let mut tx = world.house.begin(&access::system_company("world")).await.unwrap();
    let party = parties::add(&mut tx, Some(world.site), parties::PartyKind::Person, name, &[]).await.unwrap();
    let from = Day::new(2020, 1, 1).unwrap();
    let new = staff::NewStaff { site: world.site, party, department: "CS", post: "前台接待", from };
    staff::hire(&mut tx, &new).await.unwrap();
    staff::open_account(&mut tx, party, Some(login)).await.unwrap();
    let site = (role != Role::SystemAdmin).then_some(world.site);
    staff::grant(&mut tx, party, role, site, None, from).await.unwrap();
    tx.commit().await.unwrap();
    crate::login::set_unchecked_password(&world.house, party, PASSWORD).await.unwrap();
    party
}

pub async fn try_password(world: &World, login: &str, password: &str) -> Reply {
    world.post_public("/login", &[("login", login), ("password", password), ("to", "")]).await
}

/// A browser that holds what `reply` gave it.
pub fn browser(reply: &Reply, party: PartyId, cookie: &str) -> Person {
    let value = reply.cookie(cookie).expect("a cookie was given");
    Person {
        party,
        name: String::new(),
        cookie: format!("{cookie}={value}"),
        resident: cookie == web::guard::RESIDENT_COOKIE,
    }
}

pub async fn logged_in(world: &World, party: PartyId, login: &str) -> Person {
    let reply = try_password(world, login, PASSWORD).await.is(303);
    browser(&reply, party, web::guard::STAFF_COOKIE)
}

use kernel::{
    PlaceId,
    parties::{HomeRole, NewOccupancy},
    places::{self, NewPlace, PlaceKind},
};
use values::Phone;

/// Building 3, stair 1, home 3-1-1201 and its neighbour 3-1-1202.
pub async fn homes(world: &World) -> (PlaceId, PlaceId) {
    let mut tx = world.house.begin(&access::system(world.site, "world")).await.unwrap();
    let building = places::add(&mut tx, world.site, None, NewPlace::new(PlaceKind::Building, "3")).await.unwrap();
    let mut ids = Vec::new();
    for code in ["3-1-1201", "3-1-1202"] {
        ids.push(places::add(&mut tx, world.site, Some(building), NewPlace::new(PlaceKind::Unit, code)).await.unwrap());
    }
    tx.commit().await.unwrap();
    (ids[0], ids[1])
}

/// Somebody registered in a home, as an import leaves them: no account.
pub async fn registered(world: &World, place: PlaceId, name: &str, phone: Option<&str>, role: HomeRole) -> PartyId {
    let mut tx = world.house.begin(&access::system(world.site, "world")).await.unwrap();
    let phones: Vec<Phone> = phone.iter().map(|phone| phone.parse().unwrap()).collect();
    let party = parties::add(&mut tx, Some(world.site), parties::PartyKind::Person, name, &phones).await.unwrap();
    let from = Day::new(2023, 5, 1).unwrap();
    parties::move_in(&mut tx, world.site, NewOccupancy { place, party, role, from, to: None, let_in_by: None })
        .await
        .unwrap();
    tx.commit().await.unwrap();
    party
}

/// A resident's browser: keeps the cookies it is given.
#[derive(Clone, Default)]
pub struct Browser(pub std::collections::BTreeMap<String, String>);

impl Browser {
    fn line(&self) -> String {
        self.0.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }
    fn keep(&mut self, reply: &Reply) {
        for line in reply.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok()) {
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            if line.contains("Max-Age=0") {
                self.0.remove(name)
            } else {
                self.0.insert(name.into(), value.into())
            };
        }
    }
    pub async fn get(&mut self, world: &World, path: &str) -> Reply {
        let person =
            Person { party: PartyId::named("nobody"), name: String::new(), cookie: self.line(), resident: true };
        let reply = world.get(&person, path).await;
        self.keep(&reply);
        reply
    }
    pub async fn post(&mut self, world: &World, path: &str, fields: &[(&str, &str)]) -> Reply {
        let token =
            self.get(world, if self.0.contains_key("__Host-anju-r") { "/r/me" } else { "/r/login" }).await.text();
        let token = token
            .split_once("name=\"csrf\" value=\"")
            .and_then(|(_, rest)| rest.split_once('"'))
            .map(|found| found.0.to_string());
        let mut fields: Vec<(&str, &str)> = fields.to_vec();
        let token = token.unwrap_or_default();
        fields.push((web::look::CSRF_FIELD, &token));
        let body = serde_urlencoded::to_string(fields).unwrap();
        let request = axum::http::Request::post(path)
            .header("cookie", self.line())
            .header("sec-fetch-site", "same-origin")
            .header("accept-language", "zh-CN")
            .header("content-type", "application/x-www-form-urlencoded");
        let reply = world.send(request.body(axum::body::Body::from(body)).unwrap()).await;
        self.keep(&reply);
        reply
    }
    /// Logs in by phone; gives the answer to the code.
    pub async fn by_phone(&mut self, world: &World, phone: &str) -> Reply {
        // Messages of one millisecond have no order.
        world.wait(1);
        self.post(world, "/r/login", &[("phone", phone)]).await.is(200);
        let code = last_code(world, phone).await;
        self.post(world, "/r/login/code", &[("phone", phone), ("code", &code)]).await
    }
}

/// The text of the last message to a phone.
pub async fn last_message(world: &World, phone: &str) -> String {
    let list = world.get_public("/api/v1/test-messages").await.is(200).json();
    let items = list["items"].as_array().unwrap().iter();
    items
        .filter(|item| item["to"] == phone)
        .map(|item| item["text"].as_str().unwrap().to_string())
        .next()
        .expect("a message was sent")
}

pub async fn last_code(world: &World, phone: &str) -> String {
    let text = last_message(world, phone).await;
    text.split(|letter: char| !letter.is_ascii_digit())
        .find(|part| part.len() == 6)
        .expect("the message has a code")
        .to_string()
}
