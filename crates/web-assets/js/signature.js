// Signature pad: <div data-signature><canvas class="sign" width="600" height="200"> and a hidden input; the picture (PNG) goes
// into the input when the pen is lifted. Always black on white, like paper; a button [data-sign-clear] starts again.

/** The picture behind a `data:` address; the content policy lets no page load one. */
export function asBlob(address) {
  const [head, body] = address.split(",");
  const bytes = Uint8Array.from(atob(body), (char) => char.charCodeAt(0));
  return new Blob([bytes], { type: head.slice(5, head.indexOf(";")) });
}

function point(event, canvas) {
  const box = canvas.getBoundingClientRect();
  return [((event.clientX - box.left) * canvas.width) / box.width, ((event.clientY - box.top) * canvas.height) / box.height];
}

/** Puts what was signed (or nothing) into the form, and tells it. */
function set(pad, address) {
  const input = pad.querySelector("input");
  input.value = address;
  input.dispatchEvent(new CustomEvent("signature:changed", { bubbles: true }));
}

export function clear(pad) {
  const canvas = pad.querySelector("canvas");
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pad.querySelector("input").value = "";
}

function prepare(pad) {
  if (pad.dataset.ready) return;
  pad.dataset.ready = "1";
  const canvas = pad.querySelector("canvas");
  const pen = canvas.getContext("2d");
  Object.assign(pen, { lineWidth: 3, lineCap: "round", lineJoin: "round", strokeStyle: "#000" });
  clear(pad);
  let drawing = false;
  canvas.addEventListener("pointerdown", (event) => { drawing = true; canvas.setPointerCapture(event.pointerId); pen.beginPath(); pen.moveTo(...point(event, canvas)); });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    for (const step of event.getCoalescedEvents?.() ?? [event]) pen.lineTo(...point(step, canvas));
    pen.stroke();
  });
  const lift = () => { if (drawing) set(pad, canvas.toDataURL("image/png")); drawing = false; };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
}

/** What was signed before this page was opened. */
export async function putBack(pad, address) {
  prepare(pad);
  const picture = await createImageBitmap(asBlob(address));
  if (pad.querySelector("input").value !== "") return; // somebody has signed meanwhile
  pad.querySelector("canvas").getContext("2d").drawImage(picture, 0, 0);
  pad.querySelector("input").value = address;
}

export function start() {
  const all = () => document.querySelectorAll("[data-signature]").forEach(prepare);
  all();
  document.addEventListener("page:swapped", all);
  document.addEventListener("click", (event) => { const button = event.target.closest("[data-sign-clear]"); if (!button) return; const pad = button.closest("[data-signature]"); clear(pad); set(pad, ""); });
}
