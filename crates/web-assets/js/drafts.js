// Drafts of long forms: <form data-draft="report"> survives a reload, a lost connection or an expired session for 24 hours on
// this device, per person (<body data-user>); forms that work without a network (data-op) for 30 days. Fields marked data-secret,
// passwords, files and hidden fields are never kept; photos and signatures are, by begun.js.
import { make, say } from "./say.js";

const dayMs = 24 * 3600 * 1000;
/** As long as the phone may speak for its author. */
export const offlineLifeMs = 30 * dayMs;
const isOver = (draft) => Date.now() - draft.at > (draft.life ?? dayMs);
const prefix = () => `draft:${document.body.dataset.user ?? ""}:`;
const key = (form) => prefix() + form.dataset.draft;
const kept = (form) => [...form.elements].filter((control) => control.name && !control.matches("[data-secret], [type=password], [type=file], [type=hidden], button, fieldset, output"));
const ticks = (control) => control.type === "checkbox" || control.type === "radio";

/** What would be lost: names with the values that differ from what the server sent. */
function typed(form) {
  return kept(form).flatMap((control, at) => {
    const same = ticks(control) ? control.checked === control.defaultChecked
      : control.tagName === "SELECT" ? [...control.options].every((option) => option.selected === option.defaultSelected) : control.value === control.defaultValue;
    return same ? [] : [[at, control.name, ticks(control) ? control.checked : control.value]];
  });
}

export const hasTyped = (form) => typed(form).length > 0;

function store(form) {
  const values = typed(form);
  try {
    if (values.length === 0) localStorage.removeItem(key(form));
    else localStorage.setItem(key(form), JSON.stringify({ at: Date.now(), life: form.matches("[data-op]") ? offlineLifeMs : dayMs, values }));
  } catch { /* storage full or forbidden: the form still works, only without a draft */ }
}

export function dropDraft(form) {
  if (form.dataset.draft) try { localStorage.removeItem(key(form)); } catch { /* nothing was kept */ }
}

function read(storeKey) {
  try { return JSON.parse(localStorage.getItem(storeKey)); } catch { return null; }
}

/** A form that came back with an error carries what was typed; the draft must not overwrite it. */
function restore(form) {
  const draft = read(key(form));
  if (!draft || isOver(draft) || form.querySelector("[aria-invalid=true]") || document.querySelector(".errors")) return;
  const controls = kept(form);
  for (const [at, name, value] of draft.values) {
    const control = controls[at]?.name === name ? controls[at] : undefined;
    if (!control) continue;
    if (ticks(control)) control.checked = value; else control.value = value;
  }
  offerToClear(form);
}

/** Says that something is back and offers to throw it away; a folded form is opened, so that it is seen. */
export function offerToClear(form) {
  if (form.querySelector("[data-draft-note]")) return;
  const folded = form.matches("[data-op]") && form.closest("details");
  if (folded) folded.open = true;
  const clear = make("button", { type: "button", class: "btn btn-sm push" }, say("draft-clear"));
  const note = make("div", { class: "note mb-3", "data-s": "info", "data-draft-note": "" }, make("span", {}, say("draft-restored")), clear);
  clear.addEventListener("click", () => { form.reset(); dropDraft(form); form.dispatchEvent(new CustomEvent("draft:cleared", { bubbles: true })); note.remove(); form.querySelector("input, textarea, select")?.focus(); });
  form.prepend(note);
}

function eachDraft(act) {
  try { for (const name of Object.keys(localStorage)) if (name.startsWith("draft:")) act(name, read(name)); } catch { /* no storage */ }
}

export function start() {
  eachDraft((name, draft) => { if (!draft || isOver(draft)) localStorage.removeItem(name); });
  const restoreAll = () => document.querySelectorAll("form[data-draft]").forEach(restore);
  restoreAll();
  document.addEventListener("page:swapped", restoreAll);
  document.addEventListener("input", (event) => { const form = event.target.form; if (form?.dataset.draft) store(form); });
  document.addEventListener("change", (event) => { const form = event.target.form; if (form?.dataset.draft) store(form); });
  document.addEventListener("submit", (event) => {
    // The field keeps what was begun for the same person, and may refuse to log out (leaving.js).
    if (event.target.matches("[data-logout]") && !event.defaultPrevented) eachDraft((name) => { if (name.startsWith(prefix())) localStorage.removeItem(name); });
  });
}
