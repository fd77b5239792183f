// The components by themselves, in every look, under the real content policy; and the check itself must be able to fail.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, openPage } from "../lib/browser.mjs";
import { check, faults, smallTargets } from "../lib/check.mjs";
import { contextOf, everyLook, widths } from "../lib/matrix.mjs";
import { fixture, startStand } from "../lib/stand.mjs";

let browser, stand;
const attributes = { light: ' data-theme="light"', dark: ' data-theme="dark"', auto: "" };

before(async () => {
  browser = await launch();
  const page = (name) => (request, body, url) => fixture(name, {
    html: (attributes[url.searchParams.get("theme")] ?? attributes.light) + (url.searchParams.get("size") === "xl" ? ' data-size="xl"' : ""),
    note: "浅色、深色、大字",
  });
  stand = await startStand({ "GET /": page("components.html"), "GET /field": page("field.html"), "GET /broken": page("broken.html") });
});
after(async () => { await browser?.close(); await stand?.stop(); });

for (const look of everyLook("console").filter(({ language }) => language === "zh-CN")) {
  test(`the components hold in look ${look.name}`, async () => {
    const page = await openPage(browser, contextOf(look));
    await page.goto(`${stand.url}/?theme=${look.theme}&size=${look.size}`);
    await check(page, `components-${look.name}`);
    await page.context().close();
  });
}

for (const look of everyLook("field").filter(({ language }) => language === "zh-CN")) {
  test(`the phone components hold in look ${look.name}`, async () => {
    const page = await openPage(browser, contextOf(look));
    await page.goto(`${stand.url}/field?theme=${look.theme}&size=${look.size}`);
    await page.waitForLoadState("load");
    await check(page, `field-${look.name}`);
    assert.deepEqual(await smallTargets(page, 44), []);
    await page.context().close();
  });
}

test("a dialog opens, keeps the focus inside and closes by its own button", async () => {
  const page = await openPage(browser);
  await page.goto(stand.url);
  await page.getByRole("button", { name: "打开对话框" }).click();
  await check(page, "components-dialog");
  assert.equal(await page.evaluate(() => document.getElementById("void").contains(document.activeElement)), true);
  await page.getByRole("button", { name: "不作废" }).click();
  assert.equal(await page.locator("dialog[open]").count(), 0);
  await page.context().close();
});

test("a page with every fault is caught: contrast, sideways scroll, cut text, two h1, inline style and script", async () => {
  const page = await openPage(browser, { viewport: widths.phone });
  await page.goto(`${stand.url}/broken`);
  const found = (await faults(page)).join("\n");
  for (const sign of ["color-contrast", "scrolls sideways", "text is cut", "2 visible h1", "inline style", "content policy: script-src", "image-alt"]) assert.ok(found.includes(sign), `${sign} not found in:\n${found}`);
  await page.context().close();
});
