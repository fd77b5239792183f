// What lets unsent work travel under its author: while somebody is logged in, their phone asks for a token bound to them and to
// this device; it stays in the outbox beside the work and outlives the session and the next person who logs in here. Only the
// server judges how long it is good: clocks of phones are wrong.
import * as outbox from "./outbox.js";
import { send } from "./say.js";

const freshMs = 24 * 3600_000; // asked for anew once a day, so that 30 days always lie ahead of new work

const key = (author) => `token:${author}`;
const reader = () => document.body.dataset.user ?? "";

/** What is kept of `author`: {token, seal, name, got, over}; of one whose work came in a file only the name. */
export const of = (author) => outbox.fact(key(author));
export const take = (author, token) => outbox.note(key(author), token);

/** How a request speaks for `author`: by their token, or by the session when it is theirs; null when there is neither. */
export async function speakFor(author) {
  const token = await of(author);
  if (token?.token && !token.over) return { byToken: true, options: { credentials: "omit" }, headers: { authorization: `Bearer ${token.token}` } };
  return author === reader() ? { byToken: false, options: {}, headers: {} } : null;
}

/** Who sends an act from this phone: its author, else, and what was done on another phone, whoever is logged in, by its seal. */
export async function voiceOf({ author, device, seal }) {
  const own = device === (await outbox.device()) && Boolean(await speakFor(author));
  const carried = !own && Boolean(seal) && reader() !== "";
  return { voice: carried ? reader() : author, carried };
}

/** The server does not know this token any more: the author logs in again, or their work is exported. */
export async function spent(author) {
  const token = await of(author);
  if (token) await take(author, { ...token, over: true });
}

/** Asks for a token when the person on this page has none, or an old one. Without an answer the session still speaks. */
export async function refresh() {
  const author = reader();
  if (author === "" || navigator.onLine === false) return;
  const token = await of(author);
  if (token?.seal && !token.over && Date.now() - token.got < freshMs) return;
  const body = JSON.stringify({ device: await outbox.device() });
  const answer = await send("/api/v1/sync/devices", { method: "POST", body, headers: { "content-type": "application/json" } });
  if (!answer.ok) return;
  const given = await answer.json();
  await take(given.author, { token: given.token, seal: given.seal, name: given.name, got: Date.now() });
}
