// The page that stands for those not kept, <section data-known>: with no network the phone tells what it knows itself of the place
// or order that was asked for by its address, a scanned label or a typed code.
import { knowledge, pages } from "./kept.js";
import { make, say } from "./say.js";
import * as sync from "./sync.js";

async function kept(path) {
  try { return await (await caches.open(pages)).match(path); } catch { return undefined; }
}

/** What was asked for: what a label says last, a code, a number. */
function asked() {
  const { pathname, searchParams } = new URL(location.href);
  const text = searchParams.get("code") ?? searchParams.get("q") ?? (/^\/f\/(homes|orders)\/./.test(pathname) ? decodeURIComponent(pathname) : "");
  return text.trim().split(/[?#]/)[0].replace(/\/+$/, "").split("/").pop();
}

/** As codes are compared: 1-2-0301 is 1-2-301. */
const key = (text) => text.toLowerCase().split("-").map((part) => part.replace(/^0+(?=\d)/, "")).join("-");

const line = ({ path, title, shown }) => make("li", { class: "item" }, make("a", { class: "inherit grow", href: path }, make("span", { class: "item-t block" }, title), make("span", { class: "small muted num block" }, shown)));
const list = (orders) => make("ul", {}, ...orders.map(line));

function placeCard(place, orders) {
  const own = orders.filter((order) => order.place === place.code && order.site === place.site);
  const head = make("h2", { class: "row wrap" }, make("span", { class: "plate" }, place.code), place.name === place.code ? "" : place.name);
  const report = `/f/report?${new URLSearchParams({ place: place.code, site: place.site })}`;
  const open = own.length > 0 ? [make("p", { class: "small muted mt-2" }, say("known-orders")), list(own)] : [make("p", { class: "mt-2" }, say("known-no-orders"))];
  return make("section", { class: "card", "data-place": place.code }, head, ...open, make("a", { class: "btn btn-main btn-block mt-3", href: report }, say("known-report")));
}

/** Own orders that are kept, below what is said of the rest. */
function others(text, orders) {
  const mine = orders.length > 0 ? [make("h2", { class: "mt-3" }, say("known-mine")), list(orders)] : [];
  return [make("section", { class: "card" }, make("p", {}, text), ...mine)];
}

function told({ places, orders }) {
  const wanted = asked();
  const order = orders.find(({ number, shown }) => [number, shown].some((one) => key(one) === key(wanted)));
  if (order && location.pathname !== order.path) { location.replace(order.path); return []; }
  const found = wanted ? places.filter(({ qr, code, name }) => qr === wanted || key(code) === key(wanted) || name === wanted) : [];
  if (found.length > 0) return found.map((place) => placeCard(place, orders));
  if (location.pathname.startsWith("/f/orders/")) return others(say("known-order", { code: wanted }), orders);
  return others(wanted ? say("known-not", { code: wanted }) : say("known-page"), orders);
}

/** Ways that lead nowhere now are not offered. */
async function offerOnlyKept() {
  for (const link of document.querySelectorAll("a[data-if-kept]")) link.hidden = !(await kept(new URL(link.href).pathname));
}

export async function start() {
  const section = document.querySelector("[data-known]");
  if (!section) return;
  window.addEventListener("online", async () => { await sync.syncNow(); if (sync.network !== "offline") location.reload(); });
  const answer = await kept(knowledge);
  section.replaceChildren(...(answer ? told(await answer.json()) : [make("p", { class: "card" }, say("known-nobody"))]));
  await offerOnlyKept();
}
