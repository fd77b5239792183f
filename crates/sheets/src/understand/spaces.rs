//! Lists of parking spaces, shops and storage rooms: their own number is the place, and the home beside it is only where
//! the owner lives. Lists of homes may have a column of spaces, which is no place either.

use super::assign::Guess;
use crate::cells::usage::Usage;
use crate::codes::Reason;
use crate::fields::Field;
use crate::mapping::Mapping;
use crate::sheet::Sheet;
use crate::text::squeezed;

/// What the numbers below a header are, when it names no homes: 车位号, 铺号, 储藏室编号.
pub(crate) fn of_header(header: &str) -> Option<Usage> {
    const WORDS: &[(&str, Usage)] = &[
        ("车位", Usage::Parking),
        ("车库", Usage::Parking),
        ("泊位", Usage::Parking),
        ("PARKING", Usage::Parking),
        ("铺", Usage::Shop),
        ("SHOP", Usage::Shop),
        ("储藏", Usage::Storage),
        ("储物", Usage::Storage),
    ];
    let header = squeezed(header);
    WORDS.iter().find(|(word, _)| header.contains(word)).map(|(_, usage)| usage.clone())
}

/// What the places of a sheet are, by the header of their column.
pub(crate) fn of_places(mapping: &Mapping) -> Option<Usage> {
    let mapped = mapping.columns.iter().find(|mapped| mapped.field == Field::Unit)?;
    of_header(&mapped.header)
}

/// Where both spaces and homes have a column, one of them is the place of the rows.
pub(super) fn settle(sheet: &Sheet, first: usize, texts: &[String], guesses: &mut [Guess]) {
    let header = |column: usize| texts.get(column).map_or("", String::as_str);
    let spaces: Vec<usize> =
        of_field(guesses, &[Field::Unit]).filter(|column| of_header(header(*column)).is_some()).collect();
    let homes: Vec<usize> =
        of_field(guesses, &[Field::Unit, Field::Room]).filter(|column| !spaces.contains(column)).collect();
    let (Some(space), Some(home)) = (spaces.first(), homes.first()) else { return };
    let filled = |column: usize| (first..sheet.len()).filter(|index| !sheet.cell(*index, column).is_empty()).count();
    let leads = space < home && filled(*space) >= filled(*home);
    let lost = if of_header(&sheet.name).is_some() || leads {
        of_field(guesses, &[Field::Unit, Field::Room, Field::Building, Field::Stair, Field::Floor])
            .filter(|column| !spaces.contains(column))
            .collect()
    } else {
        spaces
    };
    for column in lost {
        guesses[column] = Guess { field: None, confidence: 0, reason: Reason::OtherPlace };
    }
}

fn of_field<'a>(guesses: &'a [Guess], fields: &'a [Field]) -> impl Iterator<Item = usize> + 'a {
    let fits = |guess: &Guess| guess.field.is_some_and(|field| fields.contains(&field));
    guesses.iter().enumerate().filter(move |(_, guess)| fits(guess)).map(|(column, _)| column)
}
