// Issue, item 8, and the migration plan of item 1: a lead sees what is wrong, opens every number into its rows and tries what
// would be enough, without the server; a manager sees who may move up and sets a goal, offline.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  customer, enter, go, nav, offline_ready, password, patient_ms, pending, people, pill_says, rows, sheet, sign_in, soon_ms, synced, verb,
} from "./harness/app.mjs";
import { look } from "./harness/look.mjs";
import { scene } from "./harness/scene.mjs";
import { book_of } from "./harness/truth.mjs";

/** The sheet that a figure opened; closed again. */
async function rows_behind(page) {
  await sheet(page).waitFor();
  const links = await sheet(page).getByRole("link").count();
  await page.keyboard.press("Escape");
  await sheet(page).waitFor({ state: "detached" });
  return links;
}

test(
  "a lead's page is all there without the server, and every number opens into its rows",
  scene(async ({ server, browser, t }) => {
    const tablet = await browser({ size: "tablet_wide" });
    const { page } = tablet;
    await sign_in(page, people.lead);
    await synced(page);
    await offline_ready(page);
    await go(page, "团队");
    await page.getByText(/联网情况截至/).waitFor({ timeout: patient_ms });

    await t.test("looks right", async () => assert.deepEqual(await look(page, "team-rules"), []));

    await server.kill();
    await pill_says(page, /离线/, patient_ms);
    await page.goto("/app/team");
    await enter(page, people.lead, password);
    await nav(page).waitFor({ timeout: patient_ms });
    const first = page.getByRole("region", { name: "先看这些" });
    const covered = page.getByRole("region", { name: "本季走访覆盖" });

    await t.test("exceptions come first, each with its rows", async () => {
      await first.getByRole("listitem").first().waitFor({ timeout: soon_ms });
      const entries = first.getByRole("listitem").getByRole("button");
      assert.ok((await entries.count()) > 0, "something to look at");
      for (let at = 0; at < (await entries.count()); at++) {
        const said = await entries.nth(at).innerText();
        await entries.nth(at).click();
        assert.ok((await rows_behind(page)) > 0, `rows behind ${said}`);
      }
    });

    await t.test("the table counts every customer once, by tier", async () => {
      const [{ n }] = await (await server.run(), server.sql("select count(*)::int as n from customer"));
      await server.kill();
      const all = covered.getByRole("row", { name: /^全部/ });
      await all.getByRole("button", { name: `全部 客户 ${n}` }).waitFor({ timeout: soon_ms });
      for (const tier of ["钻石", "白金", "金", "大众"]) {
        await covered.getByRole("columnheader", { name: new RegExp(`^${tier}`) }).waitFor();
      }
      await all.getByRole("button", { name: /^全部 合计/ }).click();
      assert.ok((await rows_behind(page)) > 0);
    });

    await t.test("a row leads to its customer", async () => {
      await covered.getByRole("row", { name: /1001/ }).getByRole("button", { name: /客户 \d+$/ }).click();
      const link = sheet(page).getByRole("link").first();
      const name = await link.locator(".row-name > :first-child").innerText();
      await link.click();
      await customer(page, name).waitFor({ timeout: soon_ms });
      await go(page, "团队");
    });

    await t.test("people are tried until the standard can be met", async () => {
      const capacity = page.getByRole("region", { name: "人手够不够" });
      const says = capacity.locator(".cap-say");
      const until = async (words, tap) => {
        for (let tries = 0; tries < 30 && !words.test(await says.innerText()); tries++) await verb(capacity, tap).click();
        await says.filter({ hasText: words }).waitFor({ timeout: soon_ms });
      };
      await until(/差\s*\d+\s*次走访/, "少一人");
      await until(/够，余\s*\d+\s*次/, "多一人");
      await verb(capacity, "还原").click();
      assert.equal(await verb(capacity, "还原").count(), 0);
      await says.getByRole("button").first().click();
      await sheet(page).getByRole("table").waitFor();
      await page.keyboard.press("Escape");
    });

    await t.test("each chart has its table", async () => {
      for (const figure of await page.getByRole("figure").all()) {
        await figure.getByText("看表", { exact: true }).click();
        await figure.getByRole("table").waitFor();
      }
    });
  }),
);

test(
  "a manager sees who may move up, and sets a goal without the server",
  scene(async ({ server, browser, t }) => {
    const tablet = await browser();
    const { page } = tablet;
    await sign_in(page, people.manager);
    await synced(page);
    await offline_ready(page);
    await go(page, "客户");
    await rows(page).first().waitFor();
    await verb(page.getByRole("main"), "客户迁徙计划").click();
    await page.getByRole("heading", { level: 1, name: "客户迁徙计划" }).waitFor();
    await t.test("looks right", async () => assert.deepEqual(await look(page, "migration"), []));
    await server.kill();
    await pill_says(page, /离线/, patient_ms);

    const near = page.getByRole("region", { name: "快升级的" });
    const goals = page.getByRole("region", { name: "定了目标的" });
    if (!(await near.getByRole("button", { name: /定目标到/ }).count())) await verb(near, "也看差得更远的").click();
    const set = near.getByRole("button", { name: /定目标到/ }).first();
    const [, name] = (await set.getAttribute("aria-label")).match(/^(.*)：定目标到/);
    const goal = goals.getByRole("listitem").filter({ hasText: name });

    await t.test("one tap sets it, one takes it back", async () => {
      await set.click();
      await goal.filter({ hasText: /还有\d+天|今天到期|达到/ }).waitFor({ timeout: soon_ms });
      await page.getByRole("button", { name: "撤销" }).click();
      await goal.waitFor({ state: "detached", timeout: soon_ms });
      await near.getByRole("button", { name: new RegExp(`^${name}：定目标到`) }).click();
      await goal.waitFor({ timeout: soon_ms });
      assert.equal(await pending(page), 3);
    });

    await t.test("and it arrives when the server is back", async () => {
      await server.run();
      await synced(page);
      const { id } = (await book_of(server, people.manager)).find((own) => own.name === name);
      assert.equal(await server.value(`select count(*)::int from tier_goal where id = '${id}'`), 1);
    });
  }),
);
