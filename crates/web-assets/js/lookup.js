// Knowledge while somebody types: <form data-lookup="/c/GYHY/orders/new/about" data-lookup-into="about-place">. When a field
// inside [data-lookup-by] is left changed, the piece of the page for the form's present fields replaces what is shown. What was
// chosen or typed in the old piece is carried over by the server, since all fields but the tokens go along.

let running;

function query(form) {
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && value !== "" && !["csrf", "idempotency_key"].includes(name));
  return new URLSearchParams(fields);
}

async function look(form) {
  running?.abort();
  const mine = (running = new AbortController());
  const target = document.getElementById(form.dataset.lookupInto);
  try {
    const answer = await fetch(`${form.dataset.lookup}?${query(form)}`, { signal: mine.signal, credentials: "same-origin", headers: { "x-fragment": "1" } });
    if (!answer.ok || answer.redirected || running !== mine) return;
    const focused = target.contains(document.activeElement) ? document.activeElement.id : "";
    target.innerHTML = await answer.text();
    if (focused) document.getElementById(focused)?.focus();
  } catch (cause) {
    if (cause.name !== "AbortError") target.dataset.state = "failed"; // the form still works: the server looks again on saving
  }
}

export function start() {
  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("form[data-lookup]");
    if (form && event.target.closest("[data-lookup-by]")) look(form);
  });
}
