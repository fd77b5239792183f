//! What an import is: a file that was sent, how it is read, what it would do, what it did.

use std::{collections::BTreeMap, str::FromStr};

use kernel::{PartyId, PlaceId, SiteId};
use serde::{Deserialize, Serialize};
use sheets::{Kind, Mapping, RowError};
use utoipa::ToSchema;
use values::{Area, Day, Id, Moment};

pub struct ImportMark;
pub type ImportId = Id<ImportMark>;

pub const fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Homes => "homes",
        Kind::Staff => "staff",
    }
}

pub fn kind_named(word: &str) -> Option<Kind> {
    [Kind::Homes, Kind::Staff].into_iter().find(|kind| kind_word(*kind) == word)
}

/// Which rows are taken when some have errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Nothing, when one row has an error.
    AllOrNothing,
    /// The rows without errors.
    GoodRows,
}

impl Mode {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AllOrNothing => "all_or_nothing",
            Self::GoodRows => "good_rows",
        }
    }
}
impl FromStr for Mode {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::AllOrNothing, Self::GoodRows].into_iter().find(|mode| mode.as_str() == text).ok_or(())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ImportState)]
pub enum State {
    /// Sent and understood; nothing of it is in the register.
    Draft,
    /// Waits for its turn, or runs.
    Running,
    Done,
    Undone,
    /// Stopped before anything was kept.
    Cancelled,
}

impl State {
    pub const ALL: [Self; 5] = [Self::Draft, Self::Running, Self::Done, Self::Undone, Self::Cancelled];
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Running => "running",
            Self::Done => "done",
            Self::Undone => "undone",
            Self::Cancelled => "cancelled",
        }
    }
}
impl FromStr for State {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|state| state.as_str() == text).ok_or(())
    }
}

/// One import as it is kept.
#[derive(Clone, Debug)]
pub struct Import {
    pub id: ImportId,
    pub site: SiteId,
    pub kind: Kind,
    pub file_name: String,
    /// By content; none once it was thrown away.
    pub file: Option<String>,
    pub reading: Reading,
    pub state: State,
    pub summary: Summary,
    pub by: Option<String>,
    pub made: Moment,
    pub done: Option<Moment>,
    pub undone: Option<Moment>,
}

/// How a file is read: each of its sheets that may hold the list, and which rows are taken.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Reading {
    pub sheets: Vec<SheetReading>,
    pub mode: Option<Mode>,
}

/// How one sheet is read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SheetReading {
    /// Its place in the workbook, 0-based.
    pub index: usize,
    pub sheet: String,
    pub used: bool,
    pub mapping: Mapping,
    /// Columns whose meaning we only guessed: a person should look.
    pub unsure: Vec<usize>,
}

/// One thing that is wrong, at its place in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub sheet: String,
    /// As Excel numbers it.
    pub row: u32,
    /// Letter and header: `C 建筑面积`.
    pub column: String,
    pub value: String,
    pub code: String,
    #[serde(default)]
    pub args: Vec<(String, String)>,
}

impl From<&RowError> for Problem {
    fn from(error: &RowError) -> Self {
        let secret = error.code().starts_with("id_number");
        Self {
            sheet: error.sheet.clone(),
            row: error.row,
            column: error.column.clone(),
            // PRV §5: an identity number is never shown, not even a wrong one.
            value: if secret { values::mask_identity(&error.value) } else { error.value.clone() },
            code: error.code().to_string(),
            args: error.args.iter().map(|(name, value)| ((*name).to_string(), value.clone())).collect(),
        }
    }
}

/// Counts of what an import would do or did; those of the rows without errors.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    pub rows: usize,
    pub create: BTreeMap<String, usize>,
    pub change: BTreeMap<String, usize>,
    pub unchanged: usize,
    /// What keeps rows out.
    pub problems: Vec<Problem>,
    /// Cells and columns that are not read, while their rows are.
    #[serde(default)]
    pub warnings: Vec<Problem>,
}

impl Summary {
    /// Rows with an error.
    pub fn bad_rows(&self) -> usize {
        let mut rows: Vec<(&str, u32)> =
            self.problems.iter().map(|problem| (problem.sheet.as_str(), problem.row)).collect();
        rows.sort_unstable();
        rows.dedup();
        rows.len()
    }
    /// Rows that are made or changed.
    pub fn written(&self) -> usize {
        self.create.values().chain(self.change.values()).sum()
    }
    /// Nothing would be written.
    pub fn is_idle(&self) -> bool {
        self.create.values().chain(self.change.values()).all(|count| *count == 0)
    }
}

/// What happens to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    New,
    Changed,
    Unchanged,
    Bad,
}

/// What of a home an import may change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitFacts {
    pub area: Option<Area>,
    pub inside_area: Option<Area>,
    pub use_kind: Option<String>,
    pub delivered: Option<Day>,
}

/// A home that is there already and gets other facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitChange {
    pub id: PlaceId,
    pub before: UnitFacts,
    pub after: UnitFacts,
    pub version: i64,
}

/// What an import made and changed, so that it can be taken back. New homes, people and occupancies are kept in parts beside
/// it (`written`), those of staff here.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Undo {
    pub units: Vec<PlaceId>,
    /// Phases, buildings, stairs.
    pub frame: Vec<PlaceId>,
    pub parties: Vec<PartyId>,
    pub occupancies: Vec<kernel::parties::OccupancyId>,
    pub changed_units: Vec<UnitBefore>,
    /// Phones that known parties got.
    pub phones: Vec<(PartyId, String)>,
    /// Known parties that got an identity number.
    pub identities: Vec<PartyId>,
    #[serde(default)]
    pub staff: Vec<Id<kernel::staff::Staff>>,
    #[serde(default)]
    pub accounts: Vec<PartyId>,
    #[serde(default)]
    pub certificates: Vec<Id<kernel::certificates::Certificate>>,
    #[serde(default)]
    pub changed_certificates: Vec<CertificateBefore>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UnitBefore {
    pub id: PlaceId,
    pub before: UnitFacts,
    /// The version that the import left.
    pub version: i64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CertificateBefore {
    pub id: Id<kernel::certificates::Certificate>,
    pub valid_until: Option<Day>,
    pub review_due: Option<Day>,
    /// The version that the import left.
    pub version: i64,
}
