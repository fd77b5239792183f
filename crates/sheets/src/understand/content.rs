//! Columns whose header says nothing are known by what stands in them.

use std::collections::HashSet;

use super::assign::Guess;
use super::meaning::is_somebodys;
use crate::cells::{area, date, names, phone, unit::UnitCode};
use crate::codes::Reason;
use crate::fields::{Field, Kind};
use crate::sheet::{Cell, Sheet};
use crate::text::is_han;

const SAMPLED: usize = 200;
const CONFIDENCE: u8 = 60;

/// What a column's look must pass.
type Test = fn(&Look) -> bool;

/// Fills only what no header named. A column with an unknown header may still be the place, or the phone when its words
/// name nobody else, but nothing else: 公摊 looks like an area too.
pub(super) fn fill_gaps(sheet: &Sheet, first: usize, texts: &[String], kind: Kind, guesses: &mut [Guess]) {
    let looks: Vec<Look> = (0..guesses.len()).map(|column| Look::at(sheet, first, column)).collect();
    let wanted: &[(Field, Test)] = match kind {
        Kind::Homes => &[
            (Field::Unit, Look::is_unit),
            (Field::OwnerPhone, Look::is_phone),
            (Field::DeliveredOn, Look::is_date),
            (Field::FloorArea, Look::is_area),
            (Field::Owner, Look::is_name),
        ],
        Kind::Staff => &[(Field::Phone, Look::is_phone), (Field::Name, Look::is_name)],
    };
    for (field, fits) in wanted {
        let named =
            |guess: &Guess| guess.field == Some(*field) || (*field == Field::Unit && guess.field == Some(Field::Room));
        if guesses.iter().any(named) {
            continue;
        }
        let free = |column: usize| guesses[column].field.is_none() && guesses[column].reason == Reason::Unknown;
        let may = |column: usize| {
            let text = texts.get(column).map_or("", String::as_str);
            text.is_empty()
                || *field == Field::Unit
                || matches!(field, Field::OwnerPhone | Field::Phone) && !is_somebodys(text)
        };
        let found = (0..guesses.len()).find(|column| free(*column) && may(*column) && fits(&looks[*column]));
        if let Some(column) = found {
            guesses[column] = Guess::new(*field, CONFIDENCE, Reason::Content);
        }
    }
}

/// How many of the sampled cells look like what.
#[derive(Default)]
struct Look {
    filled: usize,
    units: usize,
    phones: usize,
    dates: usize,
    areas: usize,
    decimals: usize,
    names: usize,
    different: usize,
}

impl Look {
    fn at(sheet: &Sheet, first: usize, column: usize) -> Look {
        let step = (sheet.len().saturating_sub(first) / SAMPLED).max(1);
        let mut look = Look::default();
        let mut seen = HashSet::new();
        for index in (first..sheet.len()).step_by(step) {
            let cell = sheet.cell(index, column);
            if !cell.is_empty() {
                look.count(cell, sheet.date_1904);
                seen.insert(cell.text());
            }
        }
        look.different = seen.len();
        look
    }

    fn count(&mut self, cell: Cell<'_>, date_1904: bool) {
        let text = cell.text();
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let date = matches!(date::day(cell, date_1904), Ok(Some(_)));
        let phone = !date && digits >= 7 && phone::phones(cell).is_ok();
        let area = !date && !phone && matches!(area::area(cell), Ok(Some(500..=200_000)));
        self.filled += 1;
        self.dates += usize::from(date);
        self.phones += usize::from(phone);
        self.areas += usize::from(area);
        self.decimals += usize::from(area && text.contains('.'));
        self.units += usize::from(!date && !phone && !area && UnitCode::parse(&text).is_ok());
        self.names += usize::from(is_person(&text) && names::names(cell).is_ok());
    }

    fn most(&self, count: usize) -> bool {
        self.filled >= 2 && count * 10 >= self.filled * 6
    }

    fn is_unit(&self) -> bool {
        self.most(self.units) && self.different * 2 >= self.filled
    }

    fn is_phone(&self) -> bool {
        self.most(self.phones)
    }

    fn is_date(&self) -> bool {
        self.most(self.dates)
    }

    fn is_area(&self) -> bool {
        self.most(self.areas) && self.decimals * 3 >= self.filled
    }

    fn is_name(&self) -> bool {
        self.most(self.names) && self.different * 2 >= self.filled
    }
}

/// Two to four Han characters, or several such.
fn is_person(text: &str) -> bool {
    let bare: Vec<char> = text.chars().filter(|c| !c.is_whitespace() && !"、,，".contains(*c)).collect();
    (2..=9).contains(&bare.len()) && bare.iter().all(|c| is_han(*c))
}
