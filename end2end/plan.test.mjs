// Issue 4, items 4 and 7: the week planned from what is owed, a day put in order, what to bring, the calendar file and
// the care calendar, all without the server; and all of it is in the branch afterwards.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { day, give, go, offline_ready, people, pill_says, sheet, sign_in, synced, tick, verb } from "./harness/app.mjs";
import { look } from "./harness/look.mjs";
import { publish } from "./harness/rules.mjs";
import { scene } from "./harness/scene.mjs";
import { book_of, count_of } from "./harness/truth.mjs";

const shelf = (page) => page.getByRole("region", { name: "欠着还没排" });
const coming_up = (page) => page.getByRole("region", { name: "快到了" });

/** The clock of each stop of a list of the day, by customer. */
async function times(rows) {
  const told = await rows.evaluateAll((items) =>
    items.map((item) => [item.querySelector(".row-name > :first-child").textContent, item.querySelector("time").textContent]),
  );
  return Object.fromEntries(told.map(([name, time]) => [name.replace(/^\d+ /, ""), time]));
}

const minutes = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

test(
  "a week is planned, ordered, packed and exported without the server",
  scene(async ({ server, browser, t }) => {
    const book = await book_of(server, people.manager);
    const lately = await server.sql(
      `select customer_id as id from visit where visit_on > '${day(-15)}'
        union select customer_id from call where call_on > '${day(-15)}'`,
    );
    const born = book.findLast(({ id }) => !lately.some((visited) => visited.id === id));
    // So much that nearly everybody is owed something.
    await publish(server, { visits: { gold: 6, basic: 4 } });
    // Known for long, so that something is overdue; and somebody nobody was in touch with has a birthday in three days.
    await server.execute(`update customer set holdings_as_of = '${day(-100)}'`);
    await server.execute(`update customer set birthday = '1964-${day(3).slice(5)}', lunar_birthday = null, customer_type = 'person' where id = '${born.id}'`);

    const calls = await count_of(server, "call", born.id);

    const tablet = await browser({ size: "tablet_wide" });
    const { page } = tablet;
    await sign_in(page, people.manager);
    await synced(page);
    await offline_ready(page);
    await server.kill();
    await pill_says(page, /离线/, 30_000);

    const planned = [];
    await t.test("two of the shelf find a slot by tapping", async () => {
      await go(page, "走访");
      await shelf(page).getByText(/走访逾期\d+天/).first().waitFor();
      assert.deepEqual(await look(page, "visits-owed"), []);
      let on; // both on one day, so that there is a way between them
      for (let n = 0; n < 2; n += 1) {
        const place = shelf(page).getByRole("button", { name: /^排 / }).first();
        const name = (await place.getAttribute("aria-label")).slice(2);
        await place.click();
        const row = shelf(page).getByRole("listitem").filter({ hasText: name });
        const slots = row.locator(".owe-hint button");
        if (n === 0) assert.deepEqual(await look(page, "visits-placing"), []);
        const slot = on ? slots.filter({ hasText: on }).first() : slots.nth(1);
        on = (await slot.innerText()).slice(0, -"09:00".length);
        // Twice at once, as an impatient finger does: one visit all the same.
        await slot.evaluate((slot) => {
          slot.click();
          slot.click();
        });
        await row.waitFor({ state: "detached" });
        planned.push(name);
      }
    });

    await t.test("替我排 plans the most urgent, and takes them back", async () => {
      const count = shelf(page).locator(".count");
      const counts = (owed) => count.filter({ hasText: new RegExp(`^${owed}$`) }).waitFor();
      const before = Number(await count.innerText());
      // Five at once, or all there are: how many are owed something depends on the day this runs.
      const at_once = Math.min(5, before);
      await verb(shelf(page), `替我排${at_once}位`).click();
      await page.getByRole("status").filter({ hasText: `排上了${at_once}位` }).waitFor();
      await counts(before - at_once);
      await verb(page, "撤销").click();
      await counts(before);
    });

    let shown;
    await t.test("their day is ordered by distance, as it was shown", async () => {
      await page.getByRole("listitem").filter({ hasText: planned[0] }).locator(".shelf-day").first().click();
      const stops = page.locator(".dl .dl-row:not(.dl-past)");
      await stops.filter({ hasText: planned[1] }).waitFor();
      await verb(page.getByRole("main"), "按距离排").click();
      await sheet(page).locator(".way-row").nth(1).waitFor();
      shown = await times(sheet(page).locator(".way-row"));
      await verb(sheet(page), "按这样排").click();
      await sheet(page).waitFor({ state: "detached" });
      await page.waitForFunction(
        (wanted) => [...document.querySelectorAll(".dl .dl-row:not(.dl-past) time")].map((time) => time.textContent).join() === wanted,
        Object.values(shown).join(),
      );
      assert.deepEqual(await times(stops), shown);
      const order = Object.values(shown).map(minutes);
      assert.deepEqual(order, order.toSorted((a, b) => a - b));
    });

    await t.test("by hand two stops change their times", async () => {
      const [first, second] = Object.keys(shown);
      await page.getByRole("button", { name: `${first} 换序，拖动或按上下键` }).press("ArrowDown");
      await page.waitForFunction((name) => document.querySelectorAll(".dl .dl-row:not(.dl-past) .row-name")[1].textContent.includes(name), first);
      const now = await times(page.locator(".dl .dl-row:not(.dl-past)"));
      assert.deepEqual([now[second], now[first]], [shown[first], shown[second]]);
      shown = now;
    });

    await t.test("what to bring is ticked under the stop", async () => {
      // One of those placed here: what the sample planned has things to bring of its own.
      const shut = page.locator(".dl .dl-row:not(.dl-past)").filter({ hasText: planned[0] }).locator("button.row-body");
      if (await shut.count()) await shut.click();
      const open = page.locator(".dl-open").filter({ hasText: planned[0] });
      await open.getByText("加一样要带的").click();
      await open.locator(".chips").getByText("合同", { exact: true }).click();
      await open.getByLabel("别的", { exact: true }).fill("海边仓库的照片");
      await verb(open, "加上").click();
      await open.getByText("缺2份材料").waitFor();
      await open.locator(".bring").getByRole("checkbox", { name: "海边仓库的照片" }).check();
      await open.getByText("缺1份材料").waitFor();
      assert.deepEqual(await look(page, "visits-day-plan"), []);
    });

    let packed_minutes;
    await t.test("fast taps on what to bring all count", async () => {
      const open = page.locator(".dl-open").filter({ hasText: planned[0] });
      const long = open.locator(".bring-time");
      const [, before] = (await long.innerText()).match(/(\d+)分/);
      packed_minutes = Number(before) + 15;
      await open.evaluate((open) => {
        open.querySelector(".bring input:not(:checked)").click();
        for (let n = 0; n < 3; n++) open.querySelector('[aria-label="多5分"]').click();
      });
      await long.getByText(`${packed_minutes}分`).waitFor();
      await open.getByText(/缺\d+份材料/).waitFor({ state: "detached" });
    });

    await t.test("the calendar goes out as a file that holds no telephone number", async () => {
      await verb(page.getByRole("main"), "导出日历").click();
      await tick(sheet(page).getByRole("radio", { name: "往后四周" }));
      assert.deepEqual(await look(page, "visits-export"), []);
      const waiting = page.waitForEvent("download");
      await verb(sheet(page), /^导出\d+次$/).click();
      const download = await waiting;
      assert.match(download.suggestedFilename(), /^走访-\d{4}-\d\d-\d\d\.ics$/);
      const file = await readFile(await download.path(), "utf8");
      const unfolded = file.replaceAll("\r\n ", "");
      assert.match(unfolded, /^BEGIN:VCALENDAR\r\n/);
      for (const name of planned) {
        assert.ok(unfolded.includes(`SUMMARY:走访 ${name}\r\n`), name);
        assert.ok(unfolded.includes(`T${shown[name].replace(":", "")}00\r\n`), `${name} at ${shown[name]}`);
      }
      assert.ok(book.filter(({ phone }) => phone).every(({ phone }) => !file.includes(phone)));
      assert.match(unfolded, /STATUS:CANCELLED/, "what 替我排 planned and took back is called off");
    });

    await t.test("a birthday stands in the care calendar until somebody was in touch", async () => {
      await tick(page.getByRole("radio", { name: "关怀" }));
      const row = coming_up(page).getByRole("listitem").filter({ hasText: born.name });
      await row.getByText(/\d+岁生日/).waitFor();
      assert.deepEqual(await look(page, "visits-care"), []);
      await verb(row, `记电访 ${born.name}`).click();
      await verb(sheet(page), "保存").click();
      await sheet(page).waitFor({ state: "detached" });
      await coming_up(page).getByRole("listitem").filter({ hasText: born.name }).getByText(/已联系/).waitFor();
    });

    const far = day(40);
    await t.test("the sheet's button tapped twice at once plans one visit", async () => {
      await verb(page.getByRole("main"), "计划走访").click();
      await sheet(page).getByLabel("找客户").fill(born.name);
      await sheet(page).getByRole("button").filter({ hasText: born.name }).first().click();
      await give(sheet(page), "日期", far);
      await verb(sheet(page), "排上").evaluate((button) => {
        button.click();
        button.click();
      });
      await sheet(page).waitFor({ state: "detached" });
    });

    await t.test("the server has it once it is back", async () => {
      await server.run();
      await synced(page, 60_000);
      for (const name of planned) {
        // Of that day; they may have been planned to be seen on another as well.
        const visits = await server.sql(
          `with own as (
              select v.* from visit v join customer c on c.id = v.customer_id
              where c.name = '${name}' and v.state = 'planned' and v.visit_on <> '${far}'
            )
            select at_minute from own where visit_on = (select visit_on from own order by written_at desc limit 1)`,
        );
        assert.deepEqual(visits, [{ at_minute: minutes(shown[name]) }], name);
      }
      const packed = await server.sql("select bring, minutes from preparation where bring::text like '%海边仓库的照片%'");
      const bring = [{ what: "合同", is_ready: true }, { what: "海边仓库的照片", is_ready: true }];
      assert.deepEqual(packed, [{ bring, minutes: packed_minutes }]);
      assert.equal(await count_of(server, "call", born.id), calls + 1);
      const once = `select count(*)::int from visit where customer_id = '${born.id}' and visit_on = '${far}'`;
      assert.equal(await server.value(once), 1);
      for (const name of planned) {
        const logged = `select count(*)::int from audit_log a join customer c on c.id = a.subject_id
          where a.act = 'export_visits' and c.name = '${name}'`;
        assert.equal(await server.value(logged), 1, `${name} in a file`);
      }
    });
  }),
);
