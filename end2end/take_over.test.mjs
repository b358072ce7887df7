// R013: a manager sorts a book that was taken over, offline, by keys; the marks and the first month reach the branch.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  go, import_file, offline_ready, people, pill_says, sheet, sign_in, soon_ms, synced, tick, verb,
} from "./harness/app.mjs";
import { book_700 } from "./harness/data.mjs";
import { look } from "./harness/look.mjs";
import { scene } from "./harness/scene.mjs";
import { book_of, marks_of, planned_by } from "./harness/truth.mjs";

/** Customers sorted by keys. */
const sorted_total = 30;
const kinds = ["important", "routine", "call_first", "later"];

async function open(page) {
  await go(page, "客户");
  await verb(page.getByRole("banner"), "整理管户簿").click();
  await page.getByRole("heading", { level: 1, name: "接手" }).waitFor();
}

const on_screen = (page) => page.getByRole("main").getByRole("heading", { level: 2 }).first();
const progress = (page) => page.getByRole("progressbar", { name: /^分好/ });

async function sorted_so_far(page, count) {
  await page.waitForFunction(
    (wanted) => document.querySelector("[role=progressbar]").getAttribute("aria-valuenow") === String(wanted),
    count,
    { timeout: soon_ms },
  );
}

/** One key, once the customer before has gone. */
async function press(page, key) {
  const name = await on_screen(page).innerText();
  await page.keyboard.press(key);
  await page.waitForFunction(
    (before) => document.querySelector("#h-card").textContent !== before,
    name,
    { timeout: soon_ms },
  );
  return name;
}

test(
  "a book is sorted offline by keys, and the first month reaches the branch",
  scene(async ({ server, browser, t }) => {
    const desk = await browser({ size: "desk" });
    await sign_in(desk.page, people.lead);
    await import_file(desk.page, book_700.xlsx);
    const book = await book_of(server, people.manager);
    assert.ok(book.length > sorted_total, "sample and import together");
    const ids = Object.fromEntries(book.map(({ id, name }) => [name, id]));
    const plans_before = await planned_by(server, people.manager);

    const { page, context } = await browser({ size: "tablet_wide" });
    await sign_in(page, people.manager);
    await synced(page);
    await offline_ready(page);
    await open(page);
    await context.setOffline(true);

    const given = new Map();
    await t.test("thirty customers by keys, the next one at once", async () => {
      for (let number = 0; number < sorted_total; number += 1) {
        const at = number % 5 === 0 ? 0 : number % kinds.length;
        const name = await press(page, String(at + 1));
        assert.ok(!given.has(name), `${name} comes once`);
        given.set(name, kinds[at]);
      }
      await sorted_so_far(page, sorted_total);
    });

    await t.test("one is taken back, comes again and gets another mark", async () => {
      const last = [...given.keys()].at(-1);
      await page.keyboard.press("u");
      await sorted_so_far(page, sorted_total - 1);
      assert.equal(await on_screen(page).innerText(), last);
      await press(page, "4");
      given.set(last, "later");
      await sorted_so_far(page, sorted_total);
    });

    await t.test("a number opens its rows", async () => {
      const later = [...given.values()].filter((kind) => kind === "later").length;
      await page.getByRole("button", { name: `以后再看 ${later}` }).click();
      const list = page.getByRole("region", { name: "要分的客户" });
      await list.getByText(`只看以后再看，${later}位`).waitFor();
      assert.equal(await list.getByRole("listitem").count(), later);
      await verb(list, "看全部").click();
    });

    let marked = sorted_total;
    await t.test("the rest of the lowest tier becomes 常规 in one step", async () => {
      await page.getByRole("button", { name: /^把余下.*都标常规$/ }).click();
      const title = await sheet(page).getByRole("heading").innerText();
      const rest = Number(title.match(/\d+/)[0]);
      assert.ok(rest > 0, title);
      await verb(sheet(page), "都标常规").click();
      marked += rest;
      await sorted_so_far(page, marked);
      await page.keyboard.press("Control+z");
      await sorted_so_far(page, sorted_total);
      await page.getByRole("button", { name: /^把余下.*都标常规$/ }).click();
      await verb(sheet(page), "都标常规").click();
      await sorted_so_far(page, marked);
    });

    let visits = 0;
    await t.test("the first month goes into the calendar", async () => {
      await verb(page.getByRole("complementary"), "排进日历").click();
      visits = Number((await sheet(page).getByRole("heading").innerText()).match(/\d+/)[0]);
      assert.ok(visits > 0);
      assert.deepEqual(await look(page, "take-over-put"), []);
      await verb(sheet(page), "排进日历").click();
      await page.getByText(`${visits}次走访已排进日历`).waitFor();
      await page.getByText("标成重点的都在日历里了").waitFor();
    });

    await t.test("after the network is back the branch has marks and visits", async () => {
      await context.setOffline(false);
      await pill_says(page, /已同步/, 6 * soon_ms);
      const marks = Object.fromEntries((await marks_of(server, people.manager)).map(({ id, kind }) => [id, kind]));
      assert.equal(Object.keys(marks).length, marked);
      for (const [name, kind] of given) assert.equal(marks[ids[name]], kind, name);
      const plans = await planned_by(server, people.manager);
      assert.equal(plans.length, plans_before.length + visits);
      const added = plans.filter(({ id }) => !plans_before.some((before) => before.id === id));
      for (const { customer_id, weekday } of added) {
        assert.equal(marks[customer_id], "important");
        assert.ok(weekday >= 1 && weekday <= 5, "Monday to Friday");
      }
    });

    await t.test("another tablet of the same person goes on where this one stopped", async () => {
      const other = await browser({ size: "phone" });
      await sign_in(other.page, people.manager);
      await synced(other.page);
      await open(other.page);
      await sorted_so_far(other.page, marked);
      assert.equal(await progress(other.page).getAttribute("aria-valuemax"), String(book.length));
      if (marked < book.length) assert.ok(!given.has(await on_screen(other.page).innerText()), "an unmarked one");
      await tick(other.page.getByRole("radio", { name: "第一个月" }));
      const important = [...given.values()].filter((kind) => kind === "important").length;
      await other.page.getByRole("button", { name: `重点 ${important}` }).waitFor();
    });
  }),
);
