//! Codes of places and the ways people type them. Places compare without leading zeros and are shown as registered:
//! `1-2-0301` and `1-2-301` are one home.

/// How a code is compared: full width and lower case made plain, dashes made equal, no zeros before a number.
pub fn key(code: &str) -> String {
    let mut key = String::with_capacity(code.len());
    let mut zeros = 0usize;
    let mut within = false;
    for letter in code.chars().filter_map(plain) {
        if letter == '0' && !within {
            zeros += 1;
            continue;
        }
        if zeros > 0 && !letter.is_ascii_digit() {
            key.push('0');
        }
        (zeros, within) = (0, letter.is_ascii_digit());
        key.push(letter);
    }
    if zeros > 0 {
        key.push('0');
    }
    key
}

/// One character without its typographic dress; `None` for spaces.
fn plain(letter: char) -> Option<char> {
    match letter {
        '\u{3000}' => None,
        letter if letter.is_whitespace() => None,
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(letter) - 0xfee0).map(dash).map(|letter| letter.to_ascii_uppercase())
        }
        letter => Some(dash(letter).to_ascii_uppercase()),
    }
}

const fn dash(letter: char) -> char {
    match letter {
        '－' | '—' | '–' | '−' | '‐' | '‑' | '~' | '_' | '/' | '\\' | '.' => '-',
        other => other,
    }
}

/// Words behind a part of a code, longest first.
const PART_WORDS: [&str; 8] = ["号楼", "#楼", "单元", "栋", "幢", "座", "梯", "#"];
/// Words that may close a code.
const TAIL_WORDS: [&str; 5] = ["号房", "室", "户", "房", "号"];
/// Before a part word they are numbers; elsewhere they are names.
const NUMERALS: [(char, &str); 10] = [
    ('一', "1"),
    ('二', "2"),
    ('三', "3"),
    ('四', "4"),
    ('五', "5"),
    ('六', "6"),
    ('七', "7"),
    ('八', "8"),
    ('九', "9"),
    ('十', "10"),
];

/// A place as somebody typed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// Compared like [`key`]: `1栋101` → `1-101`.
    pub key: String,
    /// More is to follow (`1栋1单元`): it can only be the beginning of a code.
    pub open: bool,
}

impl Typed {
    /// `1栋101`, `1-1-101`, `101`, `1#-1-0101`, `2期3幢2单元502室`. `None` for what cannot be the code of a place.
    pub fn read(text: &str) -> Option<Self> {
        let mut plain: String = text.chars().filter_map(plain).collect();
        plain = numerals(&plain);
        for word in TAIL_WORDS {
            if let Some(rest) = plain.strip_suffix(word).filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit())) {
                // `1号楼` closes a part, `101号` closes the code.
                plain = rest.to_string();
                break;
            }
        }
        for word in PART_WORDS {
            plain = plain.replace(word, "-");
        }
        let open = plain.ends_with('-');
        let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
        let fits = !parts.is_empty()
            && parts.len() <= 4
            && parts.iter().all(|part| is_part(part))
            && plain.chars().any(|c| c.is_ascii_digit());
        fits.then(|| Self { key: key(&parts.join("-")), open })
    }
}

fn numerals(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for (index, letter) in letters.iter().enumerate() {
        let before_word = letters.get(index + 1).is_some_and(|next| "期区栋幢座单梯".contains(*next));
        let number = NUMERALS.iter().find(|(numeral, _)| numeral == letter).filter(|_| before_word);
        match number {
            Some((_, digits)) => out.push_str(digits),
            None => out.push(*letter),
        }
    }
    out
}

/// Digits with at most three letters around them, perhaps after a phase (`2期3`).
fn is_part(part: &str) -> bool {
    let rest = part.rsplit_once(['期', '区']).map_or(part, |(_, rest)| rest);
    let letters = rest.chars().filter(char::is_ascii_alphabetic).count();
    rest.chars().all(|c| c.is_ascii_alphanumeric()) && letters <= 3 && rest.len() <= 8
}

/// Does this piece of a query end a part of a code, so that what follows belongs to it (`1 栋 101`)?
pub fn closes_part(word: &str) -> bool {
    PART_WORDS.iter().chain(&["期", "室"]).any(|end| word.ends_with(end))
}

/// The code of a phase by its number or name.
pub fn phase_code(phase: &str) -> String {
    if phase.is_ascii() { format!("{phase}期") } else { phase.to_string() }
}

/// The code of the phase that a building's code begins with.
pub fn phase_in(building: &str) -> Option<String> {
    building.split_once('期').map(|(phase, _)| phase_code(phase))
}

/// Floor and position of a room by its number: `1201` is the first of floor 12. Rooms of less than three digits and
/// rooms with letters tell nothing.
pub fn floor_and_position(room: &str) -> Option<(i64, i64)> {
    let digits = room.chars().all(|c| c.is_ascii_digit()) && (3..=5).contains(&room.len());
    let number: i64 = room.parse().ok().filter(|_| digits)?;
    (number >= 100 && number % 100 > 0).then_some((number / 100, number % 100))
}

/// The shorter ways to type the code of a home: without its stair, without its phase, the room alone. Most telling first.
pub fn shorter(key: &str) -> Vec<String> {
    let bare = key.rsplit_once('期').map(|(_, rest)| rest);
    let mut all: Vec<String> = bare.iter().map(|rest| (*rest).to_string()).collect();
    for whole in [Some(key), bare].into_iter().flatten() {
        let parts: Vec<&str> = whole.split('-').collect();
        if let [building, _, room] = parts.as_slice() {
            all.push(format!("{building}-{room}"));
        }
    }
    all.extend(key.rsplit_once('-').map(|(_, room)| room.to_string()));
    all.dedup();
    all
}
