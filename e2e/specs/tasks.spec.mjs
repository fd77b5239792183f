// Tasks of the console as people do them, on the demo community: how many clicks, keys and pages each takes is part of the test.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { moveClock, startAnju } from "../lib/anju.mjs";
import { launch } from "../lib/browser.mjs";
import { check, outFolder } from "../lib/check.mjs";
import { hands } from "../lib/hands.mjs";
import { resident, staff } from "../lib/roles.mjs";

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

const base = "/c/GYHY";

/** A copy of the demo community for one test, put away afterwards. */
async function community(name, body) {
  const anju = await startAnju("demo");
  const open = [];
  const enter = async (login, to = base) => {
    const page = await staff(anju, browser, login, {}, to);
    open.push(page);
    return page;
  };
  try { await body(anju, enter); } catch (cause) {
    for (const [at, page] of open.entries()) await page.screenshot({ path: `${outFolder}failed-${name}-${at}.png` }).catch(() => {});
    throw cause;
  } finally {
    await Promise.all(open.map((page) => page.context().close()));
    await anju.stop();
  }
}

const task = (name, title, body) => test(`${name}: ${title}`, () => community(name, body));
const go = (anju, page, path) => page.goto(`${anju.url}${base}${path}`);
const plain = async (locator) => (await locator.innerText()).replace(/\s+/g, " ").trim();

/** Takes a report in at the desk and answers with its number as in the address. */
async function report(anju, page, { place, category, text, name = "", phone = "" }) {
  await go(anju, page, "/orders/new");
  await page.fill("[name=place]", place);
  await page.fill("[name=category]", category);
  await page.fill("[name=text]", text);
  await page.locator("[name=caller]").first().waitFor({ state: "attached" });
  if (name) await page.fill("[name=name]", name);
  if (phone) await page.fill("[name=phone]", phone);
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/orders\/[A-Z]-\d{6}-\d+/);
  return page.url().split("/").pop().split("?")[0];
}

task("T7", "one box finds the home by its number, by initials and by the end of a phone", async (anju, enter) => {
  const page = await enter("chenfang");
  const hand = await hands(page);
  for (const typed of ["1-1-101", "1栋101", "smm", "6620"]) {
    await go(anju, page, "");
    hand.begin();
    await hand.press("Control+k");
    await hand.type(typed);
    await page.getByRole("option").filter({ hasText: "1-1-0101" }).first().waitFor();
    assert.match(await plain(page.getByRole("option").first()), /1-1-0101/, `${typed}: the home is the first line`);
    if (typed === "1-1-101") await check(page, "find");
    await hand.press("Enter");
    await page.waitForURL(`**${base}/1-1-0101`);
    assert.deepEqual([hand.count.keys, hand.count.mouse], [typed.length + 2, 0]);
  }
});

task("T8", "a phone report is taken in by keyboard alone, and the owner of the home is who reported it", async (anju, enter) => {
  const page = await enter("chenfang");
  const hand = await hands(page);
  await hand.press("c");
  await page.waitForURL(`**${base}/orders/new`);
  await page.locator("[name=place]:focus").waitFor();
  await hand.type("1-1-101");
  await hand.press("Tab");
  await page.locator("#about-place .plate").filter({ hasText: "1-1-0101" }).waitFor();
  await hand.type("dl");
  await hand.press("Tab");
  await hand.compose("厨房地漏返味，下午最重", "chufang dilou fanwei,xiawu zui zhong");
  await hand.press("Control+Enter");
  await page.waitForURL(/\/orders\/B-\d{6}-\d+/);
  assert.equal(hand.count.mouse, 0);
  assert.ok(hand.count.keys <= 5 * 35, `${hand.count.keys} keys are more than 35 seconds at 5 keys a second`);
  assert.match(await plain(page.locator("main")), /厨房地漏返味，下午最重/);
  assert.match(await plain(page.locator("#order-facts")), /孙\*梅.*138 \*\*\*\* 6620/);
});

task("T9", "whoever lacks the certificate cannot be chosen, which says its name and date, and the next choice is taken", async (anju, enter) => {
  const page = await enter("chenfang");
  const number = await report(anju, page, { place: "5-1-1002", category: "跳闸", text: "一开空调就跳闸" });
  await go(anju, page, `/orders/${number}/assignment`);
  await check(page, "dispatch");
  assert.match(await plain(page.locator("main .note")), /特种作业操作证/);
  assert.match(await plain(page.locator("main label").filter({ hasText: "董大勇" })), /证书 5-20 已到期/);
  assert.ok(await page.locator("main label").filter({ hasText: "董大勇" }).locator("input").isDisabled(), "cannot be chosen");
  await page.locator("main label").filter({ hasText: "李建国" }).locator("input").check();
  await page.locator("main form button.btn-main").click();
  await page.waitForURL(`**/orders/${number}`);
  assert.match(await plain(page.locator("#order-facts")), /负责人.*李建国/);
});

task("T10", "the same leak told by the flat below within 20 minutes is offered for merging, and both are kept", async (anju, enter) => {
  const page = await enter("chenfang");
  const first = await report(anju, page, { place: "7-1-1201", category: "漏水、渗水", text: "厨房水管滴水" });
  await moveClock(anju, "2026-08-12T10:42:00+08:00");
  await go(anju, page, "/orders/new");
  await page.fill("[name=place]", "7-1-1101");
  await page.fill("[name=category]", "漏水、渗水");
  await page.fill("[name=text]", "楼上漏下来了，顶上湿了一片");
  const offer = page.locator("#about-place label").filter({ hasText: "厨房水管滴水" });
  await offer.waitFor();
  await check(page, "duplicate");
  await page.keyboard.press("Control+Enter");
  await page.locator(".errors").filter({ hasText: "24 小时内有相同的报事" }).waitFor();
  await page.locator("#about-place label").filter({ hasText: "厨房水管滴水" }).locator("input").check();
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(`**/orders/${first}`);
  const facts = await plain(page.locator("#order-facts"));
  assert.match(facts, /7-1-1101/, `the second home is on the order: ${facts}`);
  assert.match(await plain(page.locator("main")), /7-1-1201/);
});

task("T11", "waiting for parts for ten hours stops the clock and moves the limit by ten hours", async (anju, enter) => {
  const page = await enter("zhoumin");
  const clock = page.locator("#order-progress .clock").filter({ hasText: "限" }).last();
  await go(anju, page, "/orders/B-260811-001");
  assert.match(await plain(clock), /限 8-14 12:24/);
  await page.getByRole("link", { name: "挂起" }).click();
  await page.locator("main label").filter({ hasText: "待料" }).click();
  await page.locator("main form button.btn-main").click();
  await page.locator("#order-badge").filter({ hasText: "已挂起" }).waitFor();
  await moveClock(anju, "2026-08-12T20:24:00+08:00");
  const later = await enter("zhoumin", `${base}/orders/B-260811-001`); // ten hours end every session
  await check(later, "suspended");
  const stopped = later.locator("#order-progress .clock[data-s=stop]");
  assert.match(await plain(stopped), /暂停/);
  assert.equal(await stopped.locator("path.stop").count(), 1, "the pause is hatched");
  await later.getByRole("button", { name: "恢复" }).click();
  await later.locator("#order-badge").filter({ hasText: "处理中" }).waitFor();
  assert.match(await plain(later.locator("#order-progress .clock").last()), /限 8-14 22:2[4-6]/);
});

task("T12", "the manager gives an overdue order to somebody else from the first page", async (anju, enter) => {
  const page = await enter("zhoumin");
  const hand = await hands(page);
  const row = page.locator("main tbody tr").filter({ hasText: "到场超" }).filter({ hasText: "李建国" });
  await hand.click(row.getByRole("link", { name: "改派" }));
  await page.waitForURL("**/transfer");
  assert.equal(hand.count.navigations, 1);
  await check(page, "transfer");
  await hand.click(page.locator("main label").filter({ hasText: "赵强" }));
  await page.fill("[name=why]", "到场已超时，就近改派");
  await hand.click(page.locator("main form button.btn-main"));
  await page.waitForURL((url) => !url.pathname.endsWith("/transfer"));
  assert.equal(hand.count.clicks, 3);
  assert.match(await plain(page.locator("#order-facts")), /负责人.*赵强/);
  const newest = async (login) => plain((await enter(login, "/f/messages")).locator("main .message").first());
  assert.match(await newest("lijianguo"), /改派.*B-0812-001/, "who loses it hears of it");
  assert.match(await newest("zhaoqiang"), /派给您.*B-0812-001/, "who gets it hears of it");
});

/** The table as a person reads it: visible text of each cell, row by row. */
const rowsOf = (page) => page.locator("main table").first().evaluate((table) => {
  const texts = (row) => [...row.cells].filter((cell) => !cell.querySelector("[data-pick], [data-pick-all]")).map((cell) => cell.innerText.replace(/\s+/g, " ").trim());
  return [...table.tBodies[0].rows].map(texts);
});

/** A comma-separated file as rows; quotes as Excel writes them. */
const csvRows = (text) => text.replace(/^\uFEFF/, "").trim().split(/\r?\n/).map((line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].slice(0, -1).map((match) => match[1].replace(/^"|"$/g, "").replaceAll('""', '"')));

task("T20", "a filtered list is saved, sent to a colleague, and exported as it stands", async (anju, enter) => {
  const page = await enter("zhoumin", `${base}/orders`);
  const hand = await hands(page);
  const choose = async (chip, value) => {
    await hand.click(page.locator("main .filters summary").filter({ hasText: chip }));
    await hand.click(page.locator("main .filters details[open] a").filter({ hasText: value }).first());
    await page.waitForLoadState();
  };
  await choose("类型", "报修");
  await choose("楼栋", "3 栋");
  await choose("排序", "最新在前");
  const address = page.url();
  const mine = await rowsOf(page);
  assert.ok(mine.length >= 2, `${mine.length} rows`);
  await hand.click(page.locator("main a").filter({ hasText: "存为视图" }));
  await page.locator("[name=name]:focus").waitFor();
  await page.keyboard.type("3#");
  await page.keyboard.press("Enter");
  await page.locator(".views [aria-current]").filter({ hasText: "3#" }).waitFor();
  assert.deepEqual([page.url(), await rowsOf(page), hand.count.clicks], [address, mine, 7]);
  const answer = await page.request.get(address.replace("/orders?", "/orders.csv?"));
  const [head, ...lines] = csvRows(await answer.text());
  assert.equal(lines.length, mine.length);
  for (const [at, line] of lines.entries()) for (const column of [0, 1, 3, 4, 5]) assert.equal(line[column], mine[at][column], `${head[column]} of row ${at + 1}`);
  const steward = await enter("linxiaoyan");
  await steward.goto(address);
  const theirs = await rowsOf(steward);
  const numbers = (rows) => rows.map((row) => row[0]);
  assert.ok(theirs.length > 0 && numbers(theirs).every((number) => numbers(mine).includes(number)));
  assert.deepEqual(numbers(theirs), numbers(mine), "the same order and rows for whoever may see them");
});

task("T21", "a lift stop is told to three buildings: the audience is counted first, receipts after", async (anju, enter) => {
  const page = await enter("chenfang", `${base}/notices/new`);
  const hand = await hands(page);
  await hand.click(page.locator("main label").filter({ hasText: "停水停电等" }));
  await page.fill("[name=title]", "电梯停运保养");
  await page.fill("[name=body]", "3、5、7 栋电梯明天 14:00 到 16:00 停运保养，请提前安排。");
  for (const building of ["3 栋", "5 栋", "7 栋"]) await hand.click(page.locator("main label").filter({ hasText: new RegExp(`^${building}$`) }));
  await page.fill("[name=starts]", "2026-08-13 14:00");
  await page.fill("[name=planned_end]", "2026-08-13 16:00");
  assert.equal(await page.getByRole("button", { name: "发布", exact: true }).count(), 0, "nothing can be sent before it is counted");
  await hand.click(page.getByRole("button", { name: "先看发给多少人" }));
  const counted = page.locator("main .note").filter({ hasText: "人在用手机端" });
  await counted.waitFor();
  await check(page, "notice-counted");
  const [, people, reachable] = /共 ([\d,]+) 人，其中 ([\d,]+) 人/.exec(await plain(counted));
  assert.ok(Number(people.replace(",", "")) > 300 && Number(reachable.replace(",", "")) < Number(people.replace(",", "")));
  await hand.click(page.getByRole("button", { name: "发布", exact: true }));
  await page.waitForURL(/\/notices\/[0-9a-f-]{36}/);
  await check(page, "notice");
  assert.ok(hand.count.clicks <= 6, `${hand.count.clicks} clicks`);
  const notice = page.url();
  assert.match(await plain(page.locator("main aside")), new RegExp(`应知人数 ${people}.*已读 .*0 / ${reachable}`));
  const home = await resident(anju, browser, "13800002207"); // 王雅华 of 3-1-1201
  await home.goto(`${anju.url}/r/notices`);
  await home.locator("main a").filter({ hasText: "电梯停运保养" }).click();
  await home.getByRole("button", { name: "知道了" }).click();
  await home.context().close();
  await page.goto(notice);
  assert.match(await plain(page.locator("main aside")), new RegExp(`已读 .*1 / ${reachable}`), "the receipt has come");
  await page.getByRole("link", { name: "未读名单" }).click();
  await page.locator("main tbody .plate").first().waitFor();
  const homes = await page.locator("main tbody tr").evaluateAll((rows) => rows.map((row) => row.innerText.replace(/\s+/g, " ").trim()));
  assert.ok(homes.length > 300 && homes.every((line) => /^[357]-/.test(line)), "those of the three buildings that it did not reach, by home");
  assert.ok(!homes.some((line) => line.includes("王雅华")));
  assert.ok((await page.pdf({ format: "A4" })).length > 10_000, "the list prints");
});

task("T22", "from the building chart to a home in two clicks, and each cell says in words what it shows", async (anju, enter) => {
  const page = await enter("chenfang", `${base}/matrix?building=3`);
  const hand = await hands(page);
  await hand.click(page.locator(".mx-legend a").filter({ hasText: "在办工单" }));
  await page.locator(".mx-legend [aria-current]").waitFor();
  await check(page, "matrix-open-orders");
  const cell = page.getByRole("link", { name: /^3-1-1201/ });
  assert.match(await cell.getAttribute("aria-label"), /^3-1-1201，自住，89\.37 m²，1 件在办$/);
  assert.equal(await cell.getAttribute("data-dim"), null);
  assert.ok(await page.locator(".mx a.unit[data-dim]").count() > 100, "all others step back");
  await hand.click(cell);
  await page.waitForURL(`**${base}/3-1-1201`);
  assert.deepEqual([hand.count.clicks, hand.count.navigations], [2, 2]);
});

/** The summary holds the focus, each of its links leads to its field, and the field says the same. */
async function summaryWorks(page, fields) {
  const summary = page.locator("main .errors");
  await summary.waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.classList.contains("errors")), true, "the summary has the focus");
  assert.equal(await summary.locator("a").count(), fields.length);
  for (const name of fields) {
    await summary.locator(`a[href="#f-${name}"]`).press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.name), name, "the link leads to its field");
    assert.equal(await page.locator(`[name=${name}]`).first().getAttribute("aria-invalid"), "true");
  }
}

task("T23", "two mistakes are said at once beside their fields, nothing typed is lost, both mended it is saved", async (anju, enter) => {
  const page = await enter("chenfang", `${base}/orders/new`);
  await page.fill("[name=place]", "6-1-0502");
  await page.fill("[name=category]", "地漏堵、返味");
  await page.fill("[name=entry_note]", "家有婴儿，敲门勿按铃");
  await page.locator("#about-place .plate").waitFor();
  await page.fill("[name=name]", "王先生");
  await page.fill("[name=phone]", "1380000220");
  await page.keyboard.press("Control+Enter");
  await summaryWorks(page, ["text", "phone"]);
  await check(page, "form-errors", { expected: /status of 422/ });
  assert.equal(await page.inputValue("[name=entry_note]"), "家有婴儿，敲门勿按铃");
  assert.deepEqual([await page.inputValue("[name=name]"), await page.inputValue("[name=phone]")], ["王先生", "1380000220"]);
  await page.fill("[name=phone]", "138 0000 2201");
  await page.fill("[name=text]", "卫生间地漏返味");
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/orders\/B-\d{6}-\d+/);
  assert.match(await plain(page.locator("#order-facts")), /138 \*\*\*\* 2201/);
});

task("T23", "an end that is past is refused beside its field, and the notice keeps every tick and word", async (anju, enter) => {
  const page = await enter("chenfang", `${base}/notices/new`);
  await page.locator("main label").filter({ hasText: "停水停电等" }).click();
  await page.fill("[name=title]", "3 栋停水");
  await page.locator("main label").filter({ hasText: /^3 栋$/ }).click();
  await page.fill("[name=planned_end]", "2026-08-12 08:00");
  await page.locator("main form button.btn-main").click();
  await summaryWorks(page, ["body", "planned_end"]);
  assert.deepEqual([await page.inputValue("[name=title]"), await page.inputValue("[name=planned_end]")], ["3 栋停水", "2026-08-12 08:00"]);
  assert.equal(await page.locator("main label").filter({ hasText: /^3 栋$/ }).locator("input").isChecked(), true);
  await page.fill("[name=body]", "水箱清洗，12:00 恢复。");
  await page.fill("[name=planned_end]", "2026-08-12 12:00");
  await page.locator("main form button.btn-main").click();
  await page.getByRole("button", { name: "发布", exact: true }).click();
  await page.waitForURL(/\/notices\/[0-9a-f-]{36}/);
  assert.match(await plain(page.locator("main")), /3 栋停水/);
});
