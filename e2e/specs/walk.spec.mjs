// The demo community in a real browser: each face's pages are looked at, and a leak goes from the resident's phone to its rating.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startAnju } from "../lib/anju.mjs";
import { launch } from "../lib/browser.mjs";
import { check, smallTexts } from "../lib/check.mjs";
import { widths } from "../lib/matrix.mjs";
import { resident, staff } from "../lib/roles.mjs";

// 蒋桂兰 of 1-2-0702, who lives alone, reads large type.
const owner = "13800002207"; // 王雅华 of 3-1-1201
let anju;
let browser;

before(async () => { [anju, browser] = await Promise.all([startAnju("demo"), launch()]); });
after(async () => { await browser?.close(); await anju?.stop(); });

const look = (page, path, name) => page.goto(`${anju.url}${path}`).then(() => check(page, name));

test("the desk's pages pass every check at desk width", async () => {
  const page = await staff(anju, browser, "chenfang", { viewport: widths.desk }, "/c/GYHY");
  for (const [path, name] of [["/c/GYHY", "console-home"], ["/c/GYHY/orders", "desk"], ["/c/GYHY/orders/new", "console-new"], ["/c/GYHY/notices", "console-notices"]]) await look(page, path, name);
  await page.goto(`${anju.url}/c/GYHY/orders`);
  await page.click("tbody a.main");
  await page.waitForLoadState();
  await check(page, "order");
  await page.context().close();
});

test("the manager's pages of homes and people pass every check", async () => {
  const page = await staff(anju, browser, "zhoumin", { viewport: widths.desk }, "/c/GYHY");
  for (const [path, name] of [["/c/GYHY/3-1-1201", "household"], ["/c/GYHY/import", "import"], ["/c/GYHY/staff", "staff"]]) await look(page, path, name);
  await page.context().close();
});

test("T1: a leak is reported in three taps, and the desk has the same number", async () => {
  const page = await resident(anju, browser, owner);
  await check(page, "portal");
  let taps = 0;
  const tap = async (selector) => { taps += 1; await Promise.all([page.waitForLoadState("load"), page.click(selector)]); await page.waitForTimeout(0); };
  await tap("main a[href^='/r/report']");
  await page.waitForURL(/\/r\/report/);
  await page.locator("main a, main label").filter({ hasText: "漏水" }).first().click();
  taps += 1;
  await page.waitForSelector("button[type=submit]");
  await check(page, "portal-report");
  taps += 1;
  await Promise.all([page.waitForURL(/\/r\/orders\/B-/), page.locator("button[type=submit]").filter({ hasText: "提交" }).first().click()]);
  assert.equal(taps, 3);
  await check(page, "portal-order");
  const number = page.url().split("/").pop();
  const desk = await staff(anju, browser, "chenfang", { viewport: widths.desk }, "/c/GYHY");
  const answer = await desk.goto(`${anju.url}/c/GYHY/orders/${number}`);
  assert.equal(answer.status(), 200);
  await desk.context().close();
  await page.context().close();
});

test("the field's first page passes every check on a phone", async () => {
  const page = await staff(anju, browser, "lijianguo", { viewport: widths.phone }, "/f");
  await look(page, "/f", "field");
  await page.context().close();
});

test("T5: in large type nothing is smaller than 18 px", async () => {
  const page = await resident(anju, browser, "13800000364");
  await page.context().addCookies([{ name: "anju-size", value: "xl", url: anju.url }]);
  await look(page, "/r", "portal-xl");
  assert.deepEqual(await smallTexts(page, 18), []);
  await page.context().close();
});

test("English pages of the desk pass the same checks", async () => {
  const page = await staff(anju, browser, "chenfang", { viewport: widths.small, locale: "en" }, "/c/GYHY");
  await look(page, "/c/GYHY/orders", "desk-en");
  await page.context().close();
});
