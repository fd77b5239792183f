// The outbox of the field face, in IndexedDB. `operations` holds acts in the order they were done, `photos` their pictures,
// `facts` the device id, its counter, the authors' tokens and the time of the last sync. An operation leaves only when the
// server said done or replayed, or when its author decided about a refused or conflicting one.
import { openDB } from "idb";
import { uuid7 } from "./uuid.js";

const mark = "field-device"; // tells pages without a log-in that this phone may hold unsent work
const lastSent = 20;

let opened;
function db() {
  try { localStorage.setItem(mark, "1"); } catch { /* then only the field's own pages send */ }
  return (opened ??= openDB("anju-field", 1, {
    upgrade(fresh) {
      fresh.createObjectStore("operations", { keyPath: "op_id" }).createIndex("seq", "seq");
      fresh.createObjectStore("photos", { keyPath: "key" }).createIndex("op_id", "op_id");
      fresh.createObjectStore("facts");
    },
    blocking(_old, _new, event) { event.target.close(); opened = undefined; },
    terminated() { opened = undefined; },
  }));
}

/** Has this browser ever been used in the field? */
export const isUsed = () => { try { return localStorage.getItem(mark) === "1"; } catch { return false; } };

/** RFC 3339 with the device's own offset, so the server sees which clock was meant. */
export function deviceTime(now = new Date()) {
  const offset = -now.getTimezoneOffset();
  const pad = (value) => String(Math.abs(value)).padStart(2, "0");
  const local = new Date(now.getTime() + offset * 60_000).toISOString().slice(0, 23);
  return `${local}${offset < 0 ? "-" : "+"}${pad(Math.trunc(offset / 60))}:${pad(offset % 60)}`;
}

async function next(facts) {
  const device = (await facts.get("device")) ?? uuid7();
  const seq = ((await facts.get("seq")) ?? 0) + 1;
  facts.put(device, "device");
  facts.put(seq, "seq");
  return { device, seq };
}

/** All or nothing: a full phone leaves no half of an act behind. Rejects when it cannot be kept. */
export async function within(stores, work) {
  const tx = (await db()).transaction(stores, "readwrite", { durability: "strict" });
  const done = tx.done.then(() => null, (cause) => cause);
  try {
    const result = await work(tx);
    const failed = await done;
    if (failed) throw failed;
    return result;
  } catch (cause) {
    try { tx.abort(); } catch { /* it is over already */ }
    const ended = await done; // why the browser ended it says more than that it was ended
    throw cause.name === "AbortError" ? ended ?? cause : cause;
  }
}

/** Stores one act with its photos in one transaction, in which what was begun of it (a range of facts) goes; returns it. */
export function put({ author, verb, subject, base_version, fields, photos, site, title, act, labels }, begun) {
  return within(["operations", "photos", "facts"], async (tx) => {
    const { device, seq } = await next(tx.objectStore("facts"));
    const operation = { op_id: uuid7(), device, seq, device_time: deviceTime(), verb, subject, base_version, fields, author, site, title, act, labels, state: "waiting" };
    await tx.objectStore("operations").put(operation);
    for (const photo of photos) await tx.objectStore("photos").put({ ...photo, op_id: operation.op_id });
    if (begun) tx.objectStore("facts").delete(begun);
    return operation;
  });
}

export const all = async () => (await db()).getAllFromIndex("operations", "seq");
export const get = async (opId) => (await db()).get("operations", opId);
export const save = async (operation) => (await db()).put("operations", operation);
export const photos = async (opId) => (await db()).getAllFromIndex("photos", "op_id", opId);

/** Bytes of the pictures that wait with these operations. */
export async function weight(operations) {
  const wanted = new Set(operations.map(({ op_id: id }) => id));
  return (await (await db()).getAll("photos")).filter((photo) => wanted.has(photo.op_id)).reduce((sum, photo) => sum + photo.blob.size, 0);
}

/** The server has the photo: its id joins the operation's fields and the picture leaves the phone, in one step. */
export function photoSent(operation, photo, evidenceId) {
  return within(["operations", "photos"], async (tx) => {
    const fields = { ...operation.fields };
    fields[photo.field] = photo.single ? evidenceId : [...(fields[photo.field] ?? []), evidenceId];
    const after = { ...operation, fields };
    tx.objectStore("operations").put(after);
    tx.objectStore("photos").delete(photo.key);
    return after;
  });
}

export function remove(opId) {
  return within(["operations", "photos"], async (tx) => {
    tx.objectStore("operations").delete(opId);
    for (const key of await tx.objectStore("photos").index("op_id").getAllKeys(opId)) tx.objectStore("photos").delete(key);
  });
}

/** The same act once more, since an id is answered once: as it was, or to be kept beside what the server has now. */
export function repeat(operation, beside) {
  return within(["operations", "photos", "facts"], async (tx) => {
    const { device, seq } = await next(tx.objectStore("facts"));
    tx.objectStore("operations").delete(operation.op_id);
    const changed = beside ? { fields: { ...operation.fields, keep_both: true }, base_version: beside.version } : {};
    const opId = uuid7();
    const pictures = await tx.objectStore("photos").index("op_id").getAll(operation.op_id);
    for (const picture of pictures) tx.objectStore("photos").put({ ...picture, op_id: opId });
    tx.objectStore("operations").put({ ...operation, ...changed, op_id: opId, device, seq, state: "waiting", code: undefined, message: undefined, current: undefined });
  });
}

/** What another phone did, once more as its author sealed it. */
export const again = (operation) => save({ ...operation, state: "waiting", code: undefined, message: undefined, current: undefined });

/** A file's acts of other phones, if sealed, join the phone's own, with their pictures; what is here already stays as it is. */
export function adopt(operations, pictures) {
  return within(["operations", "photos", "facts"], async (tx) => {
    const own = await tx.objectStore("facts").get("device");
    const foreign = operations.filter(({ device }) => device !== own);
    const whole = foreign.filter(({ op_id: id, seal }) => seal?.mac && pictures.every((picture) => picture.op_id !== id || picture.seal?.mac));
    const taken = new Set();
    for (const operation of whole) {
      if (await tx.objectStore("operations").get(operation.op_id)) continue;
      tx.objectStore("operations").put(operation);
      taken.add(operation.op_id);
    }
    for (const picture of pictures.filter(({ op_id: id }) => taken.has(id))) if (!(await tx.objectStore("photos").get(picture.key))) tx.objectStore("photos").put(picture);
    return { taken: taken.size, left: foreign.length - whole.length };
  });
}

export const fact = async (name) => (await db()).get("facts", name);
export const note = async (name, value) => (await db()).put("facts", value, name);

/** This phone's own id. */
export const device = () => within(["facts"], async (tx) => {
  const facts = tx.objectStore("facts");
  const known = (await facts.get("device")) ?? uuid7();
  facts.put(known, "device");
  return known;
});

/** What arrived lately, with the number of the order that a report became. */
export async function arrived(operation, number) {
  const list = ((await fact("sent")) ?? []).filter((one) => one.op_id !== operation.op_id);
  await note("sent", [{ op_id: operation.op_id, author: operation.author, title: operation.title, number, at: Date.now() }, ...list].slice(0, lastSent));
}
