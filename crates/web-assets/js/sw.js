// Service worker of the field face. Pages: the network first, the kept copy when it does not answer. Assets have their hash in
// the name and never change: the kept copy first. Anything but GET passes untouched; what the server marks no-store is not kept.
import { knowledge, pages } from "./kept.js";

const assets = "anju-assets-1";
const fallback = "/f/offline";
const owner = "/f/offline/owner"; // whose pages these are; no page of ours has this address
const patienceMs = 6000; // a network this slow counts as none when a kept page exists
const mostAssets = 80;
const away = new Set([502, 503, 504]); // somebody on the way answers for a server that does not

const isAsset = (url) => url.pathname.startsWith("/assets/");
const isPage = (request, url) => (url.pathname === "/f" || url.pathname.startsWith("/f/"))
  && (request.mode === "navigate" || (request.headers.get("accept") ?? "").includes("text/html"));

function mayKeep(answer) {
  return answer.ok && answer.type === "basic" && !answer.redirected && !/no-store/.test(answer.headers.get("cache-control") ?? "");
}

async function keep(cacheName, request, answer) {
  if (mayKeep(answer)) await (await caches.open(cacheName)).put(request, answer);
}

const answers = new Set(["/f/scan", "/f/homes"]); // each query is a page of its own

/** Kept pages are found without their query, except those that answer it. */
async function kept(request) {
  const { pathname } = new URL(request.url ?? request, location.href);
  return (await caches.open(pages)).match(request, { ignoreVary: true, ignoreSearch: !answers.has(pathname) });
}

async function page(event) {
  const { request } = event;
  const old = await kept(request);
  const fresh = fetch(request).then((answer) => { event.waitUntil(keep(pages, request, answer.clone())); return answer; });
  const patience = old && new Promise((resolve) => { setTimeout(() => resolve(old), patienceMs); });
  try {
    const answer = await Promise.race([fresh, patience].filter(Boolean));
    return old && away.has(answer.status) ? old : answer;
  } catch {
    return old ?? (await (await caches.open(pages)).match(fallback)) ?? Response.error();
  } finally { event.waitUntil(fresh.catch(() => undefined)); }
}

async function asset(request) {
  const cache = await caches.open(assets);
  const old = await cache.match(request);
  if (old) return old;
  const answer = await fetch(request);
  if (mayKeep(answer)) await cache.put(request, answer.clone());
  return answer;
}

async function add(cacheName, url) {
  const answer = await fetch(url, { credentials: "same-origin", headers: { accept: "text/html,*/*" } });
  const text = cacheName === pages ? await answer.clone().text() : "";
  await keep(cacheName, url, answer);
  return text;
}

async function addMissingAssets(urls) {
  const cache = await caches.open(assets);
  for (const url of new Set(urls)) if (!(await cache.match(url))) await add(assets, url);
  const all = await cache.keys();
  for (const old of all.slice(0, Math.max(0, all.length - mostAssets))) await cache.delete(old);
}

const assetsIn = (html) => [...html.matchAll(/"(\/assets\/[^"]+)"/g)].map((match) => match[1]);

/** What the last person kept is not for the next one. */
async function hand(user) {
  const known = await (await (await caches.open(pages)).match(owner))?.text();
  if (known === user) return;
  await forget();
  await (await caches.open(pages)).put(owner, new Response(user));
}

/** The pages and assets of the shift, as the server lists them; one page that fails does not stop the others. */
async function prepare(listUrl, user) {
  await hand(user);
  const answer = await fetch(listUrl, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return null;
  const list = await answer.clone().json();
  await keep(pages, knowledge, answer);
  const found = [...list.assets];
  let done = 0;
  for (const url of list.pages) {
    try { found.push(...assetsIn(await add(pages, url))); done += 1; } catch { /* told by the count */ }
  }
  await addMissingAssets(found);
  return { type: "prepared", at: Date.now(), pages: done };
}

async function forget() {
  await caches.delete(pages);
  await addMissingAssets(assetsIn(await add(pages, fallback)));
}

/** To every open page: the one that asked may be gone. */
async function tell(what) {
  for (const page of what ? await self.clients.matchAll() : []) page.postMessage(what);
}

self.addEventListener("install", (event) => {
  event.waitUntil(forget().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const clean = caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith("anju-") && ![pages, assets].includes(name)).map((name) => caches.delete(name))));
  event.waitUntil(clean.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (isAsset(url)) event.respondWith(asset(event.request));
  else if (isPage(event.request, url)) event.respondWith(page(event));
});

let turn = Promise.resolve(); // one after the other: two that forget at once would lose what the first has kept

self.addEventListener("message", (event) => {
  const { type, url, user } = event.data;
  const work = { prepare: () => prepare(url, user).then(tell), forget }[type];
  turn = turn.then(work).catch(() => undefined);
  event.waitUntil(turn);
});
