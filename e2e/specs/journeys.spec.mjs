// Whole journeys through all faces, on both engines: what the resident does on the phone, what the desk and the technician do
// about it, and what each of them reads at every step.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { press, reads, said, seen } from "../lib/acts.mjs";
import { startAnju } from "../lib/anju.mjs";
import { launch } from "../lib/browser.mjs";
import { check } from "../lib/check.mjs";
import { assigns, barred, at, corrects, finishes, happened, leakStory, now, numberOf, order, rates, reportsLeak, suspends } from "../lib/journey.mjs";
import { widths } from "../lib/matrix.mjs";
import { resident, staff } from "../lib/roles.mjs";
import { engines } from "../lib/world.mjs";

// People of the demo whose home has nothing in hand: 周一鸣 of 4-1-0302, 陈景行 of 3-1-0504, 于美华 of 3-2-1402.
const people = { leak: "13604727643", outage: "18903223033", complaint: "15004418802" };
const liveMs = 1000; // what stands in the house's promise: seen at the desk within a second

for (const engine of engines()) {
  describe(`on ${engine}`, () => {
    let anju;
    let browser;
    const shot = (page, name) => (engine === "sqlite" ? seen(page, `journey-${name}`) : undefined);
    before(async () => { [anju, browser] = await Promise.all([startAnju("demo", { engine }), launch()]); });
    after(async () => { await browser?.close(); await anju?.stop(); });

    test("a leak goes from the resident's phone through the desk and the technician to its rating", async () => {
      const home = await resident(anju, browser, people.leak);
      const desk = await staff(anju, browser, "chenfang", { viewport: widths.desk }, "/c/GYHY");
      await desk.goto(`${anju.url}/c/GYHY/orders`);
      const line = desk.locator("tbody tr").filter({ hasText: "4-1-0302" });
      assert.equal(await line.count(), 0);
      const number = await reportsLeak(home);
      await line.first().waitFor({ timeout: liveMs });
      await shot(desk, "leak-desk-list");
      await reads(home, "main", "前台最晚 10:34 受理", "受理", "限 10:34");
      await shot(home, "leak-home-new");

      await at(anju, "10:26");
      await desk.goto(order(anju, number));
      await shot(desk, "leak-desk-new");
      await press(desk, "受理");
      await happened(desk, "受理");
      await now(home, "10:56 上门", "受理", "10:26 做到", "到场", "限 10:56");

      await corrects(desk, number);
      await shot(desk, "leak-desk-correction");
      await press(desk, "更正", (url) => url.pathname.endsWith(number));
      await at(anju, "10:28");
      await press(desk, "派单", /assignment/);
      await barred(desk, "钱国平", "证书 7-22 已到期");
      await shot(desk, "leak-desk-refused");
      await assigns(desk, "李建国");
      await desk.waitForURL((url) => url.pathname.endsWith(number));
      await happened(desk, "派给 李建国");
      await now(home, "已派给李建国，最晚 10:56 到");

      const field = await staff(anju, browser, "lijianguo", { viewport: widths.phone }, `/f/orders/${number}`);
      await shot(field, "leak-field-order");
      await at(anju, "10:30");
      await press(field, "接单");
      await happened(desk, "接单");
      await now(home, "李建国已接单，最晚 10:56 到");
      await at(anju, "10:45");
      await press(field, "到场");
      await happened(desk, "到场");
      await now(home, "李建国正在处理，最晚 8-13 10:26 完成", "到场", "10:45 做到");

      await at(anju, "10:50");
      await suspends(field);
      await happened(desk, "挂起");
      await now(home, "10:50 起等配件，到货后继续", "暂停中");
      await shot(home, "leak-home-suspended");
      await at(anju, "11:15");
      await desk.goto(order(anju, number));
      await reads(desk, "#order-progress", "完工", "已暂停", "现限 8-13 10:5", "因待料暂停，从 10:50 起");
      await shot(desk, "leak-desk-suspended");
      await press(field, "恢复");
      await happened(desk, "恢复");
      await now(home, "李建国正在处理，最晚 8-13 10:5");

      await at(anju, "11:30");
      await finishes(field, "换了空开，插座烘干，楼上角阀已关", () => shot(field, "leak-field-finish"));
      await happened(desk, "完工");
      await now(home, "已完工，请您看看。8-15 11:30 前没有回音就算满意", "完成", "11:30 做到");
      await shot(home, "leak-home-verify");

      await at(anju, "11:40");
      await press(home, "还不行");
      await press(home, "请师傅再来");
      await home.locator(".errors").waitFor();
      await home.fill("form[action$=verdict] [name=text]", "卫生间的灯还是不亮");
      await press(home, "请师傅再来", /orders\/B-/);
      await happened(desk, "验收");
      await now(home, "李建国正在处理，最晚 8-13 11:40 完成");
      await at(anju, "11:50");
      await field.goto(`${anju.url}/f/orders/${number}`);
      await reads(field, "#thread", "周一鸣 还不满意", "卫生间的灯还是不亮");
      await finishes(field, "灯座也进了水，换了灯座");
      await happened(desk, "灯座也进了水");
      await now(home, "已完工，请您看看。8-15 11:50 前没有回音就算满意");
      await at(anju, "12:00");
      await press(home, "满意，确认");
      await rates(home, "5", "来得快");
      await now(home, "已办完", "受理", "10:26 做到", "到场", "10:45 做到", "完成", "11:30 做到", "完成", "11:50 做到");
      await shot(home, "leak-home-closed");

      await happened(desk, "评价 5 星");
      await reads(desk, "#order-progress", "受理", "10:26 已兑现", "到场", "10:45 已兑现", "完工", "11:30 已兑现", "完工", "11:50 已兑现");
      await reads(desk, "#order-thread", ...leakStory);
      assert.deepEqual(await desk.locator("#order-thread li").evaluateAll((lines) => lines.map((line) => line.querySelectorAll("img").length).filter((photos) => photos > 0)), [3, 3, 1]);
      await shot(desk, "leak-desk-closed");
    });

    test("a complaint goes through all faces: acceptance, first reply, the steward's visit, answer, verdict, rating", async () => {
      await at(anju, "13:00");
      const home = await resident(anju, browser, people.complaint);
      const desk = await staff(anju, browser, "chenfang", { viewport: widths.desk }, "/c/GYHY/orders");
      await home.goto(`${anju.url}/r/orders`);
      await press(home, "投诉", /kind=complaint/);
      await reads(home, ".dock", "30 分钟内先回复您");
      await press(home, "提交投诉");
      await home.locator(".errors").getByText("请写一句是什么事").waitFor();
      await home.selectOption("[name=category]", "neighbour.works");
      await home.fill("[name=text]", "楼上午休时间用电钻，连着三天。希望管家上门说说。");
      await shot(home, "complaint-home-form");
      await press(home, "提交投诉", /\/r\/orders\/T-/);
      const number = numberOf(home);
      await reads(home, "main", "前台最晚 13:10 受理", "先回复", "限 13:30", "答复", "限 8-14 13:00", "办结", "限 8-19 13:00");
      await desk.locator("tbody tr").filter({ hasText: "3-2-1402" }).first().waitFor({ timeout: liveMs });

      await at(anju, "13:05");
      await desk.goto(order(anju, number));
      await press(desk, "受理");
      await happened(desk, "受理");
      await now(home, "正在了解情况，最晚 13:30 先回复您");
      await at(anju, "13:12");
      await desk.fill("#say-text", "收到，管家今晚会去楼上了解，明天给您答复。");
      await desk.locator("#order-thread input[name=visible]").check();
      await press(desk, "发送");
      await happened(desk, "收到，管家今晚");
      await now(home, "最晚 8-14 13:00 答复您", "先回复", "13:12 做到");
      await shot(desk, "complaint-desk-replied");
      await desk.goto(`${order(anju, number)}/assignment`);
      await assigns(desk, "沈丽萍");
      await desk.waitForURL((url) => url.pathname.endsWith(number));

      const visitor = await staff(anju, browser, "shenliping", { viewport: widths.phone }, `/f/orders/${number}`);
      await press(visitor, "接单");
      await happened(desk, "接单");
      await press(visitor, "到场");
      await happened(desk, "到场");
      await now(home, "沈丽萍正在办，最晚 8-14 13:00 答复您", "办好");
      await at(anju, "13:25");
      await press(desk, "答复", /answer/);
      await desk.fill("[name=text]", "已和楼上约定：午休和夜里不再施工。管家三天内会再听一听。");
      await press(desk, "答复", (url) => url.pathname.endsWith(number));
      await now(home, "答复", "13:25 做到");
      await visitor.reload();
      await visitor.fill("#finish [name=result]", "已上门，楼上同意改时间");
      await Promise.all([visitor.waitForURL(/\/f$/), visitor.locator("#finish button.btn-main").click()]);
      await happened(desk, "完工");
      await now(home, "已经办好，请您看看。8-15 13:25 前没有回音就算满意");
      await reads(home, "main", "解决了吗", "不满意请写哪里不对，我们接着办");
      await shot(home, "complaint-home-verify");
      await at(anju, "13:30");
      await press(home, "满意，确认");
      await rates(home, "4", "说到做到");
      await now(home, "已办完", "办结", "13:30 做到");
      await shot(home, "complaint-home-rated");
      await desk.reload();
      await reads(desk, "#order-progress", "受理", "13:05 已兑现", "首次回复", "13:12 已兑现", "答复", "13:25 已兑现", "关闭", "13:30 已兑现");
      await reads(desk, "#order-thread", "于美华 评价 4 星", "说到做到", "于美华 验收：满意", "沈丽萍 完工", "陈芳 答复", "沈丽萍 到场", "沈丽萍 接单", "陈芳 派给 沈丽萍", "陈芳 留言", "陈芳 受理", "于美华 报事");
      await shot(desk, "complaint-desk-rated");
    });

    test("a question by phone is answered and closed on one screen without the mouse", async () => {
      await at(anju, "14:00");
      const desk = await staff(anju, browser, "chenfang", { viewport: widths.desk }, "/c/GYHY");
      await desk.locator("h1").first().waitFor();
      await desk.keyboard.press("c");
      await desk.waitForURL(/orders\/new/);
      await desk.evaluate(() => { window.pointers = 0; addEventListener("pointerdown", () => { window.pointers += 1; }, true); });
      const type = async (field, text) => {
        assert.equal(await desk.evaluate(() => document.activeElement.name), field);
        await desk.keyboard.type(text);
      };
      await type("place", "6-1-0202");
      await desk.keyboard.press("Tab");
      await desk.locator("#about-place").getByText("雷*英").waitFor();
      await type("category", "装修手续");
      await desk.keyboard.press("Tab");
      await type("text", "装修押金什么时候退");
      await desk.keyboard.press("Tab");
      await type("answer", "验收合格后 7 个工作日内退到原卡。");
      await shot(desk, "enquiry-desk");
      assert.equal(await desk.evaluate(() => window.pointers), 0);
      await Promise.all([desk.waitForURL(/orders\/Z-/), desk.keyboard.press("Control+Enter")]);
      await reads(desk, "main", "6-1-0202", "装修押金什么时候退", "已关闭", "答复", "14:00 已兑现", "陈芳 答复", "7 个工作日内退到原卡", "陈芳 受理了报事");
      await shot(desk, "enquiry-desk-closed");
    });

    test("of two people who correct one order the second sees both versions and chooses", async () => {
      await at(anju, "14:10");
      const [first, second] = [await staff(anju, browser, "chenfang", { viewport: widths.desk }, "/c/GYHY"), await staff(anju, browser, "luoyuxin", { viewport: widths.desk }, "/c/GYHY")];
      await first.goto(`${anju.url}/c/GYHY/orders/new`);
      await first.fill("[name=place]", "6-1-0901");
      await first.fill("[name=category]", "龙头、角阀、软管");
      await first.fill("[name=text]", "洗衣机龙头滴水");
      await press(first, "受理", /orders\/B-/);
      const number = numberOf(first);
      for (const page of [first, second]) await page.goto(`${order(anju, number)}/classification`);
      await first.fill("[name=category]", "水压低");
      await press(first, "更正", (url) => url.pathname.endsWith(number));
      await second.fill("[name=category]", "水表异常");
      await press(second, "更正");
      await second.getByText("先保存了").waitFor();
      await reads(second, "main", "陈芳 在 14:10 先保存了", "您填的都还在", "类别", "水表异常", "水压低");
      await shot(second, "conflict-desk");
      await second.getByLabel("水表异常").check();
      await press(second, "按所选保存", (url) => url.pathname.endsWith(number));
      await reads(second, "#order-facts", "类别", "水表异常");
      await reads(second, "#order-thread", "罗雨欣 更正", "陈芳 更正", "陈芳 受理");
    });

    test("an outage is seen before reporting, takes the report along, and its end is told", async () => {
      await at(anju, "14:30");
      const desk = await staff(anju, browser, "chenfang", { viewport: widths.desk }, "/c/GYHY/notices/new");
      await desk.getByLabel("停水停电等").check();
      await desk.fill("[name=title]", "3号楼停水");
      await desk.fill("[name=body]", "水泵检修，3 号楼暂时停水。");
      await desk.getByLabel("3 栋", { exact: true }).check();
      await desk.fill("[name=planned_end]", "2026-08-12 18:00");
      await desk.getByLabel("漏水").check();
      await press(desk, "先看发给多少人");
      await desk.getByText("手机端").first().waitFor();
      await shot(desk, "outage-desk-form");
      await press(desk, "发布", /notices\/[0-9a-f-]{36}/);

      const home = await resident(anju, browser, people.outage);
      await reads(home, "main", "3号楼停水", "预计 18:00 恢复");
      await shot(home, "outage-home");
      await press(home, "报修", /\/r\/report/);
      await reads(home, "main", "3号楼停水", "预计 18:00 恢复", "1. 什么问题");
      await press(home, "我家也是，算我一个", /orders\/B-/);
      const number = numberOf(home);
      await reads(home, "main", "3号楼停水", "已记在这条通知上，预计 18:00 恢复，恢复后会告诉您");
      await check(home, "journey-outage-home-order");
      const elsewhere = await resident(anju, browser, people.leak);
      await elsewhere.goto(`${anju.url}/r/report?category=water`);
      assert.ok(!(await said(elsewhere)).includes("停水 预计"));
      await elsewhere.context().close();

      await at(anju, "14:50");
      await press(desk, "已恢复，通知大家");
      await desk.getByText("14:50").first().waitFor();
      await desk.goto(order(anju, number));
      await happened(desk, "停水停电已恢复");
      await home.reload();
      await reads(home, "main", "3号楼停水", "已在 14:50 恢复", "停用已恢复");
      await shot(home, "outage-home-ended");
      await home.goto(`${anju.url}/r`);
      assert.ok(!(await said(home)).includes("预计 18:00 恢复"));
    });
  });
}
