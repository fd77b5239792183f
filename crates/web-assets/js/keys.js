// The keyboard of the desk: an element with data-key="c" is pressed by C, data-key="g h" by G then H, "F2" by F2, "." is the
// main act. J, K and X walk and tick the rows [data-row]; ⌘↵ saves; ? lists the keys of this page.
// Single keys are off while typing and can be switched off altogether: <body data-keys="off"> (WCAG 2.1.4).
import { make, say } from "./say.js";

const pauseMs = 1200; // how long "g" waits for its second key
let pending = "";
let timer;

const typing = (element) => element?.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], [role=combobox]");
const visible = (element) => element.getClientRects().length > 0;

function target(key) {
  return [...document.querySelectorAll("[data-key]")].find((element) => element.dataset.key.toLowerCase() === key && visible(element));
}

const isPrefix = (key) => [...document.querySelectorAll("[data-key]")].some((element) => element.dataset.key.toLowerCase().startsWith(`${key} `));

function press(element) {
  if (element.matches("input:not([type=submit]):not([type=button]), textarea, select")) element.focus();
  else element.click();
}

function walk(step) {
  const rows = [...document.querySelectorAll("[data-row]")].filter(visible);
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  (row?.querySelector("a[href]") ?? row)?.focus();
  return rows.length > 0;
}

function tick() {
  const box = document.activeElement?.closest("[data-row]")?.querySelector('input[type="checkbox"]');
  box?.click();
  return Boolean(box);
}

const rowKeys = { j: () => walk(1), k: () => walk(-1), x: tick };

function save(event) {
  const form = event.target.closest?.("form") ?? document.querySelector("form[data-main]");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector(".btn-main[type=submit], .btn-main:not([type])") ?? undefined);
}

function name(key) {
  const shown = { "mod+enter": "⌘↵ / Ctrl ↵", "mod+k": "⌘K / Ctrl K" };
  return shown[key] ?? key.split(" ").map((part) => (part.length === 1 ? part.toUpperCase() : part)).join(" ");
}

function listed() {
  const own = [...document.querySelectorAll("[data-key]")].filter(visible)
    .map((element) => [element.dataset.key, element.dataset.keyLabel || element.getAttribute("aria-label") || element.textContent.trim()]);
  const rows = document.querySelector("[data-row]") ? [["j", say("keys-next")], ["k", say("keys-previous")], ["x", say("keys-tick")]] : [];
  return [["mod+k", say("keys-find")], ...own, ...rows, ["mod+enter", say("keys-save")], ["?", say("keys-help")]];
}

export function showKeys() {
  document.getElementById("keys-help")?.remove();
  const list = make("dl", { class: "keys-list" });
  for (const [key, label] of listed()) list.append(make("dt", {}, make("kbd", { class: "kbd" }, name(key))), make("dd", {}, label));
  const close = make("button", { class: "btn", type: "button", "data-close": "" }, say("keys-close"));
  const title = make("h2", { id: "keys-title" }, say("keys-title"));
  const dialog = make("dialog", { id: "keys-help", class: "dialog", "aria-labelledby": "keys-title" }, title, list, make("div", { class: "dialog-acts" }, close));
  document.body.append(dialog);
  dialog.showModal();
}

function handle(event) {
  if (event.isComposing || event.defaultPrevented) return;
  if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) { save(event); return; }
  const plain = !event.metaKey && !event.ctrlKey && !event.altKey;
  if (!plain || (event.key.length === 1 && (document.body.dataset.keys === "off" || typing(event.target) || document.querySelector("dialog[open]")))) return;
  if (run(event.key.toLowerCase())) event.preventDefault();
}

function run(pressed) {
  clearTimeout(timer);
  const key = pending ? `${pending} ${pressed}` : pressed;
  pending = "";
  const element = target(key);
  if (element) { press(element); return true; }
  if (isPrefix(key)) { pending = key; timer = setTimeout(() => { pending = ""; }, pauseMs); return true; }
  if (key === "?") { showKeys(); return true; }
  return rowKeys[key]?.() ?? false;
}

export function start() {
  document.addEventListener("keydown", handle);
  document.addEventListener("click", (event) => { if (event.target.closest("[data-keys-help]")) { event.preventDefault(); showKeys(); } });
}
