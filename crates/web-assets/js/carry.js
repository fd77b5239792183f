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
  const everything = await outbox.all();
  const all = (await Promise.all(everything.map(async (one) => sealed(one, await outbox.photos(one.op_id))))).filter(Boolean);
  const photos = [];
  for (const photo of all.flatMap((one) => one.photos)) photos.push({ ...photo, blob: await asText(photo.blob) });
  const names = {};
  for (const { operation: { author } } of all) names[author] ??= (await tokens.of(author))?.name;
  return { file: { kind, made: outbox.deviceTime(), operations: all.map(({ operation }) => operation), photos, names }, left: everything.length - all.length };
}

function tell(text, place = document.querySelector("[data-carry-told]")) {
  if (place) place.textContent = text;
  announce(text);
}

/** Saves the file and says in `place` what did not go into it; the work stays here too, until it is sent. */
export async function give(place) {
  const { file: content, left } = await packed();
  if (content.operations.length === 0 && left > 0) { tell(say("carry-none", { n: left }), place); return; }
  const file = new Blob([JSON.stringify(content)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `anju-${outbox.deviceTime().slice(0, 16).replace(/\D/g, "")}.json`;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  tell(left > 0 ? say("carry-some", { n: left }) : say("carry-given"), place);
}

async function receive(file) {
  const found = JSON.parse(await file.text());
  if (found.kind !== kind) throw new Error("not a file of unsent work");
  const result = await outbox.adopt(found.operations, found.photos.map((photo) => ({ ...photo, blob: asBlob(photo.blob) })));
  for (const [author, name] of Object.entries(found.names)) if (name && !(await tokens.of(author))) await tokens.take(author, { name });
  return result;
}

async function take(input) {
  try {
    const { taken, left } = await receive(input.files[0]);
    tell(left > 0 ? say("carry-left", { n: taken, left }) : say("carry-taken", { n: taken }));
    await sync.changed();
    sync.syncNow();
  } catch (cause) { console.warn(cause); tell(say("carry-unreadable")); }
  input.value = "";
}

export function start() {
  document.addEventListener("change", (event) => { if (event.target.matches("[data-carry-take]") && event.target.files.length > 0) take(event.target); });
  document.addEventListener("click", (event) => { if (event.target.closest("[data-carry-give]")) give(); });
}
