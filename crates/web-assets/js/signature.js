// Signature pad: <div data-signature><canvas class="sign" width="600" height="200"> and a hidden input; the picture (PNG) goes
// into the input when the pen is lifted. Always black on white, like paper; a button [data-sign-clear] starts again.

function point(event, canvas) {
  const box = canvas.getBoundingClientRect();
  return [((event.clientX - box.left) * canvas.width) / box.width, ((event.clientY - box.top) * canvas.height) / box.height];
}

function clear(pad) {
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
  const lift = () => { if (drawing) pad.querySelector("input").value = canvas.toDataURL("image/png"); drawing = false; };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
}

export function start() {
  const all = () => document.querySelectorAll("[data-signature]").forEach(prepare);
  all();
  document.addEventListener("page:swapped", all);
  document.addEventListener("click", (event) => { const button = event.target.closest("[data-sign-clear]"); if (button) clear(button.closest("[data-signature]")); });
}
