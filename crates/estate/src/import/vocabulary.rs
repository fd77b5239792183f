//! The words of `data/import-words.txt`: what a place, a department or a certificate is called in lists.

use std::sync::LazyLock;

use kernel::{certificates, places::PlaceKind};
use sheets::{HomeRow, Usage};

type Sections = Vec<(&'static str, Vec<&'static str>)>;

static SECTIONS: LazyLock<Sections> = LazyLock::new(|| {
    let mut sections: Sections = Vec::new();
    for line in include_str!("../../data/import-words.txt").lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            sections.push((name, Vec::new()));
        } else if let Some((_, words)) = sections.last_mut().filter(|_| !line.is_empty()) {
            words.extend(line.split(',').map(str::trim));
        }
    }
    sections
});

fn names(section: &str, text: &str) -> bool {
    SECTIONS.iter().any(|(name, words)| *name == section && words.iter().any(|word| text.contains(word)))
}

/// The first section of this kind that has a word of the text: `department ENG` → `ENG`.
fn of_kind(kind: &str, text: &str) -> Option<&'static str> {
    let fitting = SECTIONS.iter().filter_map(|(name, words)| Some((name.strip_prefix(kind)?.trim(), words)));
    fitting.into_iter().find(|(_, words)| words.iter().any(|word| text.contains(word))).map(|(name, _)| name)
}

/// What a row's home is, by its use and else by its code: `S101`, `7-S101` shops, `B1-017` parking.
pub fn kind_of(row: &HomeRow) -> PlaceKind {
    match &row.usage {
        Some(Usage::Shop) => PlaceKind::Shop,
        Some(Usage::Parking) => PlaceKind::Parking,
        Some(Usage::Storage) => PlaceKind::Storage,
        Some(Usage::Residence | Usage::Office) => PlaceKind::Unit,
        Some(Usage::Other(_)) | None => kind_by_code(&row.unit.building, row.unit.stair.is_some(), &row.unit.room),
    }
}

/// A building B1 that has stairs is one of homes, not a garage.
fn kind_by_code(building: &str, stairs: bool, room: &str) -> PlaceKind {
    let lettered = |text: &str, letter: char| {
        text.strip_prefix(letter).is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()))
    };
    if lettered(building, 'S')
        || (lettered(room, 'S') && room.len() > 1)
        || names("shop", building)
        || names("shop", room)
    {
        PlaceKind::Shop
    } else if names("parking", building)
        || names("parking", room)
        || (!stairs && lettered(building, 'B') && building.len() > 1)
        || (!stairs && lettered(building, 'P'))
    {
        PlaceKind::Parking
    } else if names("storage", building) || names("storage", room) {
        PlaceKind::Storage
    } else {
        PlaceKind::Unit
    }
}

/// What the home is used for, where its kind does not say it.
pub fn use_of(row: &HomeRow) -> Option<String> {
    match row.usage.as_ref()? {
        Usage::Other(word) => Some(word.chars().take(40).collect()),
        Usage::Office => SECTIONS
            .iter()
            .find(|(name, _)| *name == "office")
            .and_then(|(_, words)| words.first())
            .map(|word| (*word).to_string()),
        Usage::Residence | Usage::Shop | Usage::Parking | Usage::Storage => None,
    }
}

/// `ENG` for 工程部, 维修班 …
pub fn department_of(text: &str) -> Option<&'static str> {
    of_kind("department", text)
}

/// A certificate by its name, with its trade: 低压电工作业 → CRT-05 of low voltage. Our own codes are understood too.
pub fn certificate_of(name: &str) -> Option<(certificates::Kind, Option<&'static str>)> {
    let plain: String =
        name.chars().filter(|c| !c.is_whitespace() && !matches!(c, '(' | ')' | '（' | '）' | '、')).collect();
    let code = of_kind("certificate", &plain).or_else(|| {
        let upper = plain.to_uppercase();
        SECTIONS
            .iter()
            .filter_map(|(name, _)| name.strip_prefix("certificate "))
            .find(|code| code.to_uppercase() == upper)
    })?;
    let (kind, trade) = code.split_once(':').map_or((code, None), |(kind, trade)| (kind, Some(trade)));
    Some((kind.parse().ok()?, trade))
}
