// Issue, item 5: two tablets change the same customer offline.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  edit_customer, offline_ready, open_attention, open_customer, people, pill_says, sign_in, soon_ms, synced,
} from "./harness/app.mjs";
import { look } from "./harness/look.mjs";
import { scene } from "./harness/scene.mjs";
import { book_of, customer_named } from "./harness/truth.mjs";

/** A manager's tablet and a desk's, both with the customer before them; then the server is gone. */
async function two_apart(server, browser) {
  const tablet = await browser();
  const desk = await browser({ size: "desk" });
  await sign_in(tablet.page, people.manager);
  await sign_in(desk.page, people.desk);
  for (const { page } of [tablet, desk]) {
    await synced(page);
    await offline_ready(page);
  }
  const [{ name }] = await book_of(server, people.manager);
  await server.kill();
  for (const { page } of [tablet, desk]) await open_customer(page, name);
  return { tablet, desk, name };
}

test(
  "the same field: one value stands, both people see both values with who and when, one tap settles it",
  scene(async ({ server, browser, t }) => {
    const { tablet, desk, name } = await two_apart(server, browser);
    await edit_customer(tablet.page, { 联系地址: "滨海市测试路1号" });
    await edit_customer(desk.page, { 联系地址: "滨海市测试路2号" });
    await server.run();

    for (const { page } of [tablet, desk]) await pill_says(page, /待处理\s*1/, soon_ms);
    const { address: standing } = await customer_named(server, name);
    assert.match(standing, /^滨海市测试路[12]号$/);

    await t.test("both see both values, who and when", async () => {
      for (const { page } of [tablet, desk]) {
        await open_attention(page);
        const ask = page.getByRole("article").filter({ hasText: name });
        for (const text of ["滨海市测试路1号", "滨海市测试路2号", /\d{1,2}:\d{2}/]) await ask.getByText(text).first().waitFor();
      }
    });

    await t.test("looks right", async () => {
      assert.deepEqual(await look(tablet.page, "attention"), []);
    });

    await t.test("one tap settles it for both", async () => {
      const other = standing.includes("1") ? "滨海市测试路2号" : "滨海市测试路1号";
      await tablet.page.getByRole("button", { name: new RegExp(other) }).click();
      for (const { page } of [tablet, desk]) await synced(page, soon_ms);
      assert.equal((await customer_named(server, name)).address, other);
    });
  }),
);

test(
  "different fields of one customer merge without a word",
  scene(async ({ server, browser }) => {
    const { tablet, desk, name } = await two_apart(server, browser);
    await edit_customer(tablet.page, { 联系地址: "滨海市合并路3号" });
    await edit_customer(desk.page, { 行业: "渔业合并" });
    await server.run();
    for (const { page } of [tablet, desk]) await synced(page, soon_ms);
    const { address, industry } = await customer_named(server, name);
    assert.deepEqual({ address, industry }, { address: "滨海市合并路3号", industry: "渔业合并" });
  }),
);
