// The organisation's tiers, as an administrator writes them and a lead reads them: a draft from a preset, blanks that
// stay blanks, faults at their fields, who would move, and the day from which it counts.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  all_there, customer, day, give, go, patient_ms, people, sheet, sign_in, soon_ms, synced, tick, verb,
} from "./harness/app.mjs";
import { look } from "./harness/look.mjs";
import { scene } from "./harness/scene.mjs";

const main = (page) => page.getByRole("main");
const foot = (page) => page.getByRole("group", { name: "生效", exact: true });
const floor_of_gold = (page) => page.getByLabel("浩瀚·金的下限，万", { exact: true });
const weights = [["用电量", "30"], ["利润贡献率", "25"], ["负荷特性", "15"], ["信用", "15"], ["发展潜力", "10"]];

async function saved(page) {
  await page.getByRole("status").filter({ hasText: /\d\d:\d\d自动存了草稿/ }).waitFor({ timeout: soon_ms });
}

test(
  "tiers are drafted, mended, previewed and published by the administrator, and read by the lead",
  scene(async ({ browser, t }) => {
    const desk = await browser({ size: "desk" });
    const { page } = desk;
    const lead = (await browser({ size: "desk" })).page;
    await sign_in(page, people.administrator);
    await go(page, "等级");

    await t.test("every preset says what it leaves blank", async () => {
      await all_there(main(page), ["银行标准一", "银行标准一、二", "电信大客户", "区域客户", "五项价值分"]);
      assert.deepEqual(await look(page, "rules-start"), []);
    });

    await t.test("a blank of the source is a blank of the draft, and keeps it from taking effect", async () => {
      await main(page).getByRole("button").filter({ hasText: "金的下限空着" }).click();
      await main(page).getByText("还有1处空着").waitFor({ timeout: soon_ms });
      assert.equal(await floor_of_gold(page).inputValue(), "");
      await verb(foot(page), "去填空着的1处").click();
      assert.ok(await floor_of_gold(page).evaluate((field) => field === document.activeElement));
      await saved(page);
      await page.mouse.move(0, 0);
      assert.deepEqual(await look(page, "rules-blank"), []);
    });

    await t.test("a gap is told at its line, with what closes it", async () => {
      await floor_of_gold(page).fill("20");
      await main(page).getByText("10万到20万没有归属").first().waitFor({ timeout: soon_ms });
      await verb(foot(page), "去改1处").waitFor();
      await verb(main(page), "大众改到20万为止").click();
      await main(page).getByText("没有归属").first().waitFor({ state: "detached" });
      await floor_of_gold(page).fill("二十");
      await main(page).getByText("写成数字").waitFor({ timeout: soon_ms });
      await floor_of_gold(page).fill("20");
    });

    await t.test("weights that do not total a hundred are refused in words", async () => {
      await tick(main(page).getByLabel(/记价值分/));
      for (const [name, percent] of weights) {
        await page.getByLabel(`${name}的权重，%`, { exact: true }).fill(percent);
      }
      await main(page).getByText("权重合计95，要正好100").first().waitFor({ timeout: soon_ms });
      assert.deepEqual(await look(page, "rules-fault"), []);
      await page.getByRole("button", { name: "发展潜力多5" }).click();
      await main(page).getByText("要正好100。").first().waitFor({ state: "detached" });
    });

    await t.test("who moves is counted while it is written", async () => {
      await main(page).getByText(/位，\d+\.\d秒/).waitFor({ timeout: patient_ms });
      await main(page).getByText("客户名字只给主管看").or(main(page).getByText("没有人动")).first().waitFor({ timeout: soon_ms });
      await saved(page);
    });

    await t.test("the draft outlives the page", async () => {
      await page.reload();
      await sign_in(page, people.administrator);
      await go(page, "等级");
      await floor_of_gold(page).waitFor({ timeout: patient_ms });
      assert.equal(await floor_of_gold(page).inputValue(), "20");
    });

    await t.test("a lead reads the same draft and writes nothing", async () => {
      await sign_in(lead, people.lead);
      await synced(lead);
      await go(lead, "等级");
      await all_there(main(lead), ["规则由管理员写", "20万", "谁会动"]);
      assert.equal(await main(lead).getByRole("textbox").count(), 0);
      assert.equal(await foot(lead).count(), 0);
      await main(lead).getByText(/位，\d+\.\d秒/).waitFor({ timeout: patient_ms });
      assert.deepEqual(await look(lead, "rules-read"), []);
    });

    await t.test("a figure opens into its rows for the lead, not for the administrator", async () => {
      const figure = main(lead).getByRole("button", { name: /^(上升|下降)\d+位，看是谁$/ }).first();
      const count = Number((await figure.innerText()).trim());
      await figure.click();
      const moving = sheet(lead).getByRole("listitem");
      await moving.first().waitFor({ timeout: patient_ms });
      assert.equal(await moving.count(), Math.min(count, 200));
      await moving.first().getByText(/(≥|还差)/).waitFor();
      assert.deepEqual(await look(lead, "rules-movers"), []);
      const name = await moving.first().locator(".row-name > :first-child").innerText();
      await moving.first().getByRole("link").click();
      await customer(lead, name).waitFor({ timeout: soon_ms });
      await go(lead, "等级");
      assert.equal(await main(page).getByRole("button", { name: /看是谁$/ }).count(), 0);
    });

    await t.test("a day that has come is refused; from tomorrow it counts", async () => {
      await page.getByLabel("生效日", { exact: true }).fill(day(0));
      await foot(page).getByText("生效日要在今天以后").waitFor({ timeout: soon_ms });
      await page.getByLabel("生效日", { exact: true }).fill(day(1));
      await verb(foot(page), "生效").click();
      await sheet(page).getByText("不能再改").waitFor({ timeout: soon_ms });
      await verb(sheet(page), "生效").click();
      await page.getByRole("status").filter({ hasText: /第\d+版已定/ }).waitFor({ timeout: patient_ms });
      await main(page).getByText("待生效").waitFor({ timeout: soon_ms });
      assert.deepEqual(await look(page, "rules-published"), []);
    });

    await t.test("a published version can be looked at by the lead", async () => {
      await lead.reload();
      await sign_in(lead, people.lead);
      await go(lead, "等级");
      await main(lead).getByText("待生效").waitFor({ timeout: patient_ms });
      await main(lead).getByRole("button", { name: /^看第\d+版$/ }).first().click();
      await sheet(lead).getByText("20万").first().waitFor({ timeout: soon_ms });
    });

    await t.test("a standard is written by tier, in numbers and words", async () => {
      await give(main(page), "看哪一部分", "走访标准");
      await main(page).getByRole("button").filter({ hasText: "次数都空着" }).click();
      await page.getByLabel("大众的走访次数", { exact: true }).fill("1");
      await page.getByLabel("大众的电访次数", { exact: true }).fill("1000");
      await main(page).getByText("每季走访1次").first().waitFor({ timeout: soon_ms });
      await main(page).getByText("每月最多28次").first().waitFor({ timeout: soon_ms });
      assert.deepEqual(await look(page, "rules-standard"), []);
    });

    await t.test("parameters begin with the usual ones", async () => {
      await give(main(page), "看哪一部分", "参数");
      await main(page).getByRole("button").filter({ hasText: "常用的参数" }).click();
      await page.getByLabel("春节的月", { exact: true }).waitFor({ timeout: soon_ms });
      await page.getByLabel("元旦的日", { exact: true }).fill("32");
      await main(page).getByText("没有哪一年有这一天").first().waitFor({ timeout: soon_ms });
      assert.deepEqual(await look(page, "rules-policy"), []);
    });
  }),
);
