// Work without a network, on the real program: an order taken, begun and finished while there is no network and the app is
// closed (T14), one that was given to somebody else meanwhile (T15), logging out with unsent work (T16), a report on the round, and
// a label read by a camera.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addPhoto, said, sign } from "../lib/acts.mjs";
import { startAnju } from "../lib/anju.mjs";
import { launch, openPage } from "../lib/browser.mjs";
import { codesIn, drawn, film } from "../lib/camera.mjs";
import { check, screenshot, smallTargets } from "../lib/check.mjs";
import { widths } from "../lib/matrix.mjs";
import { staff } from "../lib/roles.mjs";

const noNetwork = /net::ERR_INTERNET_DISCONNECTED|net::ERR_FAILED|Failed to fetch/;
const place = "3-1-1201";
let anju, browser, desk;

before(async () => {
  [anju, browser] = await Promise.all([startAnju("demo"), launch()]);
  desk = await staff(anju, browser, "chenfang", {}, "/c/GYHY");
});
after(async () => { await browser?.close(); await anju?.stop(); });

/** A call of the API in the session of `page`. */
const call = (page, path, body, method = body ? "POST" : "GET") => page.evaluate(async ([to, sent, how]) => {
  const answer = await fetch(to, { method: how, headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID(), "x-csrf-token": document.querySelector("meta[name=csrf]").content }, body: sent && JSON.stringify(sent) });
  return { status: answer.status, ...(await answer.json()) };
}, [path, body, method]);

/** A leak taken down by the desk and given to the person with this id. */
async function givenTo(party, text) {
  const order = await call(desk, "/api/v1/orders", { site: "GYHY", kind: "repair", category: "water.leak", urgency: "urgent", place, channel: "phone", text, reporter: { name: "王雅华", phone: "13800002207" } });
  assert.equal(order.status, 201, JSON.stringify(order));
  const given = await call(desk, `/api/v1/orders/${order.id}/assignment`, { person: party });
  assert.equal(given.status, 200, JSON.stringify(given));
  return order;
}

const thread = async (order) => (await call(desk, `/api/v1/orders/${order.id}/messages`)).items;
const until = async (page, truth, what) => {
  for (let tries = 0; tries < 100; tries += 1) { if (await truth()) return; await page.waitForTimeout(100); }
  assert.fail(`never: ${what}`);
};
const phone = (login, to = "/f") => staff(anju, browser, login, { viewport: widths.phone }, to);
const idOf = (page) => page.evaluate(() => document.body.dataset.user);
const strip = (page, text) => page.locator("#net [data-net-text]").getByText(text).waitFor();
const tap = (page, name) => page.locator("main, .dock").locator("button, a.btn").filter({ hasText: name, visible: true }).first().click();

/** Are these pages kept on the phone? */
const keeps = (page, paths) => page.evaluate(async (wanted) => {
  const cache = await caches.open("anju-pages-1");
  return (await Promise.all(wanted.map((path) => cache.match(path)))).every(Boolean);
}, paths);

/** One step of the work, and the page that follows it. */
const acts = (page, name) => Promise.all([page.waitForEvent("load"), tap(page, name)]);

/** The phone has the pages of the shift, these orders among them. */
async function prepared(page, orders) {
  await page.goto(`${anju.url}/f`);
  await until(page, () => keeps(page, ["/f", "/f/queue", "/f/report"]), "the pages of the shift are kept");
  for (const { number } of orders) {
    await page.goto(`${anju.url}/f/orders/${number}`);
    await until(page, () => keeps(page, [`/f/orders/${number}`]), `the page of ${number} is kept`);
  }
}

async function finishes(page, result) {
  await addPhoto(page, "#finish", { uploaded: false });
  await addPhoto(page, "#finish", { uploaded: false, shade: "#305030" });
  await page.fill("#finish [name=result]", result);
  await sign(page, "#finish");
  await page.locator("#finish button.btn-main").click();
  await page.waitForURL(/\/f(\/queue)?$/);
}

/** Another page of the same phone, as after the app was closed and opened again. */
async function reopened(page, path = "/f") {
  const context = page.context();
  await page.close();
  const fresh = await context.newPage();
  await fresh.goto(`${anju.url}${path}`);
  return fresh;
}

test("T14: an order taken, begun and finished without a network, the app closed, arrives once with its pictures and times", async () => {
  let field = await phone("lijianguo");
  const order = await givenTo(await idOf(field), "厨房顶上滴水");
  await prepared(field, [order]);
  await field.context().setOffline(true);
  await field.goto(`${anju.url}/f/orders/${order.number}`);
  await acts(field, "接单");
  await strip(field, "没有网络，照常做；待传 1 条");
  await acts(field, "到场");
  await strip(field, "没有网络，照常做；待传 2 条");
  await field.locator("#finish").waitFor();
  await tap(field, "完工");
  await screenshot(field, "offline-finish");
  await field.locator("#finish button.btn-main").click();
  await field.locator("[data-failed]").getByText("还没填：").waitFor();
  await finishes(field, "换了软管，试水不漏");
  await strip(field, "待传 3 条");
  const did = await field.evaluate(() => Date.now());
  field = await reopened(field, "/f/queue");
  await strip(field, "待传 3 条");
  await field.locator("[data-outbox]").getByText("厨房顶上滴水").first().waitFor();
  assert.match(await said(field, "[data-outbox]"), /厨房顶上滴水 接单 · \d\d:\d\d 做的 · (刚刚|\d+ 分钟前) 等网络.*完工 · .*照片 3 张/);
  assert.match(await said(field, "[data-outbox-count]"), /^3 条/);
  await check(field, "offline-queue", { expected: noNetwork });
  assert.equal((await thread(order)).some(({ act }) => act === "taking"), false);

  // The answer to the first sending gets lost after the server has done it.
  let lost = 0;
  await field.context().route("**/api/v1/sync", async (route) => { if (lost++ > 0) { await route.continue(); return; } await route.fetch(); await route.abort(); });
  await field.context().setOffline(false);
  await field.locator("#net").waitFor({ state: "hidden", timeout: 30_000 });
  assert.ok(lost >= 2, "it was sent again");
  await field.locator("[data-sent]").first().waitFor();
  const lines = await thread(order);
  assert.deepEqual(lines.map(({ act }) => act), ["report", "assignment", "taking", "arrival", "completion"]);
  for (const line of lines.filter(({ act }) => act === "arrival" || act === "completion")) assert.ok(Math.abs(Date.parse(line.device_at) - did) < 120_000, `${line.act} has the time of the phone: ${line.device_at}`);
  const pictures = (await call(desk, `/api/v1/orders/${order.id}/evidence`)).items;
  assert.deepEqual(pictures.map(({ kind }) => kind).sort(), ["photo", "photo", "signature"]);
  await field.context().close();
});

test("T15: an order that went to somebody else meanwhile becomes a card; both are kept when its author says so", async () => {
  const field = await phone("lijianguo");
  const order = await givenTo(await idOf(field), "阳台地漏返水");
  await prepared(field, [order]);
  await field.context().setOffline(true);
  await field.goto(`${anju.url}/f/orders/${order.number}`);
  const others = await field.locator("form[action$='/transfer'] select[name=to] option").evaluateAll((options) => options.map(({ value }) => value).filter(Boolean));
  await acts(field, "接单");
  await strip(field, "待传 1 条");
  const leader = await staff(anju, browser, "zhaoqiang", {}, "/c/GYHY");
  const given = await call(leader, `/api/v1/orders/${order.id}/transfer`, { person: others[0], reason: "李建国在别处" });
  assert.equal(given.status, 200, JSON.stringify(given));
  await field.context().setOffline(false);
  await strip(field, "要您选 1 条");
  await field.locator("#net [data-net-link]").click();
  await field.getByText("已派给").waitFor();
  await check(field, "offline-choose", { expected: noNetwork });
  assert.match(await said(field, "[data-outbox]"), /要您选.*赵强.*已派给/);
  await tap(field, "两次都留");
  await field.getByText("没有待传的内容").waitFor();
  const line = (await thread(order)).at(-1);
  assert.match(line.text, /改派前已做：接单/);
  assert.equal(line.actor, "李建国");
  assert.notEqual((await call(desk, `/api/v1/orders/${order.id}`)).legs[0].person, await idOf(field), "the other keeps the order");
  await leader.context().close();
  await field.context().close();
});

test("T16: logging out with three unsent is refused with the count and three ways out; the foreman's word leaves them to be sent", async () => {
  const field = await phone("lijianguo");
  const orders = [];
  for (const text of ["水表井积水", "管道井渗水", "水槽下滴水"]) orders.push(await givenTo(await idOf(field), text));
  await prepared(field, orders);
  await field.context().setOffline(true);
  for (const { number } of orders) { await field.goto(`${anju.url}/f/orders/${number}`); await acts(field, "接单"); await strip(field, "没有网络"); await field.locator("[data-step-after]").filter({ visible: true }).first().waitFor(); }
  await field.goto(`${anju.url}/f`);
  await strip(field, "待传 3 条");
  await field.locator("details#me > summary").click();
  await field.locator("form[data-logout] button").first().click();
  await field.locator("[data-failed]").getByText("还有 3 条没传").waitFor();
  await check(field, "offline-logout", { expected: noNetwork });
  const ways = await field.locator("[data-ways] > *").allInnerTexts();
  assert.deepEqual(ways, ["试着现在传", "导出到班长手机", "班长口令"]);
  const [file] = await Promise.all([field.waitForEvent("download"), field.getByRole("button", { name: "导出到班长手机" }).click()]);
  assert.match(file.suggestedFilename(), /^anju-\d{12}\.json$/);

  // The network is there, sending is not: the server refuses for a while, and the foreman lets him go.
  await field.context().route("**/api/v1/sync", (route) => route.fulfill({ status: 503, body: "" }));
  await field.context().setOffline(false);
  await field.goto(`${anju.url}/f/release`);
  await field.locator("[data-operation]").nth(2).waitFor();
  await check(field, "offline-release", { expected: /503|Service Unavailable|ERR_INTERNET_DISCONNECTED/ });
  await field.fill("[name=login]", "zhaoqiang");
  await field.fill("[name=password]", "guiyu-huayuan-demo");
  await Promise.all([field.waitForURL(/\/login/), field.getByRole("button", { name: "同意退出" }).click()]);
  await field.context().unroute("**/api/v1/sync");
  await field.reload();
  const taken = async (order) => (await thread(order)).find(({ act }) => act === "taking");
  for (const order of orders) {
    await until(field, () => taken(order), `${order.number} is taken`);
    assert.equal((await taken(order)).actor, "李建国");
  }
  await field.context().close();
});

test("a report on the round without a network gets its number when there is one, with its photo, once", async () => {
  let field = await phone("lijianguo");
  await prepared(field, []);
  await field.context().setOffline(true);
  await field.goto(`${anju.url}/f/report`);
  await field.fill("[name=place]", "3-1-1101");
  await field.fill("[name=text]", "门口顶灯不亮");
  await addPhoto(field, "#report", { uploaded: false });
  await check(field, "offline-report", { expected: noNetwork });
  await field.locator(".dock button[type=submit]").click();
  await field.waitForURL(/\/f\/queue$/);
  await field.locator("[data-operation]").getByText("门口顶灯不亮").waitFor();
  field = await reopened(field, "/f/queue");
  await field.context().setOffline(false);
  await field.locator("[data-sent]").filter({ hasText: "门口顶灯不亮" }).getByText(/工单 B-\d{6}-\d{3}/).waitFor();
  const number = /B-\d{6}-\d{3}/.exec(await said(field, "[data-outbox]"))[0];
  await desk.goto(`${anju.url}/c/GYHY/orders/${number}`);
  assert.match(await said(desk), /门口顶灯不亮/);
  const found = (await call(desk, "/api/v1/orders?site=GYHY&q=门口顶灯不亮")).items ?? [];
  assert.ok(found.filter(({ title }) => title === "门口顶灯不亮").length <= 1);
  await field.context().close();
});

test("the label of a home, printed by us, is read by the camera and opens the home", async () => {
  await desk.goto(`${anju.url}/c/GYHY/labels`);
  const pdf = Buffer.from(await desk.evaluate(async () => {
    const body = new URLSearchParams({ building: "3", kind: "unit", size: "24", csrf: document.querySelector("meta[name=csrf]").content });
    const answer = await fetch("/c/GYHY/labels", { method: "POST", body });
    return [...new Uint8Array(await answer.arrayBuffer())];
  }));
  assert.equal(pdf.subarray(0, 4).toString(), "%PDF");
  const label = drawn(pdf, { dpi: 150, crop: { x: 0, y: 0, width: 420, height: 240 } });
  const codes = codesIn(label);
  assert.equal(codes.length, 1, `one label is cut out: ${codes.join(" ")}`);
  const [code] = codes;
  assert.ok(code.startsWith(`${anju.url}/p/at/`), code);
  const filmed = await launch({ camera: await film(browser, label) });
  try {
    const page = await openPage(filmed, { viewport: widths.phone, permissions: ["camera"] });
    await page.goto(`${anju.url}/login?to=/f`);
    await page.fill("input[name=login]", "lijianguo");
    await page.fill("input[name=password]", "guiyu-huayuan-demo");
    await Promise.all([page.waitForURL(/\/f$/), page.click("main button[type=submit]")]);
    await Promise.all([page.waitForURL(/\/f\/homes\/3-/, { timeout: 30_000 }), page.locator("nav a[data-scan]").click()]);
    assert.match(await said(page, "header"), /3-\d-\d{4}/);
    await check(page, "scanned-home");
  } finally { await filmed.close(); }
});

test("a finish that was begun outlives the app; a place whose label is known opens without a network", async () => {
  let field = await phone("lijianguo");
  const order = await givenTo(await idOf(field), "洗手间地漏堵了往外冒水");
  await prepared(field, [order]);
  await until(field, () => keeps(field, ["/f/offline.json"]), "the labels are kept");
  await field.context().setOffline(true);
  await field.goto(`${anju.url}/f/orders/${order.number}`);
  await acts(field, "接单");
  await acts(field, "到场");
  await tap(field, "完工");
  await addPhoto(field, "#finish", { uploaded: false });
  await field.fill("#finish [name=result]", "疏通了地漏");
  await sign(field, "#finish");
  field = await reopened(field, "/f/queue");
  await field.locator("[data-begun]").getByText("照片和签名 2 张").waitFor();
  await check(field, "offline-begun-queue", { expected: noNetwork });
  await field.goto(`${anju.url}/f/orders/${order.number}`);
  await field.locator("#finish figure.shot").waitFor();
  assert.equal(await field.inputValue("#finish [name=result]"), "疏通了地漏");
  await check(field, "offline-begun", { expected: noNetwork });
  await field.goto(`${anju.url}/f/homes/${place}`);
  await field.locator(`[data-place="${place}"]`).getByText("报这里的问题").waitFor();
  await check(field, "offline-place", { expected: noNetwork });
  await field.setViewportSize(widths.narrow);
  for (const [name, path] of [["order", `/f/orders/${order.number}`], ["place", `/f/homes/${place}`], ["unknown", "/f/scan?code=zzz"], ["queue", "/f/queue"], ["scan", "/f/scan"], ["report", "/f/report"]]) {
    await field.goto(`${anju.url}${path}`);
    await field.waitForLoadState("networkidle");
    await check(field, `offline-narrow-${name}`, { expected: noNetwork });
    assert.deepEqual(await smallTargets(field, 44), [], path);
  }
  await field.context().close();
});
