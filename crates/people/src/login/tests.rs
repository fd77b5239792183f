use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use kernel::{House, Parts, Role, access, files::Files, keys::Keys, live::Live};
use values::{Chance, Clock, Day, HOUR, MINUTE, SECOND};
use web::guard::STAFF_COOKIE;

use super::*;
use crate::{
    password::{HashCost, PROBE, hash},
    world_words::{PASSWORD, browser, employee, logged_in, try_password, world},
};

#[tokio::test]
async fn a_person_logs_in_and_comes_to_the_console_or_where_they_wanted_to_go() {
    let world = world().await;
    employee(&world, "陈芳", "chenfang", Role::Desk).await;
    employee(&world, "李建国", "lijianguo", Role::Technician).await;
    assert!(world.get_public("/login").await.is(200).text().contains("登录"));
    let reply = try_password(&world, "chenfang", PASSWORD).await.is(303);
    assert_eq!(reply.location(), "/c/GYHY");
    let line = reply.header("set-cookie");
    assert!(line.starts_with("__Host-anju=") && line.ends_with("; Path=/; Secure; HttpOnly; SameSite=Lax"), "{line}");
    assert_eq!(try_password(&world, "lijianguo", PASSWORD).await.location(), "/f");
    let to = async |to: &str| {
        world.post_public("/login", &[("login", "chenfang"), ("password", PASSWORD), ("to", to)]).await
    };
    assert_eq!(to("/c/GYHY/staff?q=%E9%99%88").await.location(), "/c/GYHY/staff?q=%E9%99%88");
    for foreign in
        ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/a\r\nset-cookie: x"]
    {
        assert_eq!(to(foreign).await.location(), "/c/GYHY", "{foreign}");
    }
}

#[tokio::test]
async fn r01_an_id_from_before_the_log_in_is_worthless_after_it_and_no_cookie_is_kept() {
    let world = world().await;
    let party = employee(&world, "陈芳", "chenfang", Role::Desk).await;
    let first = logged_in(&world, party, "chenfang").await;
    let fields = [("login", "chenfang"), ("password", PASSWORD), ("to", "")];
    let again = world.post(&first, "/login", &fields).await.is(303);
    let second = browser(&again, party, STAFF_COOKIE);
    assert_ne!(first.cookie, second.cookie);
    world.get(&first, "/api/v1/sessions").await.is(401);
    world.get(&second, "/api/v1/sessions").await.is(200);
    let secret = second.cookie.split_once('=').unwrap().1;
    let kept: Vec<Vec<u8>> = world.house.db().all("SELECT token AS value FROM sessions", ()).await.unwrap();
    assert!(kept.iter().all(|token| token.len() == 32 && kernel::audit::hex(token) != secret));
}

#[tokio::test]
async fn r01_a_console_session_ends_after_half_an_hour_of_nothing_and_after_twelve_hours() {
    let world = world().await;
    let party = employee(&world, "陈芳", "chenfang", Role::Desk).await;
    let desk = logged_in(&world, party, "chenfang").await;
    world.wait(30 * MINUTE - SECOND);
    world.get(&desk, "/api/v1/sessions").await.is(200);
    world.wait(30 * MINUTE);
    world.get(&desk, "/api/v1/sessions").await.is(401);
    let desk = logged_in(&world, party, "chenfang").await;
    for _ in 0..35 {
        world.wait(20 * MINUTE);
        world.get(&desk, "/api/v1/sessions").await.is(200);
    }
    world.wait(20 * MINUTE);
    world.get(&desk, "/api/v1/sessions").await.is(401);
}

#[tokio::test]
async fn r01_each_of_the_endings_answers_401_on_the_next_request() {
    let world = world().await;
    let party = employee(&world, "陈芳", "chenfang", Role::Desk).await;
    let sign_in = || logged_in(&world, party, "chenfang");
    let system = access::system_company("test");
    let ended = async |desk: &testing::Person, how: &str| {
        assert_eq!(world.get(desk, "/api/v1/sessions").await.status, 401, "{how}");
        assert_eq!(world.get(desk, "/c/GYHY/me").await.location(), "/login?to=%2Fc%2FGYHY%2Fme", "{how}");
    };

    let desk = sign_in().await;
    assert_eq!(world.post(&desk, "/logout", &[]).await.is(303).location(), "/login");
    ended(&desk, "log-out").await;

    let desk = sign_in().await;
    let mut tx = world.house.begin(&system).await.unwrap();
    kernel::staff::disable(&mut tx, None, party).await.unwrap();
    tx.commit().await.unwrap();
    ended(&desk, "disable").await;
    let mut tx = world.house.begin(&system).await.unwrap();
    kernel::staff::enable(&mut tx, None, party).await.unwrap();
    tx.commit().await.unwrap();
    ended(&desk, "enabling again brings no session back").await;

    let desk = sign_in().await;
    choose_password(&world.house, &system, party, "five loud herons at dawn").await.unwrap();
    ended(&desk, "password change").await;
    set_unchecked_password(&world.house, party, PASSWORD).await.unwrap();

    let desk = sign_in().await;
    let grant = world
        .house
        .db()
        .all::<values::Id<_>>("SELECT id AS value FROM grants WHERE party = $1", (party,))
        .await
        .unwrap()[0];
    let mut tx = world.house.begin(&system).await.unwrap();
    kernel::staff::end_grant(&mut tx, party, grant, Day::new(2026, 8, 12).unwrap()).await.unwrap();
    tx.commit().await.unwrap();
    ended(&desk, "role loss").await;
}

#[tokio::test]
async fn r02_a_hash_of_old_parameters_is_upgraded_at_log_in() {
    let world = world().await;
    let party = employee(&world, "陈芳", "chenfang", Role::Desk).await;
    let old = hash(PASSWORD, HashCost { memory: 1024, rounds: 1, lanes: 1 }).await.unwrap();
    let mut tx = world.house.begin(&access::system_company("test")).await.unwrap();
    kernel::staff::set_password(&mut tx, party, &old, None).await.unwrap();
    tx.commit().await.unwrap();
    logged_in(&world, party, "chenfang").await;
    let kept: Vec<String> =
        world.house.db().all("SELECT password AS value FROM accounts WHERE party = $1", (party,)).await.unwrap();
    assert!(kept[0].contains("m=19456,t=2,p=1"), "{}", kept[0]);
    logged_in(&world, party, "chenfang").await;
}

/// The same folder and database, opened as after a restart.
async fn restarted(world: &testing::World) -> House {
    let chance = Chance::system();
    House::new(Parts {
        db: world.house.db().clone(),
        clock: Clock::still(world.now()),
        keys: Keys::open(&world.folder().join("keys"), &chance).unwrap(),
        chance,
        files: Files::new(world.folder().join("files")),
        live: Live::default(),
        reactions: |_, _| Vec::new(),
    })
}

#[tokio::test]
async fn r03_of_a_hundred_wrong_tries_only_the_allowed_reach_the_verifier_and_the_lock_outlives_a_restart() {
    let world = world().await;
    let party = employee(&world, "陈芳", "chenfang", Role::Desk).await;
    let probe = Arc::new(AtomicU64::new(0));
    let tries = async {
        for _ in 0..99 {
            let reply = try_password(&world, "chenfang", "wrong").await;
            assert!(matches!(reply.status.as_u16(), 422 | 429), "{}", reply.status);
        }
    };
    PROBE.scope(Arc::clone(&probe), tries).await;
    // Three for nothing, the fourth begins the waiting, and the clock stands still.
    assert_eq!(probe.load(Ordering::Relaxed), 4);
    let house = restarted(&world).await;
    let given = Credentials { login: "chenfang", password: PASSWORD, device: "", field: false };
    let asker = access::anonymous(None);
    let still = PROBE.scope(Arc::clone(&probe), log_in(&house, &asker, &given)).await;
    assert!(matches!(still, Err(Error::Refused(why)) if why.code() == "login_wait_seconds"));
    assert_eq!(probe.load(Ordering::Relaxed), 4, "even the right password waits");
    world.wait(SECOND);
    let reply = try_password(&world, "chenfang", PASSWORD).await.is(303);
    assert!(
        reply
            .headers
            .get_all("set-cookie")
            .iter()
            .any(|line| line.to_str().is_ok_and(|line| line.starts_with("anju-flash="))),
        "the person is told"
    );
    let told = world.get(&browser(&reply, party, STAFF_COOKIE), "/c/GYHY/me").await.is(200);
    assert!(told.status.is_success());
    let acts = world.audit().await;
    for act in ["log_in.tried", "log_in.locked", "log_in.waiting", "log_in.unlocked", "session.opened"] {
        assert!(acts.iter().any(|kept| kept == act), "{act} is not in the audit");
    }
}

#[tokio::test]
async fn r03_known_and_unknown_names_get_the_same_answers() {
    let world = world().await;
    employee(&world, "陈芳", "aaaaaaaa", Role::Desk).await;
    for _ in 0..6 {
        let probe = Arc::new(AtomicU64::new(0));
        let known = PROBE.scope(Arc::clone(&probe), try_password(&world, "aaaaaaaa", "wrong")).await;
        let work = probe.swap(0, Ordering::Relaxed);
        let unknown = PROBE.scope(Arc::clone(&probe), try_password(&world, "bbbbbbbb", "wrong")).await;
        assert_eq!(known.status, unknown.status);
        assert_eq!(known.headers, unknown.headers);
        assert_eq!(known.text().replace("aaaaaaaa", "bbbbbbbb"), unknown.text());
        assert_eq!(work, probe.load(Ordering::Relaxed), "the same work");
    }
}

#[tokio::test]
async fn r03_an_address_that_guesses_many_names_is_closed_for_a_while() {
    let world = world().await;
    employee(&world, "陈芳", "chenfang", Role::Desk).await;
    for n in 0..TRIES_AN_ADDRESS {
        let given = Credentials { login: &format!("name{n}"), password: "wrong", device: "", field: false };
        let asker = access::anonymous(Some(format!("2001:db8:1:2::{n:x}")));
        assert!(log_in(&world.house, &asker, &given).await.is_err());
    }
    let given = Credentials { login: "chenfang", password: PASSWORD, device: "", field: false };
    let there = log_in(&world.house, &access::anonymous(Some("2001:db8:1:2:3::1".into())), &given).await;
    assert!(matches!(there, Err(Error::Refused(why)) if why.code() == "login_address"));
    assert!(log_in(&world.house, &access::anonymous(Some("2001:db8:1:3::1".into())), &given).await.is_ok());
    world.wait(HOUR);
    assert!(log_in(&world.house, &access::anonymous(Some("2001:db8:1:2:3::1".into())), &given).await.is_ok());
}

#[tokio::test]
async fn r03_an_own_good_log_in_does_not_forget_the_wrong_tries_of_its_address() {
    let world = world().await;
    employee(&world, "陈芳", "chenfang", Role::Desk).await;
    let asker = access::anonymous(Some("198.51.100.7".into()));
    let good = Credentials { login: "chenfang", password: PASSWORD, device: "", field: false };
    for n in 0..TRIES_AN_ADDRESS {
        let given = Credentials { login: &format!("name{n}"), password: "wrong", device: "", field: false };
        let answer = log_in(&world.house, &asker, &given).await;
        assert!(matches!(answer, Err(Error::Refused(why)) if why.code() == "wrong_password"), "{n}");
        if n % 30 == 0 {
            assert!(log_in(&world.house, &asker, &good).await.is_ok(), "a good one costs nothing: {n}");
        }
    }
    let closed = log_in(&world.house, &asker, &good).await;
    assert!(matches!(closed, Err(Error::Refused(why)) if why.code() == "login_address"));
}

#[tokio::test]
async fn a_field_log_in_opens_only_what_the_field_needs_of_the_api() {
    let world = world().await;
    let party = employee(&world, "陈芳", "chenfang", Role::Desk).await;
    let fields = [("login", "chenfang"), ("password", PASSWORD), ("to", "/f")];
    let field = browser(&world.post_public("/login", &fields).await.is(303), party, STAFF_COOKIE);
    let refused = world.get(&field, "/api/v1/staff?site=GYHY").await.is(403).text();
    assert!(refused.contains("field_session"), "{refused}");
    world.get(&field, "/api/v1/staff?site=NOWHERE").await.is(403);
    world.get(&field, "/api/v1/sessions").await.is(200);
    let console = logged_in(&world, party, "chenfang").await;
    world.get(&console, "/api/v1/staff?site=GYHY").await.is(200);
}

#[tokio::test]
async fn a_one_time_link_sets_a_good_password_once() {
    let world = world().await;
    let party = employee(&world, "陈芳", "chenfang", Role::Desk).await;
    let mut tx = world.house.begin(&access::system_company("test")).await.unwrap();
    let key = kernel::staff::new_setup_link(&mut tx, None, party).await.unwrap();
    tx.commit().await.unwrap();
    world.get_public(&format!("/login/setup?key={key}")).await.is(200);
    world.get_public("/login/setup?key=other").await.is(404);
    let send = |password: &'static str, again: &'static str| {
        let fields = [("key", key.clone()), ("password", password.to_string()), ("again", again.to_string())];
        let world = &world;
        async move {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            world.post_public("/login/setup", &fields).await
        }
    };
    let short = send("too short", "too short").await.is(422).text();
    assert!(short.contains("至少 15 个字符，现在是 9 个"), "{short}");
    send("a long and quiet river", "a long and quiet rive").await.is(422);
    send("a long and quiet river", "a long and quiet river").await.is(303);
    send("a long and quiet rivers", "a long and quiet rivers").await.is(404);
    try_password(&world, "chenfang", PASSWORD).await.is(422);
    try_password(&world, "chenfang", "a long and quiet river").await.is(303);
}

#[tokio::test]
async fn a_session_of_the_field_never_opens_the_console() {
    let world = world().await;
    let party = employee(&world, "赵强", "zhaoqiang", Role::Supervisor).await;
    let fields = [("login", "zhaoqiang"), ("password", PASSWORD), ("to", "/f")];
    let reply = world.post_public("/login", &fields).await.is(303);
    assert_eq!(reply.location(), "/f");
    let person = browser(&reply, party, web::guard::STAFF_COOKIE);
    let turned_away = world.get(&person, "/c/GYHY/staff").await.is(303);
    assert!(turned_away.location().starts_with("/login"), "{}", turned_away.location());
    let console = logged_in(&world, party, "zhaoqiang").await;
    world.get(&console, "/c/GYHY/staff").await.is(200);
}

#[tokio::test]
async fn a_phone_with_unsent_work_is_left_by_the_foremans_word_only() {
    let world = world().await;
    let li = employee(&world, "李建国", "lijianguo", Role::Technician).await;
    employee(&world, "赵强", "zhaoqiang", Role::Supervisor).await;
    employee(&world, "吴磊", "wulei", Role::Technician).await;
    let phone = logged_in(&world, li, "lijianguo").await;
    let word = async |login: &str, password: &str| {
        world.post(&phone, "/f/release", &[("login", login), ("password", password)]).await
    };
    assert!(word("zhaoqiang", "wrong").await.is(422).text().contains("value=\"zhaoqiang\""));
    for nobody in ["wulei", "lijianguo"] {
        assert!(word(nobody, PASSWORD).await.is(422).text().contains("不是本项目的班长"), "{nobody}");
    }
    world.get(&phone, "/api/v1/sessions").await.is(200);
    assert_eq!(word("zhaoqiang", PASSWORD).await.is(303).location(), "/login?to=%2Ff");
    world.get(&phone, "/api/v1/sessions").await.is(401);
    assert!(world.audit().await.contains(&"session.released".to_string()));
}
