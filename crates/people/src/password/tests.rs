use super::*;

fn verdict(text: &str, second_factor: bool) -> Result<(), &'static str> {
    let words = ["安居物业".to_string(), "桂语花园".to_string(), "陈芳".to_string(), "chenfang".to_string()];
    check(Profile::Nist, text, Context { words: &words, second_factor }).map_err(|error| error.code)
}

#[test]
fn r02_nist_verdicts() {
    let long = "a桥b".repeat(43);
    let cases = [
        ("correct horse battery staple", false, Ok(())),
        ("桂花开了三遍雨还没有停下来哦", false, Err("password_short")),
        ("昨夜雨疏风骤浓睡不消残酒试问卷帘人", false, Ok(())),
        ("fourteen chars", false, Err("password_short")),
        ("fifteen  chars!", false, Ok(())),
        ("eight ok", true, Ok(())),
        ("sevench", true, Err("password_short")),
        ("eight ok", false, Err("password_short")),
        (long.as_str(), false, Err("password_long")),
        ("passwordpassword", false, Err("password_common")),
        ("P@ssw0rd-2024-123", false, Err("password_common")),
        ("Admin123456789012", false, Err("password_common")),
        ("888888888888888888", false, Err("password_common")),
        ("abababababababab", false, Err("password_common")),
        ("woaini1314woaini1314", false, Err("password_common")),
        ("我爱你我爱你我爱你我爱你我爱你", false, Err("password_common")),
        ("物业管理员密码一二三四五六七八九", false, Err("password_common")),
        ("qwertyuiop1234567890", false, Err("password_common")),
        ("安居物业桂语花园12345678", false, Err("password_own_name")),
        ("chenfang-chenfang-1990", false, Err("password_own_name")),
        ("陈芳喜欢在桂语花园里慢慢散步看花", false, Ok(())),
    ];
    for (text, second_factor, expected) in cases {
        assert_eq!(verdict(text, second_factor), expected, "{text}");
    }
}

#[test]
fn r02_length_is_counted_in_characters_after_composition() {
    // é written as e and an accent: 16 code points, 8 characters.
    let text = "e\u{301}".repeat(8);
    assert_eq!(
        check(Profile::Nist, &text, Context { second_factor: false, words: &[] }).map_err(|e| e.code),
        Err("password_short")
    );
}

#[tokio::test]
async fn r02_a_password_is_kept_as_argon2id_and_known_in_both_ways_of_writing() {
    let kept = hash("cafe\u{301} an der ecke", COST).await.unwrap();
    assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
    assert!(verify("caf\u{e9} an der ecke", Some(&kept)).await.unwrap());
    assert!(!verify("cafe an der ecke", Some(&kept)).await.unwrap());
    assert!(!verify("nobody has this password", None).await.unwrap());
    assert!(!is_outdated(&kept));
    let weak = hash("cafe", HashCost { memory: 1024, rounds: 1, lanes: 1 }).await.unwrap();
    assert!(is_outdated(&weak) && is_outdated("broken"));
}

#[test]
fn the_examples_of_the_hint_are_nobodys_password() {
    for example in ["每天早上七点遛狗的老李总爱笑呵呵", "seven quiet herons at dusk"] {
        assert!([crate::MESSAGES.zh, crate::MESSAGES.en].iter().any(|words| words.contains(example)), "{example}");
        let error = check(Profile::Nist, example, Context::default()).unwrap_err();
        assert_eq!(error.code, "password_common");
    }
}
