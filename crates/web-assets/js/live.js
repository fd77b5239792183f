// Live pages: <body data-live="/c/GYHY/live"> listens to server-sent events and refreshes the live parts of the page.
// The stream closes while the tab is hidden (browsers allow six connections a host, and desks keep many tabs open),
// reconnects by itself with growing pauses, and says so when it is down for longer than a blink.
// Clocks need no script of their own: a page with [data-clock] refreshes its parts once a minute.
import { make, say } from "./say.js";
import { refreshParts } from "./parts.js";

const firstPauseMs = 1000;
const longestPauseMs = 60_000;
const quietMs = 4000; // a shorter break is not worth a word
const burstMs = 200; // several events in a row are one refresh
const clockMs = 60_000;

let source, retry, warning, burst;
let pause = firstPauseMs;
let refreshing = false;
let again = false;

/** One refresh at a time; an event that comes meanwhile causes one more. */
async function refresh() {
  if (refreshing) { again = true; return; }
  refreshing = true;
  do { again = false; await refreshParts(); } while (again);
  refreshing = false;
}

function refreshSoon() {
  clearTimeout(burst);
  burst = setTimeout(refresh, burstMs);
}

function showLost(lost) {
  const strip = document.getElementById("live-lost");
  if (!lost) { clearTimeout(warning); warning = undefined; strip?.remove(); return; }
  if (strip || warning) return;
  warning = setTimeout(() => {
    warning = undefined;
    document.body.append(make("div", { id: "live-lost", class: "note lost", "data-s": "warn", role: "status" }, make("span", {}, say("live-lost"))));
  }, quietMs);
}

function connect() {
  clearTimeout(retry);
  if (source || document.hidden) return;
  const opened = (source = new EventSource(document.body.dataset.live));
  let first = true;
  opened.onopen = () => {
    if (pause !== firstPauseMs || !first) refreshSoon(); // what happened while we were away
    first = false;
    pause = firstPauseMs;
    showLost(false);
  };
  opened.onmessage = refreshSoon;
  opened.addEventListener("change", refreshSoon);
  opened.onerror = () => { disconnect(); showLost(true); retry = setTimeout(connect, pause * (0.75 + Math.random() / 2)); pause = Math.min(pause * 2, longestPauseMs); };
}

function disconnect() {
  clearTimeout(retry);
  source?.close();
  source = undefined;
}

export function start() {
  if (document.querySelector("[data-clock]")) setInterval(() => { if (!document.hidden) refresh(); }, clockMs);
  if (!document.body.dataset.live) return;
  connect();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) disconnect(); else { connect(); refreshSoon(); }
  });
  window.addEventListener("online", () => { pause = firstPauseMs * 2; connect(); });
  window.addEventListener("pagehide", disconnect);
  window.addEventListener("pageshow", (event) => { if (event.persisted) { connect(); refreshSoon(); } });
}
