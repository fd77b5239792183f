// The real program on a data folder of its own: `const anju = await startAnju("demo")`, later `await anju.stop()`.
// ANJU_BIN names the binary (by default the debug build of this repository).
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

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
  for (const end = Date.now() + startMs; Date.now() < end; await pause(100)) {
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

/**
 * Starts `anju <command>` with the clock at 2026-08-12 10:24 and readable gateways, and waits for /readyz.
 * `data` continues an existing folder; `args` are added; TEST_DB is the database when it is set.
 */
export async function startAnju(command = "demo", { args = [], data, env = {} } = {}) {
  const folder = data ?? mkdtempSync(join(tmpdir(), "anju-e2e-"));
  const url = `http://127.0.0.1:${await freePort()}`;
  const all = [command, "--data", folder, "--listen", url.slice(7), "--public-url", url, "--test-clock", frozen, "--test-gateways", ...args];
  const child = spawn(binary(), all, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => output.push(String(chunk)));
  try { await ready(url, child, output); } catch (cause) { child.kill("SIGKILL"); throw cause; }
  const stop = async ({ keep = false } = {}) => { await end(child); if (!keep && !data) rmSync(folder, { recursive: true, force: true }); };
  return { url, data: folder, pid: child.pid, output: () => output.join(""), stop };
}
