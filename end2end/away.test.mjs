// The server is away for a week, the tablet for a month or a season, and its clock is put back. Reading locks, work does not get
// lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  add_note, all_there, customer, enter, go, hand_over, nav, offline_ready, open_customer, password, patient_ms, people, rows, search,
  sign_in, synced,
} from "./harness/app.mjs";
import { scene } from "./harness/scene.mjs";
import { book_of, holds } from "./harness/truth.mjs";

const hour_ms = 3_600_000;

/** Opens the browser again with its clock `hours` away from now. */
async function some_time_later(tablet, hours) {
  await tablet.close();
  await tablet.launch();
  await tablet.context.clock.install({ time: Date.now() + hours * hour_ms });
}

async function written_offline(server, browser, text) {
  const tablet = await browser();
  await sign_in(tablet.page, people.manager);
  await synced(tablet.page);
  await offline_ready(tablet.page);
  const [{ name }] = await book_of(server, people.manager);
  await server.kill();
  await open_customer(tablet.page, name);
  await add_note(tablet.page, text);
  return { tablet, name };
}

/** As when the tablet is shut before its keyring hears of the last edit: what the door says must not rest on it. */
async function forget_what_waits(tablet) {
  await tablet.page.evaluate(async () => {
    const done = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const database = await done(indexedDB.open("rounds-keyring"));
    const people = database.transaction("people", "readwrite").objectStore("people");
    for (const key of await done(people.getAllKeys())) {
      const person = JSON.parse(await done(people.get(key)));
      await done(people.put(JSON.stringify({ ...person, pending: 0 }), key));
    }
    database.close();
  });
}

async function is_refused(tablet) {
  await tablet.page.goto("/app/");
  await enter(tablet.page, people.manager, password);
  await tablet.page.getByRole("alert").filter({ hasText: /离线太久.*没上传的1项都在/ }).waitFor({ timeout: patient_ms });
  assert.equal(await nav(tablet.page).count(), 0);
}

test(
  "a week without the server: reading locks, says what is kept, and all arrives at the next contact",
  scene(async ({ server, browser }) => {
    const { tablet, name } = await written_offline(server, browser, "离线一周以前写的");
    await some_time_later(tablet, 71);
    await sign_in(tablet.page, people.manager);
    await open_customer(tablet.page, name);
    await all_there(customer(tablet.page, name), ["离线一周以前写的"]);

    await forget_what_waits(tablet);
    await some_time_later(tablet, 7 * 24);
    await is_refused(tablet);
    await server.run();
    await sign_in(tablet.page, people.manager);
    await synced(tablet.page);
    assert.equal(await server.value("select count(*)::int from note where text = '离线一周以前写的'"), 1);
  }),
);

test(
  "a clock put back does not make the lease longer",
  scene(async ({ server, browser }) => {
    const { tablet } = await written_offline(server, browser, "拨表以前写的");
    await some_time_later(tablet, 7 * 24);
    await is_refused(tablet);
    await some_time_later(tablet, -2);
    await is_refused(tablet);
  }),
);

/** As if all that has happened so far had happened so many days ago. */
const age = (server, days) => server.execute(`update sync_row set changed_at = changed_at - interval '${days} days'`);
const tombstones = (server) => server.value("select count(*)::int from sync_row where deleted");

for (const [days, how] of [[30, "goes on where it was"], [91, "fetches everything whole"]]) {
  test(
    `a tablet that was away for ${days} days ${how}: what was written on it arrives, who has left is gone`,
    scene(async ({ server, browser }) => {
      const tablet = await browser();
      await sign_in(tablet.page, people.manager);
      await synced(tablet.page);
      await offline_ready(tablet.page);
      const [first, left, ...others] = await book_of(server, people.manager);
      const text = `离线${days}天以前写的`;
      await tablet.context.setOffline(true);
      await open_customer(tablet.page, first.name);
      await add_note(tablet.page, text);

      const lead = await browser({ size: "desk" });
      await sign_in(lead.page, people.lead);
      await synced(lead.page);
      await hand_over(lead.page, [left]);
      await lead.close();
      assert.ok((await tombstones(server)) > 0);
      await age(server, days);
      await server.stop();
      await some_time_later(tablet, days * 24);
      await is_refused(tablet);
      await server.run();
      // Forgotten as the server starts.
      if (days > 90) await holds(() => tombstones(server), (left) => left === 0);

      const fetched = [];
      tablet.page.on("response", async (response) => {
        if (response.url().endsWith("/sync/pull")) fetched.push((await response.body()).length);
      });
      await sign_in(tablet.page, people.manager);
      await synced(tablet.page);
      assert.equal(await server.value(`select count(*)::int from note where text = '${text}'`), 1);
      await go(tablet.page, "客户");
      await search(tablet.page, left.customer_no);
      await rows(tablet.page).filter({ hasText: left.name }).waitFor({ state: "detached" });
      await search(tablet.page, others[0].customer_no);
      await rows(tablet.page).filter({ hasText: others[0].name }).waitFor();
      const whole = fetched.reduce((sum, bytes) => sum + bytes, 0) > 20_000;
      assert.equal(whole, days > 90, `${fetched} bytes`);
    }),
  );
}
