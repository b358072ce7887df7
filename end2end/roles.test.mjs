// Issue, item 9: each role sees and does what is its own; the administrator keeps people, org units and books.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  choose, enter, give, go, hears, nav, open_customer, password, patient_ms, people, rows, sheet, sign_in, soon_ms, synced, verb,
} from "./harness/app.mjs";
import { look } from "./harness/look.mjs";
import { read_from_stores } from "./harness/readable.mjs";
import { scene } from "./harness/scene.mjs";
import { book_of } from "./harness/truth.mjs";

const places = {
  manager: ["今天", "客户", "走访", "设置"],
  desk: ["今天", "客户", "走访", "导入", "设置"],
  lead: ["团队", "客户", "走访", "导入", "等级", "设置"],
  administrator: ["管理", "等级", "设置"],
};

test(
  "each role is led to its own places, and an address typed by hand leads no further",
  scene(async ({ server, browser, t }) => {
    for (const [role, wanted] of Object.entries(places)) {
      await t.test(role, async () => {
        const { page } = await browser({ size: "desk" });
        await sign_in(page, people[role]);
        await synced(page);
        assert.deepEqual(await nav(page).getByRole("link").allInnerTexts(), wanted);
        if (wanted.includes("客户")) {
          await go(page, "客户");
          await rows(page).first().waitFor();
          const [{ n }] =
            role === "manager"
              ? [{ n: (await book_of(server, people.manager)).length }]
              : await server.sql("select count(*)::int as n from customer");
          await page.getByRole("banner").getByText(`${n}位`).waitFor({ timeout: soon_ms });
        }
        for (const [place, verb_of_it] of [["import", "选文件"], ["hand-over", "移交"], ["administration", "添加员工"]]) {
          const is_allowed = { import: ["desk", "lead"], "hand-over": ["lead"], administration: ["administrator"] }[place].includes(role);
          await page.goto(`/app/${place}`);
          await enter(page, people[role], password);
          await nav(page).waitFor({ timeout: patient_ms });
          await page.getByRole("main").waitFor();
          const seen = page.getByRole("main").getByText(verb_of_it, { exact: true }).first();
          if (is_allowed) await seen.waitFor({ timeout: soon_ms });
          else {
            await page.getByRole("main").getByRole("heading").first().waitFor({ timeout: soon_ms });
            assert.equal(await seen.count(), 0, `${role} at ${place}`);
          }
        }
      });
    }
  }),
);

test(
  "the administrator adds an org unit and a manager, who chooses a password of their own; whoever leaves is out",
  scene(async ({ server, browser, t }) => {
    const desk = await browser({ size: "desk" });
    const { page } = desk;
    await sign_in(page, people.administrator);
    await go(page, "管理");
    const newcomer = await browser();
    let given;

    await t.test("an org unit below the branch", async () => {
      await give(page.getByRole("main"), "管理什么", "机构");
      await verb(page.getByRole("main"), "添加机构").click();
      await give(sheet(page), "名称", "滨海二支行");
      await choose(sheet(page).getByLabel("上级"), "滨海分行");
      await verb(sheet(page), "保存").click();
      await page.getByRole("main").getByText("滨海二支行").waitFor({ timeout: soon_ms });
    });

    await t.test("a manager in it, with a password shown once", async () => {
      await give(page.getByRole("main"), "管理什么", "员工");
      await verb(page.getByRole("main"), "添加员工").click();
      await give(sheet(page), "姓名", "司徒测试");
      await give(sheet(page), "工号", "1077");
      await give(sheet(page), "岗位", /客户经理/);
      await choose(sheet(page).getByLabel("机构", { exact: true }), "滨海二支行");
      await verb(sheet(page), "保存").click();
      given = await sheet(page).getByRole("code").innerText({ timeout: patient_ms });
      assert.deepEqual(await look(page, "one-time"), []);
      await verb(sheet(page), "已交给本人").click();
      await page.getByRole("main").getByText("1077").first().waitFor({ timeout: soon_ms });
    });

    await t.test("and a book of theirs", async () => {
      await give(page.getByRole("main"), "管理什么", "管户簿");
      await verb(page.getByRole("main"), "添加管户簿").click();
      await choose(sheet(page).getByLabel("谁管"), "1077");
      await give(sheet(page), "名称", "司徒测试的簿");
      await choose(sheet(page).getByLabel("机构", { exact: true }), "滨海二支行");
      await verb(sheet(page), "保存").click();
      await page.getByRole("main").getByText("司徒测试的簿").first().waitFor({ timeout: soon_ms });
      const held = "select count(*)::int from book join employee on employee.id = book.holder_id where employee_no = '1077'";
      assert.equal(await server.value(held), 1);
    });

    await t.test("nothing opens before the password is their own", async () => {
      await newcomer.page.goto("/app/");
      await enter(newcomer.page, "1077", given);
      await newcomer.page.getByRole("heading", { name: "换成自己的密码" }).waitFor({ timeout: patient_ms });
      assert.equal(await nav(newcomer.page).count(), 0);
      assert.deepEqual(await look(newcomer.page, "first-password"), []);
      await give(newcomer.page, "一次性密码", given);
      await give(newcomer.page, "新密码", "Own-Words-For-2027");
      await give(newcomer.page, "再输一次新密码", "Own-Words-For-2027");
      await verb(newcomer.page.getByRole("main"), "改").click();
      await nav(newcomer.page).waitFor({ timeout: patient_ms });
      await synced(newcomer.page);
      await newcomer.page.reload();
      await sign_in(newcomer.page, "1077", "Own-Words-For-2027");
      await hears(newcomer.page);
    });

    await t.test("who is deactivated is signed out and stays out", async () => {
      await give(page.getByRole("main"), "管理什么", "员工");
      await page.getByRole("main").getByRole("button", { name: /司徒测试/ }).click();
      await verb(sheet(page), "停用").click();
      await verb(sheet(page).last(), "停用").click();
      await newcomer.page.getByRole("alert").filter({ hasText: /资料和钥匙已清除/ }).waitFor({ timeout: soon_ms });
      assert.equal((await read_from_stores(newcomer.page, [])).records, 0);
    });
  }),
);
