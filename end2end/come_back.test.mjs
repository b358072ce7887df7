// Issue, item 4: the server is back; everything reaches it without a tap, once, and the desk sees it without a reload.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import {
  add_note, asked_again, customer, offline_ready, open_customer, pending, people, pill_says, record_visit, sign_in,
  soon_ms, synced,
} from "./harness/app.mjs";
import { changes, texts, work } from "./harness/day_out.mjs";
import { scene } from "./harness/scene.mjs";
import { book_of, count_of, customer_named, times_recorded, visits_of } from "./harness/truth.mjs";

/** The longest edge of a photo that is kept; the one taken is twice as large. */
const photo_edge_px_max = 1600;

test(
  "what was done offline is in the branch five seconds after the server is back, every row once",
  scene(async ({ server, browser, t }) => {
    const tablet = await browser();
    await sign_in(tablet.page, people.manager);
    await synced(tablet.page);
    await offline_ready(tablet.page);
    const [visited, moved, skipped] = (await book_of(server, people.manager))
      .filter(({ is_planned }) => !is_planned)
      .map(({ name }) => name);
    const { id } = await customer_named(server, visited);
    const before = {};
    for (const table of ["visit", "promise", "contact", "note", "photo"]) before[table] = await count_of(server, table, id);

    const desk = await browser({ size: "desk" });
    await sign_in(desk.page, people.desk);
    await synced(desk.page);
    await open_customer(desk.page, visited);

    await server.kill();
    await work(tablet.page, { visited, moved, skipped });
    assert.equal(await pending(tablet.page), changes);

    await server.run();
    await t.test("all is pushed within five seconds without a tap", async () => {
      await pill_says(tablet.page, /在线.*已同步/s, soon_ms);
    });

    await t.test("the desk, open all the while, sees the visit within five seconds", async () => {
      await customer(desk.page, visited).getByText(texts.summary).first().waitFor({ timeout: soon_ms });
    });

    await t.test("PostgreSQL holds every row once", async () => {
      assert.equal(await times_recorded(server, texts.summary), 1);
      for (const table of ["visit", "promise", "contact", "note", "photo"]) {
        assert.equal(await count_of(server, table, id), before[table] + 1, table);
      }
      assert.equal((await customer_named(server, visited)).phone, texts.phone);
      const [{ id: photo, width_px, height_px }] = await server.sql(`select * from photo where customer_id = '${id}' order by taken_at desc limit 1`);
      assert.ok(Math.max(width_px, height_px) <= photo_edge_px_max, `${width_px} × ${height_px}`);
      const bytes = await readFile(join(server.state, "photos", `${photo}.jpg`));
      assert.ok(bytes.subarray(0, 2).equals(Buffer.from([0xff, 0xd8])), "a JPEG");
      for (const left of ["Exif", "ExifCanary"]) assert.ok(!bytes.includes(left), left);
      const states = async (name) => (await visits_of(server, (await customer_named(server, name)).id)).map((v) => v.state);
      assert.ok((await states(moved)).includes("planned"));
      assert.ok((await states(skipped)).includes("skipped"));
    });

    await t.test("a server killed in the middle of an upload leaves nothing twice and nothing out", async () => {
      const summaries = Array.from({ length: 6 }, (_, n) => `断线中的第${n + 1}次走访`);
      await open_customer(tablet.page, visited);
      for (const [n, summary] of summaries.entries()) {
        const pushed = tablet.page.waitForRequest((request) => request.url().endsWith("/sync/push"));
        await record_visit(tablet.page, { met: ["本人"], summary });
        if (n % 2 === 0) {
          await pushed;
          await server.kill();
          await server.run();
        }
      }
      await synced(tablet.page);
      for (const summary of summaries) assert.equal(await times_recorded(server, summary), 1, summary);
    });
  }),
);

test(
  "a session that ended while work was pending asks for the password, keeps the work and goes on",
  scene(async ({ server, browser }) => {
    const tablet = await browser();
    await sign_in(tablet.page, people.manager);
    await synced(tablet.page);
    await offline_ready(tablet.page);
    const [{ name }] = await book_of(server, people.manager);
    await server.kill();
    await open_customer(tablet.page, name);
    await add_note(tablet.page, "会话过期前写的");
    await tablet.context.clearCookies();
    await server.run();
    await tablet.page.reload();
    await sign_in(tablet.page, people.manager);
    await synced(tablet.page);
    const { id } = await customer_named(server, name);
    assert.equal(await server.value(`select count(*)::int from note where customer_id = '${id}' and text = '会话过期前写的'`), 1);
  }),
);

const over = { status: 401, contentType: "application/json", body: "{}" };

test(
  "a tab whose session ended because another one signs in asks nobody, or no longer than that takes, and goes on",
  scene(async ({ server, browser, t }) => {
    const { context, page } = await browser();
    await sign_in(page, people.manager);
    await synced(page);
    const [{ name }] = await book_of(server, people.manager);
    const { id } = await customer_named(server, name);
    const arrived = async (text) => {
      await synced(page);
      const notes = `select count(*)::int from note where customer_id = '${id}' and text = '${text}'`;
      assert.equal(await server.value(notes), 1);
      assert.equal(await asked_again(page).count(), 0);
    };

    await open_customer(page, name);
    await t.test("one refusal is tried again", async () => {
      await context.route("**/sync/push", (route) => route.fulfill(over), { times: 1 });
      await add_note(page, "新旧会话之间写的");
      await arrived("新旧会话之间写的");
    });
    await t.test("what did ask goes when the other tab is in", async () => {
      await context.route("**/sync/push", (route) => route.fulfill(over));
      await add_note(page, "问密码之前写的");
      await asked_again(page).waitFor({ timeout: soon_ms });
      await context.unroute("**/sync/push");
      const other = await context.newPage();
      await sign_in(other, people.manager);
      await asked_again(page).waitFor({ state: "detached", timeout: soon_ms });
      await arrived("问密码之前写的");
    });
  }),
);
