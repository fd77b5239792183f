//! What a building rule would make: every stair and every home, before anything is saved.

use values::Area;

use super::{BuildingRule, PlaceKind};

/// A building to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub building: String,
    /// `1-1`, `1-2`
    pub stairs: Vec<String>,
    pub units: Vec<PlannedUnit>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedUnit {
    pub code: String,
    pub kind: PlaceKind,
    /// Index into the plan's stairs.
    pub stair: Option<usize>,
    pub floor: u32,
    pub position: u32,
    pub area: Option<Area>,
}

impl Plan {
    /// Floors of the plan, the top one first.
    pub fn floors(&self) -> Vec<u32> {
        let mut floors: Vec<u32> = self.units.iter().map(|unit| unit.floor).collect();
        floors.sort_unstable_by(|a, b| b.cmp(a));
        floors.dedup();
        floors
    }
    /// In 0.01 m².
    pub fn total_area(&self) -> Area {
        Area::from_hundredths(self.units.iter().filter_map(|unit| unit.area).map(Area::hundredths).sum())
    }
}

/// Room numbers have two digits for the floor where any floor needs them, so that all of a building are alike: `0301`.
pub fn plan(rule: &BuildingRule) -> Plan {
    let stairs: Vec<String> = (1..=rule.stairs).map(|stair| format!("{}-{stair}", rule.building)).collect();
    let mut units = Vec::new();
    for floor in (1..=rule.floors).filter(|floor| !rule.skip.contains(floor)) {
        match rule.band(floor) {
            Some(band) if band.shops => {
                units.extend((1..=band.count).map(|position| shop(rule, floor, position, &band.areas)))
            }
            Some(band) => units.extend(homes(rule, &stairs, floor, band.count)),
            None => units.extend(homes(rule, &stairs, floor, rule.homes)),
        }
    }
    Plan { building: rule.building.clone(), stairs, units }
}

fn homes(rule: &BuildingRule, stairs: &[String], floor: u32, count: u32) -> Vec<PlannedUnit> {
    let width = if rule.floors >= 10 { 2 } else { 1 };
    // A band with another count cannot say which of several areas is whose.
    let areas: &[Area] = if rule.areas.len() > 1 && rule.areas.len() != count as usize { &[] } else { &rule.areas };
    let home = |stair: Option<usize>, position: u32| {
        let above = stair.map_or(rule.building.as_str(), |stair| stairs[stair].as_str());
        let code = format!("{above}-{floor:0width$}{position:02}");
        PlannedUnit { code, kind: PlaceKind::Unit, stair, floor, position, area: area_at(areas, position) }
    };
    let columns: Vec<Option<usize>> =
        if stairs.is_empty() { vec![None] } else { (0..stairs.len()).map(Some).collect() };
    columns
        .into_iter()
        .flat_map(|stair| (1..=count).map(move |position| (stair, position)))
        .map(|(stair, position)| home(stair, position))
        .collect()
}

fn shop(rule: &BuildingRule, floor: u32, position: u32, areas: &[Area]) -> PlannedUnit {
    let code = format!("{}-S{floor}{position:02}", rule.building);
    PlannedUnit { code, kind: PlaceKind::Shop, stair: None, floor, position, area: area_at(areas, position) }
}

fn area_at(areas: &[Area], position: u32) -> Option<Area> {
    if areas.len() == 1 { areas.first().copied() } else { areas.get(position as usize - 1).copied() }
}
