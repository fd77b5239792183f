// Room on the phone: says so when it runs short, asks the system once to leave alone what is kept here, and tells both on the page
// of unsent work (<div data-room>).
import * as outbox from "./outbox.js";
import { make, say } from "./say.js";

const shortFrom = 0.8; // share of the room that is used
const MB = 1e6;

/** null where the browser does not say. */
async function room() {
  const { usage, quota } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
  if (!quota) return null;
  const left = Math.max(quota - usage, 0);
  return { short: usage / quota > shortFrom, n: Math.round((100 * usage) / quota), left: left < 1000 * MB ? `${Math.floor(left / MB)} MB` : `${(left / (1000 * MB)).toFixed(1)} GB` };
}

/** Once, when the first work is kept here: a system short of room clears what nobody asked it to keep. */
export async function askToStay() {
  if (!navigator.storage?.persist || (await outbox.fact("asked-to-stay"))) return;
  await outbox.note("asked-to-stay", Date.now());
  await navigator.storage.persist();
  await show();
}

function warn(found) {
  const old = document.querySelector("[data-room-short]");
  if (!found?.short) { old?.remove(); return; }
  const text = say("room-short", found);
  if (old) old.textContent = text;
  else document.querySelector("main")?.prepend(make("p", { class: "note mb-3", "data-s": "warn", "data-room-short": "", role: "status" }, text));
}

async function show() {
  const found = await room();
  warn(found);
  const place = document.querySelector("[data-room]");
  if (!place || !found) return;
  const safe = (await navigator.storage.persisted?.()) === true;
  place.hidden = false;
  place.textContent = `${say("room-state", found)} ${safe ? say("room-safe") : say("room-unsafe")}`;
}

export function start() {
  if (!document.body.dataset.user) return;
  document.addEventListener("outbox:changed", show);
  document.addEventListener("photo:taken", show);
}
