//! What an import would do or did, in the words of the contract.

use std::collections::BTreeMap;

use serde::Serialize;
use sheets::Field;
use utoipa::ToSchema;
use web::i18n::Words;

use super::{
    model::{Reading, Summary},
    words,
};

/// Counts are of the rows without errors.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ImportReport)]
pub struct Report {
    /// Names of the sheets that were read.
    pub sheet: String,
    /// The last row of the header, as Excel numbers it; of the first sheet.
    pub header_row: Option<u32>,
    /// Field and column letter; of the first sheet.
    pub mapping: BTreeMap<String, String>,
    pub rows: usize,
    pub create: BTreeMap<String, usize>,
    pub change: BTreeMap<String, usize>,
    pub unchanged: usize,
    pub errors: Vec<ErrorLine>,
    /// Cells and columns that were left out while their rows are counted: a wrong identity number, a column that holds
    /// several things.
    pub warnings: Vec<ErrorLine>,
}

/// One thing that is wrong, at its place.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ErrorLine {
    pub sheet: String,
    /// As Excel numbers it.
    pub row: u32,
    /// Letter and header.
    pub column: String,
    pub value: String,
    pub code: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl Report {
    pub(crate) fn of(reading: &Reading, summary: &Summary, words: &Words) -> Self {
        let used: Vec<_> = reading.sheets.iter().filter(|sheet| sheet.used).collect();
        let mut mapping: BTreeMap<String, String> = BTreeMap::new();
        for (field, letter) in used
            .iter()
            .take(1)
            .flat_map(|sheet| sheet.mapping.pairs())
            .filter(|(field, _)| *field != Field::Ignored.name())
        {
            let letters = mapping.entry(field.to_string()).or_default();
            letters.push_str(if letters.is_empty() { "" } else { "," });
            letters.push_str(&letter);
        }
        let error = |problem: &super::Problem| ErrorLine {
            sheet: problem.sheet.clone(),
            row: problem.row,
            column: problem.column.clone(),
            value: problem.value.clone(),
            code: problem.code.clone(),
            message: words::problem(words, problem),
        };
        Self {
            sheet: used.iter().map(|sheet| sheet.sheet.as_str()).collect::<Vec<_>>().join("、"),
            header_row: used.first().and_then(|sheet| sheet.mapping.header_row),
            mapping,
            rows: summary.rows,
            create: summary.create.clone(),
            change: summary.change.clone(),
            unchanged: summary.unchanged,
            errors: summary.problems.iter().map(error).collect(),
            warnings: summary.warnings.iter().map(error).collect(),
        }
    }
}
