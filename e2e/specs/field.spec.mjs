// The field face without a network: the outbox, the service worker, conflict cards, logging out; against a stand that keeps
// operations by id like the program does.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { launch, openPage } from "../lib/browser.mjs";
import { check } from "../lib/check.mjs";
import { widths } from "../lib/matrix.mjs";
import { fixture, serviceWorker, startStand } from "../lib/stand.mjs";

let browser, stand, page, state;

const order = `<section class="card" data-subject="order-1"><h2>厨房顶上滴水</h2></section>
<form class="card gap" method="post" action="/f/orders/1/completion" enctype="multipart/form-data" data-op="completion" data-subject="order-1" data-version="3" data-title="厨房顶上滴水" data-after="/f">
<input type="hidden" name="csrf" value="stale"><label class="field-f"><span class="label">做了什么</span><input class="input" name="work"></label>
<div class="field-f" data-photos data-name="photos" data-max="2"><span class="label">照片</span><div class="shots"><label class="shot shot-add">{{icon}}拍照<input class="sr" type="file" name="photo_files" accept="image/*"></label></div></div>
<div class="field-f" data-signature><canvas class="sign" width="600" height="200" role="img" aria-label="签名"></canvas><input type="hidden" name="signature"><button class="btn btn-sm" type="button" data-sign-clear>重签</button></div>
<button class="btn btn-main btn-block mt-3">完工</button></form>`;

function field(title, content, user = state.user) {
  return fixture("duty.html", { title, user, content: content.replace("{{icon}}", "") });
}

/** Whose the call is: the author behind a device's token, else the person logged in; none when it is nobody's. */
function caller(request) {
  const [, token] = /^Bearer token-(.+)$/.exec(request.headers.authorization ?? "") ?? [];
  if (token) return state.trusted.has(token) ? token : null;
  return state.session === "over" ? null : state.user;
}

function trust() {
  if (state.session === "over" || state.refuseTrust) return { status: 401, body: "" };
  state.trusted.add(state.user);
  return { status: 201, headers: { "content-type": "application/json" }, body: JSON.stringify({ token: `token-${state.user}`, author: state.user, name: state.user, ends: "2026-09-11T10:24:00+08:00" }) };
}

async function sync(request, body) {
  const author = caller(request);
  if (!author) return { status: 401, body: "" };
  const { device, operations } = JSON.parse(body);
  state.requests.push({ device, operations, author });
  await state.slow;
  const results = operations.map((operation) => {
    if (state.done.has(operation.op_id)) return { op_id: operation.op_id, outcome: "replayed" };
    if (state.decide) { const decided = state.decide(operation); if (decided) return { op_id: operation.op_id, ...decided }; }
    state.done.set(operation.op_id, operation);
    return { op_id: operation.op_id, outcome: "done" };
  });
  if (state.swallow) { state.swallow = false; return { status: 502, body: "" }; } // done here, but the phone never hears
  return { headers: { "content-type": "application/json" }, body: JSON.stringify({ results }) };
}

before(async () => {
  browser = await launch();
  stand = await startStand({
    "GET /f": () => field("今日", '<a class="card win" href="/f/orders/1" data-subject="order-1">厨房顶上滴水</a><a class="card win gap" href="/f/secret">密</a><form class="gap" method="post" action="/f/logout" data-logout><button class="btn btn-block">退出</button></form>'),
    "GET /f/orders/1": () => field("厨房顶上滴水", order),
    "GET /f/later": () => field("明天", "<p>只在清单里</p>"),
    "GET /f/secret": () => ({ headers: { "content-type": "text/html", "cache-control": "no-store" }, body: field("密", "<p>不能留在手机上</p>") }),
    "GET /f/queue": () => field("待上传", '<section class="card" data-outbox></section><label class="field-f gap"><span class="label">收下</span><input type="file" data-carry-take></label><p data-carry-told role="status"></p><button class="btn btn-block gap" type="button" data-sync-now>试着现在传</button>'),
    "GET /f/offline": () => field("没有网络", "<p>这一页没有存在手机上</p>", ""),
    "GET /f/login": () => field("登录", "<p>登录</p>", ""),
    "GET /f/offline.json": () => ({ headers: { "content-type": "application/json" }, body: JSON.stringify({ pages: ["/f", "/f/later", "/f/orders/1", "/f/queue"], assets: [] }) }),
    "POST /api/v1/evidence": (request, body) => { state.evidence.push({ size: body.length, key: request.headers["idempotency-key"], text: body.toString("latin1").slice(0, 600) }); return { status: 201, headers: { "content-type": "application/json" }, body: JSON.stringify({ id: `ev-${state.evidence.length}` }) }; },
    "POST /api/v1/sync": sync,
    "POST /api/v1/sync/devices": trust,
    "GET /f/sw.js": () => ({ headers: { "content-type": "text/javascript", "service-worker-allowed": "/f" }, body: `${serviceWorker()}\n// ${state.release}` }),
    "POST /f/logout": () => { state.loggedOut = true; return { status: 303, headers: { location: "/f/login" } }; },
  });
});
after(async () => { await browser?.close(); await stand?.stop(); });
beforeEach(async () => {
  await page?.context().close();
  state = { user: "staff-1", requests: [], done: new Map(), evidence: [], session: "open", trusted: new Set(), release: 1 };
  page = await openPage(browser, { viewport: widths.phone });
  await page.goto(`${stand.url}/f`);
  await page.locator("[data-prepared]").getByText("prepared").waitFor();
});

const offline = (on) => page.context().setOffline(on);
const strip = (text) => page.locator("#net [data-net-text]").getByText(text).waitFor();
const finish = async (words) => { await page.locator("[name=work]").fill(words); await page.getByRole("button", { name: "完工" }).click(); await page.waitForURL(/\/f$/); };
const until = async (truth, what) => { for (let tries = 0; tries < 150; tries += 1) { if (truth()) return; await page.waitForTimeout(100); } assert.fail(`never: ${what}`); };

test("with a network an act goes out at once, in the shape of the contract", async () => {
  await page.goto(`${stand.url}/f/orders/1`);
  await check(page, "field-order");
  await finish("换了软管");
  const [{ device, operations: [operation] }] = state.requests;
  assert.match(operation.op_id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.match(operation.device_time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00$/);
  const { op_id: id, device_time: time, ...rest } = operation;
  assert.deepEqual(rest, { device, seq: 1, verb: "completion", subject: "order-1", base_version: 3, fields: { work: "换了软管", signature: "" } });
  assert.equal(await page.locator("#net").isHidden(), true);
});

test("without a network the pages open, the act is kept over a restart, and goes out once when the network is back", async () => {
  await offline(true);
  await page.goto(`${stand.url}/f/orders/1`);
  await finish("换了软管");
  await strip("net-offline-waiting 1");
  await page.locator('[data-subject="order-1"] [data-waiting]').waitFor();
  await page.close();
  page = await page.context().newPage();
  await page.goto(`${stand.url}/f`);
  await strip("net-offline-waiting 1");
  await check(page, "field-offline", { expected: /net::ERR_INTERNET_DISCONNECTED/ });
  assert.equal(state.requests.length, 0);
  await offline(false);
  await until(() => state.done.size === 1, "the operation arrives");
  await page.locator("#net").waitFor({ state: "hidden" });
  assert.equal([...state.done.values()][0].fields.work, "换了软管");
});

test("photos and the signature go first and their ids stand in the operation", async () => {
  await page.goto(`${stand.url}/f/orders/1`);
  const png = await page.evaluate(() => { const canvas = document.createElement("canvas"); canvas.width = 3200; canvas.height = 400; canvas.getContext("2d").fillRect(0, 0, 900, 300); return canvas.toDataURL("image/png").split(",")[1]; });
  for (const name of ["one.png", "two.png"]) await page.locator("input[type=file]").setInputFiles({ name, mimeType: "image/png", buffer: Buffer.from(png, "base64") });
  await page.locator("figure.shot").nth(1).waitFor();
  assert.equal(await page.locator(".shot-add").isHidden(), true);
  assert.equal(await page.locator("figure.shot img").first().evaluate((image) => image.naturalWidth), 1600);
  await page.locator("figure.shot .shot-drop").first().click();
  const pad = await page.locator("canvas.sign").boundingBox();
  await page.mouse.move(pad.x + 20, pad.y + 20);
  await page.mouse.down();
  await page.mouse.move(pad.x + 120, pad.y + 60);
  await page.mouse.up();
  await finish("换了软管");
  await until(() => state.done.size === 1, "the operation arrives");
  const [operation] = state.done.values();
  assert.deepEqual(operation.fields, { work: "换了软管", photos: ["ev-1"], signature: "ev-2" });
  assert.equal(state.evidence.length, 2);
  assert.ok(state.evidence.every(({ text, key }) => text.includes(operation.op_id) && key));
});

test("an answer that got lost is asked for again and the act is done once", async () => {
  await page.goto(`${stand.url}/f/orders/1`);
  state.swallow = true;
  await finish("换了软管");
  await until(() => state.requests.length >= 2, "the second attempt");
  assert.equal(state.done.size, 1);
  assert.equal(state.requests[0].operations[0].op_id, state.requests.at(-1).operations[0].op_id);
  await page.locator("#net").waitFor({ state: "hidden" });
});

test("a conflict becomes a card with both values; keeping both sends the act again on the new version", async () => {
  state.decide = ({ base_version: version }) => (version === 3 ? { outcome: "conflict", code: "moved", message: "班长 08:52 已改派给何翠", current: { version: 5, fields: { work: "她换过了" } } } : null);
  await page.goto(`${stand.url}/f/orders/1`);
  await page.locator("[name=work]").fill("换了软管");
  await page.getByRole("button", { name: "完工" }).click();
  await page.waitForURL(/\/f\/queue$/);
  await page.getByText("班长 08:52 已改派给何翠").waitFor();
  assert.deepEqual(await page.locator("[data-outbox] tbody").allInnerTexts().then((rows) => rows.map((row) => row.replace(/\s+/g, " "))), ["做了什么 换了软管 她换过了"]);
  await check(page, "field-conflict");
  await page.getByRole("button", { name: "card-keep-both" }).click();
  await until(() => state.done.size === 1, "the act on the new version");
  assert.equal([...state.done.values()][0].base_version, 5);
  await page.getByText("card-none").waitFor();
});

test("a refusal stays visible with its reason until its author has read it; later acts on the subject wait", async () => {
  state.decide = () => ({ outcome: "refused", code: "not_yours", message: "这张工单已给了别人" });
  await page.goto(`${stand.url}/f/orders/1`);
  await page.locator("[name=work]").fill("一");
  await page.getByRole("button", { name: "完工" }).click();
  await page.waitForURL(/\/f\/queue$/);
  await page.goto(`${stand.url}/f/orders/1`);
  await finish("二");
  await strip("net-choose 1");
  assert.deepEqual(state.requests.flatMap(({ operations }) => operations.map(({ fields }) => fields.work)), ["一"]);
  state.decide = null;
  await page.goto(`${stand.url}/f/queue`);
  await page.getByText("这张工单已给了别人").waitFor();
  await page.getByRole("button", { name: "card-understood" }).click();
  await until(() => state.done.size === 1, "the later act");
  assert.equal([...state.done.values()][0].fields.work, "二");
});

test("logging out with unsent work is refused with the count; afterwards kept pages are gone", async () => {
  await offline(true);
  await page.goto(`${stand.url}/f/orders/1`);
  await finish("换了软管");
  await page.getByRole("button", { name: "退出" }).click();
  await page.locator("[data-failed]").getByText("logout-unsent 1").waitFor();
  assert.equal(state.loggedOut, undefined);
  await offline(false);
  for (const way of ["logout-now", "logout-file"]) assert.equal(await page.locator("[data-ways]").getByRole("button", { name: way }).count(), 1);
  assert.equal(await page.locator("[data-ways]").getByRole("link", { name: "logout-word" }).getAttribute("href"), "/f/release");
  await page.getByRole("button", { name: "logout-now" }).click();
  await until(() => state.done.size === 1, "the operation arrives");
  await page.waitForURL(/\/f\/login$/);
  for (let tries = 0; await page.evaluate(async () => Boolean(await (await caches.open("anju-pages-1")).match("/f/orders/1"))); tries += 1) { assert.ok(tries < 100, "the kept page goes"); await page.waitForTimeout(100); }
});

test("work goes under its author although another person is logged in and the author's session is over", async () => {
  await offline(true);
  await page.goto(`${stand.url}/f/orders/1`);
  await finish("换了软管");
  state.user = "staff-2";
  await offline(false);
  await page.goto(`${stand.url}/f/queue`);
  await until(() => state.done.size === 1, "the work of the other");
  assert.deepEqual([...new Set(state.requests.map(({ author }) => author))], ["staff-1"]);
  await page.getByText("card-none").waitFor();
});

test("without a token the work of another person waits, is counted and told, and goes when they are back", async () => {
  state.refuseTrust = true;
  await page.evaluate(() => new Promise((resolve) => { const open = indexedDB.open("anju-field"); open.onsuccess = () => { const tx = open.result.transaction("facts", "readwrite"); tx.objectStore("facts").delete("token:staff-1"); tx.oncomplete = () => { open.result.close(); resolve(); }; }; }));
  state.session = "over";
  await page.goto(`${stand.url}/f/orders/1`);
  await finish("换了软管");
  await strip("net-login");
  state.session = "open";
  state.user = "staff-2";
  await page.goto(`${stand.url}/f/queue`);
  await page.locator("[data-others=staff-1]").getByText("others-over").waitFor();
  await strip("net-others 1");
  await page.getByRole("button", { name: "试着现在传" }).click();
  await page.waitForLoadState("networkidle");
  assert.equal(state.requests.length, 0);
  state.user = "staff-1";
  await page.goto(`${stand.url}/f`);
  await until(() => state.done.size === 1, "the author is back");
});

test("an ended session does not hold the work back; without a token it asks to log in", async () => {
  state.session = "over";
  await page.goto(`${stand.url}/f/orders/1`);
  await finish("换了软管");
  await until(() => state.done.size === 1, "the operation goes with the token");
  state.trusted.clear();
  await page.goto(`${stand.url}/f/orders/1`);
  await finish("又换了一次");
  await strip("net-login");
  assert.equal(await page.getByRole("link", { name: "form-login" }).getAttribute("href"), "/f/login");
  state.session = "open";
  await page.reload();
  await until(() => state.done.size === 2, "the operation after logging in");
});

test("a full phone says so; the act stays on the page with its photo, and goes when there is room", async () => {
  // The quota that the debugger sets is not looked at by IndexedDB, so the store itself is made to say that it is full.
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...values) {
      if (window.full && this.name === "photos") throw new DOMException("no room", "QuotaExceededError");
      return put.apply(this, values);
    };
  });
  await page.goto(`${stand.url}/f/orders/1`);
  await page.locator("[name=work]").fill("换了软管");
  const png = await page.evaluate(() => { const canvas = document.createElement("canvas"); canvas.getContext("2d").fillRect(0, 0, 90, 90); return canvas.toDataURL("image/png").split(",")[1]; });
  await page.locator("input[type=file]").setInputFiles({ name: "one.png", mimeType: "image/png", buffer: Buffer.from(png, "base64") });
  await page.locator("figure.shot").waitFor();
  await page.evaluate(() => { window.full = true; });
  await page.getByRole("button", { name: "完工" }).click();
  await page.locator("[data-failed]").getByText("op-full").waitFor();
  await check(page, "field-full", { expected: /Quota/ });
  assert.equal(await page.locator("[name=work]").inputValue(), "换了软管");
  assert.equal(await page.locator("figure.shot").count(), 1);
  assert.equal(state.requests.length, 0);
  await page.evaluate(() => { window.full = false; });
  await page.getByRole("button", { name: "form-again" }).click();
  await until(() => state.done.size === 1, "the act after room was made");
  assert.equal(state.requests.flatMap(({ operations }) => operations).length, 1, "nothing of the first try was kept");
  assert.equal([...state.done.values()][0].fields.photos.length, 1);
});

test("two open tabs send an act once", async () => {
  await offline(true);
  await page.goto(`${stand.url}/f/orders/1`);
  const second = await page.context().newPage();
  await second.goto(`${stand.url}/f`);
  await finish("换了软管");
  await offline(false);
  await Promise.all([page, second].map((tab) => tab.evaluate(() => window.dispatchEvent(new Event("online")))));
  await until(() => state.done.size === 1, "the operation arrives");
  for (const tab of [page, second]) await tab.locator("#net").waitFor({ state: "hidden" });
  assert.equal(state.requests.flatMap(({ operations }) => operations).length, 1);
});

test("an app that was closed while it sent has the act done once when it is opened again", async () => {
  let answer;
  state.slow = new Promise((resolve) => { answer = resolve; });
  await page.goto(`${stand.url}/f/orders/1`);
  await page.locator("[name=work]").fill("换了软管");
  await page.getByRole("button", { name: "完工" }).click();
  await until(() => state.requests.length === 1, "the call is on its way");
  const context = page.context();
  await page.close();
  answer();
  state.slow = undefined;
  page = await context.newPage();
  await page.goto(`${stand.url}/f`);
  await until(() => state.requests.length === 2, "it is asked for again");
  await page.locator("#net").waitFor({ state: "hidden" });
  assert.equal(state.done.size, 1);
  assert.equal(state.requests[0].operations[0].op_id, state.requests[1].operations[0].op_id);
});

test("a new release of the service worker drops neither unsent work nor what is typed", async () => {
  await offline(true);
  await page.goto(`${stand.url}/f/orders/1`);
  await finish("换了软管");
  await page.goto(`${stand.url}/f/queue`);
  state.session = "over";
  state.trusted.clear();
  state.release = 2;
  await offline(false);
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const changed = new Promise((resolve) => { navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }); });
    await registration.update();
    await changed;
  });
  await page.reload();
  await page.locator("[data-operation]").getByText("厨房顶上滴水").waitFor();
  assert.equal(state.done.size, 0);
  state.session = "open";
  await page.reload();
  await until(() => state.done.size === 1, "the operation arrives after the release");
});

test("work carried in a file to the foreman's phone arrives under its author", async () => {
  await offline(true);
  await page.goto(`${stand.url}/f/orders/1`);
  await finish("换了软管");
  await page.getByRole("button", { name: "退出" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "logout-file" }).click()]);
  const file = await download.path();
  state.user = "staff-9";
  const foreman = await openPage(browser, { viewport: widths.phone });
  await foreman.goto(`${stand.url}/f/queue`);
  await foreman.locator("[data-carry-take]").setInputFiles(file);
  await foreman.locator("[data-carry-told]").getByText("carry-taken 1").waitFor();
  await until(() => state.done.size === 1, "the operation arrives from the other phone");
  assert.deepEqual(state.requests.map(({ author }) => author), ["staff-1"]);
  await foreman.context().close();
  state.user = "staff-1";
  await offline(false);
  await until(() => state.requests.length === 2, "the first phone sends it too");
  await page.locator("#net").waitFor({ state: "hidden" });
  assert.equal(state.done.size, 1);
});

test("offline, listed pages open, others fall back, and what must not be stored is not", async () => {
  await page.goto(`${stand.url}/f/secret`);
  await offline(true);
  await page.goto(`${stand.url}/f/later`);
  assert.equal(await page.getByText("只在清单里").count(), 1);
  for (const path of ["/f/secret", "/f/unknown"]) {
    await page.goto(`${stand.url}${path}`);
    await page.getByText("这一页没有存在手机上").waitFor();
  }
});
