//! A written code → its values, each with the word before it (商铺) and the mark after it (栋, 单元, 室 …).

use crate::text::is_han;

/// What the word after a value says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Phase,
    Building,
    Stair,
    Floor,
    Room,
    /// 号: the room at the end, the building elsewhere (88号301室).
    Number,
}

/// One value with its surroundings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Item {
    pub word: String,
    pub value: String,
    pub mark: Option<Mark>,
}

const LONGEST: usize = 12;
/// Longer words first.
const MARKS: &[(&str, Mark)] = &[
    ("号楼", Mark::Building),
    ("号房", Mark::Room),
    ("号门", Mark::Stair),
    ("单元", Mark::Stair),
    ("栋", Mark::Building),
    ("幢", Mark::Building),
    ("座", Mark::Building),
    ("楼", Mark::Building),
    ("期", Mark::Phase),
    ("区", Mark::Phase),
    ("门", Mark::Stair),
    ("梯", Mark::Stair),
    ("层", Mark::Floor),
    ("室", Mark::Room),
    ("房", Mark::Room),
    ("户", Mark::Room),
    ("号", Mark::Number),
];

/// The items of a squeezed text; none when it holds what no code holds.
pub(super) fn items(text: &str) -> Option<Vec<Item>> {
    let mut scan = Scan::default();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        rest = scan.step(next, rest)?;
    }
    scan.finish()
}

#[derive(Default)]
struct Scan {
    done: Vec<Item>,
    open: Item,
}

impl Scan {
    /// Takes one thing from the front of `rest` and returns what is left.
    fn step<'a>(&mut self, next: char, rest: &'a str) -> Option<&'a str> {
        match next {
            c if c.is_ascii_alphanumeric() => {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
                self.value(&rest[..end]);
                Some(&rest[end..])
            }
            '-' => {
                self.close();
                Some(&rest[1..])
            }
            '#' => {
                self.mark(Mark::Building);
                Some(&rest[1..])
            }
            c if is_han(c) => self.han(rest),
            _ => None,
        }
    }

    fn value(&mut self, value: &str) {
        if !self.open.value.is_empty() {
            self.close();
        }
        self.open.value = value.to_owned();
    }

    /// A second mark on one value (`1#楼`) says nothing new; a `#` before the first value neither.
    fn mark(&mut self, mark: Mark) {
        if !self.open.value.is_empty() && self.open.mark.is_none() {
            self.open.mark = Some(mark);
        }
    }

    fn close(&mut self) {
        if self.open != Item::default() {
            self.done.push(std::mem::take(&mut self.open));
        }
    }

    fn han<'a>(&mut self, rest: &'a str) -> Option<&'a str> {
        if !self.open.value.is_empty() {
            if let Some((word, mark)) = MARKS.iter().find(|(word, _)| rest.starts_with(word)) {
                self.mark(*mark);
                return Some(&rest[word.len()..]);
            }
            return self.tail(rest);
        }
        if let Some((value, len)) = numeral(rest) {
            self.value(&value);
            return Some(&rest[len..]);
        }
        let first = rest.chars().next()?;
        self.open.word.push(first);
        Some(&rest[first.len_utf8()..])
    }

    /// Han characters after a value that are no mark: a new word after a marked value (3栋商铺101), part of the room
    /// at the end (301甲), and unreadable elsewhere.
    fn tail<'a>(&mut self, rest: &'a str) -> Option<&'a str> {
        if self.open.mark.is_some() {
            self.close();
            return Some(rest);
        }
        let short = rest.chars().count() <= 2 && rest.chars().all(is_han);
        short.then(|| {
            self.open.value.push_str(rest);
            ""
        })
    }

    fn finish(mut self) -> Option<Vec<Item>> {
        self.close();
        let fits = |item: &Item| item.value.chars().count() <= LONGEST && item.word.chars().count() <= LONGEST;
        (self.done.len() <= 6 && self.done.iter().all(fits)).then_some(self.done)
    }
}

/// 一 … 九十九 directly before a mark, as digits, and its length in bytes.
fn numeral(rest: &str) -> Option<(String, usize)> {
    let word: String = rest.chars().take_while(|c| "一二三四五六七八九十".contains(*c)).collect();
    let marked = MARKS.iter().any(|(mark, _)| rest[word.len()..].starts_with(mark));
    if word.is_empty() || !marked {
        return None;
    }
    let digit = |c: char| "一二三四五六七八九".chars().position(|other| other == c).map(|at| at + 1);
    let number = match word.split_once('十') {
        None if word.chars().count() == 1 => digit(word.chars().next()?)?,
        None => return None,
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { single(tens).and_then(digit)? };
            let ones = if ones.is_empty() { 0 } else { single(ones).and_then(digit)? };
            tens * 10 + ones
        }
    };
    Some((number.to_string(), word.len()))
}

fn single(text: &str) -> Option<char> {
    let mut all = text.chars();
    all.next().filter(|_| all.next().is_none())
}
