// Runs the browser tests, one file after the other: `node run.mjs [words of file names …]`. A file that fails is run once more
// with its full output; how many needed that is printed, so that a shaky test is seen and not forgotten.
// All files share one demo community and the program as it was when the run began; without TEST_DB a PostgreSQL is started.
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { binary } from "./lib/anju.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(`${here}specs`).filter((name) => name.endsWith(".spec.mjs") && (wanted.length === 0 || wanted.some((word) => name.includes(word)))).sort();

if (files.length === 0) {
  console.error(`no browser test is called like ${wanted.join(", ")}`);
  process.exit(2);
}
if (wanted.length === 0) rmSync(`${here}out`, { recursive: true, force: true });

const work = mkdtempSync(join(tmpdir(), "anju-e2e-run-"));
const postgres = (act) => execFileSync(join(here, "../scripts/postgres.sh"), [act, join(work, "pg")], { encoding: "utf8" }).trim();
const program = join(work, "anju");
copyFileSync(binary(), program);
const env = { ...process.env, ANJU_BIN: program, ANJU_E2E_STORE: join(work, "store"), TEST_DB: process.env.TEST_DB || postgres("start") };

const run = (name, reporter) => {
  const begun = Date.now();
  const { status, signal } = spawnSync(process.execPath, ["--test", "--test-concurrency=1", `--test-reporter=${reporter}`, `specs/${name}`], { cwd: here, env, stdio: "inherit" });
  seconds.push(`${name} ${Math.round((Date.now() - begun) / 1000)}`);
  if (signal) throw new Error(`ended by ${signal}`);
  return status === 0;
};
// An interrupt ends the test file; what was started here is still put away.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});
const seconds = [];
let failed = files;
try {
  const again = files.filter((name) => !run(name, "spec"));
  failed = again.filter((name) => { console.log(`\n${name} failed; once more:`); return !run(name, "tap"); });
  console.log(`\nbrowser tests: ${files.length} files, ${again.length} needed a second run, ${failed.length} failed ${failed.join(" ")}\nseconds: ${seconds.join(", ")}`);
} finally {
  if (!process.env.TEST_DB) postgres("stop");
  rmSync(work, { recursive: true, force: true });
}
process.exit(failed.length === 0 ? 0 : 1);
