use db::{DbError, FromRow, Row, Sql};
use values::Day;

use crate::{Error, PartyId, Read, Right, Role, SiteId, sites};

/// Somebody who can be given an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worker {
    pub party: PartyId,
    pub name: String,
    /// `ENG`
    pub department: String,
    pub post: String,
    /// Orders of this site in their hands.
    pub open_orders: i64,
}

impl FromRow for Worker {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            party: row.get("party")?,
            name: row.get("name")?,
            department: row.get("department")?,
            post: row.get::<Option<String>>("post")?.unwrap_or_default(),
            open_orders: row.get("open_orders")?,
        })
    }
}

/// Who is on the staff of `site` on `day` with a role that does orders; fewest open orders first within a department.
/// `site` comes from a site in scope.
pub async fn workers(read: &mut Read, site: SiteId, day: Day) -> Result<Vec<Worker>, Error> {
    let roles: Vec<&str> =
        Role::ALL.into_iter().filter(|role| role.rights().contains(&Right::OrderWork)).map(Role::as_str).collect();
    let sql = Sql::new(
        "SELECT s.party, p.name, d.code AS department, o.name AS post, \
         (SELECT count(*) FROM orders w WHERE w.assignee = s.party AND w.open = 1 AND w.site = s.site) AS open_orders \
         FROM staff s JOIN parties p ON p.id = s.party JOIN departments d ON d.id = s.department LEFT JOIN posts o ON o.id = s.post \
         JOIN accounts a ON a.party = s.party WHERE a.disabled = 0 AND s.site = ",
    );
    let sql =
        sql.bind(site).push(" AND s.from_day <= ").bind(day).push(" AND (s.to_day IS NULL OR s.to_day > ").bind(day);
    let sql = sql.push(") AND EXISTS (SELECT 1 FROM grants g WHERE g.party = s.party AND (g.site = s.site OR g.site IS NULL) AND g.from_day <= ");
    let sql =
        sql.bind(day).push(" AND (g.to_day IS NULL OR g.to_day > ").bind(day).push(") AND g.role IN ").list(&roles);
    let sql = sql.push(") AND {scope:s} ORDER BY d.sort, open_orders, p.name, s.party, s.from_day");
    let mut workers: Vec<Worker> = read.all_of(sql).await?;
    // A person on two posts of one department is one worker.
    workers.dedup_by(|a, b| a.party == b.party && a.department == b.department);
    Ok(workers)
}

/// Who holds a role at the site today; with a department, its own holders before those of the whole site.
pub async fn holders(
    read: &mut Read,
    site: SiteId,
    role: Role,
    department: Option<&str>,
) -> Result<Vec<PartyId>, Error> {
    let today = sites::by_id(read, site).await?.today(read.now());
    let sql = Sql::new("SELECT DISTINCT party AS value FROM grants WHERE role = ").bind(role.as_str());
    let sql = sql.push(" AND (site IS NULL OR site = ").bind(site).push(") AND from_day <= ").bind(today);
    let sql = sql.push(" AND (to_day IS NULL OR to_day > ").bind(today).push(")");
    let sql = match department {
        Some(code) => sql.push(" AND (department IS NULL OR department = ").bind(code).push(")"),
        None => sql,
    };
    read.all_of(sql.push(" ORDER BY value")).await
}
