// The behaviours of the console, against a stand that answers like the program: find, keys, live parts, forms that keep text.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { launch, openPage, troublesOf } from "../lib/browser.mjs";
import { check } from "../lib/check.mjs";
import { fixture, startStand } from "../lib/stand.mjs";

let browser, stand, page, state;
const option = (number, text) => `<a class="palette-it" role="option" aria-selected="false" href="/orders/${number}">${text}</a>`;
const simple = (title) => `<!doctype html><html lang="zh-CN"><head><title>${title}</title></head><body><main><h1>${title}</h1></main></body></html>`;

before(async () => {
  browser = await launch();
  const desk = () => fixture("desk.html", { count: String(state.count), errors: state.errors });
  stand = await startStand({
    "GET /": desk,
    "GET /find": (request, body, url) => { const q = url.searchParams.get("q"); state.asked.push(q); return q === "" ? option(9, "最近") : option(1, `${q} 甲`) + option(2, `${q} 乙`); },
    "GET /live": () => ({ headers: { "content-type": "text/event-stream" }, body: ": hello\n\n", stream: (response) => { state.streams.push(response); } }),
    "POST /report": (request, body) => {
      state.posts.push({ body: String(body), token: request.headers["x-csrf-token"], form: request.headers["x-form"] });
      if (state.answer === "refuse") return { status: 422, headers: { "content-type": "text/html" }, body: fixture("desk.html", { count: "1", errors: '<div class="errors" role="alert"><b>有 1 处要改：</b> <a href="#text">写一句话</a></div>' }) };
      if (state.answer === "expired") return { status: 401, body: "" };
      return { status: 200, headers: { "x-go": "/orders/1" } };
    },
    ...Object.fromEntries(["/home", "/new", "/orders/1", "/orders/2"].map((path) => [`GET ${path}`, () => simple(path)])),
  });
});
after(async () => { await browser?.close(); await stand?.stop(); });
beforeEach(async () => {
  await page?.context().close();
  state = { count: 1, errors: "", asked: [], streams: [], posts: [], answer: "accept" };
  page = await openPage(browser);
  await page.goto(stand.url);
});

const tell = () => { for (const stream of state.streams) stream.write("event: change\ndata: orders\n\n"); };
const opened = (path) => page.waitForURL(`${stand.url}${path}`);

test("Ctrl K finds: arrows choose, Enter opens, and the page passes every check", async () => {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("1-1-101");
  await page.getByRole("option", { name: "1-1-101 甲" }).waitFor();
  await check(page, "desk-find");
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.locator('[role=option][aria-selected="true"]').innerText(), "1-1-101 乙");
  await page.keyboard.press("Enter");
  await opened("/orders/2");
});

test("Enter before the answer opens the first line of that answer, not of the one before", async () => {
  await page.keyboard.press("/");
  await page.getByRole("option", { name: "最近" }).waitFor();
  await page.keyboard.type("sm");
  await page.keyboard.press("Enter");
  await opened("/orders/1");
  assert.equal(state.asked.at(-1), "sm");
});

test("half a pinyin syllable asks nothing and its Enter opens nothing", async () => {
  await page.keyboard.press("Control+k");
  await page.getByRole("option", { name: "最近" }).waitFor();
  const asked = state.asked.length;
  await page.evaluate(() => {
    const input = document.querySelector("#find input");
    input.value = "sun";
    input.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true }));
    input.dispatchEvent(new CompositionEvent("compositionend", { data: "孙", bubbles: true }));
    input.value = "孙";
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
  await page.getByRole("option", { name: "孙 甲" }).waitFor();
  assert.deepEqual(state.asked.slice(asked), ["孙"]);
  assert.equal(page.url(), `${stand.url}/`);
});

test("single keys and sequences press their element, but not while typing", async () => {
  await page.locator("#remark").focus();
  await page.keyboard.type("cgh");
  assert.equal(await page.locator("#remark").inputValue(), "cgh");
  await page.locator("#remark").fill("");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("g");
  await page.keyboard.press("h");
  await opened("/home");
});

test("J and K walk the rows, X ticks, the bar counts, ? lists the keys of the page", async () => {
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  assert.equal(await page.getByRole("checkbox", { name: "选 B-0812-021" }).isChecked(), true);
  assert.equal(await page.locator("#bar").innerText().then((text) => text.replace(/\s+/g, " ")), "已选 1 条 派单");
  await page.keyboard.press("?");
  const keys = await page.locator("#keys-help dt").allInnerTexts();
  assert.ok(["⌘K / Ctrl K", "/", "G H", "C", "J", "X", "?"].every((key) => keys.includes(key)), keys.join(" "));
  await check(page, "desk-keys");
  await page.getByRole("button", { name: "keys-close" }).click();
  await page.locator("#keys-help").waitFor({ state: "hidden" });
});

test("single keys can be switched off", async () => {
  await page.evaluate(() => { document.body.dataset.keys = "off"; });
  await page.keyboard.press("c");
  await page.keyboard.press("Control+k");
  await page.locator("#find[open]").waitFor();
  assert.equal(page.url(), `${stand.url}/`);
});

test("an event refreshes the live part and keeps typed text, focus and ticks", async () => {
  await page.locator("#remark").fill("写到一半");
  await page.getByRole("checkbox", { name: "选 B-0812-017" }).check();
  await page.locator("#remark").focus();
  state.count = 2;
  tell();
  await page.getByText("第 2 次").waitFor();
  assert.equal(await page.locator("#remark").inputValue(), "写到一半");
  assert.equal(await page.evaluate(() => document.activeElement.id), "remark");
  assert.equal(await page.getByRole("checkbox", { name: "选 B-0812-017" }).isChecked(), true);
  assert.equal(await page.locator("#bar [data-bulk-count]").innerText(), "1");
});

test("a broken stream is told, comes back by itself, and what happened meanwhile is shown", async () => {
  await page.waitForFunction(() => performance.getEntriesByType("resource").some((entry) => entry.name.endsWith(".js")));
  state.count = 3;
  await page.context().setOffline(true);
  for (const stream of state.streams.splice(0)) stream.destroy();
  await page.locator("#live-lost").waitFor();
  await page.context().setOffline(false);
  await page.getByText("第 3 次").waitFor();
  await page.locator("#live-lost").waitFor({ state: "detached" });
});

test("a lost connection keeps the form, says so, and the same text is sent by trying again", async () => {
  await page.locator("textarea").fill("厨房顶上滴水");
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "保存" }).click();
  await page.locator("[data-failed]").getByText("form-offline").waitFor();
  assert.equal(await page.locator("textarea").inputValue(), "厨房顶上滴水");
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "form-again" }).click();
  await opened("/orders/1");
  assert.equal(state.posts.length, 1);
  assert.equal(new URLSearchParams(state.posts[0].body).get("text"), "厨房顶上滴水");
  assert.deepEqual([state.posts[0].token, state.posts[0].form], ["token-1", "1"]);
});

test("a refusal puts the focus on the summary", async () => {
  state.answer = "refuse";
  await page.locator("textarea").fill("短");
  await page.keyboard.press("Control+Enter");
  await page.locator(".errors").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.className), "errors");
});

test("an expired session keeps the text and offers the log-in", async () => {
  state.answer = "expired";
  await page.locator("textarea").fill("厨房顶上滴水");
  await page.getByRole("button", { name: "保存" }).click();
  await page.getByRole("link", { name: "form-login" }).waitFor();
  assert.equal(await page.locator("textarea").inputValue(), "厨房顶上滴水");
});

test("a double click sends once", async () => {
  await page.locator("textarea").fill("一次");
  await page.getByRole("button", { name: "保存" }).dblclick();
  await opened("/orders/1");
  assert.equal(state.posts.length, 1);
});

test("a draft survives a reload without the secret field, and goes when it was sent", async () => {
  await page.locator("textarea").fill("写到一半的话");
  await page.locator("[name=id_number]").fill("330102199001011234");
  assert.ok(!(await page.evaluate(() => JSON.stringify(localStorage))).includes("330102"));
  await page.reload();
  await page.locator("[data-draft-note]").waitFor();
  assert.equal(await page.locator("textarea").inputValue(), "写到一半的话");
  assert.equal(await page.locator("[name=id_number]").inputValue(), "");
  await page.getByRole("button", { name: "保存" }).click();
  await opened("/orders/1");
  assert.equal(await page.evaluate(() => Object.keys(localStorage).length), 0);
});

test("another person on the same computer sees no draft", async () => {
  await page.locator("textarea").fill("别人的话");
  await page.route(`${stand.url}/`, async (route) => { const answer = await route.fetch(); await route.fulfill({ response: answer, body: (await answer.text()).replace('data-user="u1"', 'data-user="u2"') }); });
  await page.reload();
  assert.equal(await page.locator("textarea").inputValue(), "");
});

test("nothing of this needs more than the content policy allows", async () => {
  await page.keyboard.press("Control+k");
  await page.getByRole("option").first().waitFor();
  assert.deepEqual(troublesOf(page), []);
});
