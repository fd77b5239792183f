use crate::files::{expect_only, sources};

/// Tables whose rows belong to a site and whose ids come from outside.
const SITE_TABLES: &[&str] = &[
    "places",
    "occupancies",
    "orders",
    "legs",
    "thread",
    "promises",
    "evidence",
    "notices",
    "imports",
    "bindings",
    "saved_views",
    "staff",
    "reporters",
];

/// R08: a statement on rows of a site says whose they are: `{scope}`, a given `site`, or the caller's own rows.
#[test]
fn every_statement_on_rows_of_a_site_is_bound_to_a_scope() {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test() && !["app", "db"].contains(&source.crate_name())) {
        for statement in statements(&source.text) {
            if names_site_table(&statement) && !is_bound(&statement) {
                found.push(format!("{}: {}", source.path, statement.chars().take(90).collect::<String>()));
            }
        }
    }
    expect_only(&found, EXCEPT, "a statement reaches rows of any site");
}

/// String literals that read or change rows; inserts name their site as a value. A statement that is put together
/// (`Sql::new("…").push("…")`) is taken with the pieces that follow it.
fn statements(text: &str) -> Vec<String> {
    let joined = text.replace("\\\n", " ");
    let literals: Vec<&str> = joined.split('"').skip(1).step_by(2).collect();
    let mut found = Vec::new();
    for (index, literal) in literals.iter().enumerate() {
        if ["SELECT ", "UPDATE ", "DELETE "].iter().any(|verb| literal.trim_start().starts_with(verb)) {
            let rest =
                literals[index + 1..].iter().take(6).take_while(|piece| !piece.trim_start().starts_with("SELECT "));
            let whole: String = std::iter::once(*literal).chain(rest.copied()).collect::<Vec<_>>().join(" ");
            found.push(whole.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    found
}

fn names_site_table(statement: &str) -> bool {
    SITE_TABLES.iter().any(|table| {
        [format!("FROM {table} "), format!("FROM {table}"), format!("JOIN {table} "), format!("UPDATE {table} ")]
            .iter()
            .any(|word| {
                statement.contains(word.as_str()) && (word.ends_with(' ') || statement.ends_with(word.as_str()))
            })
    })
}

fn is_bound(statement: &str) -> bool {
    ["{scope", "site = $", "site =", ".party = $", "party = $"].iter().any(|word| statement.contains(word))
}

/// `orders/lines.rs`: the conditions, with the scope first, are put together in `orders/filter.rs`.
/// `people/residents`: who is being tied to a home has no site yet; the row was found by the secret of a slip or a link, or
/// loaded within the scope of the desk or the household before.
const EXCEPT: &[&str] = &[
    "crates/kernel/src/orders/lines.rs: SELECT o.id, o.number",
    "crates/kernel/src/orders/lines.rs: SELECT CAST(count(*)",
    "crates/people/src/residents/binding.rs",
    "crates/people/src/residents/household.rs",
    "crates/people/src/residents/request.rs",
];
