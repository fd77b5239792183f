//! What goes back to people as workbooks: the empty template, and the bad rows with what is wrong in the last column.

use std::{collections::BTreeMap, io::Cursor, path::Path};

use kernel::Error;
use sheets::{Column, ColumnKind, Export, Field, Kind, TemplateWords, Value, Workbook, template, write_xlsx};
use web::i18n::Words;

use super::{
    model::{Problem, Reading},
    words,
};

const HOMES: [Field; 12] = [
    Field::Building,
    Field::Stair,
    Field::Room,
    Field::Owner,
    Field::OwnerPhone,
    Field::OwnerIdNumber,
    Field::FloorArea,
    Field::InsideArea,
    Field::DeliveredOn,
    Field::Tenant,
    Field::TenantPhone,
    Field::Note,
];
const STAFF: [Field; 12] = [
    Field::Name,
    Field::Phone,
    Field::Department,
    Field::Post,
    Field::JoinedOn,
    Field::StaffNumber,
    Field::Login,
    Field::CertificateName,
    Field::CertificateNumber,
    Field::ValidUntil,
    Field::ReviewOn,
    Field::Note,
];

/// Headers in the reader's language, two examples that may stay, a sheet of rules.
pub fn blank(kind: Kind, said: &Words) -> Result<Vec<u8>, Error> {
    let (fields, list) = match kind {
        Kind::Homes => (&HOMES, "homes"),
        Kind::Staff => (&STAFF, "staff"),
    };
    let lines = |name: &str| -> Vec<String> {
        said.say(&format!("estate-import-template-{list}-{name}")).lines().map(|line| line.trim().to_string()).collect()
    };
    let example = |line: &String| line.split('|').map(|cell| cell.trim().to_string()).collect();
    let template_words = TemplateWords {
        sheet: said.say(&format!("estate-import-template-{list}-sheet")),
        columns: fields
            .iter()
            .map(|field| (*field, said.say(&format!("estate-import-head-{}", field.name().replace('_', "-")))))
            .collect(),
        examples: lines("examples").iter().map(example).collect(),
        rules_sheet: said.say("estate-import-template-rules"),
        rules: lines("rules"),
    };
    let mut buffer = Cursor::new(Vec::new());
    template(kind, &template_words, &mut buffer).map_err(|cause| Error::Broken(cause.to_string()))?;
    Ok(buffer.into_inner())
}

/// The bad rows as they stand in the file. Corrected, this file can be imported as it is: a building that only the
/// sheet's name told becomes a column.
pub fn bad_rows(
    workbook: &Workbook,
    reading: &Reading,
    problems: &[Problem],
    said: &Words,
    scratch: &Path,
) -> Result<Vec<u8>, Error> {
    let mut why: BTreeMap<(&str, u32), Vec<String>> = BTreeMap::new();
    for problem in problems {
        let said = format!("{} {}", problem.column, words::problem(said, problem));
        why.entry((problem.sheet.as_str(), problem.row)).or_default().push(said.trim().to_string());
    }
    let used: Vec<_> =
        reading.sheets.iter().filter(|sheet| sheet.used && sheet.index < workbook.sheets.len()).collect();
    let width = used.iter().map(|sheet| workbook.sheets[sheet.index].columns()).max().unwrap_or(0);
    let names_building =
        used.iter().any(|sheet| sheet.mapping.building.is_some() && sheet.mapping.column_of(Field::Building).is_none());
    let mut rows = Vec::new();
    for sheet in &used {
        let page = &workbook.sheets[sheet.index];
        for index in 0..page.len() {
            let Some(reasons) = why.get(&(sheet.sheet.as_str(), page.number(index))) else { continue };
            let mut row: Vec<Value> = Vec::with_capacity(width + 2);
            row.extend(names_building.then(|| Value::Text(sheet.mapping.building.clone().unwrap_or_default())));
            row.extend((0..width).map(|column| Value::Text(page.cell(index, column).text().into_owned())));
            row.push(Value::Text(reasons.join("\n")));
            rows.push(row);
        }
    }
    let export =
        Export { title: said.say("estate-import-bad-rows"), columns: heads(&used, width, names_building, said) };
    let mut buffer = Cursor::new(Vec::new());
    write_xlsx(&export, rows, Some(scratch), &mut buffer).map_err(|cause| Error::Broken(cause.to_string()))?;
    Ok(buffer.into_inner())
}

fn heads(used: &[&super::model::SheetReading], width: usize, names_building: bool, said: &Words) -> Vec<Column> {
    let text = |name: String, width: u16| Column { name, kind: ColumnKind::Text, width };
    let head = |column: usize| {
        let kept = used.iter().find_map(|sheet| sheet.mapping.columns.iter().find(|mapped| mapped.column == column));
        text(kept.map(|mapped| mapped.header.clone()).unwrap_or_default(), 14)
    };
    let building = names_building.then(|| text(said.say("estate-import-head-building"), 10));
    building.into_iter().chain((0..width).map(head)).chain([text(said.say("estate-import-reason"), 60)]).collect()
}
