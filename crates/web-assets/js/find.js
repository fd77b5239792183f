// Find anywhere: <dialog id="find" class="palette" data-find-url="/c/GYHY/find"> with an input[role=combobox] and a
// [role=listbox] whose options are links. The server answers GET …?q= with the options as a fragment.
// A link [data-find] opens it (without scripts it leads to the find page); so do ⌘K and Ctrl+K.

const waitMs = 80; // one request for a burst of keys, still well under the 150 ms answer the page promises

let dialog, input, list, timer, running;
let openWhenFound = false;

const options = () => [...list.querySelectorAll('[role="option"]')];
const selected = () => list.querySelector('[aria-selected="true"]');

function select(option) {
  selected()?.setAttribute("aria-selected", "false");
  if (!option) { input.removeAttribute("aria-activedescendant"); return; }
  option.id ||= `find-option-${options().indexOf(option)}`;
  option.setAttribute("aria-selected", "true");
  input.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function move(step) {
  const all = options();
  if (all.length === 0) return;
  const at = all.indexOf(selected());
  select(all[(at + step + all.length) % all.length]);
}

async function ask() {
  running?.abort();
  const mine = (running = new AbortController());
  const url = new URL(dialog.dataset.findUrl, location.href);
  url.searchParams.set("q", input.value.trim());
  try {
    const answer = await fetch(url, { signal: mine.signal, headers: { "x-fragment": "1" }, credentials: "same-origin" });
    if (!answer.ok) throw new Error(`find answered ${answer.status}`);
    show(await answer.text(), mine);
  } catch (cause) {
    if (cause.name !== "AbortError") { list.dataset.state = "failed"; running = undefined; }
  }
}

function show(html, request) {
  if (request !== running) return;
  running = undefined;
  list.innerHTML = html;
  list.dataset.state = "shown";
  input.setAttribute("aria-expanded", String(options().length > 0));
  select(options()[0]);
  if (openWhenFound) follow();
}

function follow() {
  openWhenFound = false;
  selected()?.click();
}

function askSoon(event) {
  if (event.isComposing) return; // half a pinyin syllable is not a query
  clearTimeout(timer);
  openWhenFound = false;
  timer = setTimeout(() => { timer = undefined; ask(); }, waitMs);
}

function press(event) {
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === "ArrowDown") move(1);
  else if (event.key === "ArrowUp") move(-1);
  else if (event.key === "Enter") {
    // Typing "1-1-101" and Enter faster than the answer must open the home asked for, not the line before it.
    if (timer || running) { clearTimeout(timer); timer = undefined; openWhenFound = true; if (!running) ask(); } else follow();
  } else return;
  event.preventDefault();
}

export function openFind() {
  if (!dialog || dialog.open) return;
  dialog.showModal();
  input.select();
  if (!list.dataset.state) ask();
}

export function start() {
  dialog = document.getElementById("find");
  if (!dialog) return;
  input = dialog.querySelector("input");
  list = dialog.querySelector('[role="listbox"]');
  input.addEventListener("input", askSoon);
  input.addEventListener("compositionend", askSoon);
  input.addEventListener("keydown", press);
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-find]") || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    openFind();
  });
  document.addEventListener("keydown", (event) => {
    if ((event.metaKey || event.ctrlKey) && !event.altKey && event.key.toLowerCase() === "k") { event.preventDefault(); openFind(); }
  });
}
