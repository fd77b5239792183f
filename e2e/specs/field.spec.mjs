// The field face without a network: the outbox, the service worker, conflict cards, logging out; against a stand that keeps
// operations by id like the program does.
import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, beforeEach, test } from "node:test";
import { launch, openPage } from "../lib/browser.mjs";
import { check } from "../lib/check.mjs";
import { widths } from "../lib/matrix.mjs";
import { fixture, serviceWorker, startStand } from "../lib/stand.mjs";

let browser, stand, page, state;

const order = `<section class="card" data-subject="order-1"><h2>厨房顶上滴水</h2></section>
<form class="card gap" method="post" action="/f/orders/1/completion" enctype="multipart/form-data" data-op="completion" data-subject="order-1" data-version="3" data-title="厨房顶上滴水" data-draft="completion-order-1" data-after="/f">
<input type="hidden" name="csrf" value="stale"><label class="field-f"><span class="label">做了什么</span><input class="input" name="work"></label>
<div class="field-f" data-photos data-name="photos" data-max="2"><span class="label">照片</span><div class="shots"><label class="shot shot-add">{{icon}}拍照<input class="sr" type="file" name="photo_files" accept="image/*"></label></div></div>
<div class="field-f" data-signature><canvas class="sign" width="600" height="200" role="img" aria-label="签名"></canvas><input type="hidden" name="signature"><button class="btn btn-sm" type="button" data-sign-clear>重签</button></div>
<button class="btn btn-main btn-block mt-3">完工</button></form>`;

const places = [{ qr: "q-hall", code: "3-1-HALL", name: "大堂", site: "TWO" }, { qr: "q-1201", code: "3-1-1201", name: "3-1-1201", site: "TWO" }];
const orders = [{ path: "/f/orders/1", number: "B-260812-017", shown: "B-0812-017", title: "厨房顶上滴水", place: "3-1-1201", site: "TWO" }];

function field(title, content, user = state.user) {
  return fixture("duty.html", { title, user, content: content.replace("{{icon}}", "") });
}

const keyOf = (author) => createHash("sha256").update(author).digest();
/** The author behind a seal, when nothing was changed; the stand's ids of seals are the authors. */
function sealer({ by, text, mac }) {
  return createHmac("sha256", keyOf(by)).update(text).digest("hex") === mac ? by : null;
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
  return { status: 201, headers: { "content-type": "application/json" }, body: JSON.stringify({ token: `token-${state.user}`, author: state.user, name: state.user, ends: "2026-09-11T10:24:00+08:00", seal: { id: state.user, key: keyOf(state.user).toString("hex") } }) };
}

async function sync(request, body) {
  const sender = caller(request);
  if (!sender) return { status: 401, body: "" };
  const { device, operations } = JSON.parse(body);
  const seals = operations.map(({ seal }) => seal).filter(Boolean);
  const author = seals.length === 0 ? sender : sealer(seals[0]);
  for (const { op_id: id, seal } of operations) if (seal) assert.equal(JSON.parse(seal.text).operation.op_id, id);
  state.requests.push({ device, operations, author });
  await state.slow;
  const unread = state.unread?.(operations);
  if (unread) return { status: 422, headers: { "content-type": "application/problem+json" }, body: JSON.stringify({ code: "invalid", errors: [{ field: "device", code: "device_other", message: unread }] }) };
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
    "GET /f/orders/1": () => (state.away ? { status: 502, body: "gone" } : field("厨房顶上滴水", order)),
    "GET /f/later": () => field("明天", "<p>只在清单里</p>"),
    "GET /f/secret": () => ({ headers: { "content-type": "text/html", "cache-control": "no-store" }, body: field("密", "<p>不能留在手机上</p>") }),
    "GET /f/queue": () => field("待上传", '<p class="small muted" data-room hidden></p><section class="card" data-outbox></section><label class="field-f gap"><span class="label">收下</span><input type="file" data-carry-take></label><p data-carry-told role="status"></p><button class="btn btn-block gap" type="button" data-sync-now>试着现在传</button>'),
    "GET /f/offline": () => field("没有网络", '<p>这一页没有存在手机上</p><div class="gap" data-known aria-live="polite"></div><nav class="stack gap" aria-label="能做的"><a class="btn btn-block" href="">再打开</a><a class="btn btn-block" href="/f" data-if-kept>回今日</a><a class="btn btn-block" href="/f/never" data-if-kept>没存的</a></nav>', ""),
    "GET /f/report": () => field("上报", '<form method="post" action="/f/report" data-op="report" data-new data-title="上报" data-after="/f/queue"><label class="field-f"><span class="label">哪里</span><input class="input" type="text" name="place"></label><label class="pick"><input type="radio" name="site" value="ONE" checked><span class="chip">一</span></label><label class="pick"><input type="radio" name="site" value="TWO"><span class="chip">二</span></label><button class="btn btn-main btn-block">上报</button></form>'),
    "GET /f/login": () => field("登录", "<p>登录</p>", ""),
    "GET /f/offline.json": () => ({ headers: { "content-type": "application/json" }, body: JSON.stringify({ pages: ["/f", "/f/later", "/f/orders/1", "/f/queue", "/f/report"], assets: [], places, orders }) }),
    "POST /api/v1/evidence": async (request, body) => { await state.slowEvidence; state.evidence.push({ size: body.length, seal: request.headers["x-anju-seal"], key: request.headers["idempotency-key"], text: body.toString("latin1").slice(0, 600) }); return { status: 201, headers: { "content-type": "application/json" }, body: JSON.stringify({ id: `ev-${state.evidence.length}` }) }; },
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
const until = async (truth, what) => { for (let tries = 0; tries < 150; tries += 1) { if (await truth()) return; await page.waitForTimeout(100); } assert.fail(`never: ${what}`); };

const png = (shade) => page.evaluate((colour) => { const canvas = document.createElement("canvas"); canvas.getContext("2d").fillStyle = colour; canvas.getContext("2d").fillRect(0, 0, 90, 90); return canvas.toDataURL("image/png").split(",")[1]; }, shade);
const photograph = async (shade = "#345") => {
  const shots = await page.locator("figure.shot").count();
  await page.locator("input[type=file]").first().setInputFiles({ name: "one.png", mimeType: "image/png", buffer: Buffer.from(await png(shade), "base64") });
  await page.locator("figure.shot").nth(shots).waitFor();
};
const signs = async () => {
  const pad = await page.locator("canvas.sign").boundingBox();
  await page.mouse.move(pad.x + 20, pad.y + 20);
  await page.mouse.down();
  await page.mouse.move(pad.x + 120, pad.y + 60);
  await page.mouse.up();
};
const inked = () => page.locator("canvas.sign").evaluate((canvas) => { const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height); let dark = 0; for (let at = 0; at < data.length; at += 4) if (data[at] < 128) dark += 1; return dark; });
/** How many pictures of forms that were begun lie on the phone. */
const begun = () => page.evaluate(() => new Promise((resolve) => { const open = indexedDB.open("anju-field"); open.onsuccess = () => { const asked = open.result.transaction("facts").objectStore("facts").getAllKeys(IDBKeyRange.bound("begun:", "begun:\uffff")); asked.onsuccess = () => { open.result.close(); resolve(asked.result.length); }; }; }));
const holds = async (count) => { for (let tries = 0; (await begun()) !== count; tries += 1) { assert.ok(tries < 100, `${count} pictures are kept`); await page.waitForTimeout(50); } };
/** The app killed and opened again on the same phone. */
const reopened = async (path) => { const context = page.context(); await page.close(); page = await context.newPage(); await page.goto(`${stand.url}${path}`); };

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
  await photograph();
  await finish("换了软管");
  await page.getByRole("button", { name: "退出" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "logout-file" }).click()]);
  const file = await download.path();
  const written = readFileSync(file, "utf8");
  for (const secret of ["token", keyOf("staff-1").toString("hex")]) assert.ok(!written.includes(secret), `the file holds no ${secret}`);
  state.user = "staff-9";
  const foreman = await openPage(browser, { viewport: widths.phone });
  await foreman.goto(`${stand.url}/f/queue`);
  await foreman.locator("[data-carry-take]").setInputFiles(file);
  await foreman.locator("[data-carry-told]").getByText("carry-taken 1").waitFor();
  await until(() => state.done.size === 1, "the operation arrives from the other phone");
  assert.deepEqual(state.requests.map(({ author }) => author), ["staff-1"]);
  assert.ok(state.evidence.length > 0 && state.evidence.every(({ seal }) => sealer(JSON.parse(seal)) === "staff-1"), "pictures are their author's too");
  await foreman.context().close();
  state.user = "staff-1";
  await offline(false);
  await until(() => state.requests.length === 2, "the first phone sends it too");
  await page.locator("#net").waitFor({ state: "hidden" });
  assert.equal(state.done.size, 1);
});

/** What lies in the file that this phone exports. */
const exported = async () => {
  await page.getByRole("button", { name: "退出" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "logout-file" }).click()]);
  return JSON.parse(readFileSync(await download.path(), "utf8"));
};
/** Another phone, of staff-9, takes the file in. */
const takenIn = async (content, told) => {
  state.user = "staff-9";
  const foreman = await openPage(browser, { viewport: widths.phone });
  await foreman.goto(`${stand.url}/f/queue`);
  await foreman.locator("[data-carry-take]").setInputFiles({ name: "anju.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(content)) });
  await foreman.locator("[data-carry-told]").getByText(told).waitFor();
  return foreman;
};
const begins = async (words) => { await page.goto(`${stand.url}/f/orders/1`); await finish(words); };

test("without its author's permit nothing goes into a file, and the phone says so", async () => {
  await page.evaluate(() => new Promise((resolve) => { const open = indexedDB.open("anju-field"); open.onsuccess = () => { const tx = open.result.transaction("facts", "readwrite"); tx.objectStore("facts").delete("token:staff-1"); tx.oncomplete = () => { open.result.close(); resolve(); }; }; }));
  await offline(true);
  await begins("换了软管");
  await page.getByRole("button", { name: "退出" }).click();
  let saved = 0;
  page.on("download", () => { saved += 1; });
  await page.getByRole("button", { name: "logout-file" }).click();
  await page.locator("[data-given]").getByText("carry-none 1").waitFor();
  assert.equal(saved, 0);
});

test("a phone takes in sealed acts of other phones and their pictures only", async () => {
  await offline(true);
  await page.goto(`${stand.url}/f/orders/1`);
  await photograph();
  await finish("换了软管");
  const file = await exported();
  for (const one of [...file.operations, ...file.photos]) assert.equal(sealer(one.seal), "staff-1");
  const [picture] = file.photos;
  assert.deepEqual(JSON.parse(picture.seal.text), { op_id: file.operations[0].op_id, sha256: picture.sha256, field: "photos", taken_at: picture.taken_at, site: null });
  const { seal, ...bare } = file.operations[0];
  file.operations.push({ ...bare, op_id: "0198a000-0000-7000-8000-000000000001", author: "staff-9" });
  file.photos.push({ ...picture, key: "stray", op_id: "0198a000-0000-7000-8000-000000000002" });
  const foreman = await takenIn(file, "carry-left 1");
  await until(() => state.done.size === 1, "the sealed one arrives");
  await foreman.locator("#net").waitFor({ state: "hidden" });
  assert.equal(state.evidence.length, 1);
  assert.deepEqual(await foreman.evaluate(() => new Promise((resolve) => { const open = indexedDB.open("anju-field"); open.onsuccess = () => { const asked = open.result.transaction("photos").objectStore("photos").getAllKeys(); asked.onsuccess = () => resolve(asked.result); }; })), []);
  await foreman.context().close();
  assert.ok(seal);
});

test("a file that says it is of this very phone is not taken", async () => {
  await offline(true);
  await begins("换了软管");
  const file = await exported();
  file.operations[0] = { ...file.operations[0], op_id: "0198a000-0000-7000-8000-000000000003" };
  await page.goto(`${stand.url}/f/queue`);
  await page.locator("[data-carry-take]").setInputFiles({ name: "anju.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(file)) });
  await page.locator("[data-carry-told]").getByText("carry-taken 0").waitFor();
  assert.equal(await page.locator("[data-operation]").count(), 1);
});

test("an act that the server will not read becomes a card, and what stands behind it is sent", async () => {
  await offline(true);
  for (const words of ["一", "坏", "三"]) {
    await page.goto(`${stand.url}/f/report`);
    await page.locator("[name=place]").fill(words);
    await page.getByRole("button", { name: "上报" }).click();
    await page.waitForURL(/\/f\/queue$/);
  }
  state.unread = (operations) => (operations.some(({ fields }) => fields.place === "坏") ? "这一步看不懂" : null);
  await offline(false);
  await until(() => state.done.size === 2, "the two good ones");
  await page.getByText("这一步看不懂").waitFor();
  assert.deepEqual([...state.done.values()].map(({ fields }) => fields.place), ["一", "三"]);
  await page.getByRole("button", { name: "card-understood" }).click();
  await page.locator("[data-operation]").waitFor({ state: "detached" });
});

test("a refused act of another phone is sent again under its own id and seal, or left to its author", async () => {
  await offline(true);
  await begins("换了软管");
  const file = await exported();
  state.decide = () => ({ outcome: "conflict", code: "moved", message: "班长已改派", current: { version: 5, fields: {} } });
  const foreman = await takenIn(file, "carry-taken 1");
  await foreman.getByText("班长已改派").waitFor();
  await foreman.getByText("card-carried").waitFor();
  assert.equal(await foreman.getByRole("button", { name: "card-keep-both" }).count(), 0);
  await check(foreman, "field-carried-refused");
  state.decide = undefined;
  await foreman.getByRole("button", { name: "form-again" }).click();
  await until(() => state.done.size === 1, "the act arrives under its seal");
  assert.deepEqual([...state.done.keys()], [file.operations[0].op_id]);
  assert.equal(state.requests.at(-1).author, "staff-1");
  await foreman.context().close();
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

test("photos, a signature and words of an unsent form outlive the app, wait under to send, and go with the act once", async () => {
  await offline(true);
  await page.goto(`${stand.url}/f/orders/1`);
  await page.locator("[name=work]").fill("换了软管");
  await photograph("#345");
  await photograph("#783");
  await signs();
  await page.locator("figure.shot .shot-drop").first().click();
  await holds(2);
  await reopened("/f/orders/1");
  await page.locator("[data-draft-note]").getByText("draft-restored").waitFor();
  await page.locator("figure.shot").waitFor();
  assert.equal(await page.locator("figure.shot").count(), 1, "what was thrown away does not come back");
  assert.equal(await page.locator("[name=work]").inputValue(), "换了软管");
  assert.ok((await inked()) > 50, "the signature is on the pad");
  await check(page, "field-begun", { expected: /net::ERR_INTERNET_DISCONNECTED/ });
  await page.goto(`${stand.url}/f/queue`);
  await page.locator("[data-begun]").getByText("begun-holds 2").waitFor();
  await Promise.all([page.waitForURL(/orders\/1$/), page.locator("[data-begun] a").click()]);
  await page.locator("figure.shot").waitFor();
  await page.getByRole("button", { name: "完工" }).click();
  await page.waitForURL(/\/f$/);
  await holds(0);
  await offline(false);
  await until(() => state.done.size === 1, "the act arrives");
  assert.deepEqual([...state.done.values()][0].fields, { work: "换了软管", photos: ["ev-1"], signature: "ev-2" });
  assert.equal(state.evidence.length, 2);
  await page.goto(`${stand.url}/f/orders/1`);
  await page.waitForLoadState("networkidle");
  assert.equal(await page.locator("figure.shot, [data-draft-note]").count(), 0, "nothing of it is there twice");
});

test("what was begun is cleared when its person says so, and is nobody else's", async () => {
  await page.goto(`${stand.url}/f/orders/1`);
  await photograph();
  await signs();
  await holds(2);
  state.user = "staff-2";
  await reopened("/f/orders/1");
  await page.waitForLoadState("networkidle");
  assert.equal(await page.locator("figure.shot, [data-draft-note]").count(), 0);
  state.user = "staff-1";
  await reopened("/f/orders/1");
  await page.locator("figure.shot").waitFor();
  await page.getByRole("button", { name: "draft-clear" }).click();
  await holds(0);
  assert.equal(await page.locator("figure.shot").count(), 0);
  assert.equal(await inked(), 0);
  assert.equal(await page.locator("[name=signature]").inputValue(), "");
});

test("a photo that finds no room is said to be on this page only, and goes with the act", async () => {
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...values) {
      if (String(values[1]).startsWith("begun:")) throw new DOMException("no room", "QuotaExceededError");
      return put.apply(this, values);
    };
  });
  await page.goto(`${stand.url}/f/orders/1`);
  await photograph();
  await page.locator("[data-failed]").getByText("begun-not-kept").waitFor();
  await finish("换了软管");
  await until(() => state.done.size === 1, "the act arrives");
  assert.deepEqual([...state.done.values()][0].fields.photos, ["ev-1"]);
});

test("a refused log-out throws nothing away, and without a network nobody logs out", async () => {
  await offline(true);
  await page.goto(`${stand.url}/f/orders/1`);
  await page.locator("[name=work]").fill("换了软管");
  await page.goto(`${stand.url}/f`);
  await page.getByRole("button", { name: "退出" }).click();
  await page.locator("[data-failed]").getByText("logout-offline").waitFor();
  await page.goto(`${stand.url}/f/orders/1`);
  assert.equal(await page.locator("[name=work]").inputValue(), "换了软管");
  await page.goto(`${stand.url}/f`);
  await offline(false);
  await page.getByRole("button", { name: "退出" }).click();
  await page.waitForURL(/\/f\/login$/);
  assert.equal(state.loggedOut, true);
});

test("a phone that is nearly full says so with what to do; the system is asked once to leave the work alone", async () => {
  await page.addInitScript(() => {
    window.asked = Number(localStorage.getItem("asked") ?? 0);
    const use = Number(localStorage.getItem("use") ?? 0.4);
    Object.defineProperty(navigator, "storage", { value: {
      estimate: async () => ({ usage: use * 2e9, quota: 2e9 }),
      persisted: async () => localStorage.getItem("asked") !== null,
      persist: async () => { localStorage.setItem("asked", String(window.asked += 1)); return true; },
    } });
  });
  await page.goto(`${stand.url}/f/queue`);
  await page.locator("[data-room]").getByText("room-state 40").getByText("room-unsafe").waitFor();
  assert.equal(await page.locator("[data-room-short]").count(), 0);
  assert.equal(await page.evaluate(() => window.asked), 0, "nothing is kept yet");
  await page.goto(`${stand.url}/f/orders/1`);
  await photograph();
  await holds(1);
  await finish("换了软管");
  await page.evaluate(() => localStorage.setItem("use", "0.86"));
  await page.goto(`${stand.url}/f/queue`);
  await page.locator("[data-room]").getByText("room-state 86").getByText("room-safe").waitFor();
  await page.locator("main [data-room-short]").getByText("room-short 86").waitFor();
  assert.equal(await page.evaluate(() => localStorage.getItem("asked")), "1");
  await check(page, "field-room-short");
});

test("a label read without a network tells its place, my orders there, and takes a report that is kept", async () => {
  await offline(true);
  await page.goto(`${stand.url}/f/scan?code=${encodeURIComponent(`${stand.url}/p/at/q-1201`)}`);
  await page.locator("[data-place='3-1-1201']").getByText("厨房顶上滴水").waitFor();
  await check(page, "field-scan-offline", { expected: /net::ERR_/ });
  assert.deepEqual(await page.locator("a[data-if-kept]:visible").allInnerTexts(), ["回今日"], "ways that lead nowhere are not offered");
  await Promise.all([page.waitForURL(/\/f\/report\?/), page.getByRole("link", { name: "known-report" }).click()]);
  assert.equal(await page.locator("[name=place]").inputValue(), "3-1-1201");
  assert.equal(await page.locator("[name=site]:checked").getAttribute("value"), "TWO");
  await page.getByRole("button", { name: "上报" }).click();
  await page.waitForURL(/\/f\/queue$/);
  await page.goto(`${stand.url}/f/scan?code=b-0812-017`, { waitUntil: "commit" });
  await page.locator("[name=work]").waitFor();
  await page.goto(`${stand.url}/f/homes/3-1-hall`);
  await page.locator("[data-place='3-1-HALL']").getByText("known-no-orders").waitFor();
  await page.goto(`${stand.url}/f/scan?code=q-unknown`);
  await page.locator("[data-known]").getByText("known-not q-unknown").waitFor();
  await page.goto(`${stand.url}/f/orders/B-260812-099`);
  await page.locator("[data-known]").getByText("known-order B-260812-099").waitFor();
  assert.equal(await page.locator("[data-known] a[href='/f/orders/1']").count(), 1, "those that are kept are offered");
  await offline(false);
  await until(() => state.done.size === 1, "the report arrives");
  const [{ verb, fields }] = state.done.values();
  assert.deepEqual([verb, fields.place, fields.site], ["report", "3-1-1201", "TWO"]);
});

test("a phone without a person and without a network says that logging in needs one", async () => {
  await page.evaluate(() => caches.delete("anju-pages-1"));
  const context = page.context();
  await page.evaluate(async () => { const cache = await caches.open("anju-pages-1"); await cache.add("/f/offline"); });
  await offline(true);
  page = await context.newPage();
  await page.goto(`${stand.url}/f`);
  await page.getByText("known-nobody").waitFor();
  await until(async () => (await page.locator("a[data-if-kept]:visible").count()) === 0, "ways that lead nowhere are hidden");
});

test("a gateway that answers for a server that does not hides no kept page", async () => {
  await page.goto(`${stand.url}/f/orders/1`);
  await page.locator("[name=work]").waitFor();
  state.away = true;
  await page.goto(`${stand.url}/f/orders/1`);
  await page.locator("[name=work]").waitFor();
});

test("a tab killed while it sends a photo sends that photo under the same key, and the act holds it once", async () => {
  let answer;
  state.slowEvidence = new Promise((resolve) => { answer = resolve; });
  const asked = [];
  page.context().on("request", (request) => { if (request.url().endsWith("/api/v1/evidence")) asked.push(request.headers()["idempotency-key"]); });
  await page.goto(`${stand.url}/f/orders/1`);
  await photograph();
  await page.locator("[name=work]").fill("换了软管");
  await page.getByRole("button", { name: "完工" }).click();
  await until(() => asked.length === 1, "the photo is on its way");
  const context = page.context();
  await page.close();
  answer();
  state.slowEvidence = undefined;
  page = await context.newPage();
  await page.goto(`${stand.url}/f`);
  await until(() => state.done.size === 1, "the act arrives");
  assert.equal(asked.length, 2);
  assert.equal(new Set(asked).size, 1, "the server knows the second for the first");
  assert.equal([...state.done.values()][0].fields.photos.length, 1);
});
