// A company's own list of homes, of the worst kind, imported in the browser on a site that was made a minute ago.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { press, reads, said, seen } from "../lib/acts.mjs";
import { launch } from "../lib/browser.mjs";
import { check } from "../lib/check.mjs";
import { firstLogin, freshSite } from "../lib/fresh.mjs";
import { widths } from "../lib/matrix.mjs";
import { workbook } from "../lib/workbook.mjs";
import { engines } from "../lib/world.mjs";

const sheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
// The same file as the unit tests of the reader: an OLE2 container with an EncryptedPackage.
const encrypted = readFileSync(fileURLToPath(new URL("../../crates/sheets/fixtures/encrypted.xlsx", import.meta.url)));

/** Titles above the header, a merged building column, notations of three kinds, subtotals, notes, dates of two kinds. */
const worst = () => workbook([
  {
    name: "1号楼",
    merges: ["A1:G1", "A4:A6"],
    rows: [
      ["海棠苑小区业主信息登记表（2024 版）"],
      ["填表人：小周", "", "", "", "", "单位：㎡"],
      ["楼栋", "房 号", "户主", "联系电话", "产权面积(㎡)", "交付日期", "备注"],
      ["1栋", "1栋2单元301", "张三、李四", "138 0000 0000", "89.37㎡", "2023年5月1日", ""],
      ["", "1-2-302", "王小美", "１３９１２３４５６７８", 120.15, 45047, "租"],
      ["", "1#-2-0303", "欧阳建国", "13700001234", "65.08", "2023-05-01", ""],
      ["小计", "", "3 户", "", 274.6],
      ["1栋", "1-2-0401", "赵敏", "1380000", "89.37", "2023年5月1日", "电话少几位"],
      ["1栋", "1-2-0402", "孙悦", "13600009999", "大约九十", "2023年5月1日", ""],
      ["合计", "", "5 户"],
      ["注：空置房未列入。制表日期 2024 年 3 月"],
    ],
  },
  { name: "说明", rows: [["本表由客服部填写"], ["有疑问请打 8001"]] },
]);

const file = (name, buffer, mimeType = sheetType) => ({ name, buffer, mimeType });

async function sends(page, one) {
  await page.goto(new URL("/c/HTY/import", page.url()).href);
  await page.setInputFiles("input[type=file]", one);
  await press(page, "看预览");
}

for (const engine of engines()) {
  describe(`on ${engine}`, () => {
    let anju, browser, page;
    const shot = (name) => (engine === "sqlite" ? seen(page, `import-${name}`) : undefined);
    before(async () => {
      [anju, browser] = await Promise.all([freshSite(engine, { code: "HTY", name: "海棠苑" }), launch()]);
      page = await firstLogin(anju, browser, { viewport: widths.desk });
    });
    after(async () => { await browser?.close(); await anju?.stop(); });

    test("the administrator's first log-in sets up the second factor and leads to the new site", async () => {
      await page.getByText("恢复码").first().waitFor();
      assert.equal(await page.locator("main li").count(), 10);
      await check(page, "import-recovery-codes");
      await press(page, "已抄好，继续", /\/c\/HTY$/);
    });

    test("the preview says what would come, and every error by sheet, row, column and value", async () => {
      await sends(page, file("业主表.xlsx", worst()));
      await page.waitForURL(/import\/[0-9a-f-]{36}/);
      await reads(page, "main", "新增房屋 3", "新增人员 4", "新增入住登记 4", "有错的行 2", "导入 3 行");
      await reads(page, "#errors", "1号楼 8 D 联系电话 1380000", "请写 11 位手机号", "1号楼 9 E 产权面积(㎡) 大约九十", "请写数字，例如 89.37");
      await reads(page, "#rows", "1-2-301 89.37 2023-05-01 张三 13800000000 李四", "1-2-302 120.15 2023-05-01 王小美 13912345678", "1-2-0303 65.08 2023-05-01 欧阳建国 13700001234");
      await check(page, "import-preview");
    });

    test("the mapping that it proposes can be seen, and what was left out is told", async () => {
      await page.locator("#mapping summary").click();
      const chosen = await page.locator("#mapping select").evaluateAll((all) => all.map((select) => select.selectedOptions[0].textContent.trim()));
      assert.deepEqual(chosen.slice(0, 7), ["楼栋", "房号（整个编号）", "业主", "业主电话", "建筑面积", "交付日期", "备注（不写入）"]);
      await shot("mapping");
      await page.locator("summary").filter({ hasText: "略过 3 处" }).click();
      await reads(page, "main details[open] ul", "1号楼 第 7 行：小计或合计", "1号楼 第 10 行：小计或合计", "1号楼 第 11 行：备注");
    });

    test("the good rows are imported, and each line of the checklist leads to a page that opens", async () => {
      await page.locator("label.card").filter({ hasText: "只导入没有错的行" }).click();
      await press(page, "导入 3 行");
      await page.getByText("这个项目还缺什么").waitFor();
      await reads(page, "main", "已导入", "新增房屋 3", "还没有员工 导入员工", "服务台时间还是默认值", "还没有 24 小时服务电话 填写电话", "时限还是默认值", "还没有管家负责楼栋 指定管家");
      await check(page, "import-result");
      const done = page.url();
      const links = await page.locator("main li a").evaluateAll((all) => all.map((link) => link.href));
      assert.ok(links.length >= 5, links.join(" "));
      for (const link of links) {
        const answer = await page.goto(link);
        assert.equal(answer.status(), 200, link);
        await page.locator("h1").first().waitFor();
      }
      await page.goto(done);
    });

    test("the bad rows come back as a workbook to be mended", async () => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.locator("a").filter({ hasText: "下载有错的行" }).click()]);
      assert.match(download.suggestedFilename(), /\.xlsx$/);
      assert.equal(readFileSync(await download.path()).subarray(0, 2).toString(), "PK");
    });

    test("whoever was imported is found by name, pinyin, initials and the end of the phone number", async () => {
      await page.goto(`${anju.url}/c/HTY`);
      for (const [typed, found] of [["张三", "张三"], ["zhangsan", "张三"], ["oyjg", "欧阳建国"], ["5678", "王小美"], ["1栋302", "1-2-302"]]) {
        await page.keyboard.press("Control+k");
        await page.getByRole("combobox").fill(typed);
        await page.getByRole("option").filter({ hasText: found }).first().waitFor();
        if (typed === "zhangsan") await shot("find");
        await page.keyboard.press("Escape");
      }
    });

    test("the same file again changes nothing", async () => {
      await sends(page, file("业主表.xlsx", worst()));
      await page.waitForURL(/import\/[0-9a-f-]{36}/);
      await reads(page, "main", "新增房屋 0", "新增人员 0", "改动 0", "不变的行 3", "有错的行 2");
      await page.goto(`${anju.url}/c/HTY/import`);
    });

    test("what was imported can be taken back while nothing depends on it", async () => {
      await page.locator("tr").filter({ hasText: "已导入" }).locator("a.main").first().click();
      await page.getByText("撤销这次导入").waitFor();
      await press(page, "撤销这次导入", /\/undo$/);
      await reads(page, "main", "会取回什么", "删除房屋、商铺、车位", "删除住户或员工");
      await shot("undo-asked");
      await press(page, "撤销，取回以上内容");
      await page.getByText("导入的内容都已取回").waitFor();
      await shot("undone");
      await page.goto(`${anju.url}/c/HTY/homes`);
      assert.ok(!(await said(page)).includes("1-2-301"));
    });

    test("a broken, an encrypted and a foreign file each get one clear line", async () => {
      const all = [
        [file("坏.xlsx", worst().subarray(0, 900)), "文件已损坏，读不了。请用 Excel 打开另存一份再发。"],
        [file("加密.xlsx", encrypted), "文件有打开密码，读不了。请在 Excel 里取消密码后再发。"],
        [file("照片.xlsx", Buffer.from("\x89PNG\r\n\x1a\n and more", "latin1"), "image/png"), "这是图片，不是表格。请发 .xlsx、.xls 或 .csv 文件"],
        [file("空.csv", Buffer.from("\r\n"), "text/csv"), "文件是空的。请核对后重新选择。"],
      ];
      for (const [one, words] of all) {
        await sends(page, one);
        await page.locator(".errors").waitFor();
        await reads(page, ".errors", "有 1 处要改", words);
      }
      await shot("encrypted");
    });
  });
}
