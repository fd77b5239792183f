//! Rows for a site, in any number, by a few statements. The n-th row of every table has the same id, so one id is a home,
//! its owner, their order, its promise, a session, an import and everything else that an address can name.

use db::{Engine, Migration, Sql, ToValue, Value};
use kernel::{PartyId, SiteId, schema::MIGRATIONS};
use testing::World;
use uuid::Uuid;
use values::Chance;

const FRESH: Migration = Migration {
    number: 9_001,
    name: "fresh",
    sql: "CREATE TABLE fresh (site {id} NOT NULL, caller {id} NOT NULL, base {int} NOT NULL, i {int} NOT NULL, id {id} NOT NULL, \
          secret {bytes} NOT NULL, PRIMARY KEY (site, i)) {strict};\n",
};

/// What a site was given.
pub struct Things {
    pub code: &'static str,
    pub base: i64,
    /// Of rows 1, 2, …
    pub ids: Vec<Uuid>,
}

impl Things {
    /// Row `n`, 0-based, as the number of an order.
    pub fn number(&self, n: usize) -> String {
        format!("B-260812-{}", self.base + 1 + n as i64)
    }
    /// Row `n`, 0-based, as the code of a home.
    pub fn home(&self, n: usize) -> String {
        format!("1-1-{}", self.base + 1 + n as i64)
    }
    /// The same shape, and nothing behind it.
    pub fn nothing(like: &Self) -> Self {
        let base = if like.base < 1_000 { 500 } else { 50_000_000 };
        Self { code: "NONE", base, ids: like.ids.iter().map(|_| fresh_id()).collect() }
    }
}

pub fn fresh_id() -> Uuid {
    Uuid::from_bytes(Chance::system().bytes())
}

/// Gives `site` `count` rows of everything. `caller` is the one whose own sessions, tokens and views they are.
pub async fn seed(world: &World, site: SiteId, code: &'static str, caller: PartyId, base: i64, count: i64) -> Things {
    let db = world.house.db();
    let steps: Vec<Migration> = MIGRATIONS.iter().copied().chain([FRESH]).collect();
    db.migrate(&steps).await.expect("the helping table is made");
    let mut tx = db.begin().await.expect("a transaction begins");
    let rows: Vec<(i64, Uuid)> = (-(count / 100) - 1..=count).filter(|i| *i != 0).map(|i| (i, fresh_id())).collect();
    for some in rows.chunks(300) {
        let mut sql = Sql::new("INSERT INTO fresh (site, caller, base, i, id, secret) VALUES ");
        for (at, (i, id)) in some.iter().enumerate() {
            let secret: [u8; 32] = Chance::system().bytes();
            let values: [Value; 6] = [
                site.to_value(),
                caller.to_value(),
                base.to_value(),
                i.to_value(),
                id.to_value(),
                secret.as_slice().to_value(),
            ];
            sql =
                values.into_iter().enumerate().fold(sql.push(if at == 0 { "(" } else { ", (" }), |sql, (at, value)| {
                    if at == 0 { sql.bind(value) } else { sql.push(", ").bind(value) }
                });
            sql = sql.push(")");
        }
        tx.run(sql).await.expect("the helping rows go in");
    }
    for statement in STATEMENTS {
        let sql = Sql::test_only(format!("{statement} = ")).bind(site);
        tx.run(sql).await.unwrap_or_else(|cause| panic!("{statement}: {cause}"));
    }
    let picture = world.house.files().path(&format!("a{base}"));
    std::fs::create_dir_all(picture.parent().expect("a file lies in a folder")).expect("the folder can be made");
    let image = image::RgbImage::new(8, 8);
    image.save_with_format(picture, image::ImageFormat::Jpeg).expect("the file can be written");
    // PostgreSQL would gather statistics by itself, a little later.
    if db.engine() == Engine::Postgres {
        tx.run(Sql::new("ANALYZE")).await.expect("statistics are made");
    }
    tx.commit().await.expect("it commits");
    db.refresh_statistics().await.expect("statistics are made");
    Things { code, base, ids: rows.iter().filter(|(i, _)| *i > 0).map(|(_, id)| *id).collect() }
}

/// Each is finished with the site. Rows with `i` below 0 are buildings of a hundred homes; of twenty orders three are open;
/// the first fifty people are staff as well.
const STATEMENTS: &[&str] = &[
    "INSERT INTO files (hash, kind, size, made) SELECT 'a' || base, 'image/jpeg', 10, 1786000000000 FROM fresh WHERE i = 1 AND site",
    "INSERT INTO files (hash, kind, size, made) SELECT 'f' || base || 'x' || i, 'image/jpeg', 10, 1786000000000 FROM fresh WHERE i > 1 AND site",
    "INSERT INTO places (id, site, kind, code, key, name, qr, sort, made, version) \
        SELECT id, site, 'building', '' || (0 - i), '' || (0 - i), (0 - i) || '栋', 'b' || base || i, 0 - i, 1786000000000, 1 FROM fresh WHERE i < 0 AND site",
    "INSERT INTO places (id, site, parent, building, kind, code, key, name, floor, position, area, qr, sort, made, version) \
        SELECT f.id, f.site, b.id, b.id, 'unit', '1-1-' || (f.base + f.i), '1-1-' || (f.base + f.i), '1-1-' || (f.base + f.i), 1, 1, 8937, \
        'u' || f.base || 'x' || f.i, f.base + f.i, 1786000000000, 1 FROM fresh f JOIN fresh b ON b.site = f.site AND b.i = 0 - (1 + f.i / 100) WHERE f.i > 0 AND f.site",
    "INSERT INTO parties (id, kind, name, made, version) SELECT id, 'person', '王' || i, 1786000000000, 1 FROM fresh WHERE i > 0 AND site",
    "INSERT INTO phones (party, phone, rank) SELECT id, '138' || (10000000 + base * 100 + i), 0 FROM fresh WHERE i > 0 AND site",
    "INSERT INTO accounts (party, login, totp_on, totp_step, disabled, made, version) \
        SELECT id, 'p' || base || 'x' || i, 0, 0, 0, 1786000000000, 1 FROM fresh WHERE i > 0 AND site",
    "INSERT INTO occupancies (id, site, place, party, role, from_day, made, version) \
        SELECT id, site, id, id, CASE WHEN i % 3 = 0 THEN 'tenant' ELSE 'owner' END, '2022-06-30', 1786000000000, 1 FROM fresh WHERE i > 0 AND site",
    "INSERT INTO terms (site, term, kind, subject, weight) SELECT site, '王' || i, 'party', id, 1 FROM fresh WHERE i > 0 AND site",
    "INSERT INTO terms (site, term, kind, subject, weight) SELECT site, 'wang' || i, 'party', id, 1 FROM fresh WHERE i > 0 AND site",
    "INSERT INTO terms (site, term, kind, subject, weight) SELECT site, '1-1-' || (base + i), 'place', id, 1 FROM fresh WHERE i > 0 AND site",
    "INSERT INTO terms (site, term, kind, subject, weight) SELECT site, 'b-260812-' || (base + i), 'order', id, 1 FROM fresh WHERE i > 0 AND site",
    "INSERT INTO staff (id, site, party, department, from_day, made, version) SELECT f.id, f.site, f.id, d.id, '2022-01-01', 1786000000000, 1 \
        FROM fresh f JOIN departments d ON d.site = f.site AND d.code = 'ENG' WHERE f.i BETWEEN 1 AND 50 AND f.site",
    "INSERT INTO grants (id, party, role, site, from_day, made) SELECT id, id, 'technician', site, '2022-01-01', 1786000000000 FROM fresh WHERE i BETWEEN 1 AND 50 AND site",
    "INSERT INTO steward_homes (site, party, place, from_day) SELECT site, id, id, '2022-01-01' FROM fresh WHERE i BETWEEN 1 AND 50 AND site",
    "INSERT INTO certificates (id, party, kind, number, made, version) SELECT id, id, 'CRT-03', 'N' || i, 1786000000000, 1 FROM fresh WHERE i BETWEEN 1 AND 50 AND site",
    "INSERT INTO sessions (id, token, party, face, made, seen, ends, idle, device, second_factor) \
        SELECT id, secret, CASE WHEN i <= 3 THEN caller ELSE id END, 'console', 1786501440004, 1786501440004, 1793413440004, 17280000000, 'seed', 1 FROM fresh WHERE i > 0 AND site",
    "INSERT INTO tokens (id, token, party, name, rights, made, ends) \
        SELECT id, secret, CASE WHEN i <= 3 THEN caller ELSE id END, 'seed', '*', 1786501440004, 1793413440004 FROM fresh WHERE i > 0 AND site",
    "INSERT INTO device_tokens (id, token, party, device, made, ends) \
        SELECT id, secret, CASE WHEN i <= 3 THEN caller ELSE id END, 'd' || base || 'x' || i, 1786501440004, 1793413440004 FROM fresh WHERE i > 0 AND site",
    "INSERT INTO bindings (id, site, place, party, kind, name, role, state, tries, made, ends, settled) \
        SELECT id, site, id, id, 'request', '王', 'family', CASE WHEN i % 50 = 1 THEN 'waiting' ELSE 'approved' END, 0, 1786501440004, 1793413440004, \
        CASE WHEN i % 50 = 1 THEN NULL ELSE 1786501440004 + i END FROM fresh WHERE i > 0 AND site",
    "INSERT INTO imports (id, site, kind, file_name, mapping, state, report, by_party, made) SELECT id, site, CASE WHEN i % 2 = 1 THEN 'homes' ELSE 'staff' END, 'a.xlsx', \
        '{\"sheets\":[],\"mode\":null}', 'draft', '{\"rows\":0,\"create\":{},\"change\":{},\"unchanged\":0,\"problems\":[]}', caller, 1786501440004 FROM fresh WHERE i > 0 AND site",
    "INSERT INTO orders (id, site, number, kind, category, urgency, channel, state, open, own, place, building, title, body, reporter, department, \
        complex, round, began, next_due, next_soon, verdict_due, reported, accepted, chased, touched, version) \
        SELECT f.id, f.site, 'B-260812-' || (f.base + f.i), 'repair', 'clean.bin', 'normal', 'desk', CASE WHEN f.i % 20 < 3 THEN 'accepted' ELSE 'closed' END, \
        CASE WHEN f.i % 20 < 3 THEN 1 ELSE 0 END, CASE WHEN f.i % 20 < 3 THEN '{\"own\":\"open\",\"reopened\":false}' \
        ELSE '{\"own\":\"closed\",\"at\":\"2026-08-11T14:20:52.518Z\",\"how\":{\"how\":\"verdict\",\"by_time\":false}}' END, f.id, b.id, '垃圾桶满', '垃圾桶满', f.id, 'CLN', \
        0, 1, 1780000000000 + f.i * 100000, CASE WHEN f.i % 20 < 3 THEN 1780086400000 + f.i * 1000000 ELSE 9000000000000000 END, 9000000000000000, NULL, \
        1780000000000 + f.i * 100000, 1780000000000 + f.i * 100000, 0, 1780000000000 + f.i * 100000, 1 \
        FROM fresh f JOIN fresh b ON b.site = f.site AND b.i = 0 - (1 + f.i / 100) WHERE f.i > 0 AND f.site",
    "INSERT INTO legs (id, site, order_id, round, department, state, begun, sort, version) \
        SELECT id, site, id, 1, 'CLN', CASE WHEN i % 20 < 3 THEN 'waiting' ELSE 'done' END, 0, 0, 1 FROM fresh WHERE i > 0 AND site",
    "INSERT INTO reporters (order_id, site, sort, party, name, place, at) SELECT id, site, 0, id, '王' || i, id, 1780000000000 FROM fresh WHERE i > 0 AND site",
    "INSERT INTO thread (id, site, order_id, at, actor_name, actor_role, act, visible, body, data, seq) \
        SELECT id, site, id, 1780000000000 + i * 100000, '陈芳', 'desk', 'message', 1, '好的', '{\"evidence\":[]}', 1 FROM fresh WHERE i > 0 AND site",
    "INSERT INTO promises (id, site, name, rule, leg, order_id, round, department, opens, promised_due, due, span, pausable, pauses, fulfilled_at, outcome, settled_at, next_step, step, provisional, version) \
        SELECT id, site, 'completion', 'CSV-06', id, id, 1, 'CLN', 1780000000000 + i * 100000, 1780259200000 + i * 100000, 1780259200000 + i * 100000, 259200000, '[]', '[]', \
        CASE WHEN i % 20 < 3 THEN NULL ELSE 1780000900000 END, CASE WHEN i % 20 < 3 THEN 'pending' ELSE 'kept' END, CASE WHEN i % 20 < 3 THEN NULL ELSE 1780000900000 END, \
        CASE WHEN i % 20 < 3 THEN 1793413440004 ELSE NULL END, 0, 0, 1 FROM fresh WHERE i > 0 AND site",
    "INSERT INTO evidence (id, site, subject, kind, file, thumbnail, at, visible) SELECT id, site, id, 'photo', 'a' || base, 'a' || base, 1780000000000, 1 FROM fresh WHERE i > 0 AND site",
    "INSERT INTO saved_views (id, site, party, list, name, query, sort, made) SELECT id, site, caller, 'orders', 'V' || i, '', i, 1786501440004 FROM fresh WHERE i BETWEEN 1 AND 3 AND site",
    "INSERT INTO notices (id, site, kind, title, body, audience, starts, published, by_party, reachable, made, version) \
        SELECT id, site, 'notice', '停车提示', '请按位停车', '{\"buildings\":[],\"stairs\":[],\"roles\":[]}', 1780000000000 + i * 100000, 1780000000000 + i * 100000, caller, 1, 1780000000000, 1 \
        FROM fresh WHERE i > 0 AND site",
    "INSERT INTO notice_readers (notice, party, site) SELECT id, id, site FROM fresh WHERE i > 0 AND site",
    "INSERT INTO facts (id, site, kind, subject, data, depth, at) SELECT id, site, 'orders', id, '{}', 0, 1780000000000 FROM fresh WHERE i > 10 AND site",
    "INSERT INTO jobs (id, site, fact, reaction, data, due, attempts, state, made) SELECT id, site, id, 'seed', '{}', 1780000000000 + i, 1, 'done', 1780000000000 FROM fresh WHERE i > 10 AND site",
    "INSERT INTO messages (id, site, party, channel, subject, body, weight, made, attempts, state, due) \
        SELECT id, site, id, 'app', 'order_to_verify', secret, 'see', 1780000000000 + i, 1, 'sent', 1780000000000 + i FROM fresh WHERE i > 10 AND site",
    "INSERT INTO operations (id, party, device, seq, device_time, verb, body, outcome, answer, at) \
        SELECT id, id, 'd' || i, 1, 1780000000000, 'taking', secret, 'done', '{}', 1780000000000 FROM fresh WHERE i > 10 AND site",
    "INSERT INTO audit (chain, seq, at, actor, act, subject, mac) SELECT 'seed' || base, i, 1780000000000 + i, 'staff', 'order.accepted', 'order/' || i, secret FROM fresh WHERE i > 10 AND site",
];
