use std::collections::HashSet;

use db::{DbError, FromRow, Row, Sql, ToValue};
use kernel::{Error, PartyId, PlaceId, SiteId, Tx, places::PlaceKind, search};

use crate::import::{
    model::Undo,
    refusal::Dependence,
    store::{self as imports, PART},
};

/// Counts rows: `head` ends in `IN `.
async fn count<T: ToValue>(tx: &mut Tx, head: &'static str, ids: &[T], tail: &'static str) -> Result<i64, Error> {
    let mut sum = 0;
    for part in ids.chunks(PART) {
        let sql = Sql::new(head).list(part).push(tail);
        sum += tx.all_of::<i64>(sql).await?.into_iter().sum::<i64>();
    }
    Ok(sum)
}

async fn delete<T: ToValue>(tx: &mut Tx, head: &'static str, ids: &[T], tail: &'static str) -> Result<(), Error> {
    for part in ids.chunks(PART) {
        tx.run_of(Sql::new(head).list(part).push(tail)).await?;
    }
    Ok(())
}

fn size(ids: usize) -> i64 {
    i64::try_from(ids).unwrap_or(i64::MAX)
}

/// How many rows of this kind depend on what the import made.
pub async fn dependents(tx: &mut Tx, site: SiteId, made: &Undo, what: Dependence) -> Result<i64, Error> {
    let places: Vec<_> = made.units.iter().chain(&made.frame).copied().collect();
    let parties = &made.parties;
    Ok(match what {
        Dependence::Orders => {
            count(tx, "SELECT COUNT(*) AS value FROM orders WHERE {scope} AND place IN ", &places, "").await?
                + count(tx, "SELECT COUNT(*) AS value FROM orders WHERE {scope} AND reporter IN ", parties, "").await?
                + count(tx, "SELECT COUNT(*) AS value FROM orders WHERE {scope} AND assignee IN ", parties, "").await?
                + count(tx, "SELECT COUNT(*) AS value FROM reporters WHERE {scope} AND party IN ", parties, "").await?
        }
        Dependence::Accounts => accounts(tx, made).await?,
        Dependence::People => {
            let at_places =
                count(tx, "SELECT COUNT(*) AS value FROM occupancies WHERE {scope} AND place IN ", &made.units, "")
                    .await?;
            let own = within(
                tx,
                "SELECT place AS value FROM occupancies WHERE {scope} AND id IN ",
                &made.occupancies,
                &made.units,
            )
            .await?;
            let of_parties =
                count(tx, "SELECT COUNT(*) AS value FROM occupancies WHERE {scope} AND party IN ", parties, "").await?;
            let own_parties = within(
                tx,
                "SELECT party AS value FROM occupancies WHERE {scope} AND id IN ",
                &made.occupancies,
                parties,
            )
            .await?;
            let own_staff =
                within(tx, "SELECT party AS value FROM staff WHERE {scope} AND id IN ", &made.staff, parties).await?;
            let staff =
                count(tx, "SELECT COUNT(*) AS value FROM staff WHERE {scope} AND party IN ", parties, "").await?;
            (at_places - own) + (of_parties - own_parties) + (staff - own_staff)
        }
        Dependence::Bindings => {
            count(tx, "SELECT COUNT(*) AS value FROM bindings WHERE {scope} AND place IN ", &made.units, "").await?
        }
        Dependence::Notices => {
            count(tx, "SELECT COUNT(*) AS value FROM notice_readers WHERE {scope} AND party IN ", parties, "").await?
        }
        Dependence::Stewards => {
            count(tx, "SELECT COUNT(*) AS value FROM steward_homes WHERE {scope} AND place IN ", &places, "").await?
                + count(tx, "SELECT COUNT(*) AS value FROM steward_homes WHERE {scope} AND party IN ", parties, "")
                    .await?
        }
        Dependence::Places => {
            count(tx, "SELECT COUNT(*) AS value FROM places WHERE {scope} AND parent IN ", &made.units, "").await?
        }
        Dependence::Changes => changes(tx, site, made).await?,
    })
}

/// How many of the rows `ids` name one of `wanted`.
async fn within<A: ToValue, T>(
    tx: &mut Tx,
    head: &'static str,
    ids: &[A],
    wanted: &[values::Id<T>],
) -> Result<i64, Error> {
    let wanted: HashSet<values::Id<T>> = wanted.iter().copied().collect();
    let mut sum = 0;
    for part in ids.chunks(PART) {
        let named: Vec<values::Id<T>> = tx.all_of(Sql::new(head).list(part).push(" ORDER BY 1")).await?;
        sum += named.iter().filter(|id| wanted.contains(id)).count();
    }
    Ok(size(sum))
}

/// Somebody logged in, set a password, got a role.
async fn accounts(tx: &mut Tx, made: &Undo) -> Result<i64, Error> {
    let opened = count(tx, "SELECT COUNT(*) AS value FROM accounts WHERE party IN ", &made.parties, "").await?;
    let own = size(made.accounts.iter().filter(|party| made.parties.contains(party)).count());
    let used = "SELECT COUNT(*) AS value FROM accounts a WHERE (a.password IS NOT NULL OR a.setup IS NOT NULL OR a.totp_on = 1 OR EXISTS (SELECT 1 FROM sessions s WHERE s.party = a.party)) AND a.party IN ";
    let used = count(tx, used, &made.accounts, "").await?;
    let roles =
        count(tx, "SELECT COUNT(*) AS value FROM grants WHERE {scope} AND party IN ", &made.parties, "").await?;
    Ok(opened - own + used + roles)
}

async fn changes(tx: &mut Tx, site: SiteId, made: &Undo) -> Result<i64, Error> {
    let fresh =
        count(tx, "SELECT COUNT(*) AS value FROM places WHERE {scope} AND version = 1 AND id IN ", &made.units, "")
            .await?;
    let people =
        count(tx, "SELECT COUNT(*) AS value FROM parties WHERE version = 1 AND id IN ", &made.parties, "").await?;
    let homes = count(
        tx,
        "SELECT COUNT(*) AS value FROM occupancies WHERE {scope} AND version = 1 AND to_day IS NULL AND id IN ",
        &made.occupancies,
        "",
    )
    .await?;
    let staff = count(
        tx,
        "SELECT COUNT(*) AS value FROM staff WHERE {scope} AND version = 1 AND to_day IS NULL AND id IN ",
        &made.staff,
        "",
    )
    .await?;
    let certificates =
        count(tx, "SELECT COUNT(*) AS value FROM certificates WHERE version = 1 AND id IN ", &made.certificates, "")
            .await?;
    let mut missing =
        size(made.units.len()) - fresh + size(made.parties.len()) - people + size(made.occupancies.len()) - homes;
    missing += size(made.staff.len()) - staff + size(made.certificates.len()) - certificates;
    for unit in &made.changed_units {
        let same = "SELECT COUNT(*) AS value FROM places WHERE id = $1 AND version = $2 AND site = $3";
        missing += 1 - tx.one::<i64>(same, (unit.id, unit.version, site)).await?;
    }
    for certificate in &made.changed_certificates {
        let same = "SELECT COUNT(*) AS value FROM certificates WHERE id = $1 AND version = $2";
        missing += 1 - tx.one::<i64>(same, (certificate.id, certificate.version)).await?;
    }
    Ok(missing)
}

pub async fn remove_staff(tx: &mut Tx, _site: SiteId, made: &Undo) -> Result<(), Error> {
    delete(tx, "DELETE FROM certificates WHERE id IN ", &made.certificates, "").await?;
    delete(tx, "DELETE FROM staff WHERE {scope} AND id IN ", &made.staff, "").await?;
    delete(tx, "DELETE FROM accounts WHERE party IN ", &made.accounts, "").await
}

pub async fn remove_people(tx: &mut Tx, site: SiteId, made: &Undo) -> Result<(), Error> {
    let named = imports::names(tx, &made.parties).await?;
    let terms = named.iter().map(|(id, name, phones)| (id.uuid(), search::party_terms(name, phones)));
    search::forget_all(tx, site, search::Kind::Party, &terms.collect::<Vec<_>>()).await?;
    delete(tx, "DELETE FROM occupancies WHERE {scope} AND id IN ", &made.occupancies, "").await?;
    delete(tx, "DELETE FROM phones WHERE party IN ", &made.parties, "").await?;
    delete(tx, "DELETE FROM parties WHERE id IN ", &made.parties, "").await?;
    take_phones_back(tx, site, made).await?;
    delete(tx, "UPDATE parties SET identity_sealed = NULL, identity_index = NULL WHERE id IN ", &made.identities, "")
        .await
}

/// People who were known lose the phones they got, and are found by them no longer.
async fn take_phones_back(tx: &mut Tx, site: SiteId, made: &Undo) -> Result<(), Error> {
    let touched: std::collections::BTreeSet<PartyId> = made.phones.iter().map(|(party, _)| *party).collect();
    let touched: Vec<PartyId> = touched.into_iter().collect();
    let before = imports::names(tx, &touched).await?;
    for (party, phone) in &made.phones {
        tx.run("DELETE FROM phones WHERE party = $1 AND phone = $2", (*party, phone.as_str())).await?;
    }
    let after = imports::names(tx, &touched).await?;
    for ((id, name, had), (_, _, has)) in before.iter().zip(&after) {
        let (old, new) = (search::party_terms(name, had), search::party_terms(name, has));
        search::index(tx, site, search::Kind::Party, id.uuid(), &old, &new).await?;
    }
    Ok(())
}

struct Found(PlaceId, PlaceKind, String, String);
impl FromRow for Found {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self(row.get("id")?, row.get("kind")?, row.get("code")?, row.get("name")?))
    }
}

/// Places with what they are found by.
async fn found_by(tx: &mut Tx, ids: &[PlaceId]) -> Result<Vec<(PlaceId, Vec<search::Term>)>, Error> {
    let mut all = Vec::new();
    for part in ids.chunks(PART) {
        let sql = Sql::new("SELECT id, kind, code, name FROM places WHERE {scope} AND id IN ").list(part);
        let rows: Vec<Found> = tx.all_of(sql.push(" ORDER BY id")).await?;
        all.extend(rows.into_iter().map(|row| (row.0, search::place_terms(row.1, &row.2, &row.3))));
    }
    Ok(all)
}

/// Homes first, then stairs, buildings and phases that hold nothing else.
pub async fn remove_places(tx: &mut Tx, site: SiteId, made: &Undo) -> Result<(), Error> {
    let places: Vec<PlaceId> = made.units.iter().chain(&made.frame).copied().collect();
    let before = found_by(tx, &places).await?;
    delete(tx, "DELETE FROM places WHERE {scope} AND id IN ", &made.units, "").await?;
    for head in [
        "DELETE FROM places WHERE {scope} AND kind = 'stair' AND NOT EXISTS (SELECT 1 FROM places c WHERE c.parent = places.id) AND id IN ",
        "DELETE FROM places WHERE {scope} AND kind IN ('building', 'garage') AND NOT EXISTS (SELECT 1 FROM places c WHERE c.parent = places.id) AND id IN ",
        "DELETE FROM places WHERE {scope} AND kind = 'phase' AND NOT EXISTS (SELECT 1 FROM places c WHERE c.parent = places.id) AND id IN ",
    ] {
        delete(tx, head, &made.frame, "").await?;
    }
    let kept: HashSet<PlaceId> = found_by(tx, &made.frame).await?.into_iter().map(|(id, _)| id).collect();
    let gone = before.into_iter().filter(|(id, _)| !kept.contains(id)).map(|(id, terms)| (id.uuid(), terms));
    search::forget_all(tx, site, search::Kind::Place, &gone.collect::<Vec<_>>()).await
}

pub async fn restore_certificates(tx: &mut Tx, made: &Undo) -> Result<(), Error> {
    for before in &made.changed_certificates {
        let sql = "UPDATE certificates SET valid_until = $2, review_due = $3, version = $4 WHERE id = $1";
        tx.run(sql, (before.id, before.valid_until, before.review_due, before.version - 1)).await?;
    }
    Ok(())
}
