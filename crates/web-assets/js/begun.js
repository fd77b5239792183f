// Forms that were begun: photos and signatures of a <form data-op data-draft="…"> stay on the phone until the act is sent or the
// person throws them away, and are put back when the same person opens the form again. Typed words have their drafts.
import { offerToClear, offlineLifeMs } from "./drafts.js";
import { showFailure } from "./forms.js";
import * as outbox from "./outbox.js";
import * as photos from "./photos.js";
import { askToStay } from "./room.js";
import { say } from "./say.js";
import * as signature from "./signature.js";

const all = "begun:";
const below = (prefix) => IDBKeyRange.bound(prefix, `${prefix}\uffff`);
const prefixOf = (user, name = "") => `${all}${user}:${name}`;
const place = (form) => `${prefixOf(document.body.dataset.user ?? "", form.dataset.draft)}:`;
const isKept = (form) => Boolean(form?.matches("[data-op][data-draft]"));

/** Where the pictures of this form lie among the facts; they go in the step in which its act is stored. */
export const range = (form) => (isKept(form) ? below(place(form)) : undefined);

/** What `user` has begun, the oldest first. */
export const of = (user) => outbox.within(["facts"], (tx) => tx.objectStore("facts").getAll(below(prefixOf(user))));

async function keep(form, key, picture) {
  const known = { form: form.dataset.draft, title: form.dataset.title ?? document.title, href: location.pathname, at: Date.now() };
  try {
    await outbox.within(["facts"], (tx) => tx.objectStore("facts").put({ ...known, ...picture }, place(form) + key));
    askToStay();
  } catch (cause) { console.warn(cause); showFailure(form, say("begun-not-kept")); }
}

const drop = (form, key) => outbox.within(["facts"], (tx) => tx.objectStore("facts").delete(place(form) + key));

async function putBack(form) {
  const pictures = await outbox.within(["facts"], (tx) => tx.objectStore("facts").getAll(range(form)));
  for (const { field, key, blob, taken_at, signed } of pictures) {
    const pad = signed && form.elements[field]?.closest?.("[data-signature]");
    if (pad) await signature.putBack(pad, signed); else if (blob) photos.putBack(form, { field, key, blob, taken_at });
  }
  if (pictures.length > 0) offerToClear(form);
}

function clear(form) {
  photos.clear(form);
  form.querySelectorAll("[data-signature]").forEach(signature.clear);
  return outbox.within(["facts"], (tx) => tx.objectStore("facts").delete(range(form)));
}

/** Nobody comes back to it: an order that went to somebody else, a person who left. */
function forgetOld() {
  return outbox.within(["facts"], async (tx) => {
    for (let cursor = await tx.objectStore("facts").openCursor(below(all)); cursor; cursor = await cursor.continue()) {
      if (Date.now() - cursor.value.at > offlineLifeMs) cursor.delete();
    }
  });
}

async function putAllBack() {
  const forms = [...document.querySelectorAll("form[data-op][data-draft]")].filter((form) => form.querySelector("[data-photos], [data-signature]"));
  try { await forgetOld(); for (const form of forms) await putBack(form); } catch (cause) { console.warn(cause); }
}

/** Sending waits for it: what is not back yet must not be thrown away with the act. */
export let restored;

export function start() {
  restored = putAllBack();
  const on = (what, act) => document.addEventListener(what, ({ target, detail }) => { const form = target.closest("form"); if (isKept(form)) act(form, detail, target); });
  on("photo:taken", (form, { key, field, blob, taken_at }) => keep(form, key, { key, field, blob, taken_at }));
  on("photo:dropped", (form, { key }) => drop(form, key));
  on("signature:changed", (form, _, { name, value }) => (value ? keep(form, name, { field: name, signed: value }) : drop(form, name)));
  on("draft:cleared", clear);
}
