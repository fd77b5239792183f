// People of the demo community, signed in as they would: `const desk = await staff(anju, browser, "chenfang")`.
import { openPage } from "./browser.mjs";

const password = "guiyu-huayuan-demo";

/** A page of a member of staff, past the log-in. `options` as for a browser context. */
export async function staff(anju, browser, login, options = {}, to = "/") {
  const page = await openPage(browser, options);
  await page.goto(`${anju.url}/login?to=${encodeURIComponent(to)}`);
  await page.fill("input[name=login]", login);
  await page.fill("input[name=password]", password);
  await Promise.all([page.waitForURL((url) => !url.pathname.startsWith("/login")), page.click("main button[type=submit]")]);
  return page;
}

/** The newest code that the gateway would have sent to `phone`; readable only with --test-gateways. */
async function codeFor(anju, phone) {
  const answer = await fetch(`${anju.url}/api/v1/test-messages`);
  const { items } = await answer.json();
  const own = items.filter((message) => message.to === phone || message.phone === phone || message.address === phone);
  return /\d{6}/.exec((own.length > 0 ? own : items).at(-1).text)[0];
}

/** A page of a resident, past the code. */
export async function resident(anju, browser, phone, options = {}) {
  const page = await openPage(browser, { viewport: { width: 390, height: 844 }, ...options });
  await page.goto(`${anju.url}/r/login`);
  await page.fill("input[name=phone]", phone);
  await Promise.all([page.waitForSelector("input[name=code]"), page.click("main button[type=submit]")]);
  await page.fill("input[name=code]", await codeFor(anju, phone));
  await Promise.all([page.waitForURL((url) => url.pathname === "/r"), page.click("main button[type=submit]")]);
  return page;
}
