// Offline forms of the field face: <form data-op="taking" data-subject="…" data-version="3" data-title="…" data-after="/f">.
// The act is stored on the phone first, then sent; the strip #net tells the truth about the network and what waits.
import * as outbox from "./outbox.js";
import { fingerprint, photosOf } from "./photos.js";
import { announce, make, say } from "./say.js";
import * as sync from "./sync.js";
import { showFailure } from "./forms.js";
import { uuid7 } from "./uuid.js";

const patienceMs = 3000; // a quick answer is shown; a slow one is left to the queue

async function pictures(form, fields) {
  const found = photosOf(form).map((photo) => ({ ...photo }));
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value !== "string" || !value.startsWith("data:image/png;base64,")) continue;
    const bytes = Uint8Array.from(atob(value.slice(value.indexOf(",") + 1)), (char) => char.charCodeAt(0));
    found.push({ key: uuid7(), field: name, single: true, blob: new Blob([bytes], { type: "image/png" }), taken_at: new Date().toISOString() });
    delete fields[name];
  }
  for (const photo of found) photo.sha256 = await fingerprint(photo.blob);
  return found;
}

/** Named values of the form; a name that occurs twice, or ends in [], becomes a list. Tokens stay out: the queue outlives them. */
function collect(form, button) {
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  const fields = {};
  for (const [name, value] of data) {
    if (typeof value !== "string" || ["csrf", "idempotency_key", "version"].includes(name)) continue;
    const plain = name.replace(/\[\]$/, "");
    if (plain in fields || name !== plain) fields[plain] = [...[fields[plain] ?? []].flat(), value]; else fields[plain] = value;
  }
  return fields;
}

function labels(form) {
  return Object.fromEntries([...form.elements].filter((control) => control.name && control.labels?.[0]).map((control) => [control.name, control.labels[0].textContent.trim()]));
}

async function store(form, button) {
  const fields = collect(form, button);
  const photos = await pictures(form, fields);
  const { op, subject, version, title } = form.dataset;
  return outbox.put({
    author: document.body.dataset.user ?? "", verb: op, subject, base_version: version === undefined ? null : Number(version),
    fields, photos, title: title ?? document.title, labels: labels(form),
  });
}

async function submit(form, button) {
  if (form.dataset.sending) return;
  form.dataset.sending = "1";
  button?.setAttribute("aria-busy", "true");
  try {
    const operation = await store(form, button);
    await paint();
    await Promise.race([sync.syncNow(), new Promise((resolve) => { setTimeout(resolve, patienceMs); })]);
    await leave(form, operation);
  } catch (cause) {
    console.warn(cause);
    showFailure(form, say("op-not-stored"), () => submit(form, button));
  } finally { delete form.dataset.sending; button?.removeAttribute("aria-busy"); }
}

async function leave(form, { op_id: opId }) {
  const left = await outbox.get(opId);
  if (left?.state === "refused" || left?.state === "conflict") { location.assign(document.body.dataset.queue ?? "/f/queue"); return; }
  announce(left ? say("op-stored") : say("op-done"));
  location.assign(form.dataset.after ?? location.href);
}

function stripState(mine, held) {
  if (held > 0) return { text: say("net-choose", { n: held }), tone: "late" };
  if (sync.network === "login") return { text: say("net-login"), tone: "late", login: true };
  if (sync.network === "offline") return { text: mine > 0 ? say("net-offline-waiting", { n: mine }) : say("net-offline"), tone: "stop" };
  if (mine > 0) return { text: say("net-waiting", { n: mine }), tone: "soon" };
  return sync.network === "slow" ? { text: say("net-slow"), tone: "stop" } : null;
}

/** Shows the strip and marks every card [data-subject] whose act still waits. */
export async function paint() {
  const author = document.body.dataset.user ?? "";
  const mine = (await outbox.all()).filter((operation) => operation.author === author);
  const held = mine.filter((operation) => operation.state !== "waiting").length;
  const strip = document.getElementById("net");
  const state = stripState(mine.length - held, held);
  if (strip) {
    strip.hidden = !state;
    strip.dataset.s = state?.tone ?? "";
    const text = strip.querySelector("[data-net-text]");
    if (text.textContent !== (state?.text ?? "")) text.textContent = state?.text ?? "";
    const link = strip.querySelector("[data-net-link]");
    if (link) { link.href = state?.login ? document.body.dataset.login ?? "/f/login" : document.body.dataset.queue ?? "/f/queue"; link.hidden = !state?.login && mine.length === 0; link.textContent = state?.login ? say("form-login") : say("net-show"); }
  }
  markSubjects(new Set(mine.map((operation) => operation.subject)));
  document.dispatchEvent(new CustomEvent("outbox:changed"));
}

function markSubjects(waiting) {
  for (const card of document.querySelectorAll("[data-subject]:not(form)")) {
    const badge = card.querySelector("[data-waiting]");
    if (waiting.has(card.dataset.subject) && !badge) card.append(make("span", { class: "badge", "data-s": "stop", "data-waiting": "" }, say("op-waiting")));
    else if (!waiting.has(card.dataset.subject)) badge?.remove();
  }
}

/** Logging out with unsent work is refused with the count; without it, the pages kept on the phone go. */
async function logout(event) {
  const form = event.target;
  const unsent = (await outbox.all()).length;
  if (unsent > 0) { showFailure(form, say("logout-unsent", { n: unsent }), () => sync.syncNow()); return; }
  navigator.serviceWorker?.controller?.postMessage({ type: "forget" });
  HTMLFormElement.prototype.submit.call(form);
}

export function start() {
  sync.onChange(paint);
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-op]")) { event.preventDefault(); submit(event.target, event.submitter); }
    if (event.target.matches("form[data-logout]")) { event.preventDefault(); logout(event); }
  }, true);
  document.addEventListener("page:swapped", paint);
  navigator.storage?.persist?.();
  paint();
}
