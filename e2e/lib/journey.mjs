// The steps of the journeys, each as one person does it, and where the others look afterwards.
import assert from "node:assert/strict";
import { addPhoto, press, reads, sign } from "./acts.mjs";
import { moveClock } from "./anju.mjs";
import { check } from "./check.mjs";

export const at = (anju, time) => moveClock(anju, `2026-08-12T${time}:00+08:00`);
export const numberOf = (page) => page.url().split("/").pop().split("?")[0];
export const order = (anju, number) => `${anju.url}/c/GYHY/orders/${number}`;

/** Opens the status page again: it says this, in this order. */
export const now = async (page, ...words) => { await page.reload(); await reads(page, "main", ...words); };

/** Three taps: report, what it is, send; between them one photo that the person chose to add. */
export async function reportsLeak(page) {
  const state = { taps: 0 };
  const tap = async (name, address) => { state.taps += 1; await press(page, name, address); };
  await tap("报修", /\/r\/report/);
  await tap("漏水", /category=water/);
  await reads(page, ".dock", "30 分钟内", "受理");
  await addPhoto(page, "#report");
  await check(page, "journey-leak-report");
  await tap("提交报修", /\/r\/orders\/B-/);
  assert.equal(state.taps, 3);
  return numberOf(page);
}

export async function rates(home, stars, words) {
  await home.getByText("评价这次服务").waitFor();
  await home.locator("label.pick").filter({ hasText: stars }).click();
  await home.fill("form[action$=rating] [name=words]", words);
  await press(home, "提交评价");
  await home.getByText(`您评了 ${stars} 分`).waitFor();
}

/** What the order's page at the desk tells in the end, newest first. */
export const leakStory = ["周一鸣 评价 5 星", "来得快", "周一鸣 验收：满意", "李建国 完工", "灯座也进了水", "周一鸣 验收：不满意", "卫生间的灯还是不亮", "李建国 完工", "换了空开", "李建国 恢复", "李建国 挂起：待料", "空开要换", "李建国 到场", "李建国 接单", "陈芳 派给 李建国", "陈芳 更正", "陈芳 受理", "周一鸣 报事"];

/** The page of one order at the desk has got a new line by itself. */
export const happened = (desk, what) => desk.locator("#order-thread li").getByText(what).first().waitFor();

/** The water ran into a socket: electrician's work. Shows first how the promises change. */
export async function corrects(desk, number) {
  await desk.goto(`${new URL(desk.url()).origin}/c/GYHY/orders/${number}/classification`);
  await desk.fill("[name=category]", "全屋停电");
  await press(desk, "先看时限怎么变", /classification\?.*category/);
  await reads(desk, "main", "时限会这样变", "到场", "限 10:56", "限 10:56");
  assert.equal(await desk.inputValue("[name=category]"), "全屋停电");
}

export async function assigns(desk, name) {
  const card = desk.locator("label.card").filter({ hasText: name });
  if (!(await card.isVisible())) await desk.locator(".candidates summary").click(); // people of other departments are folded away
  await card.click();
  await press(desk, "派单");
}

/** Stands among those who cannot be chosen, with the reason. */
export async function barred(desk, name, why) {
  const card = desk.locator("label.card").filter({ hasText: name });
  if (!(await card.isVisible())) await desk.locator(".candidates summary").click();
  assert.ok(await card.locator("input").isDisabled(), `${name} cannot be chosen`);
  assert.ok((await card.innerText()).includes(why), await card.innerText());
}

export async function suspends(field) {
  await press(field, "挂起");
  await field.locator("label.pick").filter({ hasText: "待料" }).click();
  await field.fill("form[data-op=suspension] [name=note]", "空开要换，去仓库取");
  await field.locator("form[data-op=suspension] button.btn-main").click();
}

export async function finishes(field, result, look = () => {}) {
  await field.reload();
  await addPhoto(field, "#finish", { uploaded: false });
  await addPhoto(field, "#finish", { uploaded: false, shade: "#305030" });
  await field.fill("#finish [name=result]", result);
  await sign(field, "#finish");
  await look();
  await Promise.all([field.waitForURL(/\/f$/), field.locator("#finish button.btn-main").click()]);
}
