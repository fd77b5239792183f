use kernel::{access, parties::HomeRole};
use values::{DAY, HOUR, MINUTE, SECOND};

use super::binding::{self, NewSlip};
use crate::world_words::{Browser, homes, last_code, last_message, registered, world};

const ZHANG: &str = "13800002207";
const WANG: &str = "13900001111";

async fn slip(world: &testing::World, new: NewSlip) -> String {
    let mut tx = world.house.begin(&access::system(world.site, "test")).await.unwrap();
    let code = binding::new_slip(&mut tx, world.site, &new).await.unwrap();
    tx.commit().await.unwrap();
    code
}

async fn bind_with(browser: &mut Browser, world: &testing::World, code: &str, name: &str) -> testing::Reply {
    browser.post(world, "/r/bind", &[("code", code), ("name", name)]).await
}

#[tokio::test]
async fn r04_a_code_is_refused_the_second_time_too_late_from_another_browser_and_for_another_number() {
    let world = world().await;
    let (home, _) = homes(&world).await;
    registered(&world, home, "张明", Some(ZHANG), HomeRole::Owner).await;
    let mut mine = Browser::default();
    mine.post(&world, "/r/login", &[("phone", "138 0000 2207")]).await.is(200);
    let code = last_code(&world, ZHANG).await;
    let mut other = Browser::default();
    other.post(&world, "/r/login", &[("phone", WANG)]).await.is(200);
    other.post(&world, "/r/login/code", &[("phone", ZHANG), ("code", &code)]).await.is(422);
    mine.post(&world, "/r/login/code", &[("phone", WANG), ("code", &code)]).await.is(422);
    let mut copy = mine.clone();
    assert_eq!(
        mine.post(&world, "/r/login/code", &[("phone", ZHANG), ("code", &code)]).await.is(303).location(),
        "/r/bind"
    );
    copy.post(&world, "/r/login/code", &[("phone", ZHANG), ("code", &code)]).await.is(422);

    world.wait(MINUTE);
    mine.post(&world, "/r/login", &[("phone", ZHANG)]).await.is(200);
    let code = last_code(&world, ZHANG).await;
    world.wait(5 * MINUTE + SECOND);
    mine.post(&world, "/r/login/code", &[("phone", ZHANG), ("code", &code)]).await.is(422);
}

#[tokio::test]
async fn r04_a_code_lives_to_its_last_second_and_dies_at_the_sixth_try() {
    let world = world().await;
    let mut mine = Browser::default();
    mine.post(&world, "/r/login", &[("phone", ZHANG)]).await.is(200);
    let code = last_code(&world, ZHANG).await;
    world.wait(5 * MINUTE);
    mine.post(&world, "/r/login/code", &[("phone", ZHANG), ("code", &code)]).await.is(303);
    mine.post(&world, "/r/login", &[("phone", ZHANG)]).await.is(200);
    let code = last_code(&world, ZHANG).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        mine.post(&world, "/r/login/code", &[("phone", ZHANG), ("code", wrong)]).await.is(422);
    }
    mine.post(&world, "/r/login/code", &[("phone", ZHANG), ("code", &code)]).await.is(422);
}

#[tokio::test]
async fn r04_another_purpose_is_refused() {
    use kernel::codes::{self, Tie};
    let world = world().await;
    let phone = ZHANG.parse().unwrap();
    let tie = |purpose| Tie { phone: &phone, purpose, browser: "browser" };
    let mut tx = world.house.begin(&access::anonymous(None)).await.unwrap();
    codes::send(&mut tx, None, &tie("log_in"), ToString::to_string).await.unwrap();
    tx.commit().await.unwrap();
    let code = last_code(&world, ZHANG).await;
    let mut tx = world.house.begin(&access::anonymous(None)).await.unwrap();
    assert!(!codes::check(&mut tx, &tie("change_phone"), &code).await.unwrap());
    assert!(codes::check(&mut tx, &tie("log_in"), &code).await.unwrap());
}

#[tokio::test]
async fn r04_a_number_gets_one_code_a_minute_five_an_hour_ten_a_day() {
    let world = world().await;
    let mut mine = Browser::default();
    let rows = async || world.house.db().all::<i64>("SELECT count(*) AS value FROM messages", ()).await.unwrap()[0];
    for n in 1..=5 {
        mine.post(&world, "/r/login", &[("phone", ZHANG)]).await.is(200);
        assert!(mine.post(&world, "/r/login", &[("phone", ZHANG)]).await.is(429).text().contains("1 分钟内不能再发"));
        assert_eq!(rows().await, n);
        world.wait(MINUTE + SECOND);
    }
    mine.post(&world, "/r/login", &[("phone", ZHANG)]).await.is(429);
    assert_eq!(rows().await, 5, "the sixth in an hour makes no message");
    mine.post(&world, "/r/login", &[("phone", WANG)]).await.is(200);
    world.wait(HOUR);
    for _ in 0..5 {
        mine.post(&world, "/r/login", &[("phone", ZHANG)]).await.is(200);
        world.wait(2 * MINUTE);
    }
    world.wait(HOUR);
    mine.post(&world, "/r/login", &[("phone", ZHANG)]).await.is(429);
    world.wait(DAY);
    mine.post(&world, "/r/login", &[("phone", ZHANG)]).await.is(200);
}

#[tokio::test]
async fn r04_an_address_gets_three_hundred_codes_an_hour() {
    use kernel::codes::{self, Tie};
    let world = world().await;
    let asker = access::anonymous(Some("198.51.100.7".into()));
    let send = async |n: u32, asker: &access::Caller| {
        let phone = format!("139{n:08}").parse().unwrap();
        let mut tx = world.house.begin(asker).await.unwrap();
        let sent =
            codes::send(&mut tx, None, &Tie { phone: &phone, purpose: "log_in", browser: "b" }, ToString::to_string)
                .await;
        if sent.is_ok() {
            tx.commit().await.unwrap();
        }
        sent.is_ok()
    };
    for n in 0..300 {
        assert!(send(n, &asker).await, "{n}");
    }
    assert!(!send(300, &asker).await);
    assert!(send(301, &access::anonymous(Some("198.51.100.8".into()))).await);
}

#[tokio::test]
async fn r04_the_answer_is_the_same_whether_a_number_is_known_and_no_code_is_readable() {
    let world = world().await;
    let (home, _) = homes(&world).await;
    registered(&world, home, "张明", Some(ZHANG), HomeRole::Owner).await;
    let known = Browser::default().post(&world, "/r/login", &[("phone", ZHANG)]).await.is(200);
    let unknown = Browser::default().post(&world, "/r/login", &[("phone", WANG)]).await.is(200);
    let plain = |text: String| {
        text.replace("138 **** 2207", "P").replace("139 **** 1111", "P").replace(ZHANG, "N").replace(WANG, "N")
    };
    assert_eq!(plain(known.text()), plain(unknown.text()));
    let code = last_code(&world, ZHANG).await;
    let bodies: Vec<Vec<u8>> = world
        .house
        .db()
        .all("SELECT body AS value FROM messages UNION ALL SELECT address FROM messages", ())
        .await
        .unwrap();
    let holds = |body: &[u8], text: &str| body.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(bodies.iter().all(|body| !holds(body, &code) && !holds(body, ZHANG)));
    let notes: Vec<String> =
        world.house.db().all("SELECT after AS value FROM audit WHERE after IS NOT NULL", ()).await.unwrap();
    assert!(notes.iter().all(|note| !note.contains(&code) && !note.contains(ZHANG)));
}

#[tokio::test]
async fn a_registered_phone_alone_opens_no_home_and_the_slip_does() {
    let world = world().await;
    let (home, _) = homes(&world).await;
    let zhang = registered(&world, home, "张明", Some(ZHANG), HomeRole::Owner).await;
    let mut phone = Browser::default();
    assert_eq!(phone.by_phone(&world, ZHANG).await.is(303).location(), "/r/bind");
    assert_eq!(phone.get(&world, "/r/me").await.is(303).location(), "/r/login?to=%2Fr%2Fme");
    let page = phone.get(&world, "/r/bind").await.is(200).text();
    assert!(!page.contains("张明") && !page.contains("3-1-1201\""), "nothing is told before the fact");
    bind_with(&mut phone, &world, "AAAA-BBBB", "").await.is(422);
    let code = slip(&world, NewSlip { place: home, party: Some(zhang), role: HomeRole::Owner }).await;
    assert_eq!(bind_with(&mut phone, &world, &code.to_lowercase(), "").await.is(303).location(), "/r");
    let me = phone.get(&world, "/r/me").await.is(200).text();
    assert!(me.contains("3-1-1201") && me.contains("张明"), "{me}");
    // The slip is used up, and the next log-in needs none.
    let mut other = Browser::default();
    other.by_phone(&world, WANG).await.is(303);
    bind_with(&mut other, &world, &code, "王芳").await.is(422);
    world.wait(2 * MINUTE);
    let mut again = Browser::default();
    assert_eq!(again.by_phone(&world, ZHANG).await.is(303).location(), "/r");
}

#[tokio::test]
async fn a_slip_without_a_shown_phone_leads_to_the_log_in() {
    let world = world().await;
    let (home, _) = homes(&world).await;
    let code = slip(&world, NewSlip { place: home, party: None, role: HomeRole::Tenant }).await;
    let mut browser = Browser::default();
    let location = browser.get(&world, &format!("/r/bind?code={code}")).await.is(303).location();
    assert!(location.starts_with("/r/login?to=%2Fr%2Fbind%3Fcode%3D"), "{location}");
    bind_with(&mut browser, &world, &code, "王芳").await.is(303);
    let bound: Vec<i64> = world.house.db().all("SELECT count(*) AS value FROM occupancies", ()).await.unwrap();
    assert_eq!(bound[0], 0);
    // A phone shown long ago does not count.
    browser.by_phone(&world, WANG).await.is(303);
    world.wait(31 * MINUTE);
    bind_with(&mut browser, &world, &code, "王芳").await.is(303);
    assert_eq!(world.house.db().all::<i64>("SELECT count(*) AS value FROM occupancies", ()).await.unwrap()[0], 0);
}

#[tokio::test]
async fn slips_cannot_be_guessed() {
    let world = world().await;
    let (home, _) = homes(&world).await;
    let code = slip(&world, NewSlip { place: home, party: None, role: HomeRole::Tenant }).await;
    let mut phone = Browser::default();
    phone.by_phone(&world, WANG).await.is(303);
    for n in 0..6 {
        bind_with(&mut phone, &world, &format!("AAAA-BBB{}", n + 2), "王芳").await.is(422);
    }
    bind_with(&mut phone, &world, &code, "王芳").await.is(429);
    world.wait(MINUTE);
    bind_with(&mut phone, &world, &code, "王芳").await.is(303);
}

#[tokio::test]
async fn a_link_works_for_its_number_only() {
    let world = world().await;
    let (home, _) = homes(&world).await;
    let zhang = registered(&world, home, "张明", Some(ZHANG), HomeRole::Owner).await;
    let mut tx = world.house.begin(&access::system(world.site, "test")).await.unwrap();
    let new = NewSlip { place: home, party: Some(zhang), role: HomeRole::Owner };
    binding::send_link(&mut tx, world.site, &new, &ZHANG.parse().unwrap(), |code| format!("code={code}"))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let code = last_message(&world, ZHANG).await.trim_start_matches("code=").to_string();
    let mut thief = Browser::default();
    thief.by_phone(&world, WANG).await.is(303);
    bind_with(&mut thief, &world, &code, "王芳").await.is(422);
    let mut mine = Browser::default();
    mine.by_phone(&world, ZHANG).await.is(303);
    bind_with(&mut mine, &world, &code, "").await.is(303);
    assert!(mine.get(&world, "/r/me").await.is(200).text().contains("3-1-1201"));
}

async fn owner(world: &testing::World) -> (Browser, kernel::PlaceId, kernel::PlaceId) {
    let (home, other) = homes(world).await;
    let zhang = registered(world, home, "张明", Some(ZHANG), HomeRole::Owner).await;
    let code = slip(world, NewSlip { place: home, party: Some(zhang), role: HomeRole::Owner }).await;
    let mut browser = Browser::default();
    browser.by_phone(world, ZHANG).await.is(303);
    bind_with(&mut browser, world, &code, "").await.is(303);
    (browser, home, other)
}

/// The invitation that this browser is shown.
async fn asked(browser: &mut Browser, world: &testing::World) -> Option<String> {
    let page = browser.get(world, "/r/invitations").await.is(200).text();
    Some(page.split_once("/r/invitations/")?.1.split_once('/')?.0.to_string())
}

async fn accepts(browser: &mut Browser, world: &testing::World) {
    let id = asked(browser, world).await.expect("an invitation waits");
    let reply = browser.post(world, &format!("/r/invitations/{id}/acceptance"), &[]).await;
    assert_eq!(reply.is(303).location(), "/r");
}

/// Who lives in a home by the register, `王芳 tenant`.
async fn living(world: &testing::World, home: kernel::PlaceId) -> Vec<String> {
    let sql = "SELECT p.name || ' ' || o.role AS value FROM occupancies o JOIN parties p ON p.id = o.party \
               WHERE o.place = $1 AND o.to_day IS NULL ORDER BY value";
    world.house.db().all(sql, (home,)).await.unwrap()
}

#[tokio::test]
async fn an_invitation_opens_nothing_and_tells_nothing_before_the_phones_holder_accepts() {
    let world = world().await;
    let (mut zhang, home, _) = owner(&world).await;
    let guest = [("name", "王芳"), ("phone", WANG), ("role", "family"), ("to", "")];
    zhang.post(&world, &format!("/r/me/homes/{home}/people"), &guest).await.is(303);
    let bound = "SELECT count(*) AS value FROM accounts WHERE phone = $1";
    let phone: values::Phone = WANG.parse().unwrap();
    assert_eq!(world.house.db().all::<i64>(bound, (phone.clone(),)).await.unwrap(), [0]);
    assert_eq!(living(&world, home).await, ["张明 owner"]);
    assert!(zhang.get(&world, "/r/me").await.text().contains("待对方同意"));

    // Only that phone is asked.
    let mut stranger = Browser::default();
    stranger.by_phone(&world, "13700000000").await.is(303);
    assert_eq!(asked(&mut stranger, &world).await, None);
    let mut wang = Browser::default();
    wang.by_phone(&world, WANG).await.is(303);
    let page = wang.get(&world, "/r/invitations").await.is(200).text();
    assert!(page.contains("张明 请您加入 3-1-1201"), "{page}");
    let id = asked(&mut wang, &world).await.unwrap();
    stranger.post(&world, &format!("/r/invitations/{id}/acceptance"), &[]).await.is(409);
    wang.post(&world, &format!("/r/invitations/{id}/refusal"), &[]).await.is(303);
    wang.post(&world, &format!("/r/invitations/{id}/acceptance"), &[]).await.is(409);
    assert_eq!(living(&world, home).await, ["张明 owner"]);
    assert_eq!(world.house.db().all::<i64>(bound, (phone,)).await.unwrap(), [0], "who declines is nobody here");

    // Taken back, too old, and from somebody who owns the home no more: none of them is there.
    zhang.post(&world, &format!("/r/me/homes/{home}/people"), &guest).await.is(303);
    let page = zhang.get(&world, "/r/me").await.text();
    let id = page.split_once("/invitations/").unwrap().1[..36].to_string();
    zhang.post(&world, &format!("/r/me/homes/{home}/invitations/{id}/end"), &[]).await.is(303);
    assert_eq!(asked(&mut wang, &world).await, None);
    zhang.post(&world, &format!("/r/me/homes/{home}/people"), &guest).await.is(303);
    let mut tx = world.house.begin(&access::system(world.site, "test")).await.unwrap();
    let buyer =
        kernel::parties::add(&mut tx, Some(world.site), kernel::parties::PartyKind::Person, "买家", &[]).await.unwrap();
    kernel::parties::sell(&mut tx, world.site, home, "2026-08-12".parse().unwrap(), &[buyer]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(asked(&mut wang, &world).await, None);
}

#[tokio::test]
async fn an_owner_invites_ten_times_a_day_and_an_invitation_lasts_a_week() {
    let world = world().await;
    let (mut zhang, home, _) = owner(&world).await;
    let people = format!("/r/me/homes/{home}/people");
    for n in 0..10 {
        let phone = format!("1390000{n:04}");
        zhang.post(&world, &people, &[("name", "客人"), ("phone", &phone), ("role", "user"), ("to", "")]).await.is(303);
    }
    zhang.post(&world, &people, &[("name", "客人"), ("phone", WANG), ("role", "user"), ("to", "")]).await.is(429);
    world.wait(7 * DAY + SECOND);
    let mut guest = Browser::default();
    assert_eq!(guest.by_phone(&world, "13900000003").await.is(303).location(), "/r/bind");
}

#[tokio::test]
async fn inviting_the_phone_of_a_registered_owner_never_makes_them_somebody_else_nor_a_second_owner() {
    let world = world().await;
    let (mut zhang, home, other) = owner(&world).await;
    let wang = registered(&world, other, "王芳", Some(WANG), HomeRole::Owner).await;
    let trap = [("name", "冒名"), ("phone", WANG), ("role", "user"), ("to", "")];
    zhang.post(&world, &format!("/r/me/homes/{home}/people"), &trap).await.is(303);
    let mut victim = Browser::default();
    victim.by_phone(&world, WANG).await.is(303);
    accepts(&mut victim, &world).await;
    let before = victim.clone();
    // The slip that the desk makes for the registered person moves the log-in to them, with the stay.
    let code = slip(&world, NewSlip { place: other, party: Some(wang), role: HomeRole::Owner }).await;
    bind_with(&mut victim, &world, &code, "").await.is(303);
    assert_eq!(living(&world, other).await, ["王芳 owner"]);
    assert_eq!(living(&world, home).await, ["张明 owner", "王芳 user"]);
    let phone: values::Phone = WANG.parse().unwrap();
    let account = "SELECT party AS value FROM accounts WHERE phone = $1";
    assert_eq!(world.house.db().all::<kernel::PartyId>(account, (phone,)).await.unwrap(), [wang]);
    let me = victim.get(&world, "/r/me").await.is(200).text();
    assert!(me.contains("3-1-1201") && me.contains("3-1-1202") && me.contains("王芳"), "{me}");
    before.clone().get(&world, "/r/me").await.is(303);
}

#[tokio::test]
async fn a_slip_for_somebody_else_who_is_registered_goes_from_a_registered_owner_to_the_desk() {
    let world = world().await;
    let (mut zhang, home, other) = owner(&world).await;
    let wang = registered(&world, other, "张明", None, HomeRole::Owner).await;
    let code = slip(&world, NewSlip { place: other, party: Some(wang), role: HomeRole::Owner }).await;
    let refused = bind_with(&mut zhang, &world, &code, "").await.is(409).text();
    assert!(refused.contains("由前台核对"), "{refused}");
    assert_eq!((living(&world, home).await, living(&world, other).await.len()), (vec!["张明 owner".to_string()], 1));
    let claim = [("site", "GYHY"), ("home", "3-1-1202"), ("name", "张明"), ("role", "owner")];
    zhang.post(&world, "/r/bind/request", &claim).await.is(303);
    let id = world.house.db().all::<values::Id<binding::Binding>>(
        "SELECT id AS value FROM bindings WHERE kind = 'request' AND state = 'waiting'",
        (),
    );
    let id = id.await.unwrap()[0];
    let mut tx = world.house.begin(&access::system(world.site, "test")).await.unwrap();
    let own = binding::approve(&mut tx, world.site, id, HomeRole::Owner, "看过房产证", "已通过").await.unwrap();
    tx.commit().await.unwrap();
    assert_ne!(own, wang);
    assert_eq!(living(&world, other).await, ["张明 owner"], "handed over, not joined");
    let me = zhang.get(&world, "/r/me").await.is(200).text();
    assert!(me.contains("3-1-1201") && me.contains("3-1-1202"));
}

#[tokio::test]
async fn an_owner_cannot_end_what_the_desk_registered() {
    let world = world().await;
    let (mut zhang, home, _) = owner(&world).await;
    registered(&world, home, "租客甲", Some("13977778888"), HomeRole::Tenant).await;
    let sql = "SELECT id AS value FROM occupancies WHERE role = 'tenant'";
    let id = world.house.db().all::<kernel::parties::OccupancyId>(sql, ()).await.unwrap()[0];
    let end = format!("/r/me/homes/{home}/people/{id}/end");
    assert!(!zhang.get(&world, "/r/me").await.text().contains(&end), "not offered");
    assert!(zhang.post(&world, &end, &[]).await.is(403).text().contains("前台"));
    assert_eq!(living(&world, home).await, ["张明 owner", "租客甲 tenant"]);
}

#[tokio::test]
async fn an_owner_lets_in_a_tenant_and_ends_it_at_once() {
    let world = world().await;
    let (mut zhang, home, other) = owner(&world).await;
    let people = format!("/r/me/homes/{home}/people");
    zhang.get(&world, &people).await.is(200);
    zhang.post(&world, &people, &[("name", "王芳"), ("phone", "12"), ("role", "tenant"), ("to", "")]).await.is(422);
    let guest = [("name", "王芳"), ("phone", WANG), ("role", "tenant"), ("to", "2026-12-31")];
    zhang.post(&world, &people, &guest).await.is(303);
    assert!(last_message(&world, WANG).await.contains("/r/invitations"));
    // A foreign home cannot be opened to anybody.
    let foreign = format!("/r/me/homes/{other}/people");
    zhang.post(&world, &foreign, &guest).await.is(404);

    let mut wang = Browser::default();
    assert_eq!(wang.by_phone(&world, WANG).await.is(303).location(), "/r/invitations");
    accepts(&mut wang, &world).await;
    let me = wang.get(&world, "/r/me").await.is(200).text();
    assert!(me.contains("3-1-1201") && me.contains("租户") && !me.contains("张明"), "{me}");
    wang.post(&world, &people, &[("name", "陌生人"), ("phone", "13700000000"), ("role", "family"), ("to", "")])
        .await
        .is(403);

    let page = zhang.get(&world, "/r/me").await.text();
    let end = page.split_once(&format!("{people}/")).unwrap().1.split_once("/end").unwrap().0.to_string();
    wang.post(&world, &format!("{people}/{end}/end"), &[]).await.is(403);
    zhang.post(&world, &format!("{people}/{end}/end"), &[]).await.is(303);
    let me = wang.get(&world, "/r/me").await.is(200).text();
    assert!(!me.contains("3-1-1201"), "access ends at once");
    // And again on the same day.
    zhang.post(&world, &people, &guest).await.is(303);
    accepts(&mut wang, &world).await;
    assert!(wang.get(&world, "/r/me").await.text().contains("租户"));
    world.at("2027-01-01T00:00:00+08:00");
    let mut wang = Browser::default();
    wang.by_phone(&world, WANG).await.is(303);
    assert!(!wang.get(&world, "/r/me").await.is(200).text().contains("3-1-1201"), "the last day is over");
}

#[tokio::test]
async fn one_phone_holds_several_homes() {
    let world = world().await;
    let (mut zhang, _, other) = owner(&world).await;
    let code = slip(&world, NewSlip { place: other, party: None, role: HomeRole::Tenant }).await;
    bind_with(&mut zhang, &world, &code, "张明").await.is(303);
    let me = zhang.get(&world, "/r/me").await.is(200).text();
    assert!(me.contains("3-1-1201") && me.contains("3-1-1202"));
}

#[tokio::test]
async fn r01_a_changed_phone_ends_the_session_and_opens_nothing_any_more() {
    let world = world().await;
    let (mut zhang, _, _) = owner(&world).await;
    zhang.get(&world, "/r/me").await.is(200);
    let party = world
        .house
        .db()
        .all::<kernel::PartyId>("SELECT party AS value FROM accounts WHERE phone IS NOT NULL", ())
        .await
        .unwrap()[0];
    let mut tx = world.house.begin(&access::system(world.site, "test")).await.unwrap();
    let known = kernel::parties::by_id(&mut tx, party).await.unwrap();
    let to = kernel::parties::Correction {
        name: known.name,
        kind: known.kind,
        phones: vec![WANG.parse().unwrap()],
        note: None,
        identity: None,
    };
    kernel::parties::correct(&mut tx, world.site, party, known.version, &to).await.unwrap();
    tx.commit().await.unwrap();
    zhang.get(&world, "/r/me").await.is(303);
    world.wait(2 * MINUTE);
    assert_eq!(Browser::default().by_phone(&world, ZHANG).await.is(303).location(), "/r/bind");
}

#[tokio::test]
async fn a_residents_session_is_worth_nothing_at_the_console_and_ends_with_its_log_out() {
    let world = world().await;
    let (mut zhang, _, _) = owner(&world).await;
    let cookie = zhang.0["__Host-anju-r"].clone();
    let mut forged = Browser([("__Host-anju".to_string(), cookie)].into());
    assert_eq!(forged.get(&world, "/c/GYHY/staff").await.is(303).location(), "/login?to=%2Fc%2FGYHY%2Fstaff");
    world.wait(29 * DAY);
    zhang.get(&world, "/r/me").await.is(200);
    let mut kept = zhang.clone();
    zhang.post(&world, "/r/logout", &[]).await.is(303);
    kept.get(&world, "/r/me").await.is(303);
}
