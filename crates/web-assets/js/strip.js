// The strip #net tells the truth about the network and what waits; cards of orders show that their act is not sent yet.
import * as outbox from "./outbox.js";
import { make, say } from "./say.js";
import * as steps from "./steps.js";
import * as sync from "./sync.js";

/** Who reads this page. */
export const reader = () => document.body.dataset.user ?? "";

function stripState(waiting, held, others) {
  if (held > 0) return { text: say("net-choose", { n: held }), tone: "late" };
  if (sync.network === "login") return { text: say("net-login"), tone: "late", login: true };
  if (sync.network === "offline") return { text: waiting > 0 ? say("net-offline-waiting", { n: waiting }) : say("net-offline"), tone: "stop" };
  if (waiting > 0) return { text: say("net-waiting", { n: waiting }), tone: "soon" };
  if (others > 0) return { text: say("net-others", { n: others }), tone: "soon" };
  return sync.network === "slow" ? { text: say("net-slow"), tone: "stop" } : null;
}

/** Shows the strip and marks every card [data-subject] whose act still waits. */
export async function paint() {
  const everything = await outbox.all();
  const mine = everything.filter((operation) => operation.author === reader());
  const held = mine.filter((operation) => operation.state !== "waiting").length;
  const strip = document.getElementById("net");
  if (strip) show(strip, stripState(mine.length - held, held, everything.length - mine.length), everything.length);
  markSubjects(new Set(mine.map((operation) => operation.subject)));
  steps.paint(mine.filter(({ state }) => state === "waiting"));
  document.dispatchEvent(new CustomEvent("outbox:changed"));
}

function show(strip, state, kept) {
  strip.hidden = !state;
  strip.dataset.s = state?.tone ?? "";
  const text = strip.querySelector("[data-net-text]");
  if (text.textContent !== (state?.text ?? "")) text.textContent = state?.text ?? "";
  const link = strip.querySelector("[data-net-link]");
  if (!link) return;
  link.href = state?.login ? document.body.dataset.login ?? "/f/login" : document.body.dataset.queue ?? "/f/queue";
  link.hidden = !state?.login && kept === 0;
  link.textContent = state?.login ? say("form-login") : say("net-show");
}

function markSubjects(waiting) {
  for (const card of document.querySelectorAll("[data-subject]:not(form)")) {
    const badge = card.querySelector("[data-waiting]");
    if (waiting.has(card.dataset.subject) && !badge) (card.querySelector(".grow") ?? card).append(make("span", { class: "badge", "data-s": "stop", "data-waiting": "" }, say("op-waiting")));
    else if (!waiting.has(card.dataset.subject)) badge?.remove();
  }
}
