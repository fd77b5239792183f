// Forms keep what was typed. A POST form is sent by fetch: when no answer comes the page stays and offers to try again; a
// refusal (422 and other answers with a page) replaces <main> and puts the focus on the error summary; a redirect is followed.
// Forms that must be sent by the browser itself (downloads, other windows) say data-plain; offline forms say data-op.
import { announce, make, say, send } from "./say.js";
import { dropDraft, hasTyped } from "./drafts.js";

const busyMs = 150;
let leaving = false;

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
  form.append(make("div", { class: "note mt-3", "data-s": "danger", "data-failed": "" }, make("span", {}, text), ...[act, way].filter(Boolean)));
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

/** Puts the answered page in place of this one's <main>; false when the answer is no page of ours. */
function replaceMain(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.querySelector("main");
  const old = document.querySelector("main");
  if (!fresh || !old) return false;
  document.title = page.title || document.title;
  old.replaceWith(document.adoptNode(fresh));
  window.htmx?.process(fresh);
  document.dispatchEvent(new CustomEvent("page:swapped"));
  window.scrollTo(0, 0);
  focusErrors();
  return true;
}

async function settle(answer, form, again) {
  const target = answer.headers.get("x-go");
  if (target || answer.redirected) { dropDraft(form); go(target ?? answer.url); return; }
  if (answer.status === 401) { showFailure(form, say("form-expired"), again, document.body.dataset.login ?? "/"); return; }
  const page = /text\/html/.test(answer.headers.get("content-type") ?? "") && answer.status < 500;
  if (page && replaceMain(await answer.text())) { if (answer.ok) dropDraft(form); return; }
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
  if (!ours(form)) return;
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
