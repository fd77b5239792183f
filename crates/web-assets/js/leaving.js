// Logging out. With unsent work it is refused with the count and three ways out: send now, carry the work to the foreman's phone
// in a file, or leave it here by the foreman's word. Without, the pages kept on the phone go. Without a network nobody logs out:
// the session would stay open and the phone would have no pages. Forms that were begun wait for the same person.
import * as carry from "./carry.js";
import * as outbox from "./outbox.js";
import { showFailure } from "./forms.js";
import { announce, make, say, send } from "./say.js";
import * as sync from "./sync.js";

function ways(form, unsent) {
  const now = make("button", { type: "button", class: "btn btn-block" }, say("logout-now"));
  const file = make("button", { type: "button", class: "btn btn-block" }, say("logout-file"));
  const word = make("a", { class: "btn btn-block", href: form.dataset.release ?? "/f/release" }, say("logout-word"));
  now.addEventListener("click", async () => { await sync.syncNow(); logout(form); });
  file.addEventListener("click", () => carry.give(said));
  const said = make("p", { "data-given": "" });
  const text = say("logout-unsent", { n: unsent });
  const list = make("div", { class: "stack mt-2", "data-ways": "" }, now, file, word);
  form.querySelector("[data-failed]")?.remove();
  form.append(make("div", { class: "note mt-3", "data-s": "danger", "data-failed": "" }, make("div", { class: "grow" }, make("p", {}, text), list, said)));
  announce(text, true);
}

const forgetPages = () => navigator.serviceWorker?.controller?.postMessage({ type: "forget" });

async function logout(form) {
  const unsent = (await outbox.all()).filter(({ author }) => author === document.body.dataset.user).length;
  if (unsent > 0) { ways(form, unsent); return; }
  const again = () => logout(form);
  let answer;
  try { answer = await send(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) }); } catch { showFailure(form, say("logout-offline"), again); return; }
  if (!answer.ok && answer.status !== 401) { showFailure(form, say("form-broken", { code: answer.headers.get("x-error-code") ?? answer.status }), again); return; }
  forgetPages();
  location.assign(answer.redirected ? answer.url : document.body.dataset.login ?? "/login");
}

export function start() {
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-logout]")) { event.preventDefault(); logout(event.target); }
    if (event.target.matches("form[data-release]")) forgetPages();
  }, true);
}
