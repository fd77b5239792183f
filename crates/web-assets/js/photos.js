// Photo fields: <div data-photos data-name="photos" data-url="/api/v1/evidence" data-max="9"> with a file input and a .shots list.
// Photos are shrunk to 1600 px JPEG here (which also drops their position data), shown with a way to remove them, and uploaded
// at once; the form then carries their ids. In an offline form (data-op) they wait for the queue; begun.js keeps them on the
// phone meanwhile. Without scripts the file input is simply part of the form.
import { announce, make, say, send } from "./say.js";
import { uuid7 } from "./uuid.js";

const longestPx = 1600;
const quality = 0.82;
const kept = new WeakMap(); // offline form → its photos

export const photosOf = (form) => kept.get(form) ?? [];

async function bitmap(file) {
  if (window.createImageBitmap) try { return await createImageBitmap(file, { imageOrientation: "from-image" }); } catch { /* older engines know no options */ }
  const image = new Image();
  image.src = URL.createObjectURL(file);
  try { await image.decode(); } finally { URL.revokeObjectURL(image.src); }
  return image;
}

export async function shrink(file) {
  const picture = await bitmap(file);
  const scale = Math.min(1, longestPx / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close?.();
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("not a picture"))), "image/jpeg", quality));
}

/** SHA-256 of what the device took, as hex; empty where the browser has no crypto (plain http). */
export async function fingerprint(blob) {
  if (!globalThis.crypto?.subtle) return "";
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function upload(field, photo, figure) {
  const data = new FormData();
  data.append("file", photo.blob, "photo.jpg");
  data.append("sha256", await fingerprint(photo.blob));
  data.append("taken_at", photo.taken_at);
  figure.setAttribute("aria-busy", "true");
  figure.querySelector(".shot-again")?.remove();
  try {
    const answer = await send(field.dataset.url, { method: "POST", body: data, headers: { "idempotency-key": photo.key } });
    if (!answer.ok) throw new Error(`upload answered ${answer.status}`);
    figure.append(make("input", { type: "hidden", name: field.dataset.name, value: (await answer.json()).id }));
    delete figure.dataset.s;
  } catch {
    figure.dataset.s = "late";
    const again = make("button", { type: "button", class: "shot-again" }, say("form-again"));
    again.addEventListener("click", () => upload(field, photo, figure));
    figure.append(again);
    announce(say("photo-failed"), true);
  } finally { figure.removeAttribute("aria-busy"); }
}

function preview(field, photo) {
  const address = URL.createObjectURL(photo.blob);
  const number = field.querySelectorAll("figure.shot").length + 1;
  const image = make("img", { src: address, alt: say("photo-alt", { n: number }), width: "110", height: "110" });
  const drop = make("button", { type: "button", class: "shot-drop", "aria-label": say("photo-remove", { n: number }) }, "✕");
  const figure = make("figure", { class: "shot" }, image, drop);
  drop.addEventListener("click", () => { URL.revokeObjectURL(address); figure.remove(); forget(field, photo); limit(field); });
  const list = field.querySelector(".shots") ?? field;
  list.insertBefore(figure, list.querySelector(".shot-add"));
  return figure;
}

const tell = (form, what, photo) => form.dispatchEvent(new CustomEvent(`photo:${what}`, { bubbles: true, detail: photo }));

function remember(field, photo) {
  const form = field.closest("form");
  const named = { field: field.dataset.name, ...photo };
  kept.set(form, [...photosOf(form), named]);
  return named;
}

function forget(field, photo) {
  const form = field.closest("form");
  if (!kept.has(form)) return;
  kept.set(form, photosOf(form).filter((other) => other.key !== photo.key));
  tell(form, "dropped", photo);
}

/** A photo that was taken before this page was opened. */
export function putBack(form, photo) {
  const field = [...form.querySelectorAll("[data-photos]")].find(({ dataset }) => dataset.name === photo.field);
  if (!field || photosOf(form).some(({ key }) => key === photo.key)) return;
  preview(field, photo);
  remember(field, photo);
  limit(field);
}

/** Throws away every photo of the form. */
export function clear(form) {
  for (const figure of form.querySelectorAll("[data-photos] figure.shot")) { URL.revokeObjectURL(figure.querySelector("img").src); figure.remove(); }
  kept.delete(form);
  form.querySelectorAll("[data-photos]").forEach(limit);
}

function limit(field) {
  const full = field.querySelectorAll("figure.shot").length >= Number(field.dataset.max ?? 9);
  for (const add of field.querySelectorAll(".shot-add")) add.hidden = full;
}

async function take(field, file) {
  let blob;
  try { blob = await shrink(file); } catch { announce(say("photo-unreadable"), true); return; }
  const photo = { key: uuid7(), blob, taken_at: new Date(file.lastModified || Date.now()).toISOString() };
  const figure = preview(field, photo);
  const form = field.closest("form");
  if (form?.matches("[data-op]")) tell(form, "taken", remember(field, photo)); else await upload(field, photo, figure);
  limit(field);
  field.dispatchEvent(new CustomEvent("photos:changed", { bubbles: true }));
}

export function start() {
  document.addEventListener("page:swapped", () => document.querySelectorAll("[data-photos]").forEach(limit));
  document.addEventListener("change", async (event) => {
    const field = event.target.matches?.('input[type="file"]') && event.target.closest("[data-photos]");
    if (!field) return;
    const files = [...event.target.files];
    event.target.value = ""; // sent by us; the plain form must not send it twice
    const room = Number(field.dataset.max ?? 9) - field.querySelectorAll("figure.shot").length;
    for (const file of files.slice(0, Math.max(room, 0))) await take(field, file);
  });
}
