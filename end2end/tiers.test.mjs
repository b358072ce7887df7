// Who to see today, and why: tiers explained, debt that is live offline, one list of what is due, a tier set by hand.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  customer, give, go, offline_ready, open_customer, people, pill_says, sheet, sign_in, synced, verb,
} from "./harness/app.mjs";
import { look } from "./harness/look.mjs";
import { scene } from "./harness/scene.mjs";

/** Customers of the manager whom a standard asks to be visited, without a visit planned. */
function tiered(server) {
  return server.sql(`
    select c.id, c.name from customer c join book b on b.id = c.book_id join employee e on e.id = b.holder_id
     where e.employee_no = '${people.manager}' and c.deposit_fen + c.wealth_fen + c.insurance_fen + c.fund_fen between 12000000 and 90000000
       and exists (select 1 from figures f where f.customer_id = c.id offset 5)
       and not exists (select 1 from visit v where v.customer_id = c.id and v.state = 'planned')
     order by c.customer_no`);
}

/** What is done of what the standard asks for, as the ring of the open customer says: [done, required]. */
async function ring(page) {
  const label = await page.getByRole("article").getByRole("img", { name: /^走访\d+\/\d+$/ }).first().getAttribute("aria-label");
  return label.match(/\d+/g).map(Number);
}

test(
  "a manager sees who needs them and why, and what they do counts at once without a network",
  scene(async ({ server, browser, t }) => {
    const { page } = await browser();
    await sign_in(page, people.manager);
    await synced(page);
    await offline_ready(page);
    const [someone] = await tiered(server);
    await server.kill();

    await t.test("today's list says why, from what the standard owes as well as from what was written down", async () => {
      const needs = page.getByRole("region", { name: "今天需要我的客户" });
      await needs.getByText(/(走访|电访)逾期\d+天/).first().waitFor();
      await needs.getByText(/余额下降\d+%/).first().waitFor();
      await needs.getByText(/合同.*到期/).first().waitFor();
    });

    await t.test("what is put in front stays there through a reload", async () => {
      const needs = page.getByRole("region", { name: "今天需要我的客户" });
      const last = needs.getByRole("listitem").last();
      const name = await last.locator(".row-name > :first-child").innerText();
      await last.getByRole("button", { name: `排到前面 ${name}` }).click();
      const first = needs.getByRole("listitem").first();
      await needs.getByRole("heading", { name: "我排在前面的" }).waitFor();
      assert.equal(await first.locator(".row-name > :first-child").innerText(), name);
      await page.reload();
      await sign_in(page, people.manager);
      assert.equal(await first.locator(".row-name > :first-child").innerText(), name);
      await first.getByRole("button", { name: `放回原位 ${name}` }).click();
      await needs.getByRole("heading", { name: "我排在前面的" }).waitFor({ state: "detached" });
    });

    await t.test("a customer's tier tells its rule, its values and the way to the next", async () => {
      await open_customer(page, someone.name);
      const article = customer(page, someone.name);
      await article.getByRole("heading", { name: /^为什么是/ }).waitFor();
      await article.getByText(/第3版/).waitFor();
      await article.getByText(/≥|不设下限/).first().waitFor();
      assert.deepEqual(await look(page, "customer-tier"), []);
    });

    await t.test("a goal is set for anybody, changed and taken back, on the customer's page", async () => {
      const article = page.getByRole("article");
      await verb(article, "定目标").click();
      assert.ok(await sheet(page).getByRole("radio", { name: "白金" }).isChecked(), "the tier above, unless told otherwise");
      await verb(sheet(page), "保存").click();
      await article.getByText(/前升到白金/).waitFor();
      await verb(article, "改目标").click();
      await give(sheet(page), "升到", "钻石");
      assert.deepEqual(await look(page, "customer-goal"), []);
      await verb(sheet(page), "保存").click();
      await article.getByText(/前升到钻石/).waitFor();
      await page.getByRole("button", { name: "撤销" }).click();
      await article.getByText(/前升到白金/).waitFor();
      await verb(article, "改目标").click();
      await verb(sheet(page), "取消目标").click();
      await article.getByText(/前升到/).waitFor({ state: "detached" });
      await page.getByRole("button", { name: "撤销" }).click();
      await article.getByText(/前升到白金/).waitFor();
    });

    await t.test("the trend opens into its figures", async () => {
      await verb(page.getByRole("article"), "看数字").click();
      assert.ok((await page.getByRole("article").locator(".figures tr").count()) > 2);
    });

    await t.test("a task is asked about on the next visit, and the visit pays the standard at once", async () => {
      const article = page.getByRole("article");
      await verb(article, "加一项").click();
      await give(sheet(page), "要做什么", "补拍新的营业执照");
      await verb(sheet(page), "保存").click();
      await article.getByText("补拍新的营业执照").waitFor();
      const [done, required] = await ring(page);
      assert.ok(required > 0);

      await verb(article, "记录走访").click();
      const form = page.getByRole("form", { name: "走访记录" });
      await form.waitFor();
      const due = page.getByRole("region", { name: "见面前" });
      if (!(await due.getByText("补拍新的营业执照").isVisible())) await due.locator("summary").first().click();
      await due.getByRole("checkbox", { name: /补拍新的营业执照/ }).check();
      await give(form, "摘要", "补拍了执照，聊了到期的理财。");
      assert.deepEqual(await look(page, "visit-due"), []);
      await verb(page.getByRole("main"), "完成").click();
      await customer(page, someone.name).waitFor();
      assert.deepEqual(await ring(page), [done + 1, required]);
      assert.equal(await page.getByRole("article").getByText("补拍新的营业执照").count(), 0);
    });

    await t.test("a call is recorded in a few taps", async () => {
      const article = page.getByRole("article");
      await verb(article, "记电访").click();
      await give(sheet(page), "说了什么", "电话里约好下周看资料。");
      await verb(sheet(page), "保存").click();
      await article.getByText("电话里约好下周看资料。").waitFor();
    });

    await t.test("all of it reaches the branch", async () => {
      await server.run();
      await synced(page);
      const { id } = someone;
      assert.equal(await server.value(`select count(*)::int from call where customer_id = '${id}' and summary = '电话里约好下周看资料。'`), 1);
      assert.equal(await server.value(`select tier from tier_goal where customer_id = '${id}'`), "platinum");
      assert.equal(await server.value(`select state from task where customer_id = '${id}' and text = '补拍新的营业执照'`), "done");
    });

    await t.test("a tier the lead sets stands beside the computed one on the manager's tablet", async () => {
      const desk = await browser({ size: "desk" });
      await sign_in(desk.page, people.lead);
      await synced(desk.page);
      await open_customer(desk.page, someone.name);
      await verb(desk.page.getByRole("article"), "认定等级").click();
      await give(sheet(desk.page), "按哪一级服务", "钻石");
      await verb(sheet(desk.page), "保存").click();
      await sheet(desk.page).getByRole("alert").waitFor();
      await give(sheet(desk.page), "理由", "家庭合计超过五百万。");
      await verb(sheet(desk.page), "保存").click();
      await desk.page.getByRole("article").getByText(/认定按钻石服务/).first().waitFor();
      await page.getByRole("article").getByText(/认定按钻石服务.*家庭合计超过五百万/).waitFor();
      await page.getByRole("article").getByText(/按规则是/).waitFor();
      await pill_says(page, /已同步/);
    });
  }),
);
