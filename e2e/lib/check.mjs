// What every visited page must pass: axe without violations, no error, no content-policy report, no sideways scroll, no cut text,
// exactly one h1, no style or handler attribute. Leaves a screenshot in out/.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { troublesOf } from "./browser.mjs";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
export const outFolder = fileURLToPath(new URL("../out/", import.meta.url));

async function axeViolations(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  return violations.map(({ id, help, nodes }) => `${id}: ${help}\n    ${nodes.slice(0, 3).map((node) => `${node.target.join(" ")}  ${node.html.slice(0, 160)}`).join("\n    ")}`);
}

/** Runs in the page: what a person cannot see fully, and what only looks right by accident. */
function layoutFaults() {
  const faults = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1).pop();
    faults.push(`the page scrolls sideways: ${root.scrollWidth} > ${root.clientWidth}, for example <${wide?.tagName.toLowerCase()} class="${wide?.getAttribute("class") ?? ""}">`);
  }
  const h1 = [...document.querySelectorAll("h1")].filter((element) => element.getClientRects().length > 0).length;
  if (h1 !== 1) faults.push(`${h1} visible h1`);
  for (const element of document.querySelectorAll("[style], [onclick], [onload], [onsubmit]")) {
    if (element.getAttribute("style") !== "" && !element.closest("svg") && !element.matches("body, html")) faults.push(`inline style or handler: ${element.outerHTML.slice(0, 120)}`);
  }
  const scrolls = (value) => value === "auto" || value === "scroll";
  const sideways = (element) => { for (let up = element; up; up = up.parentElement) if (scrolls(getComputedStyle(up).overflowX)) return true; return false; };
  const range = document.createRange();
  for (const element of document.querySelectorAll("body *")) {
    const texts = [...element.childNodes].filter((node) => node.nodeType === 3 && node.textContent.trim());
    if (texts.length === 0 || element.closest(".clip, .sr, .skip, .headless thead, svg, select, textarea, [hidden], dialog:not([open])") || element.getClientRects().length === 0) continue;
    const own = element.getBoundingClientRect();
    for (const text of texts) {
      range.selectNodeContents(text);
      const box = range.getBoundingClientRect();
      const over = box.right > own.right + 1 && !sideways(element);
      let up = element;
      while (up && getComputedStyle(up).overflowX !== "hidden") up = up.parentElement;
      const frame = up && up !== document.body ? up.getBoundingClientRect() : null;
      const clipped = frame && (box.right > frame.right + 1 || box.bottom > frame.bottom + 2);
      if (over || clipped) faults.push(`text is cut: ${element.outerHTML.slice(0, 120)} (to ${Math.round(box.right)}×${Math.round(box.bottom)}, room to ${Math.round((clipped ? frame : own).right)}×${Math.round((clipped ? frame : own).bottom)})`);
    }
  }
  return faults.slice(0, 12);
}

export async function screenshot(page, name) {
  mkdirSync(outFolder, { recursive: true });
  await page.screenshot({ path: `${outFolder}${name}.png`, animations: "disabled" });
}

/** Everything wrong with the page as it stands, as plain lines. `expected` matches the console lines that the test itself causes. */
export async function faults(page, { skipAxe = false, expected = /^$/ } = {}) {
  return [...troublesOf(page).filter((line) => !expected.test(line)), ...(await page.evaluate(layoutFaults)), ...(skipAxe ? [] : await axeViolations(page))];
}

/** Fails with every fault of the page at once. */
export async function check(page, name, options) {
  await page.evaluate(() => document.fonts.ready);
  const found = await faults(page, options);
  await screenshot(page, name);
  assert.deepEqual(found, [], `${name} (${page.url()}):\n  ${found.join("\n  ")}`);
}

/** Texts smaller than `px` on the page, for the large-type mode. */
export const smallTexts = (page, px) => page.evaluate((least) => [...document.querySelectorAll("body *")]
  .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()) && element.getClientRects().length > 0 && !element.closest(".sr, .skip") && parseFloat(getComputedStyle(element).fontSize) < least)
  .map((element) => element.outerHTML.slice(0, 120)), px);

/** Pointer targets smaller than `px` in either direction; links inside a sentence are excepted. */
export const smallTargets = (page, px) => page.evaluate((least) => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary, label.pick")]
  .filter((element) => { const box = element.getBoundingClientRect(); return box.width > 0 && (box.width < least || box.height < least) && !element.closest(".sr, .skip, p, .pick, label") && getComputedStyle(element).display !== "inline"; })
  .map((element) => `${element.outerHTML.slice(0, 120)} ${JSON.stringify(element.getBoundingClientRect())}`), px);
