// Registers the service worker of the field face and asks it, at the start of a shift, to keep today's pages.
import { say } from "./say.js";

const freshMs = 30 * 60_000; // pages kept less than half an hour ago are fresh enough

function showPrepared(at) {
  const time = new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
  for (const place of document.querySelectorAll("[data-prepared]")) { place.hidden = false; place.textContent = say("prepared", { time }); }
}

export async function start() {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data.type !== "prepared") return;
    localStorage.setItem("prepared", JSON.stringify({ at: data.at, user: document.body.dataset.user }));
    showPrepared(data.at);
  });
  await navigator.serviceWorker.register(document.body.dataset.sw ?? "/f/sw.js", { scope: "/f" });
  const ready = await navigator.serviceWorker.ready;
  if (!document.body.dataset.user) return;
  const last = JSON.parse(localStorage.getItem("prepared") ?? "{}");
  if (last.user === document.body.dataset.user && Date.now() - last.at < freshMs) { showPrepared(last.at); return; }
  ready.active?.postMessage({ type: "prepare", url: "/f/offline.json", user: document.body.dataset.user });
}
