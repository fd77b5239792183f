// A small stand that serves our built browser files and the fixtures under the same content policy as the program, so that
// styles and scripts are tested by themselves. `answers` are the routes a test adds: { "POST /api/v1/sync": (request, body) => … }.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

const built = new URL("../../crates/web-assets/built/", import.meta.url);
const fixtures = new URL("../fixtures/", import.meta.url);
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const rows = (name) => readFileSync(new URL(name, built), "utf8").trim().split("\n").map((line) => line.split("\t"));
const assets = new Map(rows("assets.tsv").map(([name, file, type]) => [name, { file, type }]));
const icons = new Map(rows("icons.tsv"));
const words = new Map(rows("texts.tsv"));

const icon = (name) => {
  if (!icons.has(name)) throw new Error(`no icon ${name}`);
  return `<svg class="i" viewBox="0 0 24 24" aria-hidden="true">${icons.get(name)}</svg>`;
};

/** Each word of each face answers with its own key, which a test can then look for. */
const say = () => `<div id="say" hidden ${[...new Set([...words.values()].flatMap((keys) => (keys ?? "").split(" ")).filter(Boolean))].map((key) => `data-say-${key}="${key} {n}{time}{code}"`).join(" ")}></div>`;

/** A fixture with {{app.css}}, {{icon:home}}, {{say}} and the given values put in. */
export function fixture(name, values = {}) {
  return readFileSync(new URL(name, fixtures), "utf8").replace(/\{\{([\w.:-]+)\}\}/g, (_, key) => {
    if (key in values) return values[key];
    if (key === "say") return say();
    if (key.startsWith("icon:")) return icon(key.slice(5));
    if (!assets.has(key)) throw new Error(`${name} asks for ${key}`);
    return `/assets/${assets.get(key).file}`;
  });
}

function builtin(path) {
  if (path === "/f/sw.js") return file("sw.js", { "service-worker-allowed": "/f" });
  for (const [name, asset] of assets) if (path === `/assets/${asset.file}`) return file(name, { "cache-control": "public, max-age=31536000, immutable" });
  return null;
}

/** The built service worker, for a stand that serves one release after another. */
export const serviceWorker = () => readFileSync(new URL(assets.get("sw.js").file, built), "utf8");

function file(name, headers) {
  const { file: stored, type } = assets.get(name);
  return { headers: { "content-type": type, ...headers }, body: readFileSync(new URL(stored, built)) };
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function answer(request, answers) {
  const url = new URL(request.url, "http://stand");
  const route = answers[`${request.method} ${url.pathname}`];
  const made = route ? await route(request, await bodyOf(request), url) : request.method === "GET" && builtin(url.pathname);
  if (typeof made === "string") return { headers: { "content-type": "text/html; charset=utf-8" }, body: made };
  return made || { status: 404, headers: { "content-type": "text/plain" }, body: "not here" };
}

export async function startStand(answers) {
  const server = createServer(async (request, response) => {
    const { status = 200, headers = {}, body = "", stream } = await answer(request, answers).catch((cause) => ({ status: 500, body: String(cause.stack) }));
    response.writeHead(status, { "content-security-policy": policy, "x-content-type-options": "nosniff", ...headers });
    if (stream) { response.write(body); stream(response); } else response.end(body);
  });
  await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  const stop = () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); });
  return { url: `http://127.0.0.1:${server.address().port}`, stop };
}
