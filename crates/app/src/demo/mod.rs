//! `anju demo`: 桂语花园, a lived-in community whose history ends when the demo begins. Everything is made by the verbs that
//! people use, with the clock put to the time of each act, so the demo obeys every rule the product has; only what nobody
//! would do by hand (a thousand families at once) goes through the bulk verbs that imports use too.

mod data;
mod estate;
mod notices;
mod orders;
mod people;
mod story;

use ::people::second_factor;
use kernel::{
    Error, House, SiteId, access,
    calendar::DeskHours,
    policies,
    sites::{self, SiteChange},
};
use values::{Chance, Clock, Moment};

use crate::{
    commands::serve::{self, speak},
    exit::{Done, Failure},
    ground,
    settings::Serve,
    wiring,
};

/// The moment at which the written history ends; real starts shift all of it.
const WRITTEN_END: &str = "2026-08-12T10:24:00+08:00";
/// The accounts work on a loopback address only, so the password may be known to everybody (R17).
const PASSWORD: &str = "guiyu-huayuan-demo";

pub async fn run(settings: Serve, seed: u64) -> Done {
    if !settings.listen.ip().is_loopback() {
        return Err(Failure::usage("the demo works on a loopback address only: --listen 127.0.0.1:8080"));
    }
    speak();
    settings.place.make()?;
    let _alone = settings.place.lock()?;
    let db = settings.place.open_database().await?;
    ground::migrate(&db).await?;
    let clock = settings.test_clock.map_or_else(Clock::system, Clock::movable);
    let house = ground::house(&settings.place, db.clone(), clock.clone()).await?;
    if is_new(&house).await? {
        println!("making the demo community: this takes a minute");
        let past = ground::house(&settings.place, db, Clock::still(clock.now())).await?;
        Maker::new(past, clock.now(), seed).make().await?;
    }
    greet(&settings);
    serve::until_told(&settings, house).await
}

async fn is_new(house: &House) -> Result<bool, Error> {
    let mut read = house.read(&access::system_company("demo")).await?;
    Ok(sites::visible(&mut read).await?.is_empty())
}

/// One log-in for each role; all have the same password.
const LOG_INS: &[(&str, &str)] = &[
    ("zhoumin", "site_manager"),
    ("chenfang", "desk"),
    ("linxiaoyan", "steward"),
    ("zhaoqiang", "supervisor"),
    ("lijianguo", "technician"),
];

fn greet(settings: &Serve) {
    let url = settings.public_url();
    println!("\nconsole  {url}/login      field  {url}/f      residents  {url}/r/login");
    println!("password of every log-in: {PASSWORD}");
    for (login, role) in LOG_INS {
        println!("  {login:<14} {role}");
    }
    let (typed, address) = second_factor::spelled(people::ADMINISTRATOR, people::ADMINISTRATOR_SECRET);
    println!("  {:<14} system_admin, asks for a code too; put this into an authenticator app:", people::ADMINISTRATOR);
    println!("  {:<14} {typed}\n  {:<14} {address}", "", "");
    println!(
        "  a resident logs in with the phone {} and the code that {url}/api/v1/test-messages shows (start with --test-gateways)\n",
        people::RESIDENT_PHONE
    );
}

/// What every part of the making needs.
struct Maker {
    house: House,
    chance: Chance,
    end: Moment,
    /// Milliseconds from the written history to this one.
    shift: i64,
}

impl Maker {
    fn new(house: House, end: Moment, seed: u64) -> Self {
        let written: Moment = WRITTEN_END.parse().expect("a moment");
        Self { house, chance: Chance::seeded(seed), end, shift: end.since(written) }
    }
    fn at(&self, moment: Moment) {
        self.house.clock().set(moment);
    }
    fn shifted(&self, written: Moment) -> Moment {
        written.plus_millis(self.shift)
    }
    async fn make(&self) -> Result<(), Error> {
        let world = data::World::read()?;
        self.at(self.end.plus_millis(-120 * values::DAY));
        let site = self.site(&world).await?;
        let homes = estate::build(self, site, &world).await?;
        let staff = people::staff(self, site, &world).await?;
        people::administrator(self).await?;
        let residents = people::households(self, site, &world, &homes).await?;
        let crew = people::sign_in(self, site, staff, &residents).await?;
        notices::publish(self, site, &world, &crew, &homes).await?;
        orders::tell_the_story(self, site, &world, &crew, &homes, &residents).await
    }
    async fn site(&self, world: &data::World) -> Result<SiteId, Error> {
        let mut tx = self.house.begin(&access::system_company("demo")).await?;
        let site = sites::add(&mut tx, &world.site.site.code, &world.site.site.name, &world.site.site.zone).await?;
        crate::commands::store::name_company(&mut tx, &world.site.company.name).await?;
        wiring::furnish(&mut tx, site).await?;
        let head = &world.site.site;
        let seen = sites::version(&mut tx, site).await?;
        let building_word = sites::BUILDING_WORDS[0].to_string();
        let open = SiteChange { name: head.name.clone(), building_word, phone: Some(head.service_phone.clone()) };
        sites::change(&mut tx, site, seen, &open).await?;
        let today = sites::by_id(&mut tx, site).await?.today(tx.now());
        policies::open_desk(&mut tx, site, today, &DeskHours::default()).await?;
        tx.commit().await?;
        Ok(site)
    }
}
