// The outbox of the field face, in IndexedDB. `operations` holds acts in the order they were done, `photos` their pictures,
// `facts` the device id, its counter and the time of the last sync. An operation leaves only when the server said done or
// replayed, or when its author decided about a refused or conflicting one.
import { openDB } from "idb";
import { uuid7 } from "./uuid.js";

let opened;
const db = () => (opened ??= openDB("anju-field", 1, {
  upgrade(fresh) {
    fresh.createObjectStore("operations", { keyPath: "op_id" }).createIndex("seq", "seq");
    fresh.createObjectStore("photos", { keyPath: "key" }).createIndex("op_id", "op_id");
    fresh.createObjectStore("facts");
  },
}));

/** RFC 3339 with the device's own offset, so the server sees which clock was meant. */
export function deviceTime(now = new Date()) {
  const offset = -now.getTimezoneOffset();
  const pad = (value) => String(Math.abs(value)).padStart(2, "0");
  const local = new Date(now.getTime() + offset * 60_000).toISOString().slice(0, 23);
  return `${local}${offset < 0 ? "-" : "+"}${pad(Math.trunc(offset / 60))}:${pad(offset % 60)}`;
}

/** Stores one act with its photos in one transaction; returns the stored operation. */
export async function put({ author, verb, subject, base_version, fields, photos, title, labels }) {
  const tx = (await db()).transaction(["operations", "photos", "facts"], "readwrite");
  const facts = tx.objectStore("facts");
  const device = (await facts.get("device")) ?? uuid7();
  const seq = ((await facts.get("seq")) ?? 0) + 1;
  facts.put(device, "device");
  facts.put(seq, "seq");
  const operation = { op_id: uuid7(), device, seq, device_time: deviceTime(), verb, subject, base_version, fields, author, title, labels, state: "waiting" };
  tx.objectStore("operations").put(operation);
  for (const photo of photos) tx.objectStore("photos").put({ ...photo, op_id: operation.op_id });
  await tx.done;
  return operation;
}

export const all = async () => (await db()).getAllFromIndex("operations", "seq");
export const get = async (opId) => (await db()).get("operations", opId);
export const save = async (operation) => (await db()).put("operations", operation);
export const photos = async (opId) => (await db()).getAllFromIndex("photos", "op_id", opId);

/** The server has the photo: its id joins the operation's fields and the picture leaves the phone, in one step. */
export async function photoSent(operation, photo, evidenceId) {
  const tx = (await db()).transaction(["operations", "photos"], "readwrite");
  const fields = { ...operation.fields };
  fields[photo.field] = photo.single ? evidenceId : [...(fields[photo.field] ?? []), evidenceId];
  const next = { ...operation, fields };
  tx.objectStore("operations").put(next);
  tx.objectStore("photos").delete(photo.key);
  await tx.done;
  return next;
}

export async function remove(opId) {
  const tx = (await db()).transaction(["operations", "photos"], "readwrite");
  tx.objectStore("operations").delete(opId);
  for (const key of await tx.objectStore("photos").index("op_id").getAllKeys(opId)) tx.objectStore("photos").delete(key);
  await tx.done;
}

/** "Keep both": the same act once more, on top of what the server has now. A new act gets a new id. */
export async function repeat(operation, version) {
  const tx = (await db()).transaction(["operations", "facts"], "readwrite");
  const seq = ((await tx.objectStore("facts").get("seq")) ?? 0) + 1;
  tx.objectStore("facts").put(seq, "seq");
  tx.objectStore("operations").delete(operation.op_id);
  tx.objectStore("operations").put({ ...operation, op_id: uuid7(), seq, base_version: version, state: "waiting", code: undefined, message: undefined, current: undefined });
  await tx.done;
}

export const fact = async (name) => (await db()).get("facts", name);
export const note = async (name, value) => (await db()).put("facts", value, name);
