//! Six weeks of orders, told act by act in the order of time, by those who would have done each.

use std::{collections::HashMap, path::PathBuf};

use kernel::{
    Caller, Error, PartyId, PlaceId, SiteId,
    evidence::{self, Evidence, NewEvidence, Received},
    orders::{self, Channel, Completion, Kind, Message, NewReport, NewReporter, Order, To},
    promises,
};
use values::{DAY, HOUR, Id, MINUTE, Moment};

use super::{
    Maker,
    data::{Case, World},
    estate::Homes,
    people::{self, Crew, Family, Hired},
    story::{self, Step},
};

/// A case while it is told.
struct Told {
    order: Option<Id<Order>>,
    place: Option<PlaceId>,
    family: Option<usize>,
    worker: Option<usize>,
}

struct Teller<'a> {
    maker: &'a Maker,
    site: SiteId,
    world: &'a World,
    crew: &'a Crew,
    families: &'a [Family],
    told: Vec<Told>,
    by_label: HashMap<String, usize>,
    photo: Received,
}

pub async fn tell_the_story(
    maker: &Maker,
    site: SiteId,
    world: &World,
    crew: &Crew,
    homes: &Homes,
    families: &[Family],
) -> Result<(), Error> {
    let told = world.cases.iter().map(|case| place_of(maker, case, homes, families)).collect();
    let labels = world
        .cases
        .iter()
        .enumerate()
        .filter_map(|(at, case)| case.pinned.as_ref().map(|pinned| (pinned.label.clone(), at)));
    let photo = photo(maker).await?;
    let mut teller = Teller { maker, site, world, crew, families, told, by_label: labels.collect(), photo };
    let mut acts: Vec<(Moment, usize, Step)> = Vec::new();
    for (at, case) in world.cases.iter().enumerate() {
        acts.extend(story::steps(maker, case).into_iter().map(|(moment, step)| (moment, at, step)));
    }
    acts.sort_by_key(|(moment, at, _)| (*moment, *at));
    let mut looked = acts.first().map_or(maker.end, |(moment, ..)| *moment);
    for (moment, at, step) in acts {
        looked = look_at_clocks(maker, looked, moment).await?;
        maker.at(moment);
        if let Err(cause) = teller.act(at, step).await {
            tracing::debug!(%cause, ?step, case = world.cases[at].text, "the story goes on without this act");
        }
    }
    look_at_clocks(maker, looked, maker.end).await?;
    maker.at(maker.end);
    while promises::tick(&maker.house).await? {}
    people::sign_out(maker, crew).await
}

/// Lets the promises escalate between two acts at the times they do: by the minute on the last days, which people read,
/// by the hour before. Answers when it looked last.
async fn look_at_clocks(maker: &Maker, looked: Moment, until: Moment) -> Result<Moment, Error> {
    let read_closely = maker.end.plus_millis(-2 * DAY);
    let mut looked = looked;
    loop {
        let next = looked.plus_millis(if looked < read_closely { HOUR } else { 2 * MINUTE });
        if next >= until {
            return Ok(looked);
        }
        maker.at(next);
        while promises::tick(&maker.house).await? {}
        looked = next;
    }
}

/// Where a case happens: the written place, a home drawn for it, or the place it names.
fn place_of(maker: &Maker, case: &Case, homes: &Homes, families: &[Family]) -> Told {
    let written = case.place.as_deref().or((case.spot != "home").then_some(case.spot.as_str()));
    let drawn = usize::try_from(maker.chance.below(u64::try_from(families.len()).unwrap_or(1))).unwrap_or(0);
    let place = written.and_then(|word| homes.id(word));
    let family = families
        .iter()
        .position(|family| Some(family.home) == place)
        .or((case.spot != "home" || place.is_none()).then_some(drawn));
    let near = family.and_then(|at| homes.by_code.get(&families[at].code));
    let place = place.or_else(|| match case.spot.as_str() {
        "home" => near.map(|unit| unit.id),
        "stair" => near.and_then(|unit| unit.stair.or(unit.building)),
        "building" => near.and_then(|unit| unit.building),
        _ => None,
    });
    Told { order: None, place, family, worker: None }
}

impl Teller<'_> {
    async fn act(&mut self, at: usize, step: Step) -> Result<(), Error> {
        let case = &self.world.cases[at];
        if step == Step::Report {
            return self.report(at).await;
        }
        let Some(order) = self.told[at].order else { return Ok(()) };
        if step == Step::Assign {
            return self.assign(at, order).await;
        }
        let caller = self.who(at, step).clone();
        let proof = if step == Step::Complete { self.proof(order, &caller).await? } else { Vec::new() };
        let mut tx = self.maker.house.begin(&caller).await?;
        match step {
            Step::Accept => _ = orders::accept(&mut tx, order).await?,
            Step::Take => _ = orders::take(&mut tx, order).await?,
            Step::Arrive => _ = orders::arrive(&mut tx, order, None).await?,
            Step::Reply(which) => {
                let reply = &case.replies[which];
                let message = Message { visible: reply.visible, text: reply.text.clone(), evidence: Vec::new() };
                _ = orders::message(&mut tx, order, &message).await?;
            }
            Step::Suspend => {
                if let Some(suspend) = &case.suspend {
                    _ = orders::suspend(&mut tx, order, suspend.reason, &suspend.note).await?;
                }
            }
            Step::Resume => _ = orders::resume(&mut tx, order).await?,
            Step::Complete => _ = orders::complete(&mut tx, order, &done(case, &proof)).await?,
            Step::Answer => {
                _ = orders::answer(&mut tx, order, case.done.as_deref().unwrap_or(&case.text), true).await?
            }
            Step::Verdict => self.verdict(&mut tx, case, order).await?,
            Step::Merge => {
                let into = case
                    .pinned
                    .as_ref()
                    .and_then(|pinned| self.by_label.get(pinned.merged_into.as_ref()?))
                    .and_then(|at| self.told[*at].order);
                if let Some(into) = into {
                    _ = orders::merge(&mut tx, order, into).await?;
                }
            }
            Step::Report | Step::Assign => {}
        }
        tx.commit().await
    }

    async fn verdict(&self, tx: &mut kernel::Tx, case: &Case, order: Id<Order>) -> Result<(), Error> {
        let Some(verdict) = &case.verdict else { return Ok(()) };
        let words = verdict.words.as_deref().unwrap_or_default();
        if matches!(case.kind, Kind::Repair | Kind::Help) {
            orders::verdict(tx, order, verdict.satisfied, words).await?;
        }
        if verdict.satisfied {
            orders::rate(tx, order, verdict.stars, words).await?;
        }
        Ok(())
    }

    /// Who does this act: the customer, the technician, or the desk.
    fn who(&self, at: usize, step: Step) -> &Caller {
        let told = &self.told[at];
        let desk = &self.desk().1;
        let worker = told.worker.map_or(desk, |at| &self.crew.staff[at].1);
        match step {
            Step::Take | Step::Arrive | Step::Suspend | Step::Resume | Step::Complete => worker,
            Step::Reply(which) if self.world.cases[at].replies[which].by == "technician" => worker,
            Step::Verdict => self.resident(at).unwrap_or(desk),
            _ => desk,
        }
    }
    fn desk(&self) -> &(Hired, Caller) {
        self.crew.named("陈芳").or(self.crew.staff.first()).expect("the written world has staff")
    }
    fn resident(&self, at: usize) -> Option<&Caller> {
        let family = &self.families[self.told[at].family?];
        self.crew.residents.get(&family.people.first()?.0)
    }

    async fn report(&mut self, at: usize) -> Result<(), Error> {
        let case = &self.world.cases[at];
        let own = matches!(case.channel, Channel::App | Channel::Qr);
        // Who does not use the portal calls the desk.
        let (caller, channel) = match self.resident(at).filter(|_| own) {
            Some(resident) => (resident.clone(), Channel::App),
            None => (self.desk().1.clone(), if own { Channel::Phone } else { case.channel }),
        };
        let family = self.told[at]
            .family
            .map(|at| &self.families[at])
            .filter(|_| case.channel != Channel::Patrol && case.channel != Channel::Device);
        let person = family.and_then(|family| family.people.first());
        let new = NewReport {
            site: self.site,
            kind: case.kind,
            category: case.category.clone(),
            urgency: Some(case.urgency),
            place: self.told[at].place,
            channel,
            text: case.text.clone(),
            reporter: NewReporter {
                party: None,
                name: person.map(|one| one.1.clone()),
                phone: person.and_then(|one| one.2.clone()),
                place: None,
            },
            entry_note: family.and_then(|family| family.entry_note.clone()),
            outage: None,
            evidence: Vec::new(),
            device_at: None,
        };
        let mut tx = self.maker.house.begin(&caller).await?;
        let done = orders::report(&mut tx, &new).await?;
        tx.commit().await?;
        self.told[at].order = Some(done.id);
        Ok(())
    }

    /// To the written handler, else to the next of the department who may do it.
    async fn assign(&mut self, at: usize, order: Id<Order>) -> Result<(), Error> {
        let case = &self.world.cases[at];
        let desk = self.desk().1.clone();
        let handler = case.pinned.as_ref().and_then(|pinned| pinned.handler.as_deref());
        let named = self.crew.staff.iter().position(|(hired, _)| Some(hired.name.as_str()) == handler);
        let to = named.map_or(To::Auto, |at| To::Person(self.crew.staff[at].0.party));
        let mut tx = self.maker.house.begin(&desk).await?;
        orders::assign(&mut tx, order, &to).await?;
        let assignee: Option<PartyId> = orders::load(&mut tx, order).await?.order.assignee();
        tx.commit().await?;
        self.told[at].worker = self.crew.staff.iter().position(|(hired, _)| Some(hired.party) == assignee);
        Ok(())
    }

    /// A photo and a signature, as most categories demand; none from somebody who may not finish the order.
    async fn proof(&self, order: Id<Order>, caller: &Caller) -> Result<Vec<Id<Evidence>>, Error> {
        let mut tx = self.maker.house.begin(caller).await?;
        if !orders::load(&mut tx, order).await?.allowed.contains(&orders::Noun::Completion) {
            return Ok(Vec::new());
        }
        let mut made = Vec::new();
        for kind in [evidence::Kind::Photo, evidence::Kind::Photo, evidence::Kind::Signature] {
            let new = NewEvidence {
                site: self.site,
                kind,
                subject: Some(order.uuid()),
                visible: true,
                device_at: None,
                note: None,
                operation: None,
            };
            made.push(evidence::add(&mut tx, &self.photo, &new).await?);
        }
        tx.commit().await?;
        Ok(made)
    }
}

fn done(case: &Case, proof: &[Id<Evidence>]) -> Completion {
    let (photos, signature) = proof.split_at(proof.len().saturating_sub(1));
    Completion {
        result: case.done.clone().unwrap_or_default(),
        photos: photos.to_vec(),
        signature: signature.first().copied(),
        device_at: None,
    }
}

/// One picture of a repaired corner, drawn here: a wall, a pipe, a tile floor.
async fn photo(maker: &Maker) -> Result<Received, Error> {
    let picture = image::RgbImage::from_fn(960, 720, |x, y| {
        let pipe = (410..450).contains(&x) || ((300..340).contains(&y) && x > 430);
        let seam = y > 520 && (x % 120 < 3 || (y - 520) % 80 < 3);
        match (pipe, seam, y > 520) {
            (true, _, _) => image::Rgb([176 - u8::try_from(x % 40).unwrap_or(0), 186, 190]),
            (_, true, _) => image::Rgb([168, 164, 156]),
            (_, _, true) => image::Rgb([205, 200, 190]),
            _ => image::Rgb([228, 222 - u8::try_from(y / 40).unwrap_or(0), 210]),
        }
    });
    let file: PathBuf = std::env::temp_dir().join(format!("anju-demo-{}.jpg", std::process::id()));
    picture.save(&file).map_err(|cause| Error::Broken(cause.to_string()))?;
    let received = evidence::receive(&maker.house, &file).await;
    let _ = std::fs::remove_file(&file);
    received
}
