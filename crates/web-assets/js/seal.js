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

/** The act and its pictures as the file carries them; what was done on another phone keeps the seal of that one. Null when it
 * cannot be sealed: its author has no permit here that the server still knows. */
export async function sealed(operation, photos) {
  if (operation.device !== (await outbox.device())) return operation.seal ? { operation, photos } : null;
  const permit = await tokens.of(operation.author);
  if (!permit?.seal || permit.over || !globalThis.crypto?.subtle) return null;
  const { op_id, site = null } = operation;
  const act = { ...operation, seal: await seal(permit.seal, { operation: wire(operation), photos: photos.map(({ field, sha256 }) => ({ field, sha256 })) }) };
  const pictures = photos.map(async (photo) => {
    const { field, sha256, taken_at } = photo;
    return { ...photo, seal: await seal(permit.seal, { op_id, sha256, field, taken_at, site }) };
  });
  return { operation: act, photos: await Promise.all(pictures) };
}
