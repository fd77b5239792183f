// Fetches this page again and swaps the elements marked data-live-part (each with an id), so that what a person typed,
// where the focus is and how far they scrolled all stay. A part that cannot be swapped without losing text waits.

import { bringIcons } from "./icons.js";

const changed = (control) => (control.type === "checkbox" || control.type === "radio" ? control.checked !== control.defaultChecked
  : control.tagName === "SELECT" ? [...control.options].some((option) => option.selected !== option.defaultSelected)
    : control.value !== control.defaultValue);

const twin = (control, part) => [...part.querySelectorAll(control.tagName)].find((other) =>
  (control.id ? other.id === control.id : other.name === control.name && (!/checkbox|radio/.test(control.type) || other.value === control.value)));

/** Carries typed values over; false when a typed-in control is gone from the new part. */
function keepTyped(old, fresh) {
  const typed = [...old.querySelectorAll("input, textarea, select")].filter((control) => control.type !== "hidden" && changed(control));
  return typed.every((control) => {
    const other = twin(control, fresh);
    if (!other || control.type === "file") return false;
    if (/checkbox|radio/.test(control.type)) other.checked = control.checked; else other.value = control.value;
    return true;
  });
}

/** A way to find the focused element again: its id, its name, or where its link leads. */
function focusKey(part) {
  const focused = document.activeElement;
  if (!focused || focused === document.body || !part.contains(focused)) return null;
  const key = ["id", "name", "href", "data-key"].find((attribute) => focused.getAttribute(attribute));
  return key && { key, value: focused.getAttribute(key), at: focused.selectionStart };
}

function refocus(part, mark) {
  const found = mark && (part.getAttribute(mark.key) === mark.value ? part : [...part.querySelectorAll(`[${mark.key}]`)].find((element) => element.getAttribute(mark.key) === mark.value));
  if (!found) return;
  found.focus({ preventScroll: true });
  if (mark.at != null && found.setSelectionRange) try { found.setSelectionRange(mark.at, mark.at); } catch { /* number fields have no caret to set */ }
}

function swap(old, fresh) {
  if (old.querySelector("dialog[open], [aria-busy=true]") || !keepTyped(old, fresh)) return;
  const mark = focusKey(old);
  const scrolled = [old.scrollTop, old.scrollLeft];
  const openMenus = [...old.querySelectorAll("details[open][id]")].map((details) => details.id);
  old.replaceWith(fresh);
  [fresh.scrollTop, fresh.scrollLeft] = scrolled;
  for (const id of openMenus) { const details = document.getElementById(id); if (details) details.open = true; }
  refocus(fresh, mark);
  window.htmx?.process(fresh);
}

/** Swaps what differs; returns false when the server could not be reached or sent another page (for example the log-in). */
export async function refreshParts() {
  const parts = [...document.querySelectorAll("[data-live-part][id]")];
  if (parts.length === 0) return true;
  let answer;
  try {
    answer = await fetch(location.href, { credentials: "same-origin", headers: { "x-live": "1" } });
  } catch { return false; }
  if (!answer.ok || answer.redirected) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  bringIcons(page);
  for (const old of parts) {
    const fresh = page.getElementById(old.id);
    if (fresh && fresh.outerHTML !== old.outerHTML) swap(old, document.adoptNode(fresh));
  }
  document.dispatchEvent(new CustomEvent("page:swapped"));
  return true;
}
