// Offline forms of the field face: <form data-op="taking" data-subject="…" data-version="3" data-title="…" data-after="/f">.
// The act is stored on the phone first, then sent.
import * as begun from "./begun.js";
import { dropDraft } from "./drafts.js";
import { showFailure } from "./forms.js";
import * as outbox from "./outbox.js";
import { fingerprint, photosOf } from "./photos.js";
import { announce, say } from "./say.js";
import { askToStay } from "./room.js";
import { asBlob } from "./signature.js";
import { paint, reader } from "./strip.js";
import * as sync from "./sync.js";
import { uuid7 } from "./uuid.js";

const patienceMs = 3000; // a quick answer is shown; a slow one is left to the queue

async function pictures(form, fields) {
  const found = photosOf(form).map((photo) => ({ ...photo }));
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value !== "string" || !value.startsWith("data:image/png;base64,")) continue;
    found.push({ key: uuid7(), field: name, single: true, blob: asBlob(value), taken_at: new Date().toISOString() });
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

/** What the card will be called: the words of the form where it says so, else its title. */
function titleOf(form, fields) {
  const words = form.dataset.titleFrom && String(fields[form.dataset.titleFrom] ?? "").trim().split("\n")[0].slice(0, 40);
  return words || form.dataset.title || document.title;
}

async function store(form, button) {
  await begun.restored;
  const fields = collect(form, button);
  const photos = await pictures(form, fields);
  const { op, version, site } = form.dataset;
  return outbox.put({
    author: reader(), verb: op, subject: form.dataset.new === undefined ? form.dataset.subject : uuid7(), site: fields.site ?? site,
    base_version: version === undefined ? null : Number(version), fields, photos, title: titleOf(form, fields), act: (button ?? form.querySelector("button:not([type=button])"))?.textContent.trim(), labels: labels(form),
  }, begun.range(form));
}

/** Is there a text, a signature or a photo in the field called `name`? */
function filled(form, name) {
  if (form.querySelector(`[data-photos][data-name="${name}"]`)) return photosOf(form).some(({ field }) => field === name);
  return (form.elements[name]?.value ?? "").trim() !== "";
}

/** What people call the field; photo and signature fields have their own heading. */
function labelOf(form, name) {
  const own = form.querySelector(`[data-photos][data-name="${name}"] .label`) ?? form.querySelector(`[data-signature] [name="${name}"]`)?.closest(".field-f")?.querySelector(".label, legend");
  return (own ?? form.elements[name]?.labels?.[0])?.textContent.trim() ?? name;
}

/** Fields without which the server would refuse: said here, since its answer may be hours away. */
function lacking(form) {
  const missing = (form.dataset.needs ?? "").split(" ").filter((name) => name && !filled(form, name));
  for (const control of form.querySelectorAll("[aria-invalid=true]")) control.removeAttribute("aria-invalid");
  for (const name of missing) if (form.elements[name]?.type !== "hidden") form.elements[name]?.setAttribute?.("aria-invalid", "true");
  return missing;
}

async function submit(form, button) {
  if (form.dataset.sending) return;
  form.querySelector("[data-failed]")?.remove();
  const missing = lacking(form);
  if (missing.length > 0) {
    showFailure(form, say("op-lacking", { what: missing.map((name) => labelOf(form, name)).join("、") }));
    form.elements[missing[0]]?.focus?.();
    return;
  }
  form.dataset.sending = "1";
  button?.setAttribute("aria-busy", "true");
  try {
    const operation = await store(form, button);
    dropDraft(form);
    askToStay();
    await paint();
    await Promise.race([sync.syncNow(), new Promise((resolve) => { setTimeout(resolve, patienceMs); })]);
    await leave(form, operation);
  } catch (cause) {
    // The act stays on the page with everything typed and taken; nothing of it was kept.
    console.warn(cause);
    const why = cause?.name === "QuotaExceededError" ? say("op-full") : say("op-not-stored");
    showFailure(form, why, () => submit(form, button));
  } finally { delete form.dataset.sending; button?.removeAttribute("aria-busy"); }
}

async function leave(form, { op_id: opId }) {
  const left = await outbox.get(opId);
  if (left?.state === "refused" || left?.state === "conflict") { location.assign(document.body.dataset.queue ?? "/f/queue"); return; }
  announce(left ? say("op-stored") : say("op-done"));
  const { number } = ((await outbox.fact("sent")) ?? []).find((one) => one.op_id === opId) ?? {};
  location.assign(number && form.dataset.open ? form.dataset.open + number : form.dataset.after ?? location.href);
}

/** A kept page was made for no place in particular; the address still names it. */
function fillFromAddress() {
  const wanted = new URLSearchParams(location.search);
  for (const form of document.querySelectorAll("form[data-op][data-new]")) {
    for (const [name, value] of wanted) { const control = form.elements[name]; if ((control?.type === "text" && control.value === "") || control instanceof RadioNodeList) control.value = value; }
  }
}

export function start() {
  fillFromAddress();
  sync.onChange(paint);
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-op]")) { event.preventDefault(); submit(event.target, event.submitter); }
  }, true);
  document.addEventListener("page:swapped", paint);
  paint();
}
