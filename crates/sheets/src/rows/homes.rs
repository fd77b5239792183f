//! Homes: one row each, or several rows joined by a merged room cell (co-owners below each other).

use std::collections::HashMap;

use super::people::{Columns, parties};
use super::place::Places;
use super::skip;
use super::{HomeRow, Options, Parsed, Party, RowReader};
use crate::cells::unit::UnitCode;
use crate::cells::usage::Usage;
use crate::cells::{area, date};
use crate::codes::{Fault, SkipReason};
use crate::fields::{Field, Kind};
use crate::mapping::{Mapping, Proposal};
use crate::sheet::{Cell, Sheet, Workbook};
use crate::text::squeezed;
use crate::understand::unused;

const OWNER: Columns = Columns { name: Field::Owner, phone: Field::OwnerPhone, id_number: Some(Field::OwnerIdNumber) };
const CO_OWNER: Columns = Columns { name: Field::CoOwner, phone: Field::CoOwnerPhone, id_number: None };
const TENANT: Columns =
    Columns { name: Field::Tenant, phone: Field::TenantPhone, id_number: Some(Field::TenantIdNumber) };

/// Where each home was first seen: row and sheet.
type Seen = HashMap<UnitCode, (u32, String)>;

/// The homes of one sheet.
pub fn parse_homes(sheet: &Sheet, mapping: &Mapping, options: &Options) -> Parsed<HomeRow> {
    walk(sheet, mapping, options, &mut Seen::new())
}

/// The homes of all proposed sheets; a home that stands in two of them is a `duplicate_unit`.
pub fn homes_of(workbook: &Workbook, proposals: &[Proposal], options: &Options) -> Vec<Parsed<HomeRow>> {
    let mut seen = Seen::new();
    let sheets =
        proposals.iter().filter_map(|proposal| Some((workbook.sheets.get(proposal.index)?, &proposal.mapping)));
    sheets.map(|(sheet, mapping)| walk(sheet, mapping, options, &mut seen)).collect()
}

/// Percent of the first rows whose place can be read; all of none.
pub(crate) fn readable_units(sheet: &Sheet, mapping: &Mapping) -> u8 {
    let options = Options::default();
    let mut places = Places::new(sheet, mapping, &options);
    let (mut all, mut good) = (0, 0);
    for index in data_rows(sheet, mapping).take(300) {
        match skip::reason(sheet, mapping, index) {
            Some(SkipReason::BuildingHeading) => {
                skip::heading(sheet, index).into_iter().for_each(|name| places.enter(name))
            }
            Some(_) => {}
            None => {
                all += 1;
                good += usize::from(places.find(&RowReader::new(sheet, mapping, index)).is_ok());
            }
        }
    }
    (good * 100).checked_div(all).unwrap_or(100) as u8
}

/// Positions of the rows below the header.
pub(crate) fn data_rows(sheet: &Sheet, mapping: &Mapping) -> std::ops::Range<usize> {
    let header = mapping.header_row.unwrap_or(0);
    let first = (0..sheet.len()).find(|index| sheet.number(*index) > header).unwrap_or(sheet.len());
    first..sheet.len()
}

/// A home that further rows may still add to.
struct Pending {
    home: HomeRow,
    good: bool,
}

fn walk(sheet: &Sheet, mapping: &Mapping, options: &Options, seen: &mut Seen) -> Parsed<HomeRow> {
    let mut parsed = Parsed::new(sheet);
    parsed.warnings = unused::columns(sheet, mapping, Kind::Homes);
    let mut places = Places::new(sheet, mapping, options);
    let mut pending: Option<Pending> = None;
    let mut expected = mapping.header_row.unwrap_or(0) + 1;
    for index in data_rows(sheet, mapping) {
        let number = sheet.number(index);
        (expected..number).for_each(|gap| parsed.skip(gap, SkipReason::Empty));
        expected = number + 1;
        if let Some(why) = skip::reason(sheet, mapping, index) {
            if why == SkipReason::BuildingHeading {
                skip::heading(sheet, index).into_iter().for_each(|name| places.enter(name));
            }
            parsed.skip(number, why);
            continue;
        }
        let mut row = RowReader::new(sheet, mapping, index);
        let home = read(&mut row, &mut places, options);
        take(&mut row, home, &mut pending, &mut parsed, seen);
        parsed.close(row);
    }
    flush(&mut pending, &mut parsed);
    parsed.carried_down = places.carried;
    parsed
}

/// Joins the row to the home above it when the room's cell is merged over both, else begins a new home.
fn take(
    row: &mut RowReader<'_>,
    home: Option<HomeRow>,
    pending: &mut Option<Pending>,
    parsed: &mut Parsed<HomeRow>,
    seen: &mut Seen,
) {
    let Some(home) = home else { return flush(pending, parsed) };
    match pending {
        Some(above) if above.home.unit == home.unit && is_merged(row) => {
            above.good &= row.errors.is_empty();
            join(&mut above.home, home);
        }
        _ => {
            flush(pending, parsed);
            check_first(row, &home, seen);
            *pending = Some(Pending { good: row.errors.is_empty(), home });
        }
    }
}

fn flush(pending: &mut Option<Pending>, parsed: &mut Parsed<HomeRow>) {
    parsed.rows.extend(pending.take().filter(|above| above.good).map(|above| above.home));
}

fn is_merged(row: &RowReader<'_>) -> bool {
    let column = row.mapping.column_of(Field::Unit).or(row.mapping.column_of(Field::Room));
    column.is_some_and(|column| row.sheet.is_carried(row.index, column))
}

fn check_first(row: &mut RowReader<'_>, home: &HomeRow, seen: &mut Seen) {
    if let Some((first, sheet)) = seen.get(&home.unit) {
        let args = vec![("row", first.to_string()), ("sheet", sheet.clone())];
        row.wrong_field(place_field(row.mapping), Fault::DuplicateUnit, args);
    } else {
        seen.insert(home.unit.clone(), (home.row, row.sheet.name.clone()));
    }
}

fn place_field(mapping: &Mapping) -> Field {
    if mapping.column_of(Field::Unit).is_some() { Field::Unit } else { Field::Room }
}

/// Further owners and tenants; what the first row says about the home itself stays.
fn join(home: &mut HomeRow, more: HomeRow) {
    add_parties(&mut home.owners, more.owners);
    add_parties(&mut home.tenants, more.tenants);
    home.floor_area = home.floor_area.or(more.floor_area);
    home.inside_area = home.inside_area.or(more.inside_area);
    home.delivered_on = home.delivered_on.take().or(more.delivered_on);
    home.note = home.note.take().or(more.note);
}

fn add_parties(parties: &mut Vec<Party>, more: Vec<Party>) {
    for party in more {
        if !parties.iter().any(|known| known.name == party.name) {
            parties.push(party);
        }
    }
}

/// The row's home; none when its place cannot be read, though its other errors are gathered all the same.
fn read(row: &mut RowReader<'_>, places: &mut Places<'_>, options: &Options) -> Option<HomeRow> {
    let unit = places.find(row).map_err(|(field, fault)| {
        let day = vec![("day", row.cell(field).text().into_owned())];
        row.wrong_field(field, fault, if fault == Fault::UnitIsDate { day } else { Vec::new() });
    });
    let (floor_area, inside_area) = areas(row, options);
    let date_1904 = row.sheet.date_1904;
    let delivered_on = row.value(Field::DeliveredOn, |cell| date::day(cell, date_1904));
    let floor = row.value(Field::Floor, floor);
    let mut owners = parties(row, &OWNER);
    add_parties(&mut owners, parties(row, &CO_OWNER));
    let tenants = parties(row, &TENANT);
    let usage = row.text(Field::Usage).map(|text| Usage::of(&text)).or_else(|| places.usage.clone());
    let note = row.text(Field::Note);
    let home = |unit| HomeRow {
        row: row.number(),
        unit,
        floor,
        usage,
        floor_area,
        inside_area,
        delivered_on,
        owners,
        tenants,
        note,
    };
    unit.ok().map(home)
}

fn areas(row: &mut RowReader<'_>, options: &Options) -> (Option<i64>, Option<i64>) {
    let floor_area = bounded(row, Field::FloorArea, options);
    let inside_area = bounded(row, Field::InsideArea, options);
    if let (Some(floor), Some(inside)) = (floor_area, inside_area)
        && inside > floor
    {
        row.wrong_field(Field::InsideArea, Fault::InsideAreaLarger, vec![("floor_area", area::area_text(floor))]);
    }
    (floor_area, inside_area)
}

fn bounded(row: &mut RowReader<'_>, field: Field, options: &Options) -> Option<i64> {
    let found = row.value(field, area::area);
    if found.is_some_and(|area| !(options.area_min..=options.area_max).contains(&area)) {
        let args = vec![("min", area::area_text(options.area_min)), ("max", area::area_text(options.area_max))];
        row.wrong_field(field, Fault::AreaOutOfRange, args);
        return None;
    }
    found
}

/// `3`, `3层`, `3F`, `-1`, `B1`, `负1层`, `地下1层`, `3/18` (third of eighteen).
fn floor(cell: Cell<'_>) -> Result<Option<i32>, Fault> {
    let text = squeezed(&cell.text());
    if crate::text::is_nothing(&text) || matches!(cell, Cell::Date(_)) {
        return if text.is_empty() || !matches!(cell, Cell::Date(_)) { Ok(None) } else { Err(Fault::FloorUnreadable) };
    }
    let plain = text.split('/').next().unwrap_or_default().trim_start_matches('第');
    let plain = plain.trim_end_matches(['层', '楼', 'F']);
    let below = ["负", "地下", "B", "-"].iter().find_map(|sign| plain.strip_prefix(sign));
    let number = below.unwrap_or(plain).parse::<i32>().ok().filter(|number| (0..=200).contains(number));
    number.map(|number| Some(if below.is_some() { -number } else { number })).ok_or(Fault::FloorUnreadable)
}
