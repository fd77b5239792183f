// What people do with their hands in a journey: a photo, a signature, one tap, and what a page then says.
import assert from "node:assert/strict";
import { screenshot } from "./check.mjs";

/** A photo as a phone takes it, made in the page: PNG bytes that differ by `shade`. */
async function picture(page, shade) {
  const base64 = await page.evaluate((colour) => {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: 1200, height: 900 });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#d8d0c0";
    pen.fillRect(0, 0, 1200, 900);
    pen.fillStyle = colour;
    pen.fillRect(150, 200, 900, 420);
    return canvas.toDataURL("image/png").split(",")[1];
  }, shade);
  return { name: "photo.png", mimeType: "image/png", buffer: Buffer.from(base64, "base64") };
}

/** Adds a photo to the photo field inside `scope`; with `uploaded` it waits until the server has it. */
export async function addPhoto(page, scope, { shade = "#4a6670", uploaded = true } = {}) {
  const field = page.locator(`${scope} [data-photos]`).first();
  const before = await field.locator("figure.shot").count();
  await field.locator("input[type=file]").setInputFiles(await picture(page, shade));
  const figure = field.locator("figure.shot").nth(before);
  await figure.waitFor();
  if (uploaded) await figure.locator("input[type=hidden]").waitFor({ state: "attached" });
}

/** Signs on the pad inside `scope`, as a finger would. */
export async function sign(page, scope) {
  const pad = page.locator(`${scope} canvas.sign`).first();
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  await page.mouse.move(box.x + 30, box.y + 40);
  await page.mouse.down();
  for (const [x, y] of [[70, 20], [110, 60], [150, 25], [190, 55]]) await page.mouse.move(box.x + x, box.y + y, { steps: 3 });
  await page.mouse.up();
}

/** Presses what is called `name` and waits for the page at `address` that it leads to. */
export async function press(page, name, address) {
  const target = page.locator("main, header, footer, .dock").locator("button, a.btn, summary, a.tile, a.chip, a.menu-it").filter({ hasText: name, visible: true }).first();
  await (address ? Promise.all([page.waitForURL(address), target.click()]) : target.click());
}

/** The text of a page's part as one line. */
export const said = async (page, selector = "main") => (await page.locator(selector).first().innerText()).replace(/\s+/g, " ");

/** Fails when the words do not stand in the page, in this order. */
export async function reads(page, selector, ...words) {
  const text = await said(page, selector);
  let from = 0;
  for (const word of words) {
    const at = text.indexOf(word, from);
    assert.ok(at >= 0, `“${word}” does not stand ${from ? "further on " : ""}in ${selector} of ${page.url()}:\n${text}`);
    from = at + word.length;
  }
}

/** A picture of what the person sees now, from the top. */
export async function seen(page, name) {
  await page.evaluate(() => window.scrollTo(0, 0));
  await screenshot(page, name);
}
