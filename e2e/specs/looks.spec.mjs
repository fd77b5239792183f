// The main pages of the three faces in every look: light, dark, large, English, at each width they are made for. Each must pass
// every check, stay within its budget of bytes and nodes, and hold still while it opens.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startAnju } from "../lib/anju.mjs";
import { launch, openPage } from "../lib/browser.mjs";
import { check, smallTargets, smallTexts } from "../lib/check.mjs";
import { contextOf, everyLook } from "../lib/matrix.mjs";
import { countBytes, nodesOf, shiftsOf, watchShifts } from "../lib/measures.mjs";
import { resident, staff } from "../lib/roles.mjs";

const order = "B-260812-001";
const c = "/c/GYHY";
const faces = {
  console: {
    enter: () => staff(anju, browser, "zhoumin"),
    pages: { home: c, orders: `${c}/orders`, order: `${c}/orders/${order}`, new: `${c}/orders/new`, household: `${c}/3-1-1201`, matrix: `${c}/matrix`, notices: `${c}/notices`, staff: `${c}/staff`, import: `${c}/import` },
  },
  portal: { enter: () => resident(anju, browser, "13800002207"), target: 44, pages: { home: "/r", report: "/r/report", order: `/r/orders/${order}` } },
  field: { enter: () => staff(anju, browser, "lijianguo", {}, "/f"), target: 56, pages: { today: "/f", order: `/f/orders/${order}` } },
};
const budget = { first: 60_000, later: 15_000, nodes: 1_500, shift: 0.02 };
const together = 3; // pages open at the same time

let anju, browser;
before(async () => { [anju, browser] = await Promise.all([startAnju("demo"), launch()]); });
after(async () => { await browser?.close(); await anju?.stop(); });

const keptIn = {};
/** The session of a face's person; it is made once and worn in every look. */
async function session(face) {
  keptIn[face] ??= faces[face].enter().then(async (page) => {
    const state = await page.context().storageState();
    await page.context().close();
    return state;
  });
  return keptIn[face];
}

/** A browser window of one look, signed in, with the choices that the person has made. */
async function dressed(look, storageState) {
  const page = await openPage(browser, { ...contextOf(look), storageState });
  const chosen = { "anju-theme": look.theme === "auto" ? "" : look.theme, "anju-size": look.size === "xl" ? "xl" : "" };
  await page.context().addCookies(Object.entries(chosen).filter(([, value]) => value).map(([name, value]) => ({ name, value, url: anju.url })));
  await watchShifts(page.context());
  return page;
}

/** Axe looks at structure, words and colours: widths alone and the same dark again teach it nothing. */
const skipsAxe = ({ name }) => /^zh-(1440|320)$|^system-dark$/.test(name);

async function opens(page, { face, name, path, look, bytes }) {
  const count = await countBytes(page);
  await page.goto(`${anju.url}${path}`, { waitUntil: "load" });
  const received = count.bytes; // before anything that happens elsewhere refreshes a live part
  await check(page, `look-${face}-${name}-${look.name}`, { skipAxe: skipsAxe(look) });
  const [shift, nodes] = [await shiftsOf(page), await nodesOf(page)];
  assert.ok(received <= bytes, `${path}: ${received} bytes are more than ${bytes}`);
  assert.ok(shift <= budget.shift, `${path}: things jump by ${shift}`);
  assert.ok(nodes <= budget.nodes, `${path}: ${nodes} nodes`);
  if (faces[face].target) assert.deepEqual(await smallTargets(page, faces[face].target), []); // the desk has a pointer: axe's 24 px
  if (look.size === "xl" && face !== "console") assert.deepEqual(await smallTexts(page, 18), []);
}

for (const face of Object.keys(faces)) {
  for (const look of everyLook(face)) {
    test(`the main pages of the ${face} hold in look ${look.name}`, async () => {
      const page = await dressed(look, await session(face));
      const [[name, path], ...rest] = Object.entries(faces[face].pages);
      const faults = [];
      const tried = (page, name, path, bytes) => opens(page, { face, name, path, look, bytes }).catch((cause) => { faults.push(cause.message); });
      await tried(page, name, path, budget.first);
      await Promise.all(Array.from({ length: together }, async (_, at) => {
        const own = await page.context().newPage();
        for (const [name, path] of rest.filter((__, index) => index % together === at)) await tried(own, name, path, budget.later);
      }));
      await page.context().close();
      assert.deepEqual(faults, [], faults.join("\n\n"));
    });
  }
}
