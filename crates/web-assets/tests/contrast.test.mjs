// WCAG 2.2 contrast of every text on every surface it may stand on (4.5) and of controls and chart lines (3), in both themes,
// computed from the tokens themselves.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const css = readFileSync(new URL("../css/tokens.css", import.meta.url), "utf8");

function block(selector) {
  const start = css.indexOf(selector);
  assert.notEqual(start, -1, `no block ${selector}`);
  const body = css.slice(css.indexOf("{", start), css.indexOf("}", start));
  return Object.fromEntries([...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((match) => [match[1], match[2]]));
}

function luminance(hex) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function contrast(first, second) {
  const [low, high] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function pairs() {
  const list = [];
  for (const ink of ["ink", "ink-2", "ink-3", "accent-ink"]) for (const on of ["bg", "surface", "sunken", "hover"]) list.push([ink, on, 4.5]);
  for (const status of ["danger", "warn", "ok", "info", "pause"]) for (const on of ["surface", `${status}-soft`, "bg", "hover"]) list.push([status, on, 4.5]);
  for (const [ink, on] of [["on-accent", "accent"], ["plate-ink", "plate"], ["on-danger", "danger"], ["accent-ink", "accent-soft"], ["ink", "accent-soft"], ["ink-3", "accent-soft"], ["ink-2", "danger-soft"], ["ink-2", "warn-soft"]]) list.push([ink, on, 4.5]);
  for (const [line, on] of [["line-strong", "surface"], ["line-strong", "sunken"], ["line-strong", "bg"], ["accent", "surface"], ["accent", "bg"], ["c1", "surface"], ["c2", "surface"], ["c3", "surface"], ["c4", "surface"]]) list.push([line, on, 3]);
  return list;
}

const light = block(":root {");
const themes = { light, dark: { ...light, ...block('[data-theme="dark"] {') } };

test("black on white is 21 to 1, and a colour on itself 1 to 1", () => {
  assert.equal(Math.round(contrast("#000000", "#ffffff")), 21);
  assert.equal(contrast("#0d6072", "#0d6072"), 1);
});

for (const [theme, colours] of Object.entries(themes)) {
  test(`every pair of the ${theme} theme is readable`, () => {
    const failed = pairs().map(([ink, on, least]) => ({ ink, on, least, is: contrast(colours[ink], colours[on]) })).filter(({ is, least }) => is < least);
    assert.equal(pairs().length, 53);
    assert.deepEqual(failed, []);
  });
}

test("the theme that follows the system repeats every dark rule, on screen only", async () => {
  const { repeatForSystemDark } = await import("../css/system-dark.mjs");
  const made = repeatForSystemDark('a { b: c }\n/* [data-theme="dark"] x { } */\n[data-theme="dark"] .card { d: e } @media print { [data-theme="dark"] { f: g } }');
  assert.ok(made.endsWith("@media screen and (prefers-color-scheme: dark) {\n:root:not([data-theme]) .card{ d: e }\n}\n"), made);
  assert.throws(() => repeatForSystemDark("a { b: c }"), /no rule/);
});
