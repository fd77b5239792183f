// The other ways of reading: English on pages of all three faces, large type on a narrow phone, and forms that keep what was
// typed when the session ends or the network goes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { addPhoto, press, reads } from "../lib/acts.mjs";
import { moveClock, startAnju } from "../lib/anju.mjs";
import { launch, openPage } from "../lib/browser.mjs";
import { check, faults, screenshot, smallTexts } from "../lib/check.mjs";
import { widths } from "../lib/matrix.mjs";
import { logsIn, resident, staff } from "../lib/roles.mjs";

let anju, browser;
before(async () => { [anju, browser] = await Promise.all([startAnju("demo"), launch()]); });
after(async () => { await browser?.close(); await anju?.stop(); });

const demo = (name) => JSON.parse(readFileSync(fileURLToPath(new URL(`../../crates/app/demo/${name}.json`, import.meta.url)), "utf8"));

/** Every Chinese word that people of the demo wrote or are called by: what an English page may show as it is. */
function ownWords() {
  const { surnames, given_names: given, ...people } = demo("people");
  const written = JSON.stringify([people, demo("cases"), demo("notices"), demo("site")]);
  const surname = surnames.map((one) => one.name ?? one[0]).join("|");
  const letters = [...new Set(Object.values(given).flat().join(""))].join("");
  // A drawn name, whole or masked, stands between the signs that part words.
  return { written, name: new RegExp(`^(?:${surname})?[${letters}]{0,2}$`, "u") };
}

/** Runs in the page: every visible text and spoken label, once. */
function texts() {
  const all = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement.closest("script, style, template, textarea, [lang|=zh], #say") && node.textContent.trim()) all.add(node.textContent.trim());
  }
  for (const element of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
    for (const name of ["aria-label", "title", "placeholder", "alt"]) if (element.getAttribute(name)?.trim()) all.add(element.getAttribute(name).trim());
  }
  return [...all, ...document.title.split(" · ")];
}

const rawKey = /(?:^|\s)(?:desk|estate|people|shell|refusal|fault|form|role|web|net|photo|draft|card|keys|date|sync)(?:-[a-z0-9]+)+(?:\s|$)|\{ ?\$/;
const own = ownWords();

/** What is wrong with the words of an English page. */
async function foreignWords(page) {
  const found = await page.evaluate(texts);
  const raw = found.filter((text) => rawKey.test(text)).map((text) => `a key instead of a word: ${text}`);
  // A legal term stands in brackets after its English.
  const chinese = found.map((text) => text.replace(/(?<=[a-z] )\([\p{Script=Han}（）]+\)/gu, "")).flatMap((text) => text.match(/[\p{Script=Han}][\p{Script=Han}，。、；：！？（）“”·0-9A-Za-z ~-]*(?<=[\p{Script=Han}。！？）”])/gu) ?? [])
    .filter((run) => !own.written.includes(run) && !own.name.test(run) && !/^[0-9一二三四五六七八九十]* ?(?:栋|单元|幢|号楼)/.test(run));
  return [...raw, ...[...new Set(chinese)].map((text) => `Chinese: ${text}`)];
}

async function readsEnglish(page, path) {
  const answer = await page.goto(`${anju.url}${path}`);
  assert.deepEqual([path, answer.status(), await page.getAttribute("html", "lang")], [path, 200, "en"]);
  return [...await foreignWords(page), ...await faults(page, { skipAxe: true })].map((fault) => `${path}  ${fault}`);
}

async function everyPageInEnglish(page, paths, name) {
  await page.context().addCookies([{ name: "anju-lang", value: "en", url: anju.url }]);
  const wrong = [];
  for (const path of paths) {
    wrong.push(...await readsEnglish(page, path));
    await screenshot(page, `english-${name}-${paths.indexOf(path)}`);
  }
  assert.deepEqual(wrong, [], wrong.join("\n"));
}

test("T24: the switch on a page changes its language and keeps the place", async () => {
  const page = await openPage(browser, { viewport: widths.phone });
  await page.goto(`${anju.url}/r/login`);
  await page.getByRole("button", { name: "English" }).click();
  await page.locator('html[lang="en"]').waitFor({ state: "attached" });
  assert.match(page.url(), /\/r\/login/);
  await page.getByRole("button", { name: "中文" }).click();
  await page.locator('html[lang="zh-CN"]').waitFor({ state: "attached" });
  await page.context().close();
});

test("T24: the console's pages in English hold no Chinese but names and what people wrote", async () => {
  const page = await staff(anju, browser, "zhoumin", { viewport: widths.small }, "/c/GYHY/orders");
  const order = new URL(await page.locator("tbody a.main").first().evaluate((link) => link.href)).pathname;
  await everyPageInEnglish(page, ["/c/GYHY", "/c/GYHY/orders", "/c/GYHY/orders/new", order, `${order}/classification`, "/c/GYHY/notices", "/c/GYHY/notices/new", "/c/GYHY/3-1-1201", "/c/GYHY/matrix", "/c/GYHY/import", "/c/GYHY/staff", "/c/GYHY/settings"], "console");
  await page.context().close();
});

test("T24: the resident's pages in English hold no Chinese but names and what people wrote", async () => {
  const page = await resident(anju, browser, "13800002207");
  await page.goto(`${anju.url}/r/orders`);
  const order = await page.locator("main a.item").first().getAttribute("href");
  await everyPageInEnglish(page, ["/r", "/r/report", "/r/report?category=water", "/r/report?kind=complaint", "/r/report?kind=enquiry", "/r/orders", order, "/r/notices", "/r/me"], "home");
  await page.context().close();
});

test("T24: the field's pages in English hold no Chinese but names and what people wrote", async () => {
  const page = await staff(anju, browser, "lijianguo", { viewport: widths.phone }, "/f");
  const order = await page.locator("main a[href^='/f/orders/']").first().getAttribute("href");
  await everyPageInEnglish(page, ["/f", order, "/f/queue", "/f/scan"], "field");
  await page.context().close();
});

test("T5: in large type a leak is reported in three taps, every text is at least 18 px and nothing is cut", async () => {
  const page = await resident(anju, browser, "13604727643");
  await page.context().addCookies([{ name: "anju-size", value: "xl", url: anju.url }]);
  for (const viewport of [widths.phone, widths.narrow]) {
    await page.setViewportSize(viewport);
    await page.goto(`${anju.url}/r`);
    const fits = async (name) => {
      await check(page, `xl-${viewport.width}-${name}`);
      assert.deepEqual(await smallTexts(page, 18), [], name);
    };
    await fits("home");
    await press(page, "报修", /\/r\/report/);
    await fits("what");
    await press(page, "漏水", /category=water/);
    await fits("report");
    await press(page, "提交报修", /\/r\/orders\/B-/);
    await fits("order");
    for (const path of ["/r/orders", "/r/notices", "/r/me", "/r/report?kind=complaint"]) {
      await page.goto(`${anju.url}${path}`);
      await fits(path.slice(3).replace(/\W/g, "-"));
    }
  }
  await page.context().close();
});

const halfTyped = "厨房吊顶滴水，已经用盆接着，半小时一盆";
const types = async (page) => {
  await page.goto(`${anju.url}/r/report?category=water`);
  await page.locator("label.pick").filter({ hasText: "厨房" }).click();
  await page.fill("[name=text]", halfTyped);
};
/** The failure is in sight, between the top bar and the button at the bottom. */
const inSight = (page) => page.waitForFunction(() => {
  const note = document.querySelector("[data-failed]").getBoundingClientRect();
  return note.top > 0 && note.bottom < document.querySelector(".dock").getBoundingClientRect().top;
});
const isBack = async (page) => assert.deepEqual([await page.inputValue("[name=text]"), await page.isChecked("[name=room][value=kitchen]")], [halfTyped, true]);

test("a half-typed report survives the end of the session: the words wait, the log-in is offered, the report goes out", async () => {
  const page = await resident(anju, browser, "13800006620");
  await types(page);
  await addPhoto(page, "#report");
  await page.context().clearCookies();
  await press(page, "提交报修");
  await page.locator("[data-failed]").waitFor();
  await reads(page, "[data-failed]", "登录");
  await inSight(page);
  await screenshot(page, "draft-session-over");
  await isBack(page);
  await page.goto(`${anju.url}/r/login`);
  await moveClock(anju, "2026-08-12T10:40:00+08:00"); // a second code may be asked for after a minute
  await logsIn(page, "13800006620");
  await page.goto(`${anju.url}/r/report?category=water`);
  await page.locator("[data-draft-note]").waitFor();
  await isBack(page);
  await check(page, "draft-back", { expected: /401/ });
  await press(page, "提交报修", /\/r\/orders\/B-/);
  await reads(page, "main", halfTyped);
  await page.goto(`${anju.url}/r/report?category=water`);
  assert.equal(await page.inputValue("[name=text]"), "");
  await page.context().close();
});

test("a half-typed report survives a lost connection, and goes out once when it is back", async () => {
  const page = await resident(anju, browser, "13800000364");
  await types(page);
  await page.context().setOffline(true);
  await press(page, "提交报修");
  await page.locator("[data-failed]").waitFor();
  await inSight(page);
  await screenshot(page, "draft-offline");
  await isBack(page);
  await page.context().setOffline(false);
  await page.reload();
  await page.locator("[data-draft-note]").waitFor();
  await isBack(page);
  await press(page, "提交报修", /\/r\/orders\/B-/);
  await page.goto(`${anju.url}/r/orders`);
  assert.equal(await page.locator("main a.item").filter({ hasText: "厨房：厨房吊顶滴水" }).count(), 1);
  await page.context().close();
});

test("a refused complaint keeps its words, its choice and its photo", async () => {
  const page = await resident(anju, browser, "13800002683");
  await page.goto(`${anju.url}/r/report?kind=complaint`);
  await page.selectOption("[name=category]", "neighbour.dog");
  await addPhoto(page, "#report");
  await press(page, "提交投诉");
  await page.locator(".errors").waitFor();
  assert.equal(await page.inputValue("[name=category]"), "neighbour.dog");
  await check(page, "draft-refused", { expected: /422/ });
  assert.equal(await page.locator("#report [data-photos] input[type=hidden][name=photos]").count(), 1);
  assert.deepEqual(await page.locator("main use").evaluateAll((all) => all.map((use) => use.getAttribute("href")).filter((href) => !document.querySelector(href))), []);
  await page.fill("[name=text]", "二号楼下的狗不牵绳");
  await press(page, "提交投诉", /\/r\/orders\/T-/);
  assert.equal(await page.locator("#thread img").count(), 1);
  await page.context().close();
});
