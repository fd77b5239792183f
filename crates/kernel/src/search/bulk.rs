//! The terms of many subjects, in the order of their table: each goes in beside the one before it.

use uuid::Uuid;

use super::{
    Kind, Term,
    store::{row, rows_into},
};
use crate::{SiteId, batch::Batch};

/// Terms to be written, some thirty bytes each. At most 4 GiB of text.
#[derive(Default)]
pub struct TermList {
    text: String,
    lines: Vec<Line>,
}

#[derive(Clone, Copy)]
struct Line {
    subject: Uuid,
    start: u32,
    length: u16,
    weight: u8,
    kind: Kind,
}

impl TermList {
    pub fn add(&mut self, kind: Kind, subject: Uuid, terms: &[Term]) {
        for term in terms {
            let start = u32::try_from(self.text.len()).expect("terms of one import are less than 4 GiB");
            let length = u16::try_from(term.text.len()).expect("a term is a name or a number");
            let weight = u8::try_from(term.weight).unwrap_or(u8::MAX);
            self.text.push_str(&term.text);
            self.lines.push(Line { subject, start, length, weight, kind });
        }
    }
    pub fn sort(&mut self) {
        let text = self.text.as_str();
        self.lines.sort_unstable_by(|a, b| {
            (a.kind.as_str(), a.term(text), a.subject).cmp(&(b.kind.as_str(), b.term(text), b.subject))
        });
    }
    pub fn len(&self) -> usize {
        self.lines.len()
    }
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
    /// The rows from one on, at most so many.
    pub fn part(&self, site: SiteId, from: usize, most: usize) -> Batch {
        let mut batch = Batch::default();
        let lines = self.lines.iter().skip(from).take(most);
        let rows = lines.map(|line| row(site, line.kind, line.term(&self.text), i64::from(line.weight), line.subject));
        rows_into(&mut batch, rows.collect());
        batch
    }
}

impl Line {
    fn term(self, text: &str) -> &str {
        let start = self.start as usize;
        &text[start..start + usize::from(self.length)]
    }
}
