// A company of one's own, as a new user makes it: `anju init`, a site, the administrator's first log-in with the second factor.
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { binary, moveClock, startAnju } from "./anju.mjs";
import { openPage } from "./browser.mjs";
import { place } from "./world.mjs";

const password = "blue-heron-over-the-canal";

/** A fresh installation that serves one empty site, at today's time, since the commands write today's. */
export async function freshSite(engine, { code, name }) {
  const home = await place({ demo: false, engine, binary: binary() });
  const file = join(home.folder, "password");
  writeFileSync(file, `${password}\n`);
  const run = (...args) => execFileSync(binary(), [...args, "--data", home.folder, ...home.args], { encoding: "utf8", stdio: "pipe" });
  run("init", "--company", "安居物业", "--admin", "admin", "--password-file", file);
  run("admin", "add-site", "--code", code, "--name", name);
  const anju = await startAnju("serve", { data: home.folder, args: home.args });
  await moveClock(anju, new Date().toISOString());
  return { ...anju, run, stop: async () => { await anju.stop(); home.remove(); } };
}

function base32(text) {
  const bits = [...text.replace(/\s/g, "")].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}

/** The six digits that an authenticator shows for `secret` now (RFC 6238). */
export function totp(secret, now = Date.now()) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const hash = createHmac("sha1", base32(secret)).update(counter).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** The administrator, past the password and the second factor that is set up on the way. */
export async function firstLogin(anju, browser, options = {}) {
  const page = await openPage(browser, options);
  await page.goto(`${anju.url}/login`);
  await page.fill("input[name=login]", "admin");
  await page.fill("input[name=password]", password);
  await Promise.all([page.waitForURL(/second-factor/), page.click("main button[type=submit]")]);
  const secret = (await page.locator("main .num").first().innerText()).trim();
  await page.fill("input[name=code]", totp(secret));
  await page.click("main form button[type=submit]");
  return page;
}
