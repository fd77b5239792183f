// The page of unsent work: <section data-outbox> lists this person's operations. What the server refused or found changed stays
// as a card until its author decides; nothing is solved silently and evidence already sent is never deleted.
import * as outbox from "./outbox.js";
import { make, say } from "./say.js";
import { syncNow } from "./sync.js";
import { paint } from "./queue.js";

const badge = {
  waiting: () => make("span", { class: "badge", "data-s": "stop" }, say("op-waiting")),
  refused: () => make("span", { class: "badge", "data-s": "miss" }, say("op-refused")),
  conflict: () => make("span", { class: "badge", "data-s": "late" }, say("op-choose")),
};

const shown = (value) => (value == null ? "" : [value].flat().join("、"));

/** Field by field: what was meant here, what stands at the server now. */
function comparison({ fields, current, labels }) {
  const theirs = current?.fields ?? {};
  const differing = Object.keys(fields).filter((name) => name in theirs && shown(fields[name]) !== shown(theirs[name]));
  if (differing.length === 0) return [];
  const head = make("tr", {}, make("th", { scope: "col" }, say("card-field")), make("th", { scope: "col" }, say("card-mine")), make("th", { scope: "col" }, say("card-theirs")));
  const rows = differing.map((name) => make("tr", {}, make("th", { scope: "row" }, labels?.[name] ?? name), make("td", {}, shown(fields[name])), make("td", {}, shown(theirs[name]))));
  return [make("table", { class: "table plain small" }, make("thead", {}, head), make("tbody", {}, ...rows))];
}

function button(text, work) {
  const element = make("button", { type: "button", class: "btn grow" }, text);
  element.addEventListener("click", async () => { await work(); await paint(); syncNow(); });
  return element;
}

function choices(operation) {
  const drop = () => outbox.remove(operation.op_id);
  if (operation.state === "conflict") {
    const both = button(say("card-keep-both"), () => outbox.repeat(operation, operation.current?.version ?? null));
    return [make("span", { class: "row mt-2" }, both, button(say("card-keep-theirs"), drop))];
  }
  if (operation.state === "refused") {
    const again = button(say("form-again"), () => outbox.save({ ...operation, state: "waiting" }));
    return [make("span", { class: "row mt-2" }, again, button(say("card-understood"), drop))];
  }
  return [];
}

async function card(operation) {
  const time = new Date(operation.device_time).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
  const pictures = (await outbox.photos(operation.op_id)).length;
  const line = pictures > 0 ? say("card-made-photos", { time, n: pictures }) : say("card-made", { time });
  const title = make("span", { class: "grow" }, make("span", { class: "item-t block" }, operation.title), make("span", { class: "small muted block" }, line));
  const message = operation.message ? [make("p", { class: "small ink mt-1" }, operation.message)] : [];
  return make("li", { class: "item block", "data-operation": operation.op_id }, make("span", { class: "row top" }, title, badge[operation.state]()), ...message, ...comparison(operation), ...choices(operation));
}

async function draw() {
  const section = document.querySelector("[data-outbox]");
  if (!section) return;
  const author = document.body.dataset.user ?? "";
  const mine = (await outbox.all()).filter((operation) => operation.author === author);
  const cards = await Promise.all(mine.map(card));
  const list = cards.length > 0 ? make("ul", {}, ...cards) : make("p", { class: "empty" }, say("card-none"));
  section.replaceChildren(list);
}

export function start() {
  document.addEventListener("outbox:changed", draw);
}
