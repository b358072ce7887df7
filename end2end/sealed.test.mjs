// Issue, item 7: nothing readable is on the disk, locked or after a crash; only the right password opens the store.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  customer, enter, go, lock, offline_ready, open_customer, password, people, sign_in, soon_ms, synced, verb,
} from "./harness/app.mjs";
import { texts, work } from "./harness/day_out.mjs";
import { pictures_on_disk, read_from_disk, read_from_stores } from "./harness/readable.mjs";
import { scene } from "./harness/scene.mjs";
import { book_of } from "./harness/truth.mjs";

/** What must not be read: of every customer, and of what was written and typed today. */
function canaries(book) {
  const of_book = book.flatMap(({ name, phone, address, customer_no }) => [name, phone, address, customer_no]);
  const written = [texts.summary, texts.promise, texts.contact, texts.contact_phone, texts.note, texts.phone, texts.purpose];
  return [...new Set([...of_book, ...written, "写到半句的金丝雀", password, "ExifCanary"])].filter((text) => text?.length > 2);
}

test(
  "a tablet that was lost gives nothing away, locked or crashed",
  scene(async ({ server, browser, t }) => {
    const tablet = await browser();
    await sign_in(tablet.page, people.manager);
    await synced(tablet.page);
    await offline_ready(tablet.page);
    const book = await book_of(server, people.manager);
    const [visited, moved, skipped] = book.filter(({ is_planned }) => !is_planned).map(({ name }) => name);
    const secret = canaries(book);

    await server.kill();
    await work(tablet.page, { visited, moved, skipped });
    await open_customer(tablet.page, visited);
    await verb(tablet.page.getByRole("article"), "记录走访").click();
    await tablet.page.getByLabel("摘要", { exact: true }).fill("写到半句的金丝雀");
    await tablet.page.getByText(/草稿已/).waitFor({ timeout: soon_ms });

    await t.test("after a crash in the middle of the work", async () => {
      await tablet.kill();
      assert.deepEqual(await read_from_disk(tablet.profile, secret), []);
      assert.deepEqual(await pictures_on_disk(tablet.profile), []);
    });

    await t.test("a wrong password opens nothing, offline, and says what was kept", async () => {
      await tablet.launch();
      await tablet.page.goto("/app/");
      await enter(tablet.page, people.manager, "Wrong-Password-2026");
      await tablet.page.getByRole("alert").filter({ hasText: /密码不对/ }).waitFor({ timeout: soon_ms * 2 });
      assert.equal(await tablet.page.getByRole("navigation", { name: "主导航" }).count(), 0);
      const { found, records } = await read_from_stores(tablet.page, secret);
      assert.deepEqual(found, []);
      assert.ok(records > 0, "there was a store to read");
    });

    await t.test("the right one opens it, offline, after a restart", async () => {
      await enter(tablet.page, people.manager, password);
      await open_customer(tablet.page, visited);
      await customer(tablet.page, visited).getByText(texts.summary).first().waitFor();
    });

    await t.test("locked", async () => {
      await lock(tablet.page);
      assert.deepEqual((await read_from_stores(tablet.page, secret)).found, []);
      await tablet.close();
      assert.deepEqual(await read_from_disk(tablet.profile, secret), []);
      assert.deepEqual(await pictures_on_disk(tablet.profile), []);
    });

    await t.test("the search would have found a text kept in the clear", async () => {
      await tablet.launch();
      await tablet.page.goto("/app/");
      const plain = "明文的金丝雀";
      await tablet.page.evaluate((text) => localStorage.setItem("canary", text), plain);
      assert.deepEqual((await read_from_stores(tablet.page, [plain])).found, [`localStorage: ${plain}`]);
      await tablet.close();
      assert.notDeepEqual(await read_from_disk(tablet.profile, [plain]), []);
    });
  }),
);

test(
  "two people on one tablet do not open each other's store",
  scene(async ({ server, browser }) => {
    const tablet = await browser();
    await sign_in(tablet.page, people.manager);
    await synced(tablet.page);
    const [{ name }] = await book_of(server, people.manager);
    await lock(tablet.page);
    await enter(tablet.page, people.colleague, password);
    await synced(tablet.page);
    await go(tablet.page, "客户");
    await tablet.page.getByRole("main").getByRole("searchbox", { name: "搜索客户" }).fill(name);
    await tablet.page.getByText("没有找到").waitFor();
  }),
);
