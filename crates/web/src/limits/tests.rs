use super::*;

fn nested(levels: usize) -> String {
    format!("{}{}", "[".repeat(levels), "]".repeat(levels))
}
fn list(things: usize) -> String {
    format!("{{\"a\":[{}]}}", vec!["0"; things].join(","))
}

#[test]
fn json_has_at_most_32_levels_and_lists_of_1000() {
    assert_eq!(Excess::of(&nested(32)), None);
    assert_eq!(Excess::of(&nested(33)), Some(Excess::Deep));
    assert_eq!(Excess::of(&list(1_000)), None);
    assert_eq!(Excess::of(&list(1_001)), Some(Excess::Long));
    let pairs = vec!["[0,0]"; 1_000].join(",");
    assert_eq!(Excess::of(&format!("[{pairs}]")), None, "each list is counted for itself");
}

#[test]
fn brackets_and_commas_in_texts_are_not_counted() {
    let text = format!(r#"{{"a":"{}\"{}"}}"#, "[{".repeat(40), ",".repeat(2_000));
    assert_eq!(Excess::of(&text), None);
    assert_eq!(Excess::of(r#"{"a":"\\"}"#), None);
    assert_eq!(Excess::of(&format!(r#"{{"a":"\\",{}"#, "\"b\":[".repeat(32))), Some(Excess::Deep));
}

#[test]
fn a_body_is_too_slow_below_500_bytes_a_second_of_waiting() {
    let (limits, seconds) = (Limits::default(), Duration::from_secs);
    assert!(!limits.too_slow(1, seconds(15)), "its first 15 seconds are free");
    assert!(limits.too_slow(9_999, seconds(20)));
    assert!(!limits.too_slow(10_000, seconds(20)));
    assert!(!limits.too_slow(50 << 20, seconds(3_600)), "a large file over a poor line goes on");
}
