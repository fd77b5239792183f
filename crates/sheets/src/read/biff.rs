//! The records of an .xls, walked before the parser sees them. The parser lays out each sheet's bounding box and copies
//! each shared string into each of its cells, so both are added up here first.

use super::ReadError;
use crate::sheet::MAX_COLUMNS;

const MAX_ROWS: u32 = 65_536;
const MAX_AREA: u64 = 4_000_000;
const MAX_TEXT: u64 = 200 << 20;

/// Refuses passwords, cells outside the sheet, too large areas and too much text; makes the declared dimensions
/// harmless, since the parser reserves memory by them.
pub(super) fn check(records: &mut [u8]) -> Result<(), ReadError> {
    let starts = sheet_starts(records);
    if starts.iter().any(|start| kind_at(records, *start) != Some(0x0809)) || has_doubles(&starts) {
        return Err(broken("a sheet does not begin where it should"));
    }
    let mut walk = Walk::default();
    let mut at = 0;
    while let Some((kind, body)) = record(records, at) {
        walk.record(kind, &records[body.clone()], &records[body.start..])?;
        if kind == 0x0200 {
            records[body.clone()].fill(0);
        }
        at = body.end;
    }
    walk.finish()
}

type Body = std::ops::Range<usize>;

fn record(records: &[u8], at: usize) -> Option<(u16, Body)> {
    let kind = kind_at(records, at)?;
    let len = usize::from(word(records, at + 2)?);
    let body = at + 4..at + 4 + len;
    (body.end <= records.len()).then_some((kind, body))
}

fn kind_at(records: &[u8], at: usize) -> Option<u16> {
    word(records, at)
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|pair| u16::from_le_bytes(*pair))
}

/// Where the tabs say that their sheets begin.
fn sheet_starts(records: &[u8]) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut at = 0;
    while let Some((kind, body)) = record(records, at) {
        if let Some(start) = records[body.clone()].first_chunk().filter(|_| kind == 0x0085) {
            starts.push(u32::from_le_bytes(*start) as usize);
        }
        at = body.end;
    }
    starts
}

fn has_doubles(starts: &[usize]) -> bool {
    let mut sorted = starts.to_vec();
    sorted.sort_unstable();
    sorted.windows(2).any(|pair| pair[0] == pair[1])
}

#[derive(Default)]
struct Walk {
    strings: Vec<u32>,
    text: u64,
    area: u64,
    corners: Option<[u32; 4]>,
}

impl Walk {
    fn record(&mut self, kind: u16, body: &[u8], rest: &[u8]) -> Result<(), ReadError> {
        let number = |at: usize| word(body, at).map_or(0, u32::from);
        match kind {
            0x002f if number(0) != 0 => Err(ReadError::Encrypted),
            0x00fc => {
                self.strings = shared_lengths(body.len(), rest);
                Ok(())
            }
            0x0809 => self.close(),
            0x00fd => {
                let string =
                    body.get(6..).and_then(|tail| tail.first_chunk()).map_or(0, |four| u32::from_le_bytes(*four));
                self.text += u64::from(self.strings.get(string as usize).copied().unwrap_or(0));
                self.cell(number(0), number(2))
            }
            0x0203 | 0x0204 | 0x00d6 | 0x0205 | 0x027e | 0x0006 => self.cell(number(0), number(2)),
            0x00bd => self
                .cell(number(0), number(2))
                .and_then(|()| self.cell(number(0), number(body.len().saturating_sub(2)))),
            _ => Ok(()),
        }
    }

    fn cell(&mut self, row: u32, column: u32) -> Result<(), ReadError> {
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            return Err(broken("a cell outside the sheet"));
        }
        let [top, left, bottom, right] = self.corners.unwrap_or([row, column, row, column]);
        self.corners = Some([top.min(row), left.min(column), bottom.max(row), right.max(column)]);
        Ok(())
    }

    fn close(&mut self) -> Result<(), ReadError> {
        if let Some([top, left, bottom, right]) = self.corners.take() {
            self.area += u64::from(bottom - top + 1) * u64::from(right - left + 1);
        }
        if self.area > MAX_AREA || self.text > MAX_TEXT { Err(ReadError::TooLarge) } else { Ok(()) }
    }

    fn finish(mut self) -> Result<(), ReadError> {
        self.close()
    }
}

fn broken(what: &str) -> ReadError {
    ReadError::Broken(what.to_owned())
}

/// The lengths in characters of the shared strings, over the records that continue the table. Stops where the table
/// is damaged: the parser stops there too.
fn shared_lengths(len: usize, rest: &[u8]) -> Vec<u32> {
    let mut table = Table { rest, left: len, lengths: Vec::new() };
    table.take(8);
    while table.string().is_some() {}
    table.lengths
}

struct Table<'a> {
    /// From the present place to the end of the stream.
    rest: &'a [u8],
    /// Bytes left in the present record.
    left: usize,
    lengths: Vec<u32>,
}

impl<'a> Table<'a> {
    fn string(&mut self) -> Option<()> {
        if self.left == 0 {
            self.next_record()?;
        }
        let head = self.take(3)?;
        let (characters, flags) = (u16::from_le_bytes([head[0], head[1]]), head[2]);
        self.lengths.push(u32::from(characters) * 3);
        let runs = if flags & 8 == 0 { 0 } else { usize::from(word(self.take(2)?, 0)?) };
        let extra = if flags & 4 == 0 { 0 } else { u32::from_le_bytes(*self.take(4)?.first_chunk()?) as usize };
        self.characters(usize::from(characters), flags & 1 != 0)?;
        self.skip(runs * 4 + extra)
    }

    /// Characters of one or two bytes; a continuing record begins with a new flag.
    fn characters(&mut self, mut count: usize, mut wide: bool) -> Option<()> {
        while count > 0 {
            if self.left == 0 {
                self.next_record()?;
                wide = self.take(1)?[0] & 1 != 0;
            }
            let size = if wide { 2 } else { 1 };
            let here = count.min((self.left / size).max(1));
            self.take((here * size).min(self.left))?;
            count -= here;
        }
        Some(())
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > self.left {
            count -= self.left;
            self.take(self.left)?;
            self.next_record()?;
        }
        self.take(count).map(|_| ())
    }

    fn next_record(&mut self) -> Option<()> {
        let (_, body) = record(self.rest, 0).filter(|(kind, _)| *kind == 0x003c)?;
        self.left = body.len();
        self.rest = &self.rest[body.start..];
        Some(())
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let taken = self.rest.get(..count).filter(|_| count <= self.left)?;
        self.rest = &self.rest[count..];
        self.left -= count;
        Some(taken)
    }
}
