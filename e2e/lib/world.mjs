// The demo community is made once per run and copied for every server: a folder for SQLite, a database made from a template for
// PostgreSQL (on the server that TEST_DB names). run.mjs keeps the originals in ANJU_E2E_STORE; a spec that runs alone makes its own.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

let copies = 0;
let ownStore;

/** The engines this run can test: PostgreSQL too when TEST_DB names a server. */
export const engines = () => (process.env.TEST_DB ? ["sqlite", "postgres"] : ["sqlite"]);

function store() {
  if (process.env.ANJU_E2E_STORE) return process.env.ANJU_E2E_STORE;
  if (!ownStore) {
    ownStore = mkdtempSync(join(tmpdir(), "anju-e2e-store-"));
    process.once("exit", () => rmSync(ownStore, { recursive: true, force: true }));
  }
  return ownStore;
}

/** Whoever changes the program gets a new demo, never the one of the build before. */
const stampOf = (binary) => `${Math.round(statSync(binary).mtimeMs).toString(36)}${statSync(binary).size.toString(36)}`;

function server() {
  if (!process.env.TEST_DB) throw new Error("PostgreSQL is asked for, but TEST_DB names no server: scripts/postgres.sh start DIR prints its URL");
  return process.env.TEST_DB;
}

function databaseUrl(name) {
  const url = new URL(server());
  url.pathname = `/${name}`;
  return String(url);
}

const sql = (statement) => execFileSync("psql", [server(), "--quiet", "--no-psqlrc", "-c", statement], { stdio: ["ignore", "ignore", "pipe"] });

/** A database of its own; `template` is copied into it. */
function database(name, template) {
  sql(`CREATE DATABASE ${name}${template ? ` TEMPLATE ${template}` : ""}`);
  return { args: ["--database-url", databaseUrl(name)], drop: () => sql(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

const none = { args: [], drop: () => {} };

/** `make(args)` runs the demo on the given place until it is ready and stops it; the original is only named when it is whole. */
async function original(engine, binary, make) {
  const stamp = `${engine}_${stampOf(binary)}`;
  const folder = join(store(), stamp);
  const name = `e2e_demo_${stamp}`;
  if (existsSync(join(folder, "made"))) return { folder, name };
  mkdirSync(store(), { recursive: true });
  const begun = mkdtempSync(join(store(), "making-"));
  if (engine === "postgres") sql(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await make(begun, engine === "postgres" ? database(name).args : []);
  writeFileSync(join(begun, "made"), "");
  rmSync(folder, { recursive: true, force: true });
  renameSync(begun, folder);
  return { folder, name };
}

/** A place for one server: empty, or with the demo in it. Answers with its folder, its arguments, and how to remove it. */
export async function place({ demo, engine, binary, make }) {
  const folder = mkdtempSync(join(tmpdir(), "anju-e2e-"));
  const first = demo ? await original(engine, binary, make) : undefined;
  if (first) cpSync(first.folder, folder, { recursive: true });
  rmSync(join(folder, "made"), { force: true });
  copies += 1;
  const base = engine === "postgres" ? database(`e2e_${process.pid}_${copies}`, first?.name) : none;
  return { folder, args: base.args, remove: () => { rmSync(folder, { recursive: true, force: true }); base.drop(); } };
}
