// Scanning a code: a link <a data-scan href="/f/scan" data-worker="/assets/scan-worker.….js"> opens the camera; the text found goes to
// href?code=…. The built-in detector is used only where it really reads QR codes (some in-app browsers have it, empty); otherwise
// jsqr runs in a worker that is loaded on the first scan. Without a camera the link leads to the page with the typed code.
import { announce, make, say } from "./say.js";

const everyMs = 200;

async function detector(link) {
  if ("BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats().catch(() => [])).includes("qr_code")) {
    const native = new BarcodeDetector({ formats: ["qr_code"] });
    return async (canvas) => (await native.detect(canvas))[0]?.rawValue;
  }
  const worker = new Worker(link.dataset.worker);
  const read = (canvas) => new Promise((resolve) => {
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    worker.onmessage = (event) => resolve(event.data);
    worker.postMessage({ data, width, height }, [data.buffer]);
  });
  read.end = () => worker.terminate();
  return read;
}

function screen() {
  const video = make("video", { class: "scan-view", playsinline: "", muted: "" });
  const close = make("button", { type: "button", class: "btn", "data-close": "" }, say("scan-close"));
  const dialog = make("dialog", { class: "dialog", "aria-label": say("scan-title") }, video, make("p", { class: "small muted mt-2" }, say("scan-hint")), make("div", { class: "dialog-acts" }, close));
  document.body.append(dialog);
  return { dialog, video };
}

function frame(video, canvas) {
  const scale = Math.min(1, 720 / Math.max(video.videoWidth, video.videoHeight, 1));
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  if (canvas.width) canvas.getContext("2d", { willReadFrequently: true }).drawImage(video, 0, 0, canvas.width, canvas.height);
  return canvas.width > 0;
}

async function watch(video, read, isOpen) {
  const canvas = document.createElement("canvas");
  while (isOpen()) {
    const text = frame(video, canvas) && (await read(canvas).catch(() => undefined));
    if (text && isOpen()) return text;
    await new Promise((resolve) => { setTimeout(resolve, everyMs); });
  }
  return undefined;
}

async function scan(link) {
  let stream;
  try { stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false }); } catch { location.assign(link.href); return; }
  const { dialog, video } = screen();
  const read = await detector(link);
  dialog.addEventListener("close", () => { for (const track of stream.getTracks()) track.stop(); read.end?.(); dialog.remove(); });
  video.srcObject = stream;
  dialog.showModal();
  await video.play();
  const text = await watch(video, read, () => dialog.open);
  if (!text) return;
  dialog.close();
  announce(say("scan-found"));
  navigator.vibrate?.(60);
  const url = new URL(link.href);
  url.searchParams.set("code", text);
  location.assign(url);
}

export function start() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-scan]");
    if (!link || !navigator.mediaDevices?.getUserMedia) return;
    event.preventDefault();
    scan(link);
  });
}
