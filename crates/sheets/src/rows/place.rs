//! Where a row's home is: its own cells, the merged or blank building above, a heading, the sheet's name.

use super::{Options, RowReader};
use crate::cells::unit::{UnitCode, UnitContext};
use crate::cells::usage::Usage;
use crate::codes::Fault;
use crate::fields::Field;
use crate::mapping::Mapping;
use crate::sheet::{Cell, Sheet};
use crate::text::{folded, squeezed};
use crate::understand::spaces;

const LOOKED_AT: usize = 2_000;

/// Follows the building down the sheet.
pub(super) struct Places<'a> {
    options: &'a Options,
    /// What the column of the places says they are: 车位号, 铺号.
    pub usage: Option<Usage>,
    repeats_building: bool,
    heading: Option<String>,
    building: Option<String>,
    stair: Option<String>,
    pub carried: usize,
}

impl<'a> Places<'a> {
    pub(super) fn new(sheet: &Sheet, mapping: &Mapping, options: &'a Options) -> Self {
        let repeats_building = repeats_building(sheet, mapping);
        let usage = spaces::of_places(mapping);
        Places { options, usage, repeats_building, heading: None, building: None, stair: None, carried: 0 }
    }

    /// A heading row named the building of the rows below.
    pub(super) fn enter(&mut self, building: String) {
        self.heading = Some(building);
    }

    /// The row's home, or the column at fault and the fault.
    pub(super) fn find(&mut self, row: &RowReader<'_>) -> Result<UnitCode, (Field, Fault)> {
        let text = |field: Field| row.cell(field).text().into_owned();
        self.follow(row);
        let building = self.building.clone().or_else(|| self.heading.clone()).or_else(|| row.mapping.building.clone());
        let phase = Some(text(Field::Phase)).filter(|phase| !folded(phase).is_empty());
        let around = UnitContext {
            site: self.options.site.as_deref(),
            phase: phase.as_deref(),
            building: building.as_deref(),
            stair: self.stair.as_deref(),
            repeats_building: self.repeats_building,
        };
        let unit = read(row, Field::Unit, &around);
        match unit {
            Ok(unit) => Ok(unit),
            Err(error) => match row.cell(Field::Room) {
                Cell::Empty if row.mapping.column_of(Field::Unit).is_some() => Err(error),
                _ => read(row, Field::Room, &around),
            },
        }
        .map_err(|(field, fault)| (culprit(row, field, fault), fault))
    }

    /// A blank building repeats the one above; a blank stair does so only together with it.
    fn follow(&mut self, row: &RowReader<'_>) {
        let building = row.cell(Field::Building);
        let stair = row.cell(Field::Stair);
        if building.is_empty() {
            self.carried += usize::from(self.building.is_some());
        } else {
            self.building = Some(building.text().into_owned());
            self.stair = None;
        }
        if !stair.is_empty() {
            self.stair = Some(stair.text().into_owned());
        } else if row.mapping.column_of(Field::Building).is_none() {
            self.stair = None;
        }
    }
}

/// A building that is none stands in its own column, if there is one.
fn culprit(row: &RowReader<'_>, field: Field, fault: Fault) -> Field {
    let in_column = fault == Fault::BuildingImplausible && !row.cell(Field::Building).is_empty();
    if in_column { Field::Building } else { field }
}

fn read(row: &RowReader<'_>, field: Field, around: &UnitContext<'_>) -> Result<UnitCode, (Field, Fault)> {
    match row.cell(field) {
        Cell::Empty => Err((field, Fault::UnitMissing)),
        Cell::Date(_) => Err((field, Fault::UnitIsDate)),
        cell => UnitCode::read(&cell.text(), around).map_err(|fault| (field, fault)),
    }
}

/// True when each two-part code of the sheet begins with the building that its row or sheet names anyway.
fn repeats_building(sheet: &Sheet, mapping: &Mapping) -> bool {
    let code = mapping.column_of(Field::Unit).or(mapping.column_of(Field::Room));
    let column = mapping.column_of(Field::Building);
    let Some(code) = code.filter(|_| column.is_some() || mapping.building.is_some()) else { return false };
    let mut seen = false;
    for index in 0..sheet.len().min(LOOKED_AT) {
        let text = squeezed(&sheet.cell(index, code).text());
        let Some((first, rest)) = text.split_once('-').filter(|(_, rest)| !rest.contains('-')) else { continue };
        let digits = |text: &str| text.trim_start_matches('0').to_owned();
        if first.is_empty() || !rest.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            continue;
        }
        let building =
            column.map(|column| sheet.cell(index, column).text().into_owned()).filter(|text| !text.is_empty());
        let Some(building) = building.or_else(|| mapping.building.clone()) else { continue };
        let name = squeezed(&building);
        let name = name.trim_end_matches(['号', '楼', '栋', '幢', '座', '#']);
        if digits(name) != digits(first.trim_end_matches(['号', '楼', '栋', '幢', '座', '#'])) {
            return false;
        }
        seen = true;
    }
    seen
}
