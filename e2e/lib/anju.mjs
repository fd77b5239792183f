// The real program on a data folder of its own: `const anju = await startAnju("demo")`, later `await anju.stop()`.
// ANJU_BIN names the binary (by default the debug build of this repository).
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { place } from "./world.mjs";

const frozen = "2026-08-12T10:24:00+08:00";
const startMs = 120_000;
const stopMs = 12_000; // the program promises 10 s

export function binary() {
  const target = process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL("../../target", import.meta.url));
  const path = process.env.ANJU_BIN ?? join(target, "debug", "anju");
  if (!existsSync(path)) throw new Error(`${path} is not built: cargo build, or set ANJU_BIN`);
  return path;
}

const freePort = () => new Promise((resolve, reject) => {
  const probe = createServer();
  probe.on("error", reject);
  probe.listen(0, "127.0.0.1", () => { const { port } = probe.address(); probe.close(() => resolve(port)); });
});

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

async function ready(url, child, output) {
  for (const end = Date.now() + startMs; Date.now() < end; await pause(50)) {
    if (child.exitCode !== null) throw new Error(`anju ended with ${child.exitCode} before it was ready:\n${output.join("")}`);
    try { if ((await fetch(`${url}/readyz`)).ok) return; } catch { /* not listening yet */ }
  }
  throw new Error(`anju was not ready after ${startMs / 1000} s:\n${output.join("")}`);
}

async function end(child) {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => { child.once("exit", resolve); });
  child.kill("SIGTERM");
  const late = await Promise.race([gone.then(() => false), pause(stopMs).then(() => true)]);
  if (late) { child.kill("SIGKILL"); throw new Error(`anju did not stop within ${stopMs / 1000} s of SIGTERM`); }
}

/** One running program: `anju <command>` on `folder`, ready to answer. */
async function running(command, folder, args, env) {
  const url = `http://127.0.0.1:${await freePort()}`;
  const all = [command, "--data", folder, "--listen", url.slice(7), "--public-url", url, "--test-clock", frozen, "--test-gateways", ...args];
  const child = spawn(binary(), all, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => output.push(String(chunk)));
  try { await ready(url, child, output); } catch (cause) { child.kill("SIGKILL"); throw cause; }
  return { url, child, output };
}

/** Runs the demo once, so that it is made, and stops it. */
async function makeDemo(folder, args) {
  const { child } = await running("demo", folder, args, {});
  await end(child);
}

/**
 * Starts `anju <command>` with the clock at 2026-08-12 10:24 and readable gateways, and waits for /readyz.
 * `engine` is "sqlite" or "postgres"; `data` continues an existing folder; `args` are added. A demo is a copy of the one that the
 * run made, unless `args` are given.
 */
export async function startAnju(command = "demo", { args = [], data, engine = "sqlite", env = {} } = {}) {
  const demo = command === "demo" && args.length === 0;
  const home = data ? { folder: data, args: [], remove: () => {} } : await place({ demo, engine, binary: binary(), make: makeDemo });
  const { url, child, output } = await running(command, home.folder, [...home.args, ...args], env);
  const stop = async ({ keep = false } = {}) => { await end(child); if (!keep) home.remove(); };
  return { url, data: home.folder, engine, databaseArgs: home.args, pid: child.pid, output: () => output.join(""), stop };
}

/** Moves the program's clock; answers after every job due by then has run. `moment` as "2026-08-12T20:24:00+08:00". */
export async function moveClock(anju, moment) {
  const answer = await fetch(`${anju.url}/api/v1/test-clock`, { method: "PUT", headers: { "content-type": "application/json" }, body: JSON.stringify({ now: moment }) });
  if (!answer.ok) throw new Error(`the clock did not move to ${moment}: ${answer.status} ${await answer.text()}`);
}
