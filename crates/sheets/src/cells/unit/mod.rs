//! Unit codes: phase, building, stair, room, from any way of writing them. Places compare without leading zeros and
//! are shown as registered.

mod assign;
mod scan;

use std::fmt;
use std::hash::{Hash, Hasher};

use crate::codes::Fault;
use crate::text::{is_nothing, squeezed};
use scan::{Item, Mark};

/// A home's place by its parts, each as written (`01`, `0301`). Two codes are equal when their parts are, leading
/// zeros aside. `Display` gives `1-2-301`, `1-101`, `2期3-1-502`, and [`UnitCode::parse`] reads it back.
#[derive(Debug, Clone)]
pub struct UnitCode {
    /// 期 or 区: a number, letters, or a name such as 东区.
    pub phase: Option<String>,
    /// 栋, 幢, 座, 号楼; for shops and parking a letter or a name (`S101` is building `S`, `B1-017` building `B1`).
    pub building: String,
    /// 单元.
    pub stair: Option<String>,
    /// 室.
    pub room: String,
}

/// What a row's other cells, the sheet or the site say about the place.
#[derive(Debug, Clone, Copy, Default)]
pub struct UnitContext<'a> {
    /// The site's name; it may stand before each code.
    pub site: Option<&'a str>,
    /// The phase column.
    pub phase: Option<&'a str>,
    /// The building column, a heading, or the sheet's name; it may name the phase too.
    pub building: Option<&'a str>,
    /// The stair column.
    pub stair: Option<&'a str>,
    /// In this sheet a code of two parts begins with the building, although the building is known otherwise.
    pub repeats_building: bool,
}

impl UnitCode {
    /// Reads a code that stands alone.
    pub fn parse(text: &str) -> Result<UnitCode, Fault> {
        Self::read(text, &UnitContext::default())
    }

    /// Reads a code or a bare room, with what is known around it.
    pub fn read(text: &str, around: &UnitContext<'_>) -> Result<UnitCode, Fault> {
        if is_nothing(text) {
            return Err(Fault::UnitMissing);
        }
        let mut plain = squeezed(text);
        if let Some(rest) =
            around.site.map(squeezed).and_then(|site| plain.strip_prefix(site.as_str()).map(str::to_owned))
        {
            plain = rest;
        }
        let items = scan::items(without_tail(&plain)).ok_or(Fault::UnitUnreadable)?;
        assign::code(items, around)
    }

    /// The parts without leading zeros, as they are compared: `1-2-301`, with `期` after a phase.
    pub fn key(&self) -> String {
        let part = |part: &Option<String>| part.as_deref().map(|part| bare(part).to_owned());
        let (phase, stair) = (part(&self.phase), part(&self.stair));
        UnitCode { phase, building: bare(&self.building).to_owned(), stair, room: bare(&self.room).to_owned() }
            .to_string()
    }

    fn parts(&self) -> [Option<(usize, &str)>; 4] {
        [
            self.phase.as_deref().map(by_size),
            Some(by_size(&self.building)),
            self.stair.as_deref().map(by_size),
            Some(by_size(&self.room)),
        ]
    }
}

/// So that room 201 comes before room 1101.
fn by_size(part: &str) -> (usize, &str) {
    (bare(part).len(), bare(part))
}

fn bare(part: &str) -> &str {
    let rest = part.trim_start_matches('0');
    if rest.is_empty() { &part[part.len().saturating_sub(1)..] } else { rest }
}

/// `301.0` from a text export, and a remark in brackets at the end.
fn without_tail(plain: &str) -> &str {
    let plain = plain.strip_suffix(".0").unwrap_or(plain);
    match plain.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        Some((code, _)) if !code.is_empty() => code,
        _ => plain,
    }
}

impl PartialEq for UnitCode {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}

impl Eq for UnitCode {}

impl PartialOrd for UnitCode {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for UnitCode {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.parts().cmp(&other.parts())
    }
}

impl Hash for UnitCode {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parts().hash(state);
    }
}

impl fmt::Display for UnitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.phase {
            Some(phase) if phase.is_ascii() => write!(f, "{phase}期")?,
            Some(phase) => write!(f, "{phase}")?,
            None => {}
        }
        write!(f, "{}-", self.building)?;
        if let Some(stair) = &self.stair {
            write!(f, "{stair}-")?;
        }
        write!(f, "{}", self.room)
    }
}

/// The building in the name of a sheet or in a heading row: `3栋`, `3#楼`, `A座住宅`, `二期3幢` → `3`, `3`, `A`, `2期3`.
pub fn building_name(text: &str) -> Option<String> {
    let text = squeezed(text);
    let mut items = scan::items(without_numbering(&text))?;
    items.pop_if(|item| item.value.is_empty());
    let (last, before) = items.split_last()?;
    let named = last.mark == Some(Mark::Building) && !last.value.is_empty();
    let phase = match before {
        [] if last.word.is_empty() => String::new(),
        [] => last.word.clone(),
        [phase] if phase.mark == Some(Mark::Phase) => format!("{}期", phase.value),
        _ => return None,
    };
    named.then(|| format!("{phase}{}", last.value))
}

/// `一、1号楼` and `(2)3栋` of headings, without their numbers.
fn without_numbering(text: &str) -> &str {
    let numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    if let Some((number, rest)) = text.split_once('、').filter(|(number, _)| number.chars().all(numeral)) {
        return if number.is_empty() { text } else { rest };
    }
    let bracketed = text.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    bracketed.filter(|(number, _)| number.chars().all(numeral)).map_or(text, |(_, rest)| rest)
}

/// Phase and building of a building column.
fn building_column(text: &str) -> Result<(Option<String>, String), Fault> {
    let items = scan::items(&squeezed(text)).ok_or(Fault::UnitUnreadable)?;
    let word = |item: &Item| Some(item.word.clone()).filter(|word| !word.is_empty());
    match &items[..] {
        [one] if one.mark.is_none_or(|mark| matches!(mark, Mark::Building | Mark::Number)) => match word(one) {
            Some(name) if one.mark.is_none() => Ok((None, format!("{name}{}", one.value))),
            phase => Ok((phase, one.value.clone())),
        },
        [phase, one] if one.mark != Some(Mark::Room) && one.word.is_empty() => {
            Ok((Some(format!("{}{}", phase.word, phase.value)), one.value.clone()))
        }
        _ => Err(Fault::UnitUnreadable),
    }
}

/// The stair of a stair column; `无` is none.
fn stair_column(text: &str) -> Result<Option<String>, Fault> {
    if is_nothing(text) {
        return Ok(None);
    }
    let items = scan::items(&squeezed(text)).ok_or(Fault::UnitUnreadable)?;
    match &items[..] {
        [.., last] if last.mark.is_none_or(|mark| mark == Mark::Stair) && !last.value.is_empty() => {
            Ok(Some(last.value.clone()))
        }
        _ => Err(Fault::UnitUnreadable),
    }
}
