//! What is asked of the database, and how the engine would find it: for the test that every list has its index.

#[cfg(test)]
mod tests;

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use crate::{Db, DbError, Engine, FromRow, Row, Sql, Value};

/// A statement as it was sent, with what was bound.
#[derive(Clone, Debug)]
pub struct Statement {
    pub text: String,
    values: Vec<Value>,
}

/// Statements of one database while somebody listens, which only tests do.
#[derive(Clone, Default)]
pub(crate) struct Trail(Arc<Kept>);

#[derive(Default)]
struct Kept {
    on: AtomicBool,
    statements: Mutex<Vec<Statement>>,
}

impl Trail {
    pub fn pass(&self, text: &str, values: &[Value]) {
        if self.0.on.load(Ordering::Relaxed) {
            let statement = Statement { text: text.to_string(), values: values.to_vec() };
            self.0.statements.lock().expect("nobody panics while holding it").push(statement);
        }
    }
}

/// One step of the engine's way to the rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Reads a table, or a whole index of it, from end to end.
    Scan { table: String },
    /// Goes straight to rows by an index; `by` are the columns it is asked by.
    Search { table: String, by: Vec<String> },
    /// Sorts what it found (and not only those that an index left equal). `rows` is the engine's guess, where it makes one.
    Sort { rows: Option<u64> },
}

/// How the engine would answer a statement.
#[derive(Clone, Debug)]
pub struct Plan {
    /// In the engine's own words, without its guesses.
    pub lines: Vec<String>,
    pub steps: Vec<Step>,
}

/// One row of SQLite's answer; PostgreSQL's has one text alone.
struct Said(String);
impl FromRow for Said {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self(row.get("detail").or_else(|_| row.get("QUERY PLAN"))?))
    }
}

impl Db {
    /// From now on what is asked is kept, with the values: never outside of tests.
    pub fn keep_trail(&self) {
        self.2.0.on.store(true, Ordering::Relaxed);
    }
    /// What was kept so far; nothing more is kept.
    pub fn take_trail(&self) -> Vec<Statement> {
        self.2.0.on.store(false, Ordering::Relaxed);
        std::mem::take(&mut *self.2.0.statements.lock().expect("nobody panics while holding it"))
    }
    /// How the engine would answer `statement`. PostgreSQL, which reads small tables whole because that is quicker, is told
    /// to use an index wherever there is one: a scan that is left has none.
    pub async fn plan(&self, statement: &Statement) -> Result<Plan, DbError> {
        let names = Names::of(&statement.text);
        let sql = |ask: &str| Sql::bound(format!("{ask} {}", statement.text), statement.values.clone());
        let words = |said: Vec<Said>| said.into_iter().map(|line| line.0).collect::<Vec<_>>();
        if self.engine() == Engine::Sqlite {
            return Ok(sqlite_plan(words(self.link().await?.all(sql("EXPLAIN QUERY PLAN")).await?), &names));
        }
        let mut tx = self.begin().await?;
        for other in ["seqscan", "hashjoin", "mergejoin"] {
            tx.run(Sql::owned(format!("SET LOCAL enable_{other} = off"))).await?;
        }
        Ok(postgres_plan(&words(tx.all(sql("EXPLAIN")).await?)))
    }
}

/// Which table an alias stands for.
struct Names(Vec<(String, String)>);

impl Names {
    fn of(text: &str) -> Self {
        let words: Vec<&str> =
            text.split(|mark: char| !(mark.is_alphanumeric() || mark == '_')).filter(|word| !word.is_empty()).collect();
        let follows = |word: &str| ["FROM", "JOIN", "UPDATE", "INTO"].contains(&word);
        let tables = words.windows(3).filter(|three| follows(three[0]));
        Self(
            tables
                .map(|three| {
                    let alias = if three[2] == "AS" { "" } else { three[2] };
                    (alias.to_string(), three[1].to_string())
                })
                .collect(),
        )
    }
    fn table(&self, name: &str) -> String {
        self.0.iter().find(|(alias, _)| alias == name).map_or_else(|| name.to_string(), |(_, table)| table.clone())
    }
}

fn sqlite_plan(lines: Vec<String>, names: &Names) -> Plan {
    let steps = lines.iter().filter_map(|line| sqlite_step(line, names)).collect();
    Plan { lines, steps }
}

/// `SEARCH o USING INDEX orders_urgent (site=? AND open=?)`, `SCAN o`, `USE TEMP B-TREE FOR ORDER BY`.
fn sqlite_step(line: &str, names: &Names) -> Option<Step> {
    let mut words = line.split(' ');
    match (words.next()?, words.next()?) {
        ("SCAN", "CONSTANT") => None,
        ("SCAN", name) => Some(Step::Scan { table: names.table(name) }),
        ("SEARCH", name) => {
            let asked = line.split_once('(').map_or("", |(_, rest)| rest.trim_end_matches(')'));
            let by = asked.split(" AND ").map(|part| part.trim_end_matches(['=', '<', '>', '?']).to_string()).collect();
            Some(Step::Search { table: names.table(name), by })
        }
        ("USE", "TEMP") if line.ends_with("FOR ORDER BY") => Some(Step::Sort { rows: None }),
        _ => None,
    }
}

/// `->  Index Scan using orders_urgent on orders o  (cost=… rows=4 …)`, its condition on a line of its own.
fn postgres_plan(said: &[String]) -> Plan {
    let mut steps = Vec::new();
    for (at, line) in said.iter().enumerate() {
        let node = line.trim_start_matches([' ', '-', '>']);
        let table = || node.split(" on ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap_or("").to_string();
        let condition = said.get(at + 1).and_then(|next| next.trim().strip_prefix("Index Cond: "));
        if node.starts_with("Seq Scan") {
            steps.push(Step::Scan { table: table() });
        } else if node.starts_with("Index Scan") || node.starts_with("Index Only Scan") {
            steps.push(match condition {
                Some(condition) => Step::Search { table: table(), by: columns(condition) },
                None => Step::Scan { table: table() },
            });
        } else if node.starts_with("Bitmap Heap Scan") {
            let below = said[at..].iter().find_map(|next| next.trim().strip_prefix("Index Cond: "));
            steps.push(Step::Search { table: table(), by: below.map(columns).unwrap_or_default() });
        } else if node.starts_with("Sort  (") {
            steps.push(Step::Sort { rows: guess(node) });
        }
    }
    let lines = said.iter().map(|line| line.split("  (cost=").next().unwrap_or(line).to_string()).collect();
    Plan { lines, steps }
}

fn columns(condition: &str) -> Vec<String> {
    let parts = condition.split(" AND ").map(|part| part.trim_start_matches(['(', ' ']));
    parts.filter_map(|part| part.split([' ', ')']).next()).map(ToString::to_string).collect()
}

fn guess(node: &str) -> Option<u64> {
    node.split("rows=").nth(1)?.split(' ').next()?.parse().ok()
}
