//! The words of a building rule, Chinese and English.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Building,
    Stair,
    Floor,
    Home,
    Shop,
    Each,
    Area,
    No,
    First,
    To,
    Slash,
    Comma,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Number(String),
    /// `A`, `2期3`, `东`
    Name(String),
    Mark(Mark),
}

impl Token {
    pub(super) fn text(&self) -> String {
        match self {
            Self::Number(text) | Self::Name(text) => text.clone(),
            Self::Mark(mark) => {
                WORDS.iter().find(|(_, of)| of == &Some(*mark)).map(|(word, _)| (*word).to_string()).unwrap_or_default()
            }
        }
    }
}

/// Longest first where one begins another; `None` words are said for politeness only.
const WORDS: [(&str, Option<Mark>); 62] = [
    ("号楼", Some(Mark::Building)),
    ("#楼", Some(Mark::Building)),
    ("栋", Some(Mark::Building)),
    ("幢", Some(Mark::Building)),
    ("座", Some(Mark::Building)),
    ("#", Some(Mark::Building)),
    ("个单元", Some(Mark::Stair)),
    ("单元", Some(Mark::Stair)),
    ("首层", Some(Mark::First)),
    ("底层", Some(Mark::First)),
    ("每单元每层", Some(Mark::Each)),
    ("每层", Some(Mark::Each)),
    ("每", Some(Mark::Each)),
    ("一梯", Some(Mark::Each)),
    ("各", Some(Mark::Each)),
    ("层", Some(Mark::Floor)),
    ("楼", Some(Mark::Floor)),
    ("户", Some(Mark::Home)),
    ("套", Some(Mark::Home)),
    ("间", Some(Mark::Home)),
    ("商铺", Some(Mark::Shop)),
    ("底商", Some(Mark::Shop)),
    ("店铺", Some(Mark::Shop)),
    ("建筑面积", Some(Mark::Area)),
    ("面积", Some(Mark::Area)),
    ("没有", Some(Mark::No)),
    ("跳过", Some(Mark::No)),
    ("不含", Some(Mark::No)),
    ("无", Some(Mark::No)),
    ("至", Some(Mark::To)),
    ("到", Some(Mark::To)),
    ("平方米", None),
    ("㎡", None),
    ("m²", None),
    ("m2", None),
    ("为", None),
    ("共", None),
    ("和", Some(Mark::Comma)),
    ("building", Some(Mark::Building)),
    ("block", Some(Mark::Building)),
    ("stairs", Some(Mark::Stair)),
    ("stair", Some(Mark::Stair)),
    ("entrances", Some(Mark::Stair)),
    ("floors", Some(Mark::Floor)),
    ("floor", Some(Mark::Floor)),
    ("storeys", Some(Mark::Floor)),
    ("homes", Some(Mark::Home)),
    ("home", Some(Mark::Home)),
    ("units", Some(Mark::Home)),
    ("flats", Some(Mark::Home)),
    ("shops", Some(Mark::Shop)),
    ("shop", Some(Mark::Shop)),
    ("per", Some(Mark::Each)),
    ("each", Some(Mark::Each)),
    ("areas", Some(Mark::Area)),
    ("area", Some(Mark::Area)),
    ("without", Some(Mark::No)),
    ("no", Some(Mark::No)),
    ("skip", Some(Mark::No)),
    ("ground", Some(Mark::First)),
    ("first", Some(Mark::First)),
    ("and", Some(Mark::Comma)),
];

const SIGNS: [(&str, Mark); 13] = [
    (",", Mark::Comma),
    ("，", Mark::Comma),
    ("、", Mark::Comma),
    (";", Mark::Comma),
    ("；", Mark::Comma),
    ("。", Mark::Comma),
    (":", Mark::Comma),
    ("：", Mark::Comma),
    ("-", Mark::To),
    ("~", Mark::To),
    ("–", Mark::To),
    ("—", Mark::To),
    ("/", Mark::Slash),
];

/// The words of a rule. Errors: the first stretch that is no word.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let text: String = text.chars().map(half_width).collect::<String>().to_lowercase();
    let mut rest = text.as_str();
    let mut tokens = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Ok(tokens);
        }
        let (token, length) = next(rest).ok_or_else(|| rest.chars().take(8).collect::<String>())?;
        tokens.extend(token);
        rest = &rest[length..];
    }
}

fn half_width(letter: char) -> char {
    match letter {
        '\u{3000}' => ' ',
        '０'..='９' | '．' | '／' | '－' | '～' | '＃' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
            char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter)
        }
        other => other,
    }
}

fn next(rest: &str) -> Option<(Option<Token>, usize)> {
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    if digits > 0 {
        return Some(number(rest, digits));
    }
    if let Some((sign, mark)) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
        return Some((Some(Token::Mark(*mark)), sign.len()));
    }
    let whole_word = |word: &str| {
        !word.ends_with(|c: char| c.is_ascii_alphabetic())
            || !rest[word.len()..].starts_with(|c: char| c.is_ascii_alphabetic())
    };
    if let Some((word, mark)) = WORDS.iter().find(|(word, _)| rest.starts_with(word) && whole_word(word)) {
        return Some((mark.map(Token::Mark), word.len()));
    }
    let letters = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).len();
    (1..=3).contains(&letters).then(|| (Some(Token::Name(rest[..letters].to_uppercase())), letters))
}

/// A number, or the name of a building in a phase: `2期3`.
fn number(rest: &str, digits: usize) -> (Option<Token>, usize) {
    let phase = rest[digits..]
        .strip_prefix('期')
        .map(|after| after.len() - after.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).len());
    match phase {
        Some(more) if more > 0 => {
            let length = digits + '期'.len_utf8() + more;
            (Some(Token::Name(rest[..length].to_uppercase())), length)
        }
        _ => (Some(Token::Number(rest[..digits].to_string())), digits),
    }
}
