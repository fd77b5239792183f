//! SQLite keeps `$1` as a name and goes through all names one by one, when it reads a statement and again for each value
//! that is bound: with thousands of values that is quadratic. A `?` has no name.

/// Statements with fewer values are quick either way.
const FEW: usize = 64;

/// `text` with `?` for `$1`, `$2` …, when they stand in order and each once; as it is otherwise.
pub fn unnamed(text: String, values: usize) -> String {
    if values < FEW {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut pieces = text.split('$');
    plain.push_str(pieces.next().unwrap_or_default());
    let mut count = 0;
    for piece in pieces {
        let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
        count += 1;
        if piece[..digits].parse() != Ok(count) {
            return text;
        }
        plain.push('?');
        plain.push_str(&piece[digits..]);
    }
    if count == values { plain } else { text }
}

#[cfg(test)]
mod tests {
    use super::unnamed;

    fn numbered(count: usize) -> String {
        (1..=count).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn many_values_in_order_need_no_names() {
        assert_eq!(unnamed(format!("VALUES ({})", numbered(70)), 70), format!("VALUES ({})", vec!["?"; 70].join(", ")));
    }

    #[test]
    fn what_is_short_or_names_a_value_twice_stays_as_it_is() {
        for (text, values) in [
            ("a = $1 OR b = $1".to_string(), 1),
            (numbered(63), 63),
            (format!("{}, $1", numbered(70)), 70),
            (format!("$2, {}", numbered(70)), 71),
            (format!("{} AND price = '$'", numbered(70)), 70),
        ] {
            assert_eq!(unnamed(text.clone(), values), text);
        }
    }
}
