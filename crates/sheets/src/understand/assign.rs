//! Header words → fields: remembered first, then known words, then neighbours; one column a field.

use super::meaning::{self, Meaning, is_somebodys};
use crate::codes::Reason;
use crate::fields::{Field, Kind};
use crate::mapping::Mapping;
use crate::text::squeezed;

/// What we think of one column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Guess {
    pub field: Option<Field>,
    /// Percent.
    pub confidence: u8,
    pub reason: Reason,
}

impl Guess {
    pub(super) fn new(field: Field, confidence: u8, reason: Reason) -> Guess {
        Guess { field: Some(field), confidence, reason }
    }

    const NONE: Guess = Guess { field: None, confidence: 0, reason: Reason::Unknown };
    const MIXED: Guess = Guess { field: None, confidence: 0, reason: Reason::Mixed };
}

pub(super) fn by_words(texts: &[String], width: usize, remembered: Option<&Mapping>, kind: Kind) -> Vec<Guess> {
    let mut guesses: Vec<Guess> =
        (0..width).map(|column| texts.get(column).map_or(Guess::NONE, |text| one(text, remembered, kind))).collect();
    neighbours(texts, &mut guesses);
    guesses
}

fn one(text: &str, remembered: Option<&Mapping>, kind: Kind) -> Guess {
    if let Some(field) = remembered.and_then(|mapping| mapping.remembered(text)) {
        return Guess::new(field, 100, Reason::Remembered);
    }
    match meaning::of(text, kind) {
        Meaning::Is(field, true) => Guess::new(field, 95, Reason::HeaderExact),
        Meaning::Is(field, false) => Guess::new(field, 75, Reason::HeaderSimilar),
        Meaning::Mixed => Guess::MIXED,
        Meaning::Unknown => Guess::NONE,
    }
}

/// A plain 联系电话 or 证件号 to the right of 租户 is the tenant's, and to the right of 联系人 nobody's that we know.
fn neighbours(texts: &[String], guesses: &mut [Guess]) {
    let mut person = Some(Field::Owner);
    for (guess, text) in guesses.iter_mut().zip(texts) {
        match guess.field {
            Some(field @ (Field::Owner | Field::Tenant | Field::CoOwner)) => person = Some(field),
            None if is_somebodys(text) => person = None,
            Some(field) if guess.reason != Reason::Remembered && names_nobody(text) => match person {
                Some(person) => {
                    if let Some(field) = belongs_to(field, person) {
                        *guess = Guess::new(field, 80, Reason::Neighbour);
                    }
                }
                None if matches!(field, Field::OwnerPhone | Field::OwnerIdNumber) => *guess = Guess::MIXED,
                None => {}
            },
            _ => {}
        }
    }
}

fn belongs_to(field: Field, person: Field) -> Option<Field> {
    match (field, person) {
        (Field::OwnerPhone, Field::Tenant) => Some(Field::TenantPhone),
        (Field::OwnerPhone, Field::CoOwner) => Some(Field::CoOwnerPhone),
        (Field::OwnerIdNumber, Field::Tenant) => Some(Field::TenantIdNumber),
        _ => None,
    }
}

fn names_nobody(text: &str) -> bool {
    let text = squeezed(text);
    !["业主", "户主", "产权", "OWNER", "本人"].iter().any(|word| text.contains(word))
}

/// The surest column keeps the field, the leftmost of equals.
pub(super) fn one_column_each(guesses: &mut [Guess]) {
    for at in 0..guesses.len() {
        let Some(field) = guesses[at].field.filter(|field| !field.may_repeat()) else { continue };
        let rival = guesses.iter().enumerate().filter(|(other, guess)| *other != at && guess.field == Some(field));
        let beaten = rival.into_iter().any(|(other, guess)| {
            guess.confidence > guesses[at].confidence || (guess.confidence == guesses[at].confidence && other < at)
        });
        if beaten {
            guesses[at] = Guess { field: None, confidence: 0, reason: Reason::SecondColumn };
        }
    }
}
