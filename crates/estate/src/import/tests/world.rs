//! What the tests of imports say beside the words of `World`.

use axum::{
    body::Body,
    http::{Request, header},
};
use kernel::{Error, access, parties, places};
use sheets::Kind;
use testing::{Person, Reply, World};

use crate::import::{Mode, Report, Way, import_file};

pub async fn world() -> World {
    World::new(crate::routes(), &[web::i18n::WEB, crate::MESSAGES]).await
}

pub const GOOD: Way = Way { kind: Kind::Homes, dry_run: false, mode: Mode::GoodRows, alone: false };
pub const ALL: Way = Way { kind: Kind::Homes, dry_run: false, mode: Mode::AllOrNothing, alone: false };
pub const DRY: Way = Way { kind: Kind::Homes, dry_run: true, mode: Mode::GoodRows, alone: false };

pub async fn import_as(world: &World, kind: Kind, name: &str, bytes: &[u8], way: Way) -> Result<Report, Error> {
    let caller = access::system(world.site, "test");
    let words = world.app.catalogue().words(web::i18n::Lang::Zh);
    import_file(&world.house, &caller, "GYHY", name, bytes.to_vec(), Way { kind, ..way }, &words).await
}

/// A list of homes as text; every line must be good.
pub async fn homes(world: &World, list: &str) -> Report {
    import_as(world, Kind::Homes, "homes.csv", list.as_bytes(), GOOD).await.expect("the list is imported")
}

pub fn made(report: &Report) -> (usize, usize, usize) {
    let of = |name: &str| report.create.get(name).copied().unwrap_or(0);
    (of("units"), of("parties"), of("occupancies"))
}

pub fn wrong(report: &Report) -> Vec<String> {
    report.errors.iter().map(|error| format!("{} {}", error.row, error.code)).collect()
}

/// Cells and columns that were left out.
pub fn left_out(report: &Report) -> Vec<String> {
    report.warnings.iter().map(|warning| format!("{} {} {}", warning.row, warning.column, warning.code)).collect()
}

/// `王桂华 owner 2023-05-01, …` of a home, those who are there now.
pub async fn people_of(world: &World, code: &str) -> Vec<String> {
    let mut read = world.house.read(&access::system(world.site, "test")).await.unwrap();
    let place = places::by_code(&mut read, world.site, code).await.unwrap();
    let household = parties::household(&mut read, place.id).await.unwrap();
    let phones = |phones: &[values::Phone]| phones.iter().map(|phone| format!(" {}", phone.dial())).collect::<String>();
    household
        .iter()
        .map(|member| {
            format!(
                "{}{} {} {}",
                member.name,
                phones(&member.phones),
                member.occupancy.role.as_str(),
                member.occupancy.from
            )
        })
        .collect()
}

/// Rows of every table that an import touches.
pub async fn counts(world: &World) -> Vec<i64> {
    let mut all = Vec::new();
    for sql in [
        "SELECT COUNT(*) AS value FROM places",
        "SELECT COUNT(*) AS value FROM parties",
        "SELECT COUNT(*) AS value FROM phones",
        "SELECT COUNT(*) AS value FROM occupancies",
        "SELECT COUNT(*) AS value FROM terms",
        "SELECT COUNT(*) AS value FROM imports",
        "SELECT COUNT(*) AS value FROM import_mappings",
        "SELECT COUNT(*) AS value FROM files",
        "SELECT COUNT(*) AS value FROM staff",
        "SELECT COUNT(*) AS value FROM accounts",
        "SELECT COUNT(*) AS value FROM certificates",
        "SELECT COUNT(*) AS value FROM audit",
    ] {
        all.push(world.house.db().all::<i64>(sql, ()).await.unwrap()[0]);
    }
    all
}

/// As [`counts`], without what remembers the import itself.
pub async fn register(world: &World) -> Vec<i64> {
    let all = counts(world).await;
    [&all[..5], &all[8..11]].concat()
}

/// Sends a file as a browser would.
pub async fn send(world: &World, person: &Person, path: &str, name: &str, bytes: &[u8]) -> Reply {
    let token = world.form_token(person).await;
    let request = Request::post(path)
        .header(header::COOKIE, &person.cookie)
        .header("sec-fetch-site", "same-origin")
        .header("accept-language", "zh-CN");
    multipart(world, request, &[("csrf", token.as_str())], name, bytes).await
}

pub async fn send_api(world: &World, token: &str, fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> Reply {
    let key = values::Id::<()>::named(&format!("{fields:?} {name} {}", bytes.len())).to_string();
    let request = Request::post("/api/v1/imports")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header("idempotency-key", key);
    multipart(world, request, fields, name, bytes).await
}

async fn multipart(
    world: &World,
    request: axum::http::request::Builder,
    fields: &[(&str, &str)],
    name: &str,
    bytes: &[u8],
) -> Reply {
    let mut body = Vec::new();
    for (field, value) in fields {
        body.extend(format!("--x\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").bytes());
    }
    body.extend(format!("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n").bytes());
    body.extend(bytes);
    body.extend(b"\r\n--x--\r\n");
    let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
    world.send(request.body(Body::from(body)).unwrap()).await
}

/// How many people the search finds.
pub async fn found(world: &World, text: &str) -> usize {
    let mut read = world.house.read(&access::system(world.site, "test")).await.unwrap();
    let site = kernel::sites::by_id(&mut read, world.site).await.unwrap();
    kernel::search::find_at(&mut read, &site, text, 10).await.unwrap().people.len()
}
