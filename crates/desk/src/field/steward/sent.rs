//! What the form of a report says: sent by a browser, or kept by a phone until it has a network.

use kernel::{
    Checks, Error, FieldError, PlaceId, Read, Right, Site,
    categories::{self, Category},
    evidence::Evidence,
    orders::{Channel, Kind, NewReport, NewReporter, Urgency},
    sites,
};
use values::{Id, Moment, Phone};

use crate::{
    api::typed_place,
    field::{face, store},
};

#[derive(Debug, Default)]
pub(crate) struct Sent {
    /// Code of the site; empty where there is one only.
    pub site: String,
    pub place: String,
    pub kind: String,
    pub category: String,
    pub text: String,
    pub urgent: bool,
    pub name: String,
    pub phone: String,
    pub entry_note: String,
    pub photos: Vec<String>,
}

/// What is right so far.
struct Checked {
    kind: Kind,
    phone: Option<Phone>,
    photos: Vec<Id<Evidence>>,
}

impl Sent {
    /// The report that is meant. Errors beside the fields: `report_place_unknown`, `place_several`,
    /// `report_words_missing`, `report_phone_shape`; `Missing` for a site out of sight.
    pub async fn new_report(&self, read: &mut Read, device_at: Option<Moment>) -> Result<NewReport, Error> {
        let (site, place) = self.place(read).await?;
        let tree = categories::all(read, site.id).await?;
        let Checked { kind, phone, photos } = self.check(place)?;
        let (category, urgency) = self.category(kind, &tree);
        let name = filled(&self.name);
        // Who names nobody reports what they saw on their round; who may not report for others always does.
        let for_somebody = (name.is_some() || phone.is_some()) && read.caller().may(Right::OrderReport, site.id);
        Ok(NewReport {
            site: site.id,
            kind,
            category,
            urgency,
            place,
            channel: if for_somebody { Channel::Steward } else { Channel::Patrol },
            text: self.text.clone(),
            reporter: NewReporter { name, phone, ..NewReporter::default() },
            entry_note: filled(&self.entry_note),
            outage: None,
            evidence: photos,
            device_at,
        })
    }

    /// The category that was picked, or the rest of its kind, with its urgency unless somebody called it urgent.
    fn category(&self, kind: Kind, tree: &[Category]) -> (String, Option<Urgency>) {
        let code = filled(&self.category).unwrap_or_else(|| format!("other.{}", kind.as_str()));
        let known = tree.iter().find(|leaf| leaf.code == code).map(|leaf| leaf.urgency);
        (code, if self.urgent { Some(Urgency::Urgent) } else { known })
    }

    /// The place with this code at the site that was picked, else at any in sight; none when nothing such is known.
    async fn place(&self, read: &mut Read) -> Result<(Site, Option<PlaceId>), Error> {
        let (picked, typed) = (self.site.trim(), self.place.trim());
        let usual = if picked.is_empty() { face::site(read).await? } else { sites::by_code(read, picked).await? };
        if typed.is_empty() {
            return Ok((usual, None));
        }
        match typed_place(read, usual.id, "place", typed).await {
            Ok(place) => return Ok((usual, Some(place))),
            Err(Error::Invalid(why)) if why.iter().all(|one| one.code == "place_unknown") => {}
            Err(cause) => return Err(cause),
        }
        match store::place(read, typed).await {
            Ok((site, place)) if picked.is_empty() => Ok((site, Some(place.id))),
            Ok(_) | Err(Error::Missing) => Ok((usual, None)),
            Err(cause) => Err(cause),
        }
    }

    fn check(&self, place: Option<PlaceId>) -> Result<Checked, Error> {
        let mut checks = Checks::default();
        if !self.place.trim().is_empty() && place.is_none() {
            checks.refuse("place", "report_place_unknown");
        }
        if self.text.trim().is_empty() {
            checks.refuse("text", "report_words_missing");
        }
        let phone = match self.phone.trim() {
            "" => None,
            typed => typed.parse::<Phone>().map_err(|_| checks.refuse("phone", "report_phone_shape")).ok(),
        };
        let photos: Result<Vec<_>, _> = self.photos.iter().map(|id| id.parse()).collect();
        if photos.is_err() {
            checks.add(FieldError::new("photos", "evidence_unknown"));
        }
        checks.done()?;
        let kind = self.kind.parse().unwrap_or(Kind::Repair);
        Ok(Checked { kind, phone, photos: photos.unwrap_or_default() })
    }
}

fn filled(text: &str) -> Option<String> {
    Some(text.trim().to_string()).filter(|text| !text.is_empty())
}
