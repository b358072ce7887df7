// Issue, item 3: the server is dead, the browser was closed; the work goes on and survives the browser being killed.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  go, offline_ready, open_customer, pending, people, pill, pill_says, rows, sign_in, soon_ms, synced, verb, waiting_in_words,
} from "./harness/app.mjs";
import { all_of_it_is_there, changes, work } from "./harness/day_out.mjs";
import { look } from "./harness/look.mjs";
import { scene } from "./harness/scene.mjs";
import { book_of } from "./harness/truth.mjs";

test(
  "a day's work without the server is there at once, is counted, and survives a killed browser",
  scene(async ({ server, browser, t }) => {
    const tablet = await browser();
    await sign_in(tablet.page, people.manager);
    await synced(tablet.page);
    await offline_ready(tablet.page);
    const book = await book_of(server, people.manager);
    const [visited, moved, skipped] = book.filter(({ is_planned }) => !is_planned).map(({ name }) => name);
    const names = { visited, moved, skipped };

    await server.kill();
    await tablet.close();
    await tablet.launch();

    await t.test("the app opens, lists and searches", async () => {
      await sign_in(tablet.page, people.manager);
      await pill_says(tablet.page, /离线/);
      await go(tablet.page, "客户");
      await rows(tablet.page).first().waitFor();
    });

    await t.test("everything is recorded, and shown at once", async () => {
      await work(tablet.page, names);
      await all_of_it_is_there(tablet.page, names);
    });

    await t.test("the pill counts what waits and lists it in words", async () => {
      await pill_says(tablet.page, new RegExp(`待同步\\s*${changes}`));
      const lines = await waiting_in_words(tablet.page);
      for (const word of ["走访", "手机号", "联系人", "备忘", "改期", "跳过", "照片"]) {
        assert.ok(lines.some((line) => line.includes(word)), `${word} in ${lines.join(" | ")}`);
      }
      assert.ok(lines.some((line) => line.includes(visited)));
    });

    await t.test("looks right while it waits", async () => {
      assert.deepEqual(await look(tablet.page, "customer-pending"), []);
      await pill(tablet.page).click();
      assert.deepEqual(await look(tablet.page, "outbox-pending"), []);
      await tablet.page.keyboard.press("Escape");
    });

    await t.test("killing the browser loses nothing", async () => {
      await tablet.kill();
      await tablet.launch();
      await sign_in(tablet.page, people.manager);
      assert.equal(await pending(tablet.page), changes);
      await all_of_it_is_there(tablet.page, names);
    });

    await t.test("a draft that was never finished is still in its form", async () => {
      const { page } = tablet;
      await open_customer(page, visited);
      await verb(page.getByRole("article"), "记录走访").click();
      await page.getByLabel("摘要", { exact: true }).fill("写到一半的摘要");
      await page.getByText(/草稿已/).waitFor({ timeout: soon_ms });
      await tablet.kill();
      await tablet.launch();
      await sign_in(tablet.page, people.manager);
      await open_customer(tablet.page, visited);
      await verb(tablet.page.getByRole("article"), "记录走访").click();
      await tablet.page.waitForFunction(() => document.querySelector("textarea")?.value === "写到一半的摘要");
    });
  }),
);
