// What lets work travel in a file: the phone that did it seals each act and each picture with a key that only it and the server
// know. The file proves who did exactly this and opens nothing; the key never leaves the phone. Browsers seal on https only,
// and nobody logs in without.
import * as outbox from "./outbox.js";
import { wire } from "./parcel.js";
import * as tokens from "./tokens.js";

const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => Number.parseInt(pair, 16));
const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

async function seal({ id, key }, what) {
  const text = JSON.stringify(what);
  const signer = await crypto.subtle.importKey("raw", bytes(key), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return { by: id, text, mac: hex(await crypto.subtle.sign("HMAC", signer, new TextEncoder().encode(text))) };
}

/** The act and its pictures as the file carries them. What was done on another phone keeps the seal of that one. */
export async function sealed(operation, photos) {
  const own = (await tokens.of(operation.author))?.seal;
  if (!own || operation.device !== (await outbox.device()) || !globalThis.crypto?.subtle) return { operation, photos };
  const act = { ...operation, seal: await seal(own, { operation: wire(operation), photos: photos.map(({ field }) => field) }) };
  const pictures = photos.map(async (photo) => ({ ...photo, seal: await seal(own, { op_id: operation.op_id, sha256: photo.sha256 }) }));
  return { operation: act, photos: await Promise.all(pictures) };
}
