//! Identity numbers are checked for shape and check digit and passed on as they are; sealing them is not our part.

use jiff::civil::Date;

use crate::codes::Fault;
use crate::sheet::Cell;
use crate::text::{is_nothing, squeezed};

/// Resident identity numbers (18 digits with check digit, or the old 15), unified social credit codes of companies,
/// passports and permits by their shape. Several in one cell come back in order.
pub fn identity_number(cell: Cell<'_>) -> Result<Vec<String>, Fault> {
    let text = match cell {
        Cell::Empty => return Ok(Vec::new()),
        Cell::Number(number) if number.abs() >= 1e15 => return Err(Fault::IdNumberRounded),
        Cell::Number(_) | Cell::Text(_) => cell.text(),
        Cell::Date(_) | Cell::Bool(_) => return Err(Fault::IdNumberUnreadable),
    };
    if is_nothing(&text) {
        return Ok(Vec::new());
    }
    let pieces = text.split(['、', '/', ';', '；', ',', '，', '\n']).map(squeezed).filter(|piece| !piece.is_empty());
    pieces.map(|piece| checked(piece.trim_start_matches('\''))).collect()
}

fn checked(number: &str) -> Result<String, Fault> {
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let fits = match (number.len(), digits) {
        _ if number.contains("E+") => return Err(Fault::IdNumberRounded),
        (18, 17 | 18) if digits == 18 || number.ends_with('X') => resident(number) || credit(number),
        (18, _) if number.bytes().all(|byte| byte.is_ascii_alphanumeric()) => credit(number),
        (15, 15) => true,
        (7..=12, 6..) if number.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"()".contains(&byte)) => true,
        _ => return Err(Fault::IdNumberUnreadable),
    };
    if fits { Ok(number.to_owned()) } else { Err(Fault::IdNumberCheck) }
}

/// GB 11643: weights 2^(17-i) mod 11, and a day of birth that exists.
fn resident(number: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let bytes = number.as_bytes();
    let sum: u32 = WEIGHTS.iter().zip(bytes).map(|(weight, byte)| weight * u32::from(byte.wrapping_sub(b'0'))).sum();
    let part = |range: std::ops::Range<usize>| number[range].parse::<i16>().unwrap_or_default();
    let born = Date::new(part(6..10), part(10..12) as i8, part(12..14) as i8);
    bytes[17] == b"10X98765432"[(sum % 11) as usize] && born.is_ok()
}

/// GB 32100: 31 symbols without I, O, S, V, Z; weights 3^i mod 31.
fn credit(number: &str) -> bool {
    const SYMBOLS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let value = |byte: &u8| SYMBOLS.iter().position(|symbol| symbol == byte);
    let Some(values) = number.as_bytes().iter().map(value).collect::<Option<Vec<_>>>() else { return false };
    let sum: usize = values[..17]
        .iter()
        .scan(1, |weight, value| {
            let term = value * *weight;
            *weight = *weight * 3 % 31;
            Some(term)
        })
        .sum();
    (31 - sum % 31) % 31 == values[17]
}
