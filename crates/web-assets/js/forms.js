// Forms keep what was typed. A POST form is sent by fetch: when no answer comes the page stays and offers to try again; a
// refusal (422 and other answers with a page) replaces <main> and puts the focus on the error summary; a redirect is followed.
// Forms that must be sent by the browser itself (downloads, other windows) say data-plain; offline forms say data-op.
import { announce, make, say, send } from "./say.js";
import { dropDraft, hasTyped } from "./drafts.js";
import { bringIcons } from "./icons.js";

const busyMs = 150;
let leaving = false;

/** A button that only asks (formmethod="get": a preview) is left to the browser. */
const asks = (button) => button?.getAttribute("formmethod") === "get";
const ours = (form) => form.method === "post" && !form.matches("[data-plain], [data-op], [hx-post], [hx-put], [hx-patch], [hx-delete], [target]");

function body(form, button) {
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  return form.enctype === "multipart/form-data" ? data : new URLSearchParams([...data].filter(([, value]) => typeof value === "string"));
}

/** Guards against the second click and shows work after 150 ms; returns the function that ends it. */
function busy(form, button) {
  form.dataset.sending = "1";
  const timer = setTimeout(() => button?.setAttribute("aria-busy", "true"), busyMs);
  return () => { clearTimeout(timer); button?.removeAttribute("aria-busy"); delete form.dataset.sending; };
}

export function showFailure(form, text, again, link) {
  form.querySelector("[data-failed]")?.remove();
  const act = again && make("button", { type: "button", class: "btn btn-sm push" }, say("form-again"));
  act?.addEventListener("click", again);
  const way = link && make("a", { href: link, target: "_blank", rel: "opener", class: "push" }, say("form-login"));
  const note = make("div", { class: "note mt-3", "data-s": "danger", "data-failed": "" }, make("span", {}, text), ...[act, way].filter(Boolean));
  form.append(note);
  note.scrollIntoView({ block: "center" }); // the button may stand far from the end of its form
  announce(text, true);
}

function focusErrors() {
  const summary = document.querySelector(".errors");
  if (!summary) return;
  summary.tabIndex = -1;
  summary.focus();
}

function go(url) {
  leaving = true;
  location.assign(url);
}

/** Photos that were uploaded already stay in a form that comes back refused. */
function keepPhotos(old, fresh) {
  for (const field of old.querySelectorAll("[data-photos]")) {
    const twin = [...fresh.querySelectorAll("[data-photos]")].find((other) => other.dataset.name === field.dataset.name);
    for (const figure of field.querySelectorAll("figure.shot")) twin?.querySelector(".shot-add")?.before(figure);
  }
}

/** Puts the answered page in place of this one's <main>; false when the answer is no page of ours. */
function replaceMain(html, refused) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.querySelector("main");
  const old = document.querySelector("main");
  if (!fresh || !old) return false;
  document.title = page.title || document.title;
  bringIcons(page);
  if (refused) keepPhotos(old, fresh);
  old.replaceWith(document.adoptNode(fresh));
  window.htmx?.process(fresh);
  document.dispatchEvent(new CustomEvent("page:swapped"));
  window.scrollTo(0, 0);
  focusErrors();
  return true;
}

/** A file that a form answers with, such as a slip to print, is saved; the page stays as it is. */
async function save(answer) {
  const name = /filename\*=UTF-8''([^;]+)/i.exec(answer.headers.get("content-disposition"))?.[1] ?? /filename="?([^";]+)/i.exec(answer.headers.get("content-disposition"))?.[1] ?? "anju";
  const href = URL.createObjectURL(await answer.blob());
  make("a", { href, download: decodeURIComponent(name) }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

async function settle(answer, form, again) {
  if (answer.ok && /attachment/.test(answer.headers.get("content-disposition") ?? "")) { dropDraft(form); await save(answer); return; }
  const target = answer.headers.get("x-go");
  if (target || answer.redirected) { dropDraft(form); go(target ?? answer.url); return; }
  if (answer.status === 401) { showFailure(form, say("form-expired"), again, document.body.dataset.login ?? "/"); return; }
  const page = /text\/html/.test(answer.headers.get("content-type") ?? "") && answer.status < 500;
  if (page && replaceMain(await answer.text(), !answer.ok)) { if (answer.ok) dropDraft(form); return; }
  if (answer.status === 204) { dropDraft(form); go(location.href); return; }
  showFailure(form, say("form-broken", { code: answer.headers.get("x-error-code") ?? answer.status }), again);
}

async function submit(form, button) {
  const again = () => submit(form, button);
  const done = busy(form, button);
  form.querySelector("[data-failed]")?.remove();
  const action = button?.getAttribute("formaction") ?? form.getAttribute("action") ?? location.href;
  let answer;
  try {
    answer = await send(action, { method: "POST", body: body(form, button), headers: { "x-form": "1", accept: "text/html" } });
  } catch {
    done();
    showFailure(form, say("form-offline"), again);
    return;
  }
  await settle(answer, form, again);
  if (!leaving) done();
}

function onSubmit(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") return;
  if (form.dataset.sending) { event.preventDefault(); return; }
  if (form.matches("[data-plain]")) { const done = busy(form, event.submitter); setTimeout(done, 5000); return; }
  if (!ours(form) || asks(event.submitter)) return;
  event.preventDefault();
  submit(form, event.submitter);
}

export function start() {
  focusErrors();
  document.addEventListener("submit", onSubmit);
  window.addEventListener("pageshow", (event) => {
    leaving = false;
    if (event.persisted) for (const form of document.querySelectorAll("form[data-sending]")) { delete form.dataset.sending; form.querySelector("[aria-busy]")?.removeAttribute("aria-busy"); }
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && [...document.querySelectorAll("form[data-guard]")].some((form) => !form.dataset.sending && hasTyped(form))) { event.preventDefault(); event.returnValue = true; }
  });
}
