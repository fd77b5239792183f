//! What people type to find something: codes in every shape, names, pinyin, initials, the tail of a phone.

use std::collections::BTreeMap;

use pinyin::{ToPinyin, ToPinyinMulti};
use values::Phone;

use crate::places::{self, PlaceKind};

/// One thing that can be typed. Lower `weight` is the better match.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term {
    pub text: String,
    pub weight: i64,
}

/// Surnames that are read differently from the same character elsewhere.
const SURNAMES: [(&str, &str); 44] = [
    ("单", "shan"),
    ("曾", "zeng"),
    ("解", "xie"),
    ("仇", "qiu"),
    ("区", "ou"),
    ("查", "zha"),
    ("任", "ren"),
    ("翟", "zhai"),
    ("盖", "ge"),
    ("朴", "piao"),
    ("尹", "yin"),
    ("员", "yun"),
    ("贠", "yun"),
    ("缪", "miao"),
    ("秘", "bi"),
    ("乐", "yue"),
    ("重", "chong"),
    ("种", "chong"),
    ("折", "she"),
    ("召", "shao"),
    ("祭", "zhai"),
    ("车", "che"),
    ("牟", "mu"),
    ("华", "hua"),
    ("应", "ying"),
    ("宁", "ning"),
    ("冼", "xian"),
    ("洗", "xian"),
    ("纪", "ji"),
    ("葛", "ge"),
    ("石", "shi"),
    ("万", "wan"),
    ("长孙", "zhangsun"),
    ("尉迟", "yuchi"),
    ("万俟", "moqi"),
    ("澹台", "tantai"),
    ("令狐", "linghu"),
    ("宰父", "zaifu"),
    ("覃", "qin"),
    ("卜", "bu"),
    ("柏", "bai"),
    ("俞", "yu"),
    ("教", "jiao"),
    ("黑", "he"),
];
/// A character with several readings doubles what must be kept; more variants than this find nothing more.
const MOST_VARIANTS: usize = 6;
const LONGEST_NAME: usize = 40;

/// How names are compared: no spaces and dots, small letters, half width.
pub fn plain(text: &str) -> String {
    let half = |letter: char| match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        other => other,
    };
    text.chars()
        .map(half)
        .filter(|c| !c.is_whitespace() && !matches!(c, '·' | '•' | '.' | '\'' | '*'))
        .flat_map(char::to_lowercase)
        .collect()
}

#[derive(Default)]
struct Gathered(BTreeMap<String, i64>);

impl Gathered {
    fn add(&mut self, text: impl Into<String>, weight: i64) {
        let text: String = text.into();
        if !text.is_empty() {
            let kept = self.0.entry(text).or_insert(weight);
            *kept = weight.min(*kept);
        }
    }
    fn names(&mut self, name: &str, weight: i64) {
        let name: String = plain(name).chars().take(LONGEST_NAME).collect();
        let letters: Vec<char> = name.chars().collect();
        // From any character but the last on: 桂华 finds 王桂华.
        for start in 0..letters.len().saturating_sub(1).clamp(1, 8) {
            if start == 0 || !letters[start].is_ascii_alphanumeric() {
                self.add(letters[start..].iter().collect::<String>(), weight + i64::from(start > 0));
            }
        }
        for (syllables, initials) in readings(&name) {
            self.add(syllables.concat(), weight + 1);
            self.add(initials, weight + 2);
            if (2..=4).contains(&syllables.len()) {
                self.add(syllables[1..].concat(), weight + 3);
            }
        }
    }
    fn done(self) -> Vec<Term> {
        self.0.into_iter().map(|(text, weight)| Term { text, weight }).collect()
    }
}

/// The ways a name may be read: its syllables and their initials. Nothing for a name without Chinese characters.
fn readings(name: &str) -> Vec<(Vec<String>, String)> {
    if !name.chars().any(|c| c.to_pinyin().is_some()) {
        return Vec::new();
    }
    let surname =
        SURNAMES.iter().filter(|(written, _)| name.starts_with(written)).max_by_key(|(written, _)| written.len());
    let (rest, mut variants) = match surname {
        Some((written, read)) if written.chars().count() > 1 => (&name[written.len()..], vec![compound(read)]),
        Some((written, read)) => (&name[written.len()..], first_readings(&name[..written.len()], read)),
        None => (name, vec![Vec::new()]),
    };
    // Surnames with a reading of their own are in the list; the others have their common one.
    let person = name.chars().count() <= 4 && surname.is_none();
    for (index, letter) in rest.chars().enumerate() {
        let mut syllables = syllables(letter);
        if person && index == 0 {
            syllables.truncate(1);
        }
        let room = (MOST_VARIANTS / variants.len().max(1)).max(1);
        variants = variants
            .iter()
            .flat_map(|before| {
                syllables.iter().take(room).map(|syllable| [before.as_slice(), std::slice::from_ref(syllable)].concat())
            })
            .collect();
    }
    variants
        .into_iter()
        .map(|syllables| (syllables.clone(), syllables.iter().filter_map(|s| s.chars().next()).collect()))
        .collect()
}

/// The reading as a surname, and the common one for those who do not know it.
fn first_readings(written: &str, read: &str) -> Vec<Vec<String>> {
    let usual = written.chars().next().and_then(|c| c.to_pinyin()).map(|pinyin| pinyin.plain().to_string());
    let mut all = vec![vec![read.to_string()]];
    all.extend(usual.filter(|usual| usual != read).map(|usual| vec![usual]));
    all
}

/// A compound surname counts as two syllables: `yuchi` is `y` and `c`.
fn compound(read: &str) -> Vec<String> {
    let second = match read {
        "zhangsun" => 5,
        "linghu" => 4,
        "tantai" | "zaifu" => 3,
        _ => 2,
    };
    vec![read[..second].to_string(), read[second..].to_string()]
}

/// The common reading first, then the rarer ones.
fn syllables(letter: char) -> Vec<String> {
    let usual = letter.to_pinyin().map_or_else(|| letter.to_string(), |pinyin| pinyin.plain().to_string());
    let mut all = vec![usual];
    for reading in letter.to_pinyin_multi().into_iter().flatten() {
        let reading = reading.plain().to_string();
        if !all.contains(&reading) {
            all.push(reading);
        }
    }
    all
}

/// A place: a home by its code in each shape, anything else by its name too.
pub fn place_terms(kind: PlaceKind, code: &str, name: &str) -> Vec<Term> {
    let mut terms = Gathered::default();
    let key = places::key(code).to_lowercase();
    if kind.is_exclusive() {
        for (weight, short) in (1..).zip(places::shorter(&key)) {
            terms.add(short, weight);
        }
    }
    terms.add(key, 0);
    if name != code {
        terms.names(name, 1);
    }
    terms.done()
}

/// A person or company: name, given name, pinyin, initials, phones whole and by their last four digits.
pub fn party_terms(name: &str, phones: &[Phone]) -> Vec<Term> {
    let mut terms = Gathered::default();
    terms.names(name, 0);
    for phone in phones {
        terms.add(phone.dial().replace('-', ""), 0);
        terms.add(phone.tail(), 1);
    }
    terms.done()
}

/// An order by its number, as shown and with the year: `b-0812-017`, `b-260812-017`, `0812-017`, `017`.
pub fn number_terms(number: &str) -> Vec<Term> {
    let mut terms = Gathered::default();
    let number = number.to_lowercase();
    terms.add(&*number, 0);
    if let [letter, day, sequence] = number.split('-').collect::<Vec<_>>().as_slice() {
        let short = day.get(day.len().saturating_sub(4)..).unwrap_or(day);
        terms.add(format!("{letter}-{short}-{sequence}"), 0);
        terms.add(format!("{short}-{sequence}"), 1);
    }
    terms.done()
}
