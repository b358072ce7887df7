// A new version opens what an old one has stored: rows it cannot read come again from the server, edits that wait are kept.
// The power fails in the middle of it, more than once.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  add_note, all_there, customer, enter, offline_ready, open_customer, patient_ms, people, pill_says, sign_in, synced,
} from "./harness/app.mjs";
import { scene } from "./harness/scene.mjs";
import { book_of, notes_of } from "./harness/truth.mjs";

const old_schema = 1;

/** Keeps hold of the key and the context that pages are sealed with, as only the page itself can. */
function watch_sealing() {
  const encrypt = SubtleCrypto.prototype.encrypt;
  SubtleCrypto.prototype.encrypt = function (parameters, key, plain) {
    const context = parameters.additionalData && new TextDecoder().decode(parameters.additionalData);
    if (context?.includes("|page|")) globalThis.sealing = { parameters: { ...parameters }, key, encrypt };
    return encrypt.call(this, parameters, key, plain);
  };
}

/** Writes the log of pages anew, as a version of `schema` would have left it. */
async function leave_pages_of(schema) {
  const { parameters, key, encrypt } = globalThis.sealing;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new Uint8Array(200);
  new DataView(plain.buffer).setUint32(0, schema, true);
  const sealed = new Uint8Array(await encrypt.call(crypto.subtle, { ...parameters, iv }, key, plain));
  const page = new Uint8Array([...iv, ...sealed]);
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith("rounds-store")) continue;
    const database = await done(indexedDB.open(name));
    const transaction = database.transaction("pages", "readwrite", { durability: "strict" });
    const pages = transaction.objectStore("pages");
    for (const number of await done(pages.getAllKeys())) pages.put(page, number);
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    database.close();
  }
}

test(
  "an old version's store with edits that wait is opened by the new one, crashed on while it fetches, and nothing is lost",
  scene(async ({ server, browser }) => {
    const tablet = await browser();
    await tablet.context.addInitScript(watch_sealing);
    await sign_in(tablet.page, people.manager);
    await synced(tablet.page);
    await offline_ready(tablet.page);
    const book = await book_of(server, people.manager);
    const [{ name }] = book;
    await tablet.context.setOffline(true);
    await open_customer(tablet.page, name);
    for (const which of ["甲", "乙"]) await add_note(tablet.page, `升级以前写的${which}`);
    await tablet.page.evaluate(leave_pages_of, old_schema);
    await tablet.close();

    // Power fails when the edits are on their way, when the rows are, and just after these are stored.
    for (const path of ["**/sync/push", "**/sync/pull"]) {
      await tablet.launch();
      let asked;
      const held = new Promise((resolve) => (asked = resolve));
      await tablet.context.route(path, () => asked());
      await tablet.page.goto("/app/");
      await enter(tablet.page, people.manager);
      await held;
      await tablet.kill();
    }
    await tablet.launch();
    const fetched = tablet.page.waitForResponse("**/sync/pull").then((response) => response.body());
    await tablet.page.goto("/app/");
    await enter(tablet.page, people.manager);
    assert.ok((await fetched).length > 20_000, "nothing of the old log was read");
    await tablet.page.waitForFunction(
      () => performance.getEntriesByType("mark").some(({ name }) => name.endsWith("page-stored")), null, { timeout: patient_ms },
    );
    await tablet.kill();

    await tablet.launch();
    await sign_in(tablet.page, people.manager);
    await synced(tablet.page);
    assert.deepEqual(await notes_of(server, "升级以前写的"), ["乙", "甲"].map((which) => `升级以前写的${which}`));

    await tablet.context.setOffline(true);
    await tablet.page.reload();
    await sign_in(tablet.page, people.manager);
    await pill_says(tablet.page, /离线/);
    await open_customer(tablet.page, name);
    await all_there(customer(tablet.page, name), ["升级以前写的甲", "升级以前写的乙"]);
    await open_customer(tablet.page, book.at(-1).name);
  }),
);
