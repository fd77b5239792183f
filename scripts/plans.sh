#!/bin/bash
# Writes docs/query-plans.md: how each engine finds the rows of every list, over a house with ten thousand of everything. The
# test behind it fails on a scan or a sort of a table that grows.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d /tmp/anju-plans.XXXXXX)
finish() { scripts/postgres.sh stop "$work/pg" >/dev/null 2>&1 || true; rm -rf "$work"; }
trap finish EXIT

plans() { PLANS="$work/$1" TEST_DB=${2:-} cargo test --quiet -p app --bin anju tests::plans; }
plans sqlite
plans postgres "$(scripts/postgres.sh start "$work/pg")"
node - "$work/sqlite" "$work/postgres" > docs/query-plans.md <<'JS'
// Statements that differ in nothing but how many values they carry are one.
const once = (all) => [...new Map(all.map((one) => ({ ...one, sql: one.sql.replace(/\$\d+|…/g, "?").replace(/\?(, \?)+/g, "?, …") })).map((one) => [one.sql, one])).values()];
const [sqlite, postgres] = process.argv.slice(2).map((file) => once(JSON.parse(require("fs").readFileSync(file, "utf8"))));
const other = new Map(postgres.map((one) => [one.sql, one.plan]));
// Values that differ from run to run say nothing here.
const still = (line) => line.replace(/'[0-9a-f-]{36}'::uuid/g, "…").replace(/'\\x[0-9a-f]+'::bytea/g, "…").replace(/'\{[^}]*\}'::\w+\[\]/g, "…");
const block = (lines) => "```\n" + lines.map(still).join("\n") + "\n```\n";
const routes = [...new Set(sqlite.map((one) => one.route))].sort();
console.log(`# Query plans

Made by \`scripts/plans.sh\`: what every GET route asks, with each filter and order of the lists, and how SQLite and PostgreSQL
find the rows in a house with ten thousand of everything at each of two sites; PostgreSQL is told to use an index wherever
there is one. \`tests::plans\` in \`crates/app\` fails when a table that grows is read
from end to end or sorted as a whole; its exceptions are there, with reasons. Each statement stands at the first route that asks it.
`);
for (const route of routes) {
    console.log(`## ${route}\n`);
    for (const { sql, plan } of sqlite.filter((one) => one.route === route)) {
        console.log("```sql\n" + sql + "\n```\nSQLite\n" + block(plan) + "PostgreSQL\n" + (other.has(sql) ? block(other.get(sql)) : "not asked\n"));
    }
}
JS
echo "docs/query-plans.md: $(grep -c '^```sql' docs/query-plans.md) statements"
