// Sends the outbox: photos first, each by itself so that a broken line loses one photo at most, then the acts in their order,
// each under its own author whoever is logged in. Tries again with growing pauses, when the network returns, when the app is
// opened and when a person asks.
import * as outbox from "./outbox.js";
import { batch, borne, parcel, picture, sendable, wire } from "./parcel.js";
import { say, send } from "./say.js";
import * as tokens from "./tokens.js";

const firstPauseMs = 3000;
const longestPauseMs = 300_000;
const slowMs = 4000;
const soon = new Set([408, 409, 425, 429]); // the same, sent again, may be taken
const patienceMs = 120_000; // a line that says nothing for so long is broken

let pause = firstPauseMs;
let timer;
let running;
let wanted;
/** What the strip says: ok, slow, offline, login or failed. */
export let network = navigator.onLine === false ? "offline" : "ok";
const listeners = [];
export const onChange = (listener) => listeners.push(listener);
export const changed = () => Promise.all(listeners.map((listener) => listener()));

class Stop extends Error {}
/** Nobody speaks for this author now: their work waits, that of others goes on. */
class Unheard extends Error {}

async function ask(url, options) {
  const begun = performance.now();
  const control = new AbortController();
  const end = setTimeout(() => control.abort(), patienceMs);
  let answer;
  try { answer = await send(url, { ...options, signal: control.signal }); } catch { network = "offline"; throw new Stop("no answer"); } finally { clearTimeout(end); }
  network = performance.now() - begun > slowMs ? "slow" : "ok";
  if (answer.status >= 500 || soon.has(answer.status)) { network = "failed"; throw new Stop(`answered ${answer.status}`); }
  return answer;
}

/** One request in the name of `author`; a spent token is followed by their session, when it is open. */
async function request(author, url, options) {
  const voice = await tokens.speakFor(author);
  if (!voice) throw new Unheard(author);
  const answer = await ask(url, { ...options, ...voice.options, headers: { ...options.headers, ...voice.headers } });
  if (answer.status === 403) { network = "failed"; throw new Unheard(author); } // an old page, or rights that are gone
  if (answer.status !== 401 && !answer.redirected) return answer;
  if (!voice.byToken) { network = "login"; throw new Unheard(author); }
  await tokens.spent(author);
  return request(author, url, options);
}

async function sendPhotos(operation, { voice, carried }) {
  let current = operation;
  for (const photo of await outbox.photos(operation.op_id)) {
    const seal = carried ? { "x-anju-seal": JSON.stringify(photo.seal) } : {};
    const answer = await request(voice, "/api/v1/evidence", { method: "POST", body: picture(operation, photo), headers: { "idempotency-key": photo.key, ...seal } });
    const result = await answer.json().catch(() => ({}));
    if (!answer.ok) { await hold(current, "refused", result); return null; }
    current = await outbox.photoSent(current, photo, result.id);
  }
  return current;
}

const hold = (operation, state, { code, message, detail, errors, current }) => outbox.save({ ...operation, state, code, message: message ?? errors?.[0]?.message ?? detail, current });

async function settle({ op_id: opId, outcome, number, ...rest }) {
  const operation = await outbox.get(opId);
  if (!operation) return;
  if (outcome === "done" || outcome === "replayed") {
    await outbox.arrived(operation, number ?? null);
    await outbox.remove(opId);
  } else if (outcome === "refused" || outcome === "conflict") await hold(operation, outcome, rest);
}

async function sendLot(lot) {
  const speaker = await tokens.voiceOf(lot[0]);
  const whole = [];
  for (const operation of lot) { const sent = await sendPhotos(operation, speaker); if (sent) whole.push(sent); else break; }
  if (whole.length === 0) return { whole };
  const body = JSON.stringify({ device: whole[0].device, carried: speaker.carried, operations: whole.map(speaker.carried ? borne : wire) });
  return { whole, answer: await request(speaker.voice, "/api/v1/sync", { method: "POST", body, headers: { "content-type": "application/json" } }) };
}

async function settleAll(whole, { results }) {
  for (const result of results) await settle(result);
  if (!results.some(({ op_id: id, outcome }) => outcome !== "held" && whole.some((one) => one.op_id === id))) throw new Stop("no result for what was sent");
}

/** An act of another phone that lacks the seal is nobody's to send. */
async function heldUnsealed([operation]) {
  if (operation.seal || operation.device === (await outbox.device())) return false;
  await hold(operation, "refused", { code: "seal_missing", message: say("carry-unsealed") });
  return true;
}

async function sendOf(author) {
  for (let most = batch; ;) {
    const ready = sendable(await outbox.all(), author);
    if (ready.length === 0) return;
    const lot = parcel(ready, most);
    if (await heldUnsealed(lot)) continue;
    const { whole, answer } = await sendLot(lot);
    if (answer?.ok) await settleAll(whole, await answer.json());
    else if (answer && whole.length > 1) most = 1; // which of them it is about is found one by one
    else if (answer) await hold(whole[0], "refused", await answer.json().catch(() => ({})));
    await changed();
  }
}

async function sendAll() {
  await tokens.refresh().catch(() => undefined);
  const authors = [...new Set((await outbox.all()).map(({ author }) => author))];
  let unheard = false;
  for (const author of authors) {
    try { await sendOf(author); } catch (cause) { if (!(cause instanceof Unheard)) throw cause; unheard = true; }
  }
  if (!unheard) await outbox.note("synced", Date.now());
}

/** One tab sends at a time; the others wait for their turn and find the outbox empty. */
const alone = (work) => (navigator.locks ? navigator.locks.request("anju-sync", work) : work());

async function attempt() {
  clearTimeout(timer);
  try {
    await alone(sendAll);
    pause = firstPauseMs;
  } catch (cause) {
    if (!(cause instanceof Stop)) { network = "failed"; console.warn(cause); }
    timer = setTimeout(syncNow, pause * (0.75 + Math.random() / 2));
    pause = Math.min(pause * 2, longestPauseMs);
  }
  await changed();
}

/** Resolves when everything that was in the outbox at the call has been tried. */
export function syncNow() {
  wanted = true;
  return (running ??= (async () => { while (wanted) { wanted = false; await attempt(); } })().finally(() => { running = undefined; }));
}

export function start() {
  const atOnce = () => { pause = firstPauseMs; syncNow(); };
  window.addEventListener("online", () => { network = "ok"; atOnce(); });
  window.addEventListener("offline", () => { network = "offline"; changed(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) atOnce(); });
  document.addEventListener("click", (event) => { if (event.target.closest("[data-sync-now]")) { event.preventDefault(); atOnce(); } });
  syncNow();
}
