// Debian's Chromium through playwright-core. Every page is watched from its first request: console errors, failed scripts and
// violations of the content policy are collected for `check`.
import { execFileSync } from "node:child_process";
import { chromium } from "playwright-core";

const flags = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const troubles = new WeakMap();

export const troublesOf = (page) => troubles.get(page) ?? [];

function chromiumPath() {
  if (process.env.ANJU_CHROMIUM) return process.env.ANJU_CHROMIUM;
  try { return execFileSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).trim(); } catch { throw new Error("no chromium on this machine: ./test installs it"); }
}

/** `camera` is a clip that a faked camera plays. */
export function launch({ camera } = {}) {
  const faked = camera ? ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${camera}`] : [];
  return chromium.launch({ executablePath: chromiumPath(), args: [...flags, ...faked] });
}

function watch(page) {
  troubles.set(page, []);
  const note = (text) => troubles.get(page).push(text);
  page.on("console", (message) => { if (message.type() === "error") note(`console: ${message.text()}`); });
  page.on("pageerror", (error) => note(`script: ${error.message}`));
}

/** A new page of its own context; `options` as for playwright's newContext (viewport, locale, colorScheme, offline …). */
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({ locale: "zh-CN", timezoneId: "Asia/Shanghai", viewport: { width: 1366, height: 768 }, ...options });
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`content policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile ?? ""}:${event.lineNumber}`);
    });
  });
  context.on("page", watch);
  context.setDefaultTimeout(15_000);
  return context.newPage();
}
