// Unsent work in a file, from a phone that cannot send to the foreman's, which can: operations, pictures and the tokens of their
// authors, so that it arrives under their names. Both phones may send it: an operation is done once.
import * as outbox from "./outbox.js";
import { announce, say } from "./say.js";
import * as sync from "./sync.js";
import * as tokens from "./tokens.js";

const kind = "anju-outbox-1";

const asText = (blob) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(String(reader.result));
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(blob);
});

function asBlob(text) {
  const [head, body] = text.split(",");
  const bytes = Uint8Array.from(atob(body), (char) => char.charCodeAt(0));
  return new Blob([bytes], { type: head.slice(5, head.indexOf(";")) });
}

async function packed() {
  const operations = await outbox.all();
  const photos = [];
  for (const { op_id: id } of operations) for (const photo of await outbox.photos(id)) photos.push({ ...photo, blob: await asText(photo.blob) });
  const authors = {};
  for (const { author } of operations) authors[author] ??= await tokens.of(author);
  return { kind, made: outbox.deviceTime(), operations, photos, authors };
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
  for (const [author, token] of Object.entries(found.authors)) if (token && !(await tokens.of(author))) await tokens.take(author, token);
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
