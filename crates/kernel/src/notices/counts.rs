//! How far the notices of a page got: one statement for all of them, however many there are.

use std::collections::HashMap;

use db::{DbError, FromRow, Row, Sql};

use super::{Audience, Notice, NoticeId, store};
use crate::{Error, Read, SiteId};

/// People of an audience who use the portal, and those of them who have read the notice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadBy {
    pub read: i64,
    pub reachable: i64,
}

struct Line {
    audience: i64,
    /// None counts all who are reachable, else those who have read this one.
    notice: Option<NoticeId>,
    people: i64,
}

impl FromRow for Line {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { audience: row.get("audience")?, notice: row.get("notice")?, people: row.get("people")? })
    }
}

/// Counts for each of `notices` of the site, in their order.
pub async fn read_by(read: &mut Read, site: SiteId, notices: &[Notice]) -> Result<Vec<ReadBy>, Error> {
    let mut audiences: Vec<&Audience> = Vec::new();
    for notice in notices {
        if !audiences.contains(&&notice.audience) {
            audiences.push(&notice.audience);
        }
    }
    if audiences.is_empty() {
        return Ok(Vec::new());
    }
    let lines: Vec<Line> = read.all_of(statement(read, site, &audiences, notices)).await?;
    let counts: HashMap<(i64, Option<NoticeId>), i64> =
        lines.into_iter().map(|line| ((line.audience, line.notice), line.people)).collect();
    let count = |slot: i64, notice: Option<NoticeId>| counts.get(&(slot, notice)).copied().unwrap_or(0);
    let of = |notice: &Notice| {
        let slot =
            (0..).zip(&audiences).find_map(|(slot, one)| (**one == notice.audience).then_some(slot)).unwrap_or(0);
        ReadBy { read: count(slot, Some(notice.id)), reachable: count(slot, None) }
    };
    Ok(notices.iter().map(of).collect())
}

/// Everybody reachable is read once; the notices of one audience are counted together.
fn statement(read: &Read, site: SiteId, audiences: &[&Audience], notices: &[Notice]) -> Sql {
    let day = store::today(read.now());
    let sql = Sql::new(
        "WITH reachable AS (SELECT DISTINCT o.party, u.building, u.stair, o.role FROM occupancies o JOIN places u ON u.id = o.place \
         JOIN accounts a ON a.party = o.party AND a.disabled = 0 WHERE {scope:o} AND o.site = ",
    );
    let sql = sql.bind(site).push(" AND o.from_day <= ").bind(day).push(" AND (o.to_day IS NULL OR o.to_day > ");
    let mut sql = sql.bind(day).push(")) ");
    for (slot, audience) in (0i64..).zip(audiences) {
        let theirs: Vec<NoticeId> =
            notices.iter().filter(|notice| notice.audience == **audience).map(|notice| notice.id).collect();
        let all = sql.push(if slot == 0 { "SELECT CAST(" } else { " UNION ALL SELECT CAST(" }).bind(slot).push(
            " AS BIGINT) AS audience, NULL AS notice, count(DISTINCT h.party) AS people FROM reachable h WHERE 1 = 1",
        );
        let readers = store::audience_of(all, audience).push(" UNION ALL SELECT CAST(").bind(slot).push(
            " AS BIGINT), r.notice, count(DISTINCT h.party) FROM reachable h JOIN notice_readers r ON r.party = h.party WHERE r.notice IN ",
        );
        sql = store::audience_of(readers.list(&theirs), audience).push(" GROUP BY r.notice");
    }
    sql.push(" ORDER BY audience, notice NULLS FIRST")
}
