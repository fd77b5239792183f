//! Merged areas: the value of the first cell is shown in all cells, as a reader sees it.

use super::{MAX_SLOTS, Row, Sheet, Slot};
use crate::read::ReadError;

/// A merged area, 0-based and inclusive.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Merge {
    pub top: u32,
    pub left: u32,
    pub bottom: u32,
    pub right: u32,
}

impl Sheet {
    /// Shows each merged area's value in all its cells, within the rows that hold something.
    pub(crate) fn fill(&mut self, merges: &[Merge]) -> Result<(), ReadError> {
        if merges.is_empty() {
            return Ok(());
        }
        self.widen(merges)?;
        self.carried = vec![false; self.slots.len()];
        let mut work = 0;
        for merge in merges {
            work += self.fill_one(merge);
            if work > 2 * MAX_SLOTS {
                return Err(ReadError::TooLarge);
            }
        }
        Ok(())
    }

    fn fill_one(&mut self, merge: &Merge) -> usize {
        let rows = self.rows_of(merge);
        let Some(anchor) = self.rows.get(rows.start).filter(|row| row.number == merge.top.saturating_add(1)) else {
            return 1;
        };
        let value = self.slots.get(anchor.start + merge.left as usize).copied();
        let Some(value) = value.filter(|slot| *slot != Slot::Empty && (merge.left as usize) < anchor.width) else {
            return 1;
        };
        let mut work = 1;
        for index in rows {
            let row = self.rows[index];
            for column in merge.left as usize..(merge.right as usize + 1).min(row.width) {
                work += 1;
                if self.slots[row.start + column] == Slot::Empty {
                    self.slots[row.start + column] = value;
                    self.carried[row.start + column] = row.number > anchor.number;
                }
            }
        }
        work
    }

    fn rows_of(&self, merge: &Merge) -> std::ops::Range<usize> {
        let from = self.rows.partition_point(|row| row.number < merge.top.saturating_add(1));
        let to = self.rows.partition_point(|row| row.number <= merge.bottom.saturating_add(1));
        from..to.max(from)
    }

    /// Makes rows as wide as the merged areas that cross them, never wider than the sheet.
    fn widen(&mut self, merges: &[Merge]) -> Result<(), ReadError> {
        let mut widths: Vec<usize> = self.rows.iter().map(|row| row.width).collect();
        let mut work = 0;
        for merge in merges {
            let wanted = (merge.right as usize + 1).min(self.columns);
            let rows = self.rows_of(merge);
            work += rows.len();
            if work > 2 * MAX_SLOTS {
                return Err(ReadError::TooLarge);
            }
            rows.for_each(|index| widths[index] = widths[index].max(wanted));
        }
        if widths.iter().sum::<usize>() > MAX_SLOTS {
            return Err(ReadError::TooLarge);
        }
        let mut slots = Vec::with_capacity(widths.iter().sum());
        for (row, width) in self.rows.iter_mut().zip(widths) {
            let start = slots.len();
            slots.extend_from_slice(&self.slots[row.start..row.start + row.width]);
            slots.resize(start + width, Slot::Empty);
            *row = Row { number: row.number, start, width };
        }
        self.slots = slots;
        Ok(())
    }
}
