// The page of unsent work: <section data-outbox> lists this person's operations, how old each is, what arrived lately, and how much
// of others waits here. What the server refused or found changed stays as a card until its author decides; nothing is solved
// silently and evidence already sent is never deleted.
import * as begun from "./begun.js";
import * as outbox from "./outbox.js";
import { paint } from "./strip.js";
import { make, say } from "./say.js";
import { syncNow } from "./sync.js";
import * as tokens from "./tokens.js";

const hourMs = 3600_000;
const reader = () => document.body.dataset.user ?? "";

const badge = {
  waiting: () => make("span", { class: "badge", "data-s": "stop" }, say("op-waiting")),
  refused: () => make("span", { class: "badge", "data-s": "miss" }, say("op-refused")),
  conflict: () => make("span", { class: "badge", "data-s": "late" }, say("op-choose")),
};

const shown = (value) => (value == null ? "" : [value].flat().join("、"));
const clock = (time) => new Date(time).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });

/** How long it has been lying here: minutes, hours, days. */
function age(time) {
  const ms = Math.max(Date.now() - Date.parse(time), 0);
  if (ms < 60_000) return say("age-now");
  if (ms < hourMs) return say("age-minutes", { n: Math.floor(ms / 60_000) });
  return ms < 24 * hourMs ? say("age-hours", { n: Math.floor(ms / hourMs) }) : say("age-days", { n: Math.floor(ms / (24 * hourMs)) });
}

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

/** What another phone did: this one may only send it once more as it is, or leave it to its author. */
async function carriedChoices(operation) {
  const line = say("card-carried", { name: (await tokens.of(operation.author))?.name ?? say("others-unnamed") });
  const again = button(say("form-again"), () => outbox.again(operation));
  return [make("p", { class: "small ink mt-1" }, line), make("span", { class: "row mt-2" }, again, button(say("card-understood"), () => outbox.remove(operation.op_id)))];
}

function choices(operation, own) {
  if (operation.state === "waiting") return [];
  if (operation.device !== own) return carriedChoices(operation);
  const drop = () => outbox.remove(operation.op_id);
  const [first, second] = operation.state === "conflict"
    ? [button(say("card-keep-both"), () => outbox.repeat(operation, { version: operation.current?.version ?? null })), say("card-keep-theirs")]
    : [button(say("form-again"), () => outbox.repeat(operation)), say("card-understood")];
  return [make("span", { class: "row mt-2" }, first, button(second, drop))];
}

async function card(operation, own) {
  const pictures = (await outbox.photos(operation.op_id)).length;
  const time = clock(operation.device_time);
  const line = [operation.act, pictures > 0 ? say("card-made-photos", { time, n: pictures }) : say("card-made", { time }), age(operation.device_time)].filter(Boolean).join(" · ");
  const title = make("span", { class: "grow" }, make("span", { class: "item-t block" }, operation.title), make("span", { class: "small muted block" }, line));
  const message = operation.message ? [make("p", { class: "small ink mt-1" }, operation.message)] : [];
  return make("li", { class: "item block", "data-operation": operation.op_id }, make("span", { class: "row top" }, title, badge[operation.state]()), ...message, ...comparison(operation), ...(await choices(operation, own)));
}

/** Work of others on this phone: whose, how much, how old; what it is stays theirs. */
async function others(operations) {
  const authors = [...new Set(operations.map(({ author }) => author))];
  return Promise.all(authors.map(async (author) => {
    const own = operations.filter((operation) => operation.author === author);
    const token = await tokens.of(author);
    const title = make("span", { class: "item-t block" }, say("others-work", { name: token?.name ?? say("others-unnamed"), n: own.length }));
    const stuck = own.some(({ state }) => state !== "waiting") ? say("others-choose") : token && !token.over ? say("others-goes") : say("others-over");
    const line = make("span", { class: "small muted block" }, `${age(own[0].device_time)} · ${stuck}`);
    return make("li", { class: "item block", "data-others": author }, title, line);
  }));
}

function arrivedLine({ title, number, at }) {
  const line = number ? say("sent-number", { time: clock(at), number }) : say("sent", { time: clock(at) });
  return make("li", { class: "item block", "data-sent": number ?? "" }, make("span", { class: "item-t block" }, title), make("span", { class: "small muted block" }, line));
}

/** Forms with pictures that were begun and not sent, each with the way back to it. */
function begunLines(pictures) {
  const forms = [...new Set(pictures.map(({ form }) => form))].map((name) => pictures.filter(({ form }) => form === name));
  return forms.map((own) => {
    const [{ form, title, href }] = own;
    const line = make("span", { class: "small muted block" }, say("begun-holds", { n: own.length }));
    return make("li", { class: "item", "data-begun": form }, make("a", { class: "inherit grow", href }, make("span", { class: "item-t block" }, title), line));
  });
}

/** `3 条，4.1 MB` beside the title. */
async function count(operations) {
  const place = document.querySelector("[data-outbox-count]");
  if (!place) return;
  const [n, mb] = [operations.length, ((await outbox.weight(operations)) / 1e6).toFixed(1)];
  if (n === 0) place.textContent = ""; else place.textContent = mb === "0.0" ? say("queue-count", { n }) : say("queue-count-mb", { n, mb });
}

async function draw() {
  const section = document.querySelector("[data-outbox]");
  if (!section) return;
  const everything = await outbox.all();
  const own = await outbox.device();
  const mine = everything.filter(({ author }) => author === reader());
  const stuck = everything.filter(({ author, device, state }) => author !== reader() && device !== own && state !== "waiting");
  const cards = await Promise.all([...mine, ...stuck].map((operation) => card(operation, own)));
  const foreign = await others(everything.filter((operation) => operation.author !== reader() && !stuck.includes(operation)));
  const sent = ((await outbox.fact("sent")) ?? []).filter(({ author }) => author === reader()).slice(0, 5).map(arrivedLine);
  const list = cards.length > 0 ? make("ul", {}, ...cards) : make("p", { class: "empty" }, say("card-none"));
  const parts = [list];
  const half = begunLines(await begun.of(reader()));
  if (half.length > 0) parts.push(make("h2", { class: "small muted mt-3" }, say("begun-title")), make("ul", {}, ...half));
  if (foreign.length > 0) parts.push(make("ul", { class: "rule-t" }, ...foreign));
  if (sent.length > 0) parts.push(make("h2", { class: "small muted mt-3" }, say("sent-lately")), make("ul", {}, ...sent));
  section.replaceChildren(...parts);
  await count(mine);
}

export function start() {
  document.addEventListener("outbox:changed", draw);
}
