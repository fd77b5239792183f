// Runs the browser tests, one file after the other: `node run.mjs [words of file names …]`. A file that fails is run once more
// with its full output; how many needed that is printed, so that a shaky test is seen and not forgotten.
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(`${here}specs`).filter((name) => name.endsWith(".spec.mjs") && (wanted.length === 0 || wanted.some((word) => name.includes(word)))).sort();

const run = (name, reporter) => spawnSync(process.execPath, ["--test", "--test-concurrency=1", `--test-reporter=${reporter}`, `specs/${name}`], { cwd: here, stdio: "inherit" }).status === 0;

if (files.length === 0) {
  console.error(`no browser test is called like ${wanted.join(", ")}`);
  process.exit(2);
}
if (wanted.length === 0) rmSync(`${here}out`, { recursive: true, force: true });
const again = files.filter((name) => !run(name, "spec"));
const failed = again.filter((name) => { console.log(`\n${name} failed; once more:`); return !run(name, "tap"); });
console.log(`\nbrowser tests: ${files.length} files, ${again.length} needed a second run, ${failed.length} failed ${failed.join(" ")}`);
process.exit(failed.length === 0 ? 0 : 1);
