//! The home of a row: its parts, its kind, the building and stair that it needs.

use kernel::places::{self, PlaceKind, UnitSpec};
use sheets::HomeRow;
use values::Area;

use super::vocabulary;

pub fn spec(row: &HomeRow) -> UnitSpec {
    UnitSpec {
        kind: vocabulary::kind_of(row),
        phase: row.unit.phase.clone(),
        building: row.unit.building.clone(),
        stair: row.unit.stair.clone(),
        room: row.unit.room.clone(),
        area: row.floor_area.map(Area::from_hundredths),
        inside_area: row.inside_area.map(Area::from_hundredths),
        use_kind: vocabulary::use_of(row),
        delivered: row.delivered_on.as_ref().and_then(|day| day.parse().ok()),
    }
}

pub const fn is_frame(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Phase | PlaceKind::Building | PlaceKind::Garage | PlaceKind::Stair)
}

/// The keys of the building and the stair of a home.
pub fn frame_of(spec: &UnitSpec) -> Vec<String> {
    let stair = UnitSpec { room: String::new(), ..spec.clone() };
    let building = UnitSpec { stair: None, ..stair.clone() };
    [stair, building].iter().map(|spec| places::key(spec.code().trim_end_matches('-'))).collect()
}
