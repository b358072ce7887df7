// Pages that are files of their own: there offline once the app is kept, and never a white page before.
import { test } from "node:test";
import { go, nav, password, offline_ready, patient_ms, people, sign_in, soon_ms, synced, verb } from "./harness/app.mjs";
import { scene } from "./harness/scene.mjs";

test(
  "a page that is not on the device yet says so, and comes by itself with the network",
  scene(async ({ browser }) => {
    const { page, context } = await browser();
    await context.route("**/service-worker.js", (route) => route.abort());
    await sign_in(page, people.manager);
    await synced(page);
    await context.setOffline(true);

    await go(page, "设置");
    const told = page.getByRole("alert").filter({ hasText: "这一页还没有取到" });
    await told.waitFor({ timeout: soon_ms });
    await verb(told, "再试一次").click();
    await told.waitFor({ timeout: soon_ms });
    // The rest of the app goes on.
    await go(page, "客户");
    await page.getByRole("searchbox", { name: "搜索客户" }).last().waitFor();

    await go(page, "设置");
    await told.waitFor({ timeout: soon_ms });
    await context.setOffline(false);
    await page.getByRole("heading", { level: 2, name: "关于" }).waitFor({ timeout: patient_ms });
  }),
);

test(
  "every page opens offline once the app is kept, though none was opened before",
  scene(async ({ server, browser }) => {
    const { page } = await browser();
    await sign_in(page, people.lead);
    await synced(page);
    await offline_ready(page);
    await server.kill();
    for (const where of ["设置", "走访", "等级", "导入", "团队", "客户"]) {
      if ((await nav(page).getByRole("link", { name: where, exact: true }).count()) === 0) continue;
      await go(page, where);
      await page.getByRole("alert").filter({ hasText: "这一页还没有取到" }).waitFor({ state: "detached" });
      await page.locator(".bones").first().waitFor({ state: "detached", timeout: soon_ms }).catch(() => {});
    }
  }),
);

test(
  "what is typed while the app is still on its way is kept, and typing goes on where it was",
  scene(async ({ browser }) => {
    const { page, context } = await browser();
    let arrive;
    const on_its_way = new Promise((resolve) => (arrive = resolve));
    await context.route("**/*.wasm", async (route) => {
      await on_its_way;
      await route.continue();
    });
    await page.goto("/app/", { waitUntil: "commit" });
    await page.getByLabel("工号", { exact: true }).fill(people.manager);
    await page.getByLabel("密码", { exact: true }).click();
    await page.keyboard.type(password.slice(0, 6));
    arrive();
    await page.locator("#door").waitFor({ state: "detached", timeout: patient_ms });
    await page.keyboard.type(password.slice(6));
    await page.keyboard.press("Enter");
    await nav(page).waitFor({ timeout: patient_ms });
  }),
);
