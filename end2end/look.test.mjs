// Issue, item 10: every page at every size of UX.md, light and dark: pictures to look at, and axe finds nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  choose, customer, give, go, open_customer, password, patient_ms, people, pill, sheet, sign_in, synced, tick, verb,
} from "./harness/app.mjs";
import { book_700 } from "./harness/data.mjs";
import { look } from "./harness/look.mjs";
import { scene } from "./harness/scene.mjs";
import { book_of } from "./harness/truth.mjs";

/** Runs each look as a subtest, so that one page's fault does not hide the next one's. */
async function looked_at(t, page, name, reach) {
  await t.test(name, async () => {
    await reach?.();
    assert.deepEqual(await look(page, name), []);
  });
}

test(
  "the pages of a manager",
  scene(async ({ server, browser, t }) => {
    const { page } = await browser({ size: "desk" });
    await page.goto("/app/");
    await looked_at(t, page, "signin", () => page.locator("#door").waitFor({ state: "detached" }));
    await sign_in(page, people.manager);
    await synced(page);
    const [{ name }] = await book_of(server, people.manager);
    await looked_at(t, page, "today", () => go(page, "今天"));
    await looked_at(t, page, "customers", () => go(page, "客户"));
    await looked_at(t, page, "customer", () => open_customer(page, name));
    await looked_at(t, page, "customer-edit", async () => {
      await verb(customer(page, name), "编辑").click();
      await sheet(page).waitFor();
    });
    await page.keyboard.press("Escape");
    await looked_at(t, page, "visit", async () => {
      await verb(customer(page, name), "记录走访").click();
      await page.getByLabel("摘要", { exact: true }).waitFor();
    });
    await page.goBack();
    await looked_at(t, page, "plan-visit", async () => {
      await verb(customer(page, name), "计划走访").click();
      await sheet(page).waitFor();
    });
    await page.keyboard.press("Escape");
    await looked_at(t, page, "visits", () => go(page, "走访"));
    await looked_at(t, page, "visits-month", () => tick(page.getByRole("radio", { name: "月" })));
    await looked_at(t, page, "settings", () => go(page, "设置"));
    await looked_at(t, page, "outbox", () => pill(page).click());
  }),
);

test(
  "the pages of a lead",
  scene(async ({ browser, t }) => {
    const { page } = await browser({ size: "desk" });
    await sign_in(page, people.lead);
    await synced(page);
    await looked_at(t, page, "team", () => go(page, "团队"));
    await looked_at(t, page, "export", async () => {
      await go(page, "客户");
      await page.getByRole("button", { name: "导出名单" }).click();
    });
    await sheet(page).getByRole("button", { name: "关闭" }).click();
    await looked_at(t, page, "handover", async () => {
      await go(page, "团队");
      await verb(page.getByRole("main"), /移交/).click();
    });
    await looked_at(t, page, "handover-chosen", async () => {
      await choose(page.getByLabel("从谁", { exact: true }), people.manager);
      await tick(page.getByRole("checkbox").nth(3));
      await choose(page.getByLabel("给谁", { exact: true }), people.colleague);
    });
    await looked_at(t, page, "import", () => go(page, "导入"));
    await looked_at(t, page, "import-preview", async () => {
      await page.locator("input[type=file]").setInputFiles(book_700.csv);
      await page.getByRole("main").locator(".sums").waitFor({ timeout: patient_ms });
    });
    await looked_at(t, page, "import-result", async () => {
      await verb(page.getByRole("main"), /^导入/).click();
      await page.getByRole("heading", { name: "导入完成" }).waitFor({ timeout: patient_ms });
    });
  }),
);

test(
  "the pages of an administrator",
  scene(async ({ browser, t }) => {
    const { page } = await browser({ size: "desk" });
    await sign_in(page, people.administrator);
    await looked_at(t, page, "administration", () => go(page, "管理"));
    await looked_at(t, page, "administration-units", () => give(page.getByRole("main"), "管理什么", "机构"));
    await looked_at(t, page, "administration-books", () => give(page.getByRole("main"), "管理什么", "管户簿"));
    await looked_at(t, page, "administration-person", async () => {
      await give(page.getByRole("main"), "管理什么", "员工");
      await verb(page.getByRole("main"), "添加员工").click();
      await sheet(page).waitFor();
    });
  }),
);

test(
  "the page of the one-time link",
  scene(
    async ({ server, browser, t }) => {
      const { page } = await browser({ size: "desk" });
      await page.goto(server.said.join("\n").match(/http\S+\/app\/setup#\S+/)[0]);
      await looked_at(t, page, "setup", async () => {
        await page.locator("#door").waitFor({ state: "detached" });
        await page.getByRole("heading", { level: 1 }).waitFor();
      });
    },
    { arguments: [] },
  ),
);

/** Signs in as somebody who reads English; resolves with the way to a page of the navigation. */
async function in_english(page, who) {
  await page.goto("/app/");
  await page.evaluate(() => localStorage.setItem("rounds.language", "en"));
  await page.reload();
  await page.getByLabel("Employee number").fill(who);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  const nav = page.getByRole("navigation", { name: "Main navigation" });
  await nav.waitFor();
  return async (where) => {
    await nav.getByRole("link", { name: where, exact: true }).click();
    await page.getByRole("heading", { level: 1, name: where, exact: true }).waitFor();
  };
}

test(
  "the pages in English",
  scene(async ({ browser, t }) => {
    const { page } = await browser({ size: "desk" });
    const to = await in_english(page, people.manager);
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    const main = page.getByRole("main");
    const link = (name) => page.getByRole("link", { name, exact: true }).click();
    await looked_at(t, page, "today-en", () => to("Today"));
    await looked_at(t, page, "today-skip-en", async () => {
      await main.getByRole("button", { name: /^Skip / }).first().click();
      await sheet(page).waitFor();
    });
    await page.keyboard.press("Escape");
    await looked_at(t, page, "customers-en", () => to("Customers"));
    await looked_at(t, page, "migration-en", () => link("Migration plan"));
    await looked_at(t, page, "take-over-en", async () => {
      await to("Customers");
      await link("Sort book");
    });
    await looked_at(t, page, "visits-en", () => to("Visits"));
    await looked_at(t, page, "visits-month-en", () => tick(page.getByRole("radio", { name: "Month" })));
    await looked_at(t, page, "visits-care-en", () => tick(page.getByRole("radio", { name: "Care" })));
    await looked_at(t, page, "settings-en", () => to("Settings"));
  }),
);

test(
  "the pages of a lead and an administrator in English",
  scene(async ({ browser, t }) => {
    const lead = (await browser({ size: "desk" })).page;
    const to = await in_english(lead, people.lead);
    await looked_at(t, lead, "team-en", () => to("Team"));
    await looked_at(t, lead, "tiers-en", () => to("Tiers"));
    const administrator = (await browser({ size: "desk" })).page;
    const onward = await in_english(administrator, people.administrator);
    await looked_at(t, administrator, "administration-en", () => onward("Admin"));
    await looked_at(t, administrator, "tiers-start-en", () => onward("Tiers"));
  }),
);
