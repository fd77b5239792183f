//! Every list finds its rows by an index, on both engines: what every GET route asks is recorded over a full house, and the
//! engine says how it would answer. `scripts/plans.sh` writes the plans to `docs/query-plans.md`.

use std::collections::BTreeMap;

use db::{Plan, Statement, Step};
use serde_json::json;

use super::{
    lists::{FILTERS, next_page},
    walls::Walk,
};

/// Tables that grow as long as a house is lived in. A scan of the others is cheap for ever.
const GROWING: &[&str] = &[
    "accounts",
    "answered",
    "audit",
    "bindings",
    "codes",
    "evidence",
    "facts",
    "files",
    "imports",
    "jobs",
    "legs",
    "messages",
    "notice_readers",
    "notices",
    "occupancies",
    "operations",
    "orders",
    "parties",
    "phones",
    "places",
    "promises",
    "reporters",
    "sessions",
    "steward_homes",
    "terms",
    "thread",
    "tokens",
];

/// Columns that many rows share: what is found by them alone is not few.
const BROAD: &[&str] = &["site", "open", "state", "kind", "role", "channel", "next_due", "reported", "sort"];

/// Few enough to sort.
const FEW: u64 = 2_000;

/// Pages and answers that are made of the whole list: they read all of it, once, when somebody asks for the file.
const WHOLE: &[&str] = &["export", "orders.xlsx", "orders.csv", "/labels", "/live", "/assets/", "template"];

/// Statements that read or sort more than they show, each with the reason why that may be. This list only shrinks.
const EXCEPT: &[(&str, &str)] = &[
    ("SELECT a.id, a.name FROM parties a WHERE a.id IN", "who has open orders: the open ones of a site are few"),
    ("AS stairs, COUNT(u.id) AS units", "the page of buildings counts every home of the site"),
    (
        "p.qr, p.sort, p.closed, p.version FROM places p WHERE p.site = $1 AND p.kind IN",
        "buildings and common parts, not homes",
    ),
    ("AND o.reported >= $", "the period that was asked for is put in order of what is due"),
    ("WHERE channel = 'sms' AND state IN ('ready', 'kept')", "seen with test gateways only"),
    ("WITH reachable AS (SELECT DISTINCT", "who can be reached at a site is counted once for the page"),
    (
        "LEFT JOIN notice_readers r ON r.party = o.party AND r.notice = $1",
        "everybody who was not reached is the answer",
    ),
    (
        "b.state <> 'waiting' ORDER BY b.settled DESC",
        "seen when somebody asks what was settled; SQLite prefers to read it all",
    ),
    ("n.kind = 'outage' AND n.ended IS NULL", "outages are few"),
    ("o.building IN (SELECT b.id FROM places b", "the orders of one building"),
    ("IN (SELECT t.subject FROM terms t", "what a search finds is put in order"),
    ("SELECT COUNT(*) AS value FROM (SELECT 1", "counts up to ten thousand"),
    ("SELECT COUNT(*) AS all_rows", "counts up to ten thousand"),
];

#[tokio::test]
async fn every_list_finds_its_rows_by_an_index() {
    let walk = Walk::of(100_000, 10_000).await;
    let asked = asked(&walk).await;
    let (mut found, mut written) = (Vec::new(), Vec::new());
    for (text, (route, statement)) in &asked {
        let plan = walk.world.house.db().plan(statement).await.unwrap_or_else(|cause| panic!("{text}: {cause}"));
        written.push(json!({ "route": route, "sql": text, "plan": plan.lines }));
        let Some(why) = wrong(&plan) else { continue };
        if !EXCEPT.iter().any(|(piece, _)| text.contains(piece)) {
            found.push(format!("{route}: {why}\n  {text}\n    {}", plan.lines.join("\n    ")));
        }
    }
    if let Some(file) = std::env::var_os("PLANS") {
        std::fs::write(file, serde_json::to_string_pretty(&written).expect("JSON")).expect("the file can be written");
    }
    let needless = EXCEPT.iter().filter(|(piece, _)| !asked.keys().any(|text| text.contains(piece)));
    assert_eq!(needless.collect::<Vec<_>>(), Vec::<&(&str, &str)>::new(), "nobody asks this any more");
    assert!(asked.len() > 100, "only {} statements were recorded", asked.len());
    assert!(found.is_empty(), "{} of {}:\n{}", found.len(), asked.len(), found.join("\n"));
}

/// Each statement once, with the route that asked it first.
async fn asked(walk: &Walk) -> BTreeMap<String, (String, Statement)> {
    let mut all = BTreeMap::new();
    for route in walk.routes.iter().filter(|route| !route.is_unsafe()) {
        if WHOLE.iter().any(|word| route.path.contains(word)) {
            continue;
        }
        for person in walk.callers(route) {
            for path in addresses(walk, route.path) {
                walk.world.house.db().keep_trail();
                let reply = walk.call(person, route, &path).await;
                assert!(!reply.status.is_server_error(), "{path}: {} {}", reply.status, reply.text());
                let next = next_page(&path, &reply.text()).filter(|_| reply.status == 200);
                if let Some(next) = next {
                    let reply = walk.call(person, route, &next).await;
                    assert_eq!(reply.status, 200, "{next}");
                }
                for statement in walk.world.house.db().take_trail() {
                    let text = statement.text.split_whitespace().collect::<Vec<_>>().join(" ");
                    if text.starts_with("SELECT") || text.starts_with("WITH") {
                        all.entry(shape(&text)).or_insert_with(|| (route.path.to_string(), statement));
                    }
                }
            }
        }
    }
    all
}

fn addresses(walk: &Walk, route: &str) -> Vec<String> {
    let plain = walk.own_address(route);
    let filters = FILTERS.iter().filter(|(of, _)| *of == route);
    std::iter::once(plain.clone()).chain(filters.map(|(_, query)| format!("{plain}?{}", escaped(query)))).collect()
}

fn escaped(query: &str) -> String {
    query
        .bytes()
        .map(|byte| if byte.is_ascii() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// Lists of any length are one statement.
fn shape(text: &str) -> String {
    let mut shape = String::new();
    for piece in text.split_inclusive(", ") {
        let marker = piece.trim_end_matches(", ");
        let again = marker.starts_with('$') && marker[1..].bytes().all(|byte| byte.is_ascii_digit());
        if !(again && shape.ends_with("…, ")) {
            shape.push_str(if again { "…, " } else { piece });
        }
    }
    shape
}

fn wrong(plan: &Plan) -> Option<String> {
    let grows = |table: &String| GROWING.contains(&table.as_str());
    for step in &plan.steps {
        match step {
            Step::Scan { table } if grows(table) => return Some(format!("reads {table} from end to end")),
            Step::Sort { rows: Some(rows) } if *rows > FEW => return Some(format!("sorts {rows} rows")),
            _ => {}
        }
    }
    let broad = plan.steps.iter().find_map(|step| match step {
        Step::Search { table, by } if grows(table) && by.iter().all(|column| BROAD.contains(&column.as_str())) => {
            Some(table)
        }
        _ => None,
    });
    let sorts = plan.steps.contains(&Step::Sort { rows: None });
    broad.filter(|_| sorts).map(|table| format!("sorts what it found in {table} by what many rows share"))
}
