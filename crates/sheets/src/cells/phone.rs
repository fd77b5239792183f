//! Telephone numbers as people keep them in lists.

use crate::codes::Fault;
use crate::sheet::Cell;
use crate::text::{folded, is_han, is_nothing};

/// Numbers in a cell, in order, without doubles: mobiles as 11 digits, fixed lines as `0571-88886666` (extension
/// `-801`), foreign ones with their `+`. `无`, `-` and the like are none.
pub fn phones(cell: Cell<'_>) -> Result<Vec<String>, Fault> {
    let text = match cell {
        Cell::Empty => return Ok(Vec::new()),
        Cell::Date(_) | Cell::Bool(_) => return Err(Fault::PhoneUnreadable),
        other => other.text(),
    };
    if is_nothing(&text) {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for piece in folded(&text).split(['/', '、', ',', ';', '|', '\n', '&', '或', '和']) {
        read_piece(&bare(piece), &mut found)?;
    }
    if found.is_empty() { Err(Fault::PhoneUnreadable) } else { Ok(found) }
}

/// Without labels and remarks: `手机:138…`, `138…(父亲)`.
fn bare(piece: &str) -> String {
    let mut depth = 0;
    let mut kept = String::new();
    for c in piece.chars() {
        match c {
            '(' | '[' if kept.contains(|c: char| c.is_ascii_digit()) && !kept.ends_with('-') => depth += 1,
            ')' | ']' if depth > 0 => depth -= 1,
            '转' => kept.push('-'),
            '(' | ')' | '[' | ']' | ':' | '.' | '\'' | '"' => kept.push(' '),
            c if depth == 0 && !is_han(c) => kept.push(c),
            _ => {}
        }
    }
    kept.trim().to_owned()
}

fn read_piece(piece: &str, found: &mut Vec<String>) -> Result<(), Fault> {
    if piece.is_empty() {
        return Ok(());
    }
    if piece.contains('*') {
        return Err(Fault::PhoneMasked);
    }
    if let Some(number) = one(piece) {
        keep(number, found);
        return Ok(());
    }
    let numbers = several(piece).ok_or(Fault::PhoneUnreadable)?;
    numbers.into_iter().for_each(|number| keep(number, found));
    Ok(())
}

fn keep(number: String, found: &mut Vec<String>) {
    if !found.contains(&number) {
        found.push(number);
    }
}

/// Two numbers with a space or nothing at all between them.
fn several(piece: &str) -> Option<Vec<String>> {
    let digits: String = piece.chars().filter(char::is_ascii_digit).collect();
    if digits.len() == 22 && piece.chars().all(|c| c.is_ascii_digit() || c == ' ' || c == '-') {
        let halves = [one(&digits[..11]), one(&digits[11..])];
        if let [Some(first), Some(second)] = halves {
            return Some(vec![first, second]);
        }
    }
    let words: Vec<&str> = piece.split_whitespace().collect();
    if words.len() < 2 { None } else { words.into_iter().map(one).collect() }
}

fn one(piece: &str) -> Option<String> {
    let tidy: String = piece.chars().filter(|c| !c.is_whitespace()).collect();
    if tidy.chars().any(|c| !c.is_ascii_digit() && c != '-' && c != '+') {
        return None;
    }
    let digits: String = tidy.chars().filter(char::is_ascii_digit).collect();
    let home = home_digits(&tidy, &digits);
    mobile(home).or_else(|| service(home)).or_else(|| fixed(piece, &tidy, home)).or_else(|| foreign(&tidy, &digits))
}

/// Without +86, 86 or 0086.
fn home_digits<'a>(tidy: &str, digits: &'a str) -> &'a str {
    let bare = digits
        .strip_prefix("0086")
        .or_else(|| digits.strip_prefix("86").filter(|rest| tidy.starts_with('+') || rest.len() == 11));
    bare.unwrap_or(digits)
}

fn mobile(digits: &str) -> Option<String> {
    let digits = digits.strip_prefix("01").filter(|rest| rest.len() == 10).map_or(digits, |_| &digits[1..]);
    let second = digits.as_bytes().get(1)?;
    (digits.len() == 11 && digits.starts_with('1') && (b'3'..=b'9').contains(second)).then(|| digits.to_owned())
}

/// 400 and 800 numbers.
fn service(digits: &str) -> Option<String> {
    (digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800"))).then(|| digits.to_owned())
}

/// Area code (010 and 02x have three digits, others four) and 7 or 8 digits, with an extension after a dash.
fn fixed(piece: &str, tidy: &str, home: &str) -> Option<String> {
    let abroad = tidy.starts_with("+86") || tidy.starts_with("0086");
    let (main, extension) = split_extension(piece);
    let main: String = main.chars().filter(char::is_ascii_digit).collect();
    let main = if abroad { format!("0{home}") } else { main };
    let extension = if abroad { "" } else { extension };
    let tail = if extension.is_empty() { String::new() } else { format!("-{extension}") };
    if (7..=8).contains(&main.len()) && !main.starts_with(['0', '1']) {
        return Some(format!("{main}{tail}"));
    }
    let code = if main.starts_with("010") || main.starts_with("02") { 3 } else { 4 };
    let local = main.get(code..).filter(|local| (7..=8).contains(&local.len()) && !local.starts_with(['0', '1']))?;
    (main.starts_with('0') && main.as_bytes()[1] != b'0').then(|| format!("{}-{local}{tail}", &main[..code]))
}

/// The part after the last dash is an extension when it is short and a whole number stands before it.
fn split_extension(piece: &str) -> (&str, &str) {
    match piece.rsplit_once('-') {
        Some((main, end)) if (1..=5).contains(&end.trim().len()) && digits_in(main) >= 7 => (main, end.trim()),
        _ => (piece, ""),
    }
}

fn digits_in(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

fn foreign(tidy: &str, digits: &str) -> Option<String> {
    let abroad = tidy.starts_with('+') && !digits.starts_with("86");
    (abroad && (8..=15).contains(&digits.len())).then(|| format!("+{digits}"))
}
