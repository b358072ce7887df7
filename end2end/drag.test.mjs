// What is planned is moved by mouse, by finger and by keys: from the shelf to a slot and to a day, from a day to another,
// within a day, and the stops of 今天.
import assert from "node:assert/strict";
import { test } from "node:test";
import { day, go, open_customer, people, plan_visit, sheet, sign_in, soon_ms, synced } from "./harness/app.mjs";
import { by_finger, by_mouse } from "./harness/hand.mjs";
import { publish } from "./harness/rules.mjs";
import { scene } from "./harness/scene.mjs";
import { book_of } from "./harness/truth.mjs";

const owed = (page) => page.getByRole("region", { name: "欠着还没排" }).getByRole("listitem");
const column = (page, on) => page.locator(`.cal-week .day[data-drop="${on}"]`);
const name_of = (row) => row.locator(".row-name > :first-child").innerText();
const names = (rows) => rows.locator(".row-name > :first-child").allInnerTexts();

/** Waits until the rows stand in this order, whatever number stands before a name. What has the keyboard at that moment. */
async function stand(page, selector, wanted) {
  const holder = await page.waitForFunction(
    ([selector, wanted]) => {
      const names = [...document.querySelectorAll(selector)].map((name) => name.textContent);
      return names.join() === wanted.join() && `${document.activeElement.ariaLabel}`;
    },
    [`${selector} .row-name > :first-child`, wanted],
    { timeout: soon_ms },
  );
  return holder.jsonValue();
}

/** Monday to Friday of the week after this one. */
function next_week() {
  const weekday = (new Date(`${day(0)}T00:00:00Z`).getUTCDay() + 6) % 7;
  return [0, 1, 2, 3, 4].map((at) => day(7 - weekday + at));
}

for (const [hand, drag] of [["mouse", by_mouse], ["finger", by_finger]]) {
  test(
    `by ${hand} visits find their day and their place in it`,
    scene(async ({ server, browser, t }) => {
      await publish(server, { visits: { gold: 6, basic: 4 } });
      await server.execute(`update customer set holdings_as_of = '${day(-100)}'`);
      await server.execute("delete from visit where state = 'planned'");
      await server.execute("delete from sync_row where kind = 'visit' and row_id not in (select id from visit)");
      const [, tuesday, wednesday] = next_week();
      const { page } = await browser({ size: "tablet_wide" });
      await sign_in(page, people.manager);
      await synced(page);
      await go(page, "走访");
      await page.getByRole("main").getByRole("link", { name: "往后" }).click();
      await column(page, tuesday).waitFor();

      let first, second;
      await t.test("from the shelf to a slot", async () => {
        const row = owed(page).first();
        first = await name_of(row);
        await row.getByRole("button", { name: `排 ${first}` }).click();
        const slot = column(page, tuesday).locator(".slot");
        const time = await slot.locator("b").innerText();
        await drag(page, row.getByRole("button", { name: `拖 ${first} 到日子上` }), slot);
        const event = column(page, tuesday).getByRole("listitem").filter({ hasText: first });
        await event.filter({ hasText: time }).waitFor({ timeout: soon_ms });
        await owed(page).filter({ hasText: first }).waitFor({ state: "detached" });
      });

      await t.test("from the shelf to a day", async () => {
        const row = owed(page).first();
        second = await name_of(row);
        await drag(page, row.getByRole("button", { name: `拖 ${second} 到日子上` }), column(page, tuesday).locator(".day-head"));
        await column(page, tuesday).getByRole("listitem").filter({ hasText: second }).waitFor({ timeout: soon_ms });
      });

      await t.test("a stop to another day and back", async () => {
        for (const on of [wednesday, tuesday]) {
          const handle = page.locator(".cal-week").getByRole("button", { name: `${first} 改期` });
          await drag(page, handle, column(page, on).locator(".day-head"));
          await column(page, on).getByRole("listitem").filter({ hasText: first }).waitFor({ timeout: soon_ms });
        }
        assert.equal(await sheet(page).count(), 0, "a drag is no tap");
      });

      await t.test("within a day", async () => {
        await column(page, tuesday).locator(".day-head").click();
        const rows = page.locator(".dl .dl-row:not(.dl-past)");
        await rows.nth(1).waitFor();
        const [early, late] = await names(rows);
        await drag(page, page.getByRole("button", { name: new RegExp(`^${early} 换序`) }), rows.nth(1));
        await stand(page, ".dl .dl-row:not(.dl-past)", [late, early]);
      });

      await t.test("the stops of today", async () => {
        const others = (await book_of(server, people.manager)).filter(({ name }) => ![first, second].includes(name));
        for (const [hour, { name }] of [15, 16, 17].map((hour, at) => [hour, others[at]])) {
          await open_customer(page, name);
          await plan_visit(page, { on: day(0), at: `${hour}:00` });
        }
        await go(page, "今天");
        const stops = page.locator(".stops .stop:has(.grip)");
        await stops.nth(2).waitFor();
        const [early, midway, late] = await names(stops);
        await drag(page, page.getByRole("button", { name: new RegExp(`^${late} 换序`) }), stops.nth(0).locator(".row-name").first());
        await stand(page, ".stops .stop:has(.grip)", [late, early, midway]);
        const grip = page.getByRole("button", { name: new RegExp(`^${late} 换序`) });
        await grip.press("ArrowDown");
        const holder = await stand(page, ".stops .stop:has(.grip)", [early, late, midway]);
        assert.match(holder, new RegExp(`^${late} 换序`), "the keyboard goes with the stop, in the same moment");
        await grip.press("ArrowUp");
        await stand(page, ".stops .stop:has(.grip)", [late, early, midway]);
        // Two keys faster than the disk writes are two places.
        await grip.evaluate((grip) => {
          for (let twice = 0; twice < 2; twice += 1) {
            grip.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, cancelable: true }));
          }
        });
        await stand(page, ".stops .stop:has(.grip)", [early, midway, late]);
      });

      await t.test("without either: a stop is given another day by keys", async () => {
        await go(page, "走访");
        await page.getByRole("main").getByRole("link", { name: "往后" }).click();
        const handle = column(page, tuesday).getByRole("button", { name: `${first} 改期` });
        await handle.press("Enter");
        await sheet(page).getByLabel("日期", { exact: true }).fill(wednesday);
        await sheet(page).getByRole("button", { name: "改期", exact: true }).press("Enter");
        await column(page, wednesday).getByRole("listitem").filter({ hasText: first }).waitFor({ timeout: soon_ms });
      });
    }),
  );
}
