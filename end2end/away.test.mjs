// Issue, bad input: the server is away for a week, and the tablet's clock is put back. Reading locks, work does not get lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  add_note, all_there, customer, enter, nav, offline_ready, open_customer, password, patient_ms, people, sign_in, synced,
} from "./harness/app.mjs";
import { scene } from "./harness/scene.mjs";
import { book_of } from "./harness/truth.mjs";

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
