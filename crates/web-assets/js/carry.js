// Unsent work in a file, from a phone that cannot send to the foreman's, which can: operations and pictures, sealed so that they
// arrive under their authors' names; nothing in it opens anything else. Both phones may send it: an operation is done once.
import * as outbox from "./outbox.js";
import { announce, say } from "./say.js";
import { asBlob } from "./signature.js";
import { sealed } from "./seal.js";
import * as sync from "./sync.js";
import * as tokens from "./tokens.js";

const kind = "anju-outbox-2";

const asText = (blob) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(String(reader.result));
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(blob);
});

async function packed() {
  const all = await Promise.all((await outbox.all()).map(async (one) => sealed(one, await outbox.photos(one.op_id))));
  const photos = [];
  for (const photo of all.flatMap((one) => one.photos)) photos.push({ ...photo, blob: await asText(photo.blob) });
  const names = {};
  for (const { operation: { author } } of all) names[author] ??= (await tokens.of(author))?.name;
  return { kind, made: outbox.deviceTime(), operations: all.map(({ operation }) => operation), photos, names };
}

/** Saves the file; the work stays here too, until it is sent. */
export async function give() {
  const file = new Blob([JSON.stringify(await packed())], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `anju-${outbox.deviceTime().slice(0, 16).replace(/\D/g, "")}.json`;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  announce(say("carry-given"));
}

async function receive(file) {
  const found = JSON.parse(await file.text());
  if (found.kind !== kind) throw new Error("not a file of unsent work");
  for (const [author, name] of Object.entries(found.names)) if (name && !(await tokens.of(author))) await tokens.take(author, { name });
  return outbox.adopt(found.operations, found.photos.map((photo) => ({ ...photo, blob: asBlob(photo.blob) })));
}

async function take(input) {
  const told = document.querySelector("[data-carry-told]");
  const tell = (text) => { if (told) told.textContent = text; announce(text); };
  try {
    tell(say("carry-taken", { n: await receive(input.files[0]) }));
    await sync.changed();
    sync.syncNow();
  } catch (cause) { console.warn(cause); tell(say("carry-unreadable")); }
  input.value = "";
}

export function start() {
  document.addEventListener("change", (event) => { if (event.target.matches("[data-carry-take]") && event.target.files.length > 0) take(event.target); });
  document.addEventListener("click", (event) => { if (event.target.closest("[data-carry-give]")) give(); });
}
