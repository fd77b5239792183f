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
// What is read and by which index; how it is put together afterwards says little and differs from run to run.
const access = {
    sqlite: (lines) => lines.filter((line) => /SCAN|SEARCH|ORDER BY/.test(line)).map((line) => line.trim().replace(/^SEARCH /, "").replace(/ USING (COVERING )?INDEX /, " by ").replace(/ USING INTEGER PRIMARY KEY/, " by its key").replace(/^SCAN/, "ALL").replace(/sqlite_autoindex_/, "auto_").replace(/^USE TEMP B-TREE.*/, "sort")),
    postgres: (lines) => lines.filter((line) => /(Index|Index Only|Seq) Scan|Sort$/.test(line)).map((line) => line.trim().replace(/^-> +/, "").replace(/^Bitmap Index Scan on (\S+)/, "bitmap $1").replace(/^Index (Only )?Scan( Backward)? using (\S+) on (?:\S+ )?(\S+)$/, "$4 by $3").replace(/^Seq Scan on (?:\S+ )?(\S+)$/, "ALL $1").replace(/^Sort$/, "sort")),
};
// Each place once.
const short = (lines) => [...new Set(lines)].join("; ") || "no table";
// A statement is known by what it shows and from where; its full text is in the code.
const name = (sql) => (sql.length > 66 ? `${sql.slice(0, 30).trimEnd()} …${(/ FROM [^(].*/.exec(sql) ?? [sql])[0].slice(0, 24).trimEnd()}` : sql);
const routes = [...new Set(sqlite.map((one) => one.route))].sort();
console.log(`# Query plans

Made by \`scripts/plans.sh\`: what every GET route asks, with each filter and order of the lists, and how SQLite (S) and PostgreSQL (P)
find the rows in a house with ten thousand of everything at each of two sites; PostgreSQL is told to use an index wherever
there is one. \`tests::plans\` in \`crates/app\` fails when a table that grows is read from end to end or sorted as a whole; its
exceptions are there, with reasons. Each statement stands at the first route that asks it, by its beginning and its tables.
`);
for (const route of routes) {
    console.log(`## ${route}\n`);
    for (const { sql, plan } of sqlite.filter((one) => one.route === route)) {
        const p = other.has(sql) ? short(access.postgres(other.get(sql))) : "not asked";
        console.log(`- \`${name(sql)}\`\n  S ${short(access.sqlite(plan))}\n  P ${p}`);
    }
    console.log("");
}
JS
echo "docs/query-plans.md: $(grep -c '^- ' docs/query-plans.md) statements"
