// What a person does on a page, counted: `const hand = await hands(page)`, then `hand.click(…)`, `hand.press(…)`, `hand.compose(…)`.
// Beside what was asked for, the page itself reports every press of a mouse button and every navigation.

async function watchMouse(page, count) {
  await page.exposeFunction("countMouse", () => { count.mouse += 1; });
  const listen = () => { for (const name of ["mousedown", "touchstart"]) addEventListener(name, () => globalThis.countMouse(), { capture: true, passive: true }); };
  await page.addInitScript(listen);
  await page.evaluate(listen);
}

const watchPages = (page, count) => page.on("framenavigated", (frame) => { if (frame === page.mainFrame()) count.navigations += 1; });

/** Hands on `page`; `count` goes on from zero after `begin()`. */
export async function hands(page) {
  const count = {};
  const begin = () => Object.assign(count, { clicks: 0, keys: 0, mouse: 0, navigations: 0 });
  begin();
  watchPages(page, count);
  await watchMouse(page, count);
  const press = async (...names) => { for (const name of names) { count.keys += 1; await page.keyboard.press(name); } };
  return {
    count,
    begin,
    press,
    /** One click or tap. */
    click: async (target) => { count.clicks += 1; await target.click(); },
    /** Latin letters and digits, a key each. */
    type: async (text) => { count.keys += text.length; await page.keyboard.type(text); },
    /** Chinese text by its pinyin: the keys are counted, the finished text arrives as from an input method. */
    compose: async (text, pinyin) => { count.keys += pinyin.length + 1; await page.keyboard.insertText(text); },
  };
}
