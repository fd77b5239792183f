//! The notices of the last weeks, each at its time.

use kernel::{
    Error, PlaceId, SiteId,
    notices::{self, Audience, HomeRole, NewNotice, NoticeKind},
};

use super::{
    Maker,
    data::{Notice, World},
    estate::Homes,
    people::Crew,
};

pub async fn publish(maker: &Maker, site: SiteId, world: &World, crew: &Crew, homes: &Homes) -> Result<(), Error> {
    let Some((_, desk)) = crew.named("陈芳") else { return Ok(()) };
    let mut all: Vec<&Notice> = world.notices.iter().collect();
    all.sort_by_key(|notice| notice.published);
    for notice in all {
        let at = maker.shifted(notice.published);
        if at >= maker.end {
            continue;
        }
        maker.at(at);
        let new = new(maker, site, notice, homes);
        let mut tx = maker.house.begin(desk).await?;
        let id = notices::publish(&mut tx, &new).await?;
        tx.commit().await?;
        let over = new.planned_end.filter(|end| new.kind == NoticeKind::Outage && *end < maker.end);
        if let Some(end) = over {
            maker.at(end);
            let mut tx = maker.house.begin(desk).await?;
            notices::end(&mut tx, id).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}

fn new(maker: &Maker, site: SiteId, notice: &Notice, homes: &Homes) -> NewNotice {
    let places = |codes: &[String]| -> Vec<PlaceId> { codes.iter().filter_map(|code| homes.id(code)).collect() };
    let roles = HomeRole::ALL.into_iter().filter(|role| notice.audience.roles.iter().any(|word| word == role.as_str()));
    let ends = notice.ends.map(|at| maker.shifted(at));
    let outage = !notice.outage_categories.is_empty() && ends.is_some();
    let kind = match (outage, notice.kind.as_str()) {
        (true, _) => NoticeKind::Outage,
        (_, "announcement") => NoticeKind::Announcement,
        (_, "tip") => NoticeKind::Tip,
        _ => NoticeKind::Notice,
    };
    NewNotice {
        site,
        kind,
        title: notice.title_zh.clone(),
        body: notice.body_zh.clone(),
        audience: Audience {
            buildings: places(&notice.audience.buildings),
            stairs: places(&notice.audience.stairs),
            roles: roles.collect(),
        },
        starts: maker.shifted(notice.starts.unwrap_or(notice.published)),
        planned_end: ends.filter(|end| *end > maker.shifted(notice.starts.unwrap_or(notice.published))),
        categories: notice.outage_categories.clone(),
    }
}
