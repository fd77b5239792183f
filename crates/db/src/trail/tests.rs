use super::*;

fn search(table: &str, by: &[&str]) -> Step {
    Step::Search { table: table.into(), by: by.iter().map(ToString::to_string).collect() }
}

#[test]
fn the_words_of_sqlite_are_read() {
    let names = Names::of("SELECT * FROM orders o LEFT JOIN parties y ON y.id = o.reporter ORDER BY o.title");
    let lines = [
        "SEARCH o USING INDEX orders_urgent (site=? AND open=? AND next_due>?)",
        "SCAN y USING COVERING INDEX parties_identity",
        "USE TEMP B-TREE FOR ORDER BY",
        "SCALAR SUBQUERY 1",
    ];
    let plan = sqlite_plan(lines.map(String::from).to_vec(), &names);
    let scan = Step::Scan { table: "parties".into() };
    assert_eq!(plan.steps, [search("orders", &["site", "open", "next_due"]), scan, Step::Sort { rows: None }]);
}

#[test]
fn the_words_of_postgresql_are_read() {
    let said = [
        "Limit  (cost=0.29..8.31 rows=1 width=5)",
        "  ->  Sort  (cost=0.29..8.31 rows=120 width=5)",
        "        ->  Index Scan using orders_urgent on orders o  (cost=0.29..8.31 rows=120 width=5)",
        "              Index Cond: ((site = '0'::uuid) AND (open = 1))",
        "        ->  Index Scan using orders_recent on orders  (cost=0.29..8.31 rows=1 width=5)",
        "        ->  Seq Scan on parties y  (cost=0.00..1.00 rows=1 width=1)",
    ];
    let plan = postgres_plan(&said.map(String::from));
    let scan = |table: &str| Step::Scan { table: table.into() };
    let sort = Step::Sort { rows: Some(120) };
    assert_eq!(plan.steps, [sort, search("orders", &["site", "open"]), scan("orders"), scan("parties")]);
    assert_eq!(plan.lines[1], "  ->  Sort");
}
