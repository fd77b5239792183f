use super::{Audience, HomeRole, NewNotice, NoticeKind};
use crate::{Checks, Error, FieldError, PlaceId};

/// Where somebody lives and as what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Where {
    pub building: Option<PlaceId>,
    pub stair: Option<PlaceId>,
    pub role: Option<HomeRole>,
}

/// Is a notice for this audience also for somebody there?
pub fn reaches(audience: &Audience, at: &Where) -> bool {
    let whole_site = audience.buildings.is_empty() && audience.stairs.is_empty();
    let holds = |list: &[PlaceId], place: Option<PlaceId>| place.is_some_and(|place| list.contains(&place));
    let here = whole_site || holds(&audience.buildings, at.building) || holds(&audience.stairs, at.stair);
    here && (audience.roles.is_empty() || at.role.is_none_or(|role| audience.roles.contains(&role)))
}

const LONGEST_TITLE: usize = 60;
const LONGEST_BODY: usize = 4_000;

/// CSV §6: a notice says what, to whom, and (an outage) until when.
pub fn check(new: &NewNotice) -> Result<(), Error> {
    let mut checks = Checks::default();
    if new.title.trim().is_empty() {
        checks.refuse("title", "notice_title_missing");
    }
    if new.title.chars().count() > LONGEST_TITLE {
        checks.add(FieldError::new("title", "notice_title_long").with("most", LONGEST_TITLE));
    }
    if new.body.trim().is_empty() {
        checks.refuse("body", "notice_body_missing");
    }
    if new.body.chars().count() > LONGEST_BODY {
        checks.add(FieldError::new("body", "notice_body_long").with("most", LONGEST_BODY));
    }
    if new.planned_end.is_some_and(|end| end <= new.starts) {
        checks.refuse("planned_end", "notice_end_before_start");
    }
    if new.kind == NoticeKind::Outage && new.planned_end.is_none() {
        checks.refuse("planned_end", "outage_end_missing");
    }
    checks.done()
}

/// Does a report of `category` belong to an outage of `categories`? `water.none` belongs to `water` and to itself.
pub(super) fn fits(categories: &[String], category: &str) -> bool {
    categories
        .iter()
        .any(|one| category == one || category.strip_prefix(one.as_str()).is_some_and(|rest| rest.starts_with('.')))
}
