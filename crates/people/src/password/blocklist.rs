//! Passwords that guessers try first. A long one made of such words again and again is no better than the word.

use unicode_normalization::UnicodeNormalization;

/// Words, pinyin and patterns that lead the lists of leaked passwords, and those of our trade.
const COMMON: &[&str] = &[
    // The examples of our own hint.
    "每天早上七点遛狗的老李总爱笑呵呵",
    "seven quiet herons at dusk",
    "password",
    "passw0rd",
    "p@ssw0rd",
    "p@ssword",
    "passwort",
    "pass",
    "admin",
    "administrator",
    "root",
    "guest",
    "test",
    "welcome",
    "letmein",
    "login",
    "hello",
    "iloveyou",
    "monkey",
    "dragon",
    "master",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "superman",
    "batman",
    "trustno1",
    "shadow",
    "michael",
    "starwars",
    "whatever",
    "secret",
    "changeme",
    "default",
    "company",
    "office",
    "system",
    "server",
    "internet",
    "windows",
    "oracle",
    "mysql",
    "qwerty",
    "qwertyuiop",
    "asdfgh",
    "asdfghjkl",
    "zxcvbn",
    "zxcvbnm",
    "qazwsx",
    "1qaz2wsx",
    "1q2w3e4r",
    "q1w2e3r4",
    "1qazxsw2",
    "abc",
    "abcd",
    "abcabc",
    "a1b2c3",
    "aa",
    "qq",
    "woaini",
    "woaini1314",
    "5201314",
    "520",
    "1314",
    "521",
    "888888",
    "666666",
    "168168",
    "iloveu",
    "tianya",
    "dearbook",
    "wangluo",
    "nihao",
    "mima",
    "denglu",
    "guanliyuan",
    "zhanghao",
    "beijing",
    "shanghai",
    "zhongguo",
    "china",
    "wuye",
    "xiaoqu",
    "yezhu",
    "guanjia",
    "baoan",
    "anju",
    "property",
    "estate",
    "密码",
    "我的密码",
    "登录",
    "管理员",
    "物业",
    "物业公司",
    "小区",
    "业主",
    "管家",
    "保安",
    "保洁",
    "维修",
    "客服",
    "安居",
    "您好",
    "你好",
    "我爱你",
    "一二三四五六",
    "中国",
    "北京",
    "上海",
    "请输入密码",
    "天天向上",
    "恭喜发财",
    "万事如意",
    "一帆风顺",
    "五湖四海",
];

/// Runs along which fingers and counting go.
const RUNS: &[&str] = &[
    "01234567890123456789",
    "09876543210987654321",
    "abcdefghijklmnopqrstuvwxyz",
    "zyxwvutsrqponmlkjihgfedcba",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "一二三四五六七八九十",
    "甲乙丙丁戊己庚辛壬癸",
];

/// As people vary a word: case, width, look-alike letters, signs between.
fn plain(text: &str) -> String {
    let folded = text.nfkc().flat_map(char::to_lowercase);
    folded
        .filter(|letter| letter.is_alphanumeric() || *letter == '@' || *letter == '$')
        .map(|letter| match letter {
            '@' => 'a',
            '$' => 's',
            other => other,
        })
        .collect()
}

/// Nothing but common words, runs, years and repetition?
pub(super) fn is_common(text: &str) -> bool {
    let plain = plain(text);
    let letters: Vec<char> = plain.chars().collect();
    if letters.is_empty() {
        return true;
    }
    let mut kinds = letters.clone();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.len() <= 3 || is_repeated(&letters) || left_over(&letters, &[]) < 4
}

/// Nothing but one of `words` with a little around it?
pub(super) fn is_made_of(text: &str, words: &[String]) -> bool {
    let words: Vec<String> = words.iter().map(|word| plain(word)).filter(|word| word.chars().count() >= 2).collect();
    let letters: Vec<char> = plain(text).chars().collect();
    words.iter().any(|word| letters.iter().collect::<String>().contains(word.as_str()))
        && left_over(&letters, &words) < 4
}

/// `abcabcabc…`
fn is_repeated(letters: &[char]) -> bool {
    (1..=letters.len() / 3).any(|length| letters.chunks(length).all(|part| letters.starts_with(part)))
}

/// How many characters stay when everything that a guesser tries is taken out, longest first.
fn left_over(letters: &[char], words: &[String]) -> usize {
    let (mut at, mut left) = (0, 0);
    while at < letters.len() {
        let rest: String = letters[at..].iter().collect();
        let taken = longest_guess(&rest, words);
        left += usize::from(taken == 0);
        at += taken.max(1);
    }
    left
}

fn longest_guess(rest: &str, words: &[String]) -> usize {
    let known = COMMON.iter().map(|word| plain(word)).chain(words.iter().cloned());
    let word = known.filter(|word| rest.starts_with(word.as_str())).map(|word| word.chars().count()).max().unwrap_or(0);
    word.max(run(rest)).max(year(rest))
}

/// Four or more characters of a run, or of one character again and again.
fn run(rest: &str) -> usize {
    let letters: Vec<char> = rest.chars().collect();
    let same = letters.iter().take_while(|letter| **letter == letters[0]).count();
    let along = RUNS.iter().map(|run| along(&letters, run)).max().unwrap_or(0);
    if same.max(along) >= 3 { same.max(along) } else { 0 }
}

fn along(letters: &[char], run: &str) -> usize {
    let run: Vec<char> = run.chars().collect();
    let starts = run.iter().enumerate().filter(|(_, letter)| **letter == letters[0]).map(|(index, _)| index);
    starts.map(|start| letters.iter().zip(&run[start..]).take_while(|(a, b)| a == b).count()).max().unwrap_or(0)
}

fn year(rest: &str) -> usize {
    let year: String = rest.chars().take(4).collect();
    if year.parse::<u32>().is_ok_and(|year| (1940..2040).contains(&year)) { 4 } else { 0 }
}
