//! Which column is which field: proposed by us, changed by a person, remembered for the next file.

use serde::{Deserialize, Serialize};

use crate::codes::Reason;
use crate::fields::{Field, Kind};
use crate::sheet::column_letter;
use crate::text::squeezed;

/// One column that is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappedColumn {
    /// 0-based.
    pub column: usize,
    /// As written in the file; how the column is known again in the next one.
    pub header: String,
    /// What it holds.
    pub field: Field,
}

/// How a sheet is read. Serializable, so that a site can remember it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// The last row of the header, as Excel numbers it; none when the data begins at once.
    pub header_row: Option<u32>,
    /// The used columns, from left to right.
    pub columns: Vec<MappedColumn>,
    /// The building of rows that name none: from the sheet's name, or as typed by a person.
    pub building: Option<String>,
}

impl Mapping {
    /// The columns of a field, from left to right, 0-based.
    pub fn columns_of(&self, field: Field) -> impl Iterator<Item = usize> + '_ {
        self.columns.iter().filter(move |mapped| mapped.field == field).map(|mapped| mapped.column)
    }

    /// The first column of a field, 0-based.
    pub fn column_of(&self, field: Field) -> Option<usize> {
        self.columns_of(field).next()
    }

    /// Field name and column letter, for `"mapping"` of the import's JSON.
    pub fn pairs(&self) -> impl Iterator<Item = (&'static str, String)> + '_ {
        self.columns.iter().map(|mapped| (mapped.field.name(), column_letter(mapped.column)))
    }

    /// Letter and header of a column, as an error names it: `C 建筑面积`.
    pub fn column_name(&self, column: usize) -> String {
        let header = self.columns.iter().find(|mapped| mapped.column == column).map_or("", |mapped| &mapped.header);
        format!("{} {header}", column_letter(column)).trim_end().to_owned()
    }

    /// The field this header had last time.
    pub(crate) fn remembered(&self, header: &str) -> Option<Field> {
        let header = squeezed(header);
        self.columns
            .iter()
            .find(|mapped| !header.is_empty() && squeezed(&mapped.header) == header)
            .map(|mapped| mapped.field)
    }
}

/// What we think of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnProposal {
    /// 0-based.
    pub column: usize,
    /// `A`, `B` …
    pub letter: String,
    /// The header, of two rows joined; empty when it has none.
    pub header: String,
    /// What it holds, if anything we take.
    pub field: Option<Field>,
    /// Percent.
    pub confidence: u8,
    /// Why.
    pub reason: Reason,
    /// Its first few values, to be shown beside the choice.
    pub sample: Vec<String>,
}

/// How we would read a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The sheet's name.
    pub sheet: String,
    /// Its place in the workbook, 0-based; 0 for a sheet looked at alone.
    pub index: usize,
    /// Which list.
    pub kind: Kind,
    /// Ready to be used or changed.
    pub mapping: Mapping,
    /// Every column, the unused ones too.
    pub columns: Vec<ColumnProposal>,
    /// Percent: the weakest of the columns without which no row can be read; 0 when one of them is missing.
    pub confidence: u8,
    /// Rows below the header that hold something.
    pub rows: usize,
}

impl Proposal {
    /// No row of the sheet can be read without a person's help.
    pub fn needs_help(&self) -> bool {
        self.confidence == 0
    }
}
