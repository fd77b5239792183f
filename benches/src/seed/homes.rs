//! A million homes of one site, each with its owner, a phone and everything they are searched by.

use db::{Db, ToValue, Value};
use kernel::{places::PlaceKind, search};
use uuid::Uuid;
use values::Phone;

use super::{CHUNK, drop_indexes, insert, remake, run};
use crate::{Outcome, product};

const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏方邹熊白孟秦邱侯江尹薛段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常";
const GIVEN: &str = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国志梅文云辉玲海燕波鹏宇飞雪婷浩凯欣悦佳琪子涵雨轩晨思远嘉怡天佑梓萱若曦一诺俊熙可馨语桐乐瑶家豪诗雅正阳";
/// So many names there are before they begin again.
const NAMES: u64 = 97 * 80 * 81;
/// The first building: below are the demo's.
const BUILDING: u64 = 101;

/// The name of the person of this number: a surname and one or two characters.
pub fn name(number: u64) -> String {
    let pick = |text: &'static str, at: u64| {
        let letters: Vec<char> = text.chars().collect();
        letters[(at % letters.len() as u64) as usize]
    };
    let mut name: String = [pick(SURNAMES, number), pick(GIVEN, number / 97)].iter().collect();
    let last = number / (97 * 80) % 81;
    if last > 0 {
        name.push(pick(GIVEN, last + number / NAMES));
    }
    name
}

/// `101-1-0101`: 40 homes a floor, 25 floors, two stairs.
pub fn code(number: u64) -> String {
    let (stairs, floor, room) = (number / 1_000, number / 40 % 25 + 1, number % 40 + 1);
    format!("{}-{}-{floor:02}{room:02}", BUILDING + stairs / 2, stairs % 2 + 1)
}

pub fn phone(number: u64) -> String {
    format!("139{:08}", number * 7_919 % 100_000_000)
}

/// `zw` of 张伟: the shortest reading that it is found by.
pub fn initials(number: u64) -> String {
    let terms = search::party_terms(&name(number), &[]).into_iter().map(|term| term.text);
    terms.filter(|text| text.bytes().all(|byte| byte.is_ascii_lowercase())).min_by_key(String::len).unwrap_or_default()
}

fn id(kind: u64, number: u64) -> Uuid {
    Uuid::from_u64_pair(0x0190_0000_0000_7000 | (number & 0xffff_ffff) << 16, 0x8000_0000_0000_0000 | kind)
}

/// What must be sorted before it is written: keys that do not append cost much more.
type Found = (String, Uuid, i64);

pub async fn homes(db: &Db, count: u64) -> Outcome<()> {
    let site = product::site(db).await?;
    for table in ["places", "parties", "phones", "occupancies", "terms"] {
        drop_indexes(db, table).await?;
    }
    let mut first = 0;
    let (mut places, mut people): (Vec<Found>, Vec<Found>) = (Vec::new(), Vec::new());
    while first < count {
        let end = (first + CHUNK as u64).min(count);
        rows(db, site, first..end).await?;
        for number in first..end {
            let found = |term: search::Term, kind| (term.text, id(kind, number), term.weight);
            places
                .extend(search::place_terms(PlaceKind::Unit, &code(number), "").into_iter().map(|term| found(term, 1)));
            let phones = [phone(number).parse::<Phone>().map_err(|_| "a phone of ours is no phone")?];
            people.extend(search::party_terms(&name(number), &phones).into_iter().map(|term| found(term, 2)));
        }
        first = end;
    }
    terms(db, site, "party", people).await?;
    terms(db, site, "place", places).await?;
    remake(db).await?;
    run(db, "ANALYZE".into()).await
}

async fn rows(db: &Db, site: Uuid, numbers: std::ops::Range<u64>) -> Outcome<()> {
    let (made, day) = (1_780_000_000_000_i64.to_value(), "2024-05-01".to_value());
    let one = 1_i64.to_value();
    let (mut places, mut parties, mut phones, mut living): (Vec<Vec<Value>>, Vec<_>, Vec<_>, Vec<_>) =
        Default::default();
    for number in numbers {
        let (home, person) = (id(1, number).to_value(), id(2, number).to_value());
        let (code, sort) = (code(number), i64::try_from(number)?.to_value());
        let qr = format!("bench{number}").to_value();
        places.push(vec![
            home.clone(),
            site.to_value(),
            "unit".to_value(),
            code.to_value(),
            code.to_value(),
            "".to_value(),
            qr,
            sort,
            made.clone(),
            one.clone(),
        ]);
        parties.push(vec![person.clone(), "person".to_value(), name(number).to_value(), made.clone(), one.clone()]);
        phones.push(vec![person.clone(), phone(number).to_value(), 0_i64.to_value()]);
        living.push(vec![
            id(3, number).to_value(),
            site.to_value(),
            home,
            person,
            "owner".to_value(),
            day.clone(),
            made.clone(),
            one.clone(),
        ]);
    }
    insert(db, "INSERT INTO places (id, site, kind, code, key, name, qr, sort, made, version)", &places).await?;
    insert(db, "INSERT INTO parties (id, kind, name, made, version)", &parties).await?;
    insert(db, "INSERT INTO phones (party, phone, rank)", &phones).await?;
    insert(db, "INSERT INTO occupancies (id, site, place, party, role, from_day, made, version)", &living).await
}

async fn terms(db: &Db, site: Uuid, kind: &str, mut found: Vec<Found>) -> Outcome<()> {
    found.sort_unstable();
    for part in found.chunks(CHUNK) {
        let row = |(text, subject, weight): &Found| {
            vec![site.to_value(), text.to_value(), kind.to_value(), subject.to_value(), weight.to_value()]
        };
        insert(db, "INSERT INTO terms (site, term, kind, subject, weight)", &part.iter().map(row).collect::<Vec<_>>())
            .await?;
    }
    Ok(())
}
