// Sends the outbox: photos first, each by itself so that a broken line loses one photo at most, then the acts in their order.
// Tries again with growing pauses, when the network returns, when the app is opened and when a person asks.
import * as outbox from "./outbox.js";
import { send } from "./say.js";

const firstPauseMs = 3000;
const longestPauseMs = 300_000;
const batch = 50;
const slowMs = 4000;

let pause = firstPauseMs;
let timer;
let running;
/** What the strip says: ok, slow, offline, login or failed. */
export let network = navigator.onLine === false ? "offline" : "ok";
const listeners = [];
export const onChange = (listener) => listeners.push(listener);
export const changed = () => Promise.all(listeners.map((listener) => listener()));

class Stop extends Error {}

async function request(url, options) {
  const begun = performance.now();
  let answer;
  try { answer = await send(url, options); } catch { network = "offline"; throw new Stop("no answer"); }
  network = performance.now() - begun > slowMs ? "slow" : "ok";
  if (answer.status === 401 || answer.redirected) { network = "login"; throw new Stop("log in again"); }
  if (answer.status >= 500 || answer.status === 429) { network = "failed"; throw new Stop(`answered ${answer.status}`); }
  return answer;
}

async function sendPhotos(operation) {
  let current = operation;
  for (const photo of await outbox.photos(operation.op_id)) {
    const data = new FormData();
    data.append("op_id", operation.op_id);
    data.append("field", photo.field);
    data.append("taken_at", photo.taken_at);
    data.append("sha256", photo.sha256);
    data.append("file", photo.blob, photo.blob.type === "image/png" ? "signature.png" : "photo.jpg");
    const answer = await request("/api/v1/evidence", { method: "POST", body: data, headers: { "idempotency-key": photo.key } });
    const result = await answer.json().catch(() => ({}));
    if (!answer.ok) { await hold(current, "refused", result); return null; }
    current = await outbox.photoSent(current, photo, result.id);
  }
  return current;
}

const hold = (operation, state, { code, message, detail, current }) => outbox.save({ ...operation, state, code, message: message ?? detail, current });

const wire = ({ op_id, device, seq, device_time, verb, subject, base_version, fields }) => ({ op_id, device, seq, device_time, verb, subject, base_version, fields });

/** Acts that may go now: the reader's own, waiting, and not behind a held one on the same subject. */
export function sendable(operations, author) {
  const held = new Set();
  return operations.filter((operation) => {
    const ready = operation.author === author && operation.state === "waiting" && !held.has(operation.subject);
    if (!ready) held.add(operation.subject);
    return ready;
  });
}

async function settle({ op_id: opId, outcome, ...rest }) {
  const operation = await outbox.get(opId);
  if (!operation) return;
  if (outcome === "done" || outcome === "replayed") await outbox.remove(opId);
  else if (outcome === "refused" || outcome === "conflict") await hold(operation, outcome, rest);
}

async function sendAll() {
  const author = document.body.dataset.user ?? "";
  for (;;) {
    const ready = sendable(await outbox.all(), author).slice(0, batch);
    const withPhotos = [];
    for (const operation of ready) { const sent = await sendPhotos(operation); if (sent) withPhotos.push(sent); else break; }
    if (withPhotos.length === 0) break;
    const body = JSON.stringify({ device: withPhotos[0].device, operations: withPhotos.map(wire) });
    const answer = await request("/api/v1/sync", { method: "POST", body, headers: { "content-type": "application/json" } });
    if (!answer.ok) { network = "failed"; throw new Stop(`sync answered ${answer.status}`); }
    const { results } = await answer.json();
    for (const result of results) await settle(result);
    if (!results.some(({ op_id: id }) => withPhotos.some((operation) => operation.op_id === id))) throw new Stop("no result for what was sent");
    await changed();
  }
  await outbox.note("synced", Date.now());
}

/** One tab sends at a time. */
const alone = (work) => (navigator.locks ? navigator.locks.request("anju-sync", { ifAvailable: true }, (lock) => (lock ? work() : undefined)) : work());

async function attempt() {
  clearTimeout(timer);
  try {
    await alone(sendAll);
    pause = firstPauseMs;
  } catch (cause) {
    if (!(cause instanceof Stop)) { network = "failed"; console.warn(cause); }
    if (network !== "login") timer = setTimeout(syncNow, pause * (0.75 + Math.random() / 2));
    pause = Math.min(pause * 2, longestPauseMs);
  }
  await changed();
}

export function syncNow() {
  return (running ??= attempt().finally(() => { running = undefined; }));
}

export function start() {
  const soon = () => { pause = firstPauseMs; syncNow(); };
  window.addEventListener("online", () => { network = "ok"; soon(); });
  window.addEventListener("offline", () => { network = "offline"; changed(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) soon(); });
  document.addEventListener("click", (event) => { if (event.target.closest("[data-sync-now]")) { event.preventDefault(); soon(); } });
  syncNow();
}
