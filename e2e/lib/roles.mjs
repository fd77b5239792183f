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

/** What the gateway would have sent to `phone`, the newest first; readable only with --test-gateways. */
async function messagesTo(anju, phone) {
  const { items } = await (await fetch(`${anju.url}/api/v1/test-messages`)).json();
  return items.filter((message) => [message.to, message.phone, message.address].includes(phone));
}

/** The code of the message that came after the first `known` ones: a job sends it, a moment after the form. */
async function codeFor(anju, phone, known) {
  for (let tries = 0; tries < 150; tries += 1) {
    const messages = await messagesTo(anju, phone);
    if (messages.length > known) return /\d{6}/.exec(messages[0].text)[0];
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  throw new Error(`no code was sent to ${phone}`);
}

/** Logs a resident in on the page of the log-in. */
export async function logsIn(page, phone) {
  const anju = { url: new URL(page.url()).origin };
  await page.fill("input[name=phone]", phone);
  const known = (await messagesTo(anju, phone)).length;
  await Promise.all([page.waitForSelector("input[name=code]"), page.click("main button[type=submit]")]);
  await page.fill("input[name=code]", await codeFor(anju, phone, known));
  await Promise.all([page.waitForURL((url) => url.pathname === "/r"), page.click("main button[type=submit]")]);
}

/** A page of a resident, past the code. */
export async function resident(anju, browser, phone, options = {}) {
  const page = await openPage(browser, { viewport: { width: 390, height: 844 }, ...options });
  await page.goto(`${anju.url}/r/login`);
  await logsIn(page, phone);
  return page;
}
