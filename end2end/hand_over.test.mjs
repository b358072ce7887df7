// Issue, item 6: customers move to another manager, with their history, and leave nothing on the first one's tablet.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  add_note, all_there, choose, customer, go, hand_over, offline_ready, open_attention, open_customer, people,
  pill_says, rows, search, sheet, sign_in, soon_ms, synced, tick, verb,
} from "./harness/app.mjs";
import { scene } from "./harness/scene.mjs";
import { book_of, count_of, customer_named } from "./harness/truth.mjs";

const moved_total = 20;

test(
  "twenty customers move with their history; what was pending on them is kept with its text",
  scene(async ({ server, browser, t }) => {
    const tablet = await browser();
    await sign_in(tablet.page, people.manager);
    await synced(tablet.page);
    await offline_ready(tablet.page);
    const before = await book_of(server, people.manager);
    assert.ok(before.length >= moved_total, "the sample gives a manager more than twenty customers");
    const moving = before.slice(0, moved_total);
    const [{ name, id }] = moving;
    const visits = await count_of(server, "visit", id);

    // The tablet is away: it writes, and hears of nothing.
    await tablet.context.setOffline(true);
    await open_customer(tablet.page, name);
    await add_note(tablet.page, "移交前写的备忘");

    const lead = await browser({ size: "desk" });
    await sign_in(lead.page, people.lead);
    await synced(lead.page);
    await hand_over(lead.page, moving);
    assert.equal((await book_of(server, people.manager)).length, before.length - moved_total);

    await tablet.context.setOffline(false);
    await t.test("the first manager's tablet no longer has them", async () => {
      await pill_says(tablet.page, /待处理\s*1/, soon_ms);
      await go(tablet.page, "客户");
      for (const { name: one, customer_no } of moving.slice(0, 5)) {
        await search(tablet.page, customer_no);
        assert.equal(await rows(tablet.page).filter({ hasText: one }).count(), 0, one);
      }
    });

    await t.test("the pending note is under 待处理 with its text", async () => {
      await open_attention(tablet.page);
      await all_there(tablet.page.getByRole("main"), ["移交前写的备忘"]);
    });

    await t.test("the colleague has them with all history", async () => {
      const colleague = await browser();
      await sign_in(colleague.page, people.colleague);
      await synced(colleague.page);
      await open_customer(colleague.page, name);
      const heading = customer(colleague.page, name).getByRole("heading", { name: "走访记录" });
      await heading.waitFor();
      assert.equal(await count_of(server, "visit", id), visits);
      assert.ok((await book_of(server, people.colleague)).some((one) => one.customer_no === moving[0].customer_no));
      assert.equal((await customer_named(server, name)).id, id, "the same customer, not a copy");
    });
  }),
);

test(
  "a whole book moves at once",
  scene(async ({ server, browser }) => {
    const [from, to] = ["1003", "1004"];
    const [going, staying] = [await book_of(server, from), await book_of(server, to)];
    const { page } = await browser({ size: "desk" });
    await sign_in(page, people.lead);
    await synced(page);
    await go(page, "团队");
    await verb(page.getByRole("main"), /移交/).click();
    await choose(page.getByLabel("从谁", { exact: true }), from);
    await tick(page.getByRole("radio", { name: /^整本/ }));
    await choose(page.getByLabel("给谁", { exact: true }), to);
    await verb(page.getByRole("main"), `移交整本${going.length}位`).click();
    await verb(sheet(page), "移交").click();
    await sheet(page).waitFor({ state: "detached" });
    assert.equal((await book_of(server, from)).length, 0);
    assert.equal((await book_of(server, to)).length, going.length + staying.length);
  }),
);
