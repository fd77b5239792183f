//! Items → phase, building, stair, room. Marks decide first; what has none is placed by position, room last.

use super::scan::{Item, Mark};
use super::{UnitCode, UnitContext, bare, building_column, stair_column};
use crate::cells::usage::Usage;
use crate::codes::Fault;
use crate::text::is_han;

#[derive(Default)]
struct Parts {
    phase: Option<String>,
    building: Option<String>,
    stair: Option<String>,
    room: Option<String>,
    /// Without a mark, in order, before the room.
    open: Vec<String>,
    /// A space of a garage: the building beside it is its owner's.
    in_garage: bool,
}

pub(super) fn code(items: Vec<Item>, around: &UnitContext<'_>) -> Result<UnitCode, Fault> {
    let known = Known::of(around)?;
    let mut parts = marked(items, known.building.is_some())?;
    positional(&mut parts, &known, around)?;
    let room = parts.room.ok_or(Fault::UnitUnreadable)?;
    let known = if parts.in_garage { Known { stair: None, ..known } } else { known };
    let stair = parts.stair.or(known.stair);
    let code = match parts.building.or(known.building) {
        Some(building) => UnitCode { phase: parts.phase.or(known.phase), building, stair, room },
        None => lettered(parts.phase, stair, room)?,
    };
    if is_plausible(&code.building) { Ok(code) } else { Err(Fault::BuildingImplausible) }
}

/// `3`, `A`, `B12`, `桂园`: no building has five digits, four letters or a sentence for a name.
fn is_plausible(building: &str) -> bool {
    let count = |fits: fn(char) -> bool| building.chars().filter(|c| fits(*c)).count();
    let (digits, letters, han) = (count(|c| c.is_ascii_digit()), count(|c| c.is_ascii_alphabetic()), count(is_han));
    digits <= 4 && letters <= 3 && han <= 4 && digits + letters + han == building.chars().count()
}

/// 商铺-3 in a building is its room 商铺3.
fn is_use(word: &str) -> bool {
    word.chars().all(is_han) && !matches!(Usage::of(word), Usage::Other(_))
}

/// `B1`, `P2`: a storey of parking spaces, whatever building their owner lives in.
fn is_garage(text: &str) -> bool {
    let level = text.strip_prefix(['B', 'P']).unwrap_or_default();
    (1..=2).contains(&level.len()) && level.bytes().all(|byte| byte.is_ascii_digit())
}

/// What the other columns say.
struct Known {
    phase: Option<String>,
    building: Option<String>,
    stair: Option<String>,
}

impl Known {
    fn of(around: &UnitContext<'_>) -> Result<Known, Fault> {
        let (phase, building) = match around.building {
            Some(text) => building_column(text).map(|(phase, building)| (phase, Some(building)))?,
            None => (None, None),
        };
        let stair = around.stair.map_or(Ok(None), stair_column)?;
        let phase = match around.phase {
            Some(text) => Some(building_column_phase(text)?),
            None => phase,
        };
        Ok(Known { phase, building, stair })
    }
}

/// `二期`, `2`, `东区` of a phase column.
fn building_column_phase(text: &str) -> Result<String, Fault> {
    let items = super::scan::items(&crate::text::squeezed(text)).ok_or(Fault::UnitUnreadable)?;
    match &items[..] {
        [one] => Ok(format!("{}{}", one.word, one.value)),
        _ => Err(Fault::UnitUnreadable),
    }
}

fn marked(items: Vec<Item>, in_building: bool) -> Result<Parts, Fault> {
    let mut parts = Parts::default();
    let last = items.len().saturating_sub(1);
    for (at, item) in items.into_iter().enumerate() {
        let name = format!("{}{}", item.word, item.value);
        match item.mark {
            Some(Mark::Phase) => set(&mut parts.phase, name)?,
            Some(Mark::Building) if parts.building.is_some() => second_building(&mut parts, name)?,
            Some(Mark::Building) => building(&mut parts, item)?,
            Some(Mark::Number) if at < last && parts.building.is_none() => building(&mut parts, item)?,
            Some(Mark::Stair) => set(&mut parts.stair, name)?,
            Some(Mark::Floor) => {}
            Some(Mark::Room | Mark::Number) => set(&mut parts.room, name)?,
            None if at == last && parts.room.is_none() => room(&mut parts, item, at == 0 && !in_building)?,
            None => leading(&mut parts, item, at)?,
        }
    }
    Ok(parts)
}

fn set(part: &mut Option<String>, value: String) -> Result<(), Fault> {
    if part.replace(value).is_some() { Err(Fault::UnitUnreadable) } else { Ok(()) }
}

/// 1栋A座 is a stair of building 1; 1栋3楼 is a floor.
fn second_building(parts: &mut Parts, name: String) -> Result<(), Fault> {
    if parts.stair.is_none() && !name.bytes().all(|byte| byte.is_ascii_digit()) {
        set(&mut parts.stair, name)
    } else {
        Ok(())
    }
}

/// A word before the building is its phase: 东区3栋.
fn building(parts: &mut Parts, item: Item) -> Result<(), Fault> {
    if !item.word.is_empty() {
        set(&mut parts.phase, item.word)?;
    }
    set(&mut parts.building, item.value)
}

/// The last value: a word before it names the building when it stands `alone` (商铺101), and is part of the room
/// otherwise (3栋商铺101, 商铺3 beside a building column).
fn room(parts: &mut Parts, item: Item, alone: bool) -> Result<(), Fault> {
    if alone && !item.word.is_empty() && !item.value.is_empty() {
        set(&mut parts.building, item.word)?;
        return set(&mut parts.room, item.value);
    }
    let has_digit = item.value.chars().any(|c| c.is_ascii_alphanumeric());
    if !has_digit {
        return Err(Fault::UnitUnreadable);
    }
    set(&mut parts.room, format!("{}{}", item.word, item.value))
}

/// A value before the room: a word directly before the first one is the phase (东区3-1-502).
fn leading(parts: &mut Parts, item: Item, at: usize) -> Result<(), Fault> {
    if at == 0 && !item.word.is_empty() && !item.value.is_empty() {
        set(&mut parts.phase, item.word)?;
        parts.open.push(item.value);
    } else {
        parts.open.push(format!("{}{}", item.word, item.value));
    }
    Ok(())
}

fn positional(parts: &mut Parts, known: &Known, around: &UnitContext<'_>) -> Result<(), Fault> {
    let open = std::mem::take(&mut parts.open);
    match (&open[..], parts.building.is_some()) {
        ([], _) => Ok(()),
        ([word], _) if is_use(word) && (known.building.is_some() || parts.building.is_some()) => {
            parts.room = parts.room.take().map(|room| format!("{word}{room}"));
            Ok(())
        }
        ([stair], true) => set(&mut parts.stair, stair.clone()),
        ([one], false) if known.building.is_some() && is_garage(one) => {
            parts.in_garage = true;
            set(&mut parts.building, one.clone())
        }
        ([one], false) if is_stair(one, parts, known, around) => set(&mut parts.stair, one.clone()),
        ([building], false) => set(&mut parts.building, building.clone()),
        ([building, stair], false) => {
            set(&mut parts.building, building.clone())?;
            set(&mut parts.stair, stair.clone())
        }
        ([phase, building, stair], false) => {
            set(&mut parts.phase, phase.clone())?;
            set(&mut parts.building, building.clone())?;
            set(&mut parts.stair, stair.clone())
        }
        _ => Err(Fault::UnitUnreadable),
    }
}

/// `1-301` where the building is known: stair and room, unless this sheet repeats the building in its codes.
fn is_stair(one: &str, parts: &Parts, known: &Known, around: &UnitContext<'_>) -> bool {
    let Some(building) = &known.building else { return false };
    let same = |other: &str| bare(one) == bare(other);
    let stair_elsewhere = parts.stair.as_ref().or(known.stair.as_ref()).is_some_and(|stair| !same(stair));
    !(same(building) && (around.repeats_building || stair_elsewhere))
}

/// `S101` and `A1502` alone: letters name the building. A bare number does not.
fn lettered(phase: Option<String>, stair: Option<String>, room: String) -> Result<UnitCode, Fault> {
    let letters = room.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = room[letters..].bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&letters) && digits >= 2 {
        let (building, room) = (room[..letters].to_owned(), room[letters..].to_owned());
        return Ok(UnitCode { phase, building, stair, room });
    }
    Err(Fault::UnitBuildingMissing)
}
