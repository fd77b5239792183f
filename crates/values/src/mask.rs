/// PRV §5: `王*华`, two characters `王*`; the first character alone tells who is meant.
pub fn mask_name(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    match letters.as_slice() {
        [] => String::new(),
        [only] => only.to_string(),
        [first, _] => format!("{first}*"),
        [first, .., last] => format!("{first}*{last}"),
    }
}

/// PRV §5: the first three and the last four of an identity number.
pub fn mask_identity(number: &str) -> String {
    let letters: Vec<char> = number.chars().collect();
    if letters.len() < 8 {
        return "*".repeat(letters.len());
    }
    let tail: String = letters[letters.len() - 4..].iter().collect();
    let head: String = letters[..3].iter().collect();
    format!("{head}{}{tail}", "*".repeat(letters.len() - 7))
}
