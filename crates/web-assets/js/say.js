// Words for people come from the page, in the reader's language: <div id="say" hidden data-say-net-offline="没有网络，照常做" …>.
// `build.mjs` collects the keys used here, so the server can test that it gives each of them.

export function say(key, values = {}) {
  const text = document.getElementById("say")?.getAttribute(`data-say-${key}`) ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** Reads `text` to screen readers: politely, or at once when it is about something that failed. */
export function announce(text, urgent = false) {
  const id = urgent ? "say-alert" : "say-status";
  let region = document.getElementById(id);
  if (!region) {
    region = document.createElement("div");
    region.id = id;
    region.className = "sr";
    region.setAttribute("role", urgent ? "alert" : "status");
    document.body.append(region);
  }
  region.textContent = text;
}

/** A small element: `make("button", { class: "btn", type: "button" }, "再试一次")`. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export const csrf = () => document.querySelector('meta[name="csrf"]')?.content ?? "";

/** Same-origin request with the page's token; rejects only when no answer came. */
export function send(url, options = {}) {
  return fetch(url, { credentials: "same-origin", ...options, headers: { "x-csrf-token": csrf(), ...options.headers } });
}
