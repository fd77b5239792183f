// Work goes on without a network: <div data-steps="ORDER"> holds the present step [data-step-now] and those that follow,
// [data-step-after="taking grab"], hidden. While acts on the order wait here, the step after the last of them is shown.
import { hasTyped } from "./drafts.js";

const verbs = new Set(["taking", "grab", "arrival", "start", "suspension", "resumption", "completion", "return"]);
let told = new Set(); // orders that had acts waiting when this page was painted last

const boxes = () => [...document.querySelectorAll("[data-steps]")];

function show(box, verb) {
  box.dataset.after = verb;
  for (const part of box.children) {
    if (part.matches("[data-step-now]")) part.hidden = true;
    else if (part.matches("[data-step-after]")) part.hidden = !part.dataset.stepAfter.split(" ").includes(verb);
  }
}

const busy = () => [...document.forms].some((form) => form.dataset.sending || hasTyped(form)) || document.querySelector("figure.shot");

/** `waiting`: acts of this person that are not sent yet, in their order. */
export function paint(waiting) {
  const now = new Set();
  for (const box of boxes()) {
    const last = waiting.filter(({ subject, verb }) => subject === box.dataset.steps && verbs.has(verb)).at(-1);
    if (!last) continue;
    now.add(last.subject);
    if (box.dataset.after !== last.verb) show(box, last.verb);
  }
  // What waited has arrived: the server says what comes next, unless something is being typed here.
  const arrived = [...told].some((subject) => !now.has(subject));
  if (arrived && !busy()) { told = now; location.reload(); return; }
  if (!arrived && told.size === 0 && now.size > 0 && location.hash) document.querySelector(location.hash)?.scrollIntoView();
  told = now;
}
