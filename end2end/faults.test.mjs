// Issue, bad input: whatever fails, the person is told in words and what they wrote is still there.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  add_note, all_there, customer, enter, go, nav, offline_ready, open_attention, open_customer, password, patient_ms, people, pill_says,
  record_visit, rows, sheet, sign_in, soon_ms, synced, verb,
} from "./harness/app.mjs";
import { photo } from "./harness/data.mjs";
import { scene } from "./harness/scene.mjs";
import { book_of, count_of, holds, notes_of, times_recorded } from "./harness/truth.mjs";

/** On a disk: for a visit's words, not for a photo. */
const room_for_words = 96 << 10;
/** What would not find room in the rest that is left of a full disk. */
const longer_than_what_is_left = "满了也不能丢的一段".repeat(150);
/** Room for the app and a branch's sample, not much more: set before the first use, or the browser goes by what it noted. */
const quota_bytes = 128 << 20;

async function small({ context, page, origin }) {
  const devtools = await context.newCDPSession(page);
  await devtools.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: quota_bytes });
}

/** Takes up what room is left, in a database beside the app's. */
function fill(page) {
  return page.evaluate(async () => {
    const done = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const opening = indexedDB.open("filler");
    opening.onupgradeneeded = () => opening.result.createObjectStore("all", { autoIncrement: true });
    const filler = await done(opening);
    const add = (bytes) =>
      new Promise((resolve) => {
        const room = crypto.getRandomValues(new Uint8Array(Math.min(bytes, 65_536)));
        const transaction = filler.transaction("all", "readwrite", { durability: "strict" });
        for (let at = 0; at < bytes; at += room.length) transaction.objectStore("all").add(room.slice());
        transaction.oncomplete = () => resolve(true);
        transaction.onabort = () => resolve(false);
      });
    for (const bytes of [1 << 20, 1 << 16, 1 << 10, 32]) while (await add(bytes));
    filler.close();
  });
}

function make_room(page) {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase("filler");
        request.onsuccess = () => resolve();
        request.onerror = () => reject(request.error);
      }),
  );
}

test(
  "storage full: 未能保存 is said, the form keeps what was written, and it is saved once there is room",
  scene(async ({ server, browser, t }) => {
    const tablet = await browser();
    const { page } = tablet;
    await small(tablet);
    await sign_in(page, people.manager);
    await synced(page);
    // What is kept of the app takes no more room from here on.
    await offline_ready(page);
    const { name } = (await book_of(server, people.manager)).find(({ is_planned }) => !is_planned);
    await open_customer(page, name);
    await verb(page.getByRole("article"), "记录走访").click();
    const summary = page.getByLabel("摘要", { exact: true });
    await summary.waitFor();
    await fill(page);

    await t.test("the form stays, and says what happened", async () => {
      await summary.fill(longer_than_what_is_left);
      await verb(page.getByRole("form"), "完成").click();
      await page.getByRole("alert").filter({ hasText: /没有存下来/ }).waitFor({ timeout: soon_ms });
      await pill_says(page, /未能保存/);
      assert.equal(await summary.inputValue(), longer_than_what_is_left);
      assert.equal(await times_recorded(server, longer_than_what_is_left), 0);
    });

    await t.test("once there is room it is saved as written", async () => {
      await make_room(page);
      await verb(page.getByRole("alert"), "再存一次").click();
      await customer(page, name).getByText(longer_than_what_is_left).first().waitFor({ timeout: soon_ms });
      await synced(page);
      assert.equal(await times_recorded(server, longer_than_what_is_left), 1);
    });
  }),
);

/** A visit's form with words and a photo in it. */
async function opened_form(page, name, summary) {
  await open_customer(page, name);
  await verb(page.getByRole("article"), "记录走访").click();
  const form = page.getByRole("form", { name: "走访记录" });
  await form.getByLabel("摘要", { exact: true }).fill(summary);
  await form.getByLabel("拍照").setInputFiles(photo);
  await form.getByRole("img").first().waitFor();
  // With the photo's bytes, which were written before.
  await form.getByText(/草稿已加密存在本机/).waitFor();
  return form;
}

test(
  "a full disk under the browser: words outrank photos, nothing is half written, and nothing saved is lost by a crash on it",
  scene(async ({ server, browser, t }) => {
    const tablet = await browser({ disk_mb: 512 });
    await sign_in(tablet.page, people.manager);
    await synced(tablet.page);
    // What is kept of the app takes no more room from here on. (A development build has no room on such a disk.)
    await offline_ready(tablet.page);
    const { name, id } = (await book_of(server, people.manager)).find(({ is_planned }) => !is_planned);
    const before = await count_of(server, "visit", id);
    const form = await opened_form(tablet.page, name, "盘满了也不能丢的话");

    const photos_arrived = () => server.value(`select count(*)::int from photo where customer_id = '${id}' and taken_at > now() - interval '1 hour'`);

    await t.test("with room for the words alone they are saved by one tap, and the photo waits", async () => {
      await tablet.disk.fill(room_for_words);
      await verb(form, "完成").click();
      await tablet.page.getByRole("alert").filter({ hasText: /文字已存，照片还没有/ }).waitFor({ timeout: patient_ms });
      await holds(() => count_of(server, "visit", id), (count) => count > before);
      assert.equal(await photos_arrived(), 0);
    });

    await t.test("killed now, it saves the photo when it is opened again with room", async () => {
      await tablet.kill();
      await tablet.disk.make_room();
      await tablet.launch();
      await sign_in(tablet.page, people.manager);
      await holds(photos_arrived, (count) => count > 0);
      await synced(tablet.page);
      assert.equal(await photos_arrived(), 1);
      assert.equal((await count_of(server, "visit", id)) - before, 1);
    });

    await t.test("what is written from then on outlasts the next start as well", async () => {
      await tablet.context.setOffline(true);
      await open_customer(tablet.page, name);
      await add_note(tablet.page, "腾出空间以后写的");
      await tablet.kill();
      await tablet.launch();
      await sign_in(tablet.page, people.manager);
      await open_customer(tablet.page, name);
      await all_there(customer(tablet.page, name), ["盘满了也不能丢的话", "腾出空间以后写的"]);
      await synced(tablet.page);
    });

    await t.test("with no room at all the form stays and says so, and saves both once there is some", async () => {
      const again = await opened_form(tablet.page, name, longer_than_what_is_left);
      await tablet.disk.fill();
      await verb(again, "完成").click();
      await tablet.page.getByRole("alert").filter({ hasText: /没有存下来：这台设备满了/ }).waitFor({ timeout: patient_ms });
      await pill_says(tablet.page, /未能保存/);
      await tablet.disk.make_room();
      await verb(tablet.page.getByRole("alert"), "再存一次").click();
      await again.waitFor({ state: "detached", timeout: patient_ms });
      await synced(tablet.page);
      assert.equal((await count_of(server, "visit", id)) - before, 2);
      assert.equal(await photos_arrived(), 2);
    });

    await t.test("a crash on a full disk loses nothing that was saved", async () => {
      await tablet.context.setOffline(true);
      await open_customer(tablet.page, name);
      await add_note(tablet.page, "盘满以前写的");
      await tablet.disk.fill();
      await tablet.kill();
      await tablet.disk.make_room();
      await tablet.launch();
      await sign_in(tablet.page, people.manager);
      await open_customer(tablet.page, name);
      await all_there(customer(tablet.page, name), ["盘满了也不能丢的话", "盘满以前写的"]);
      await synced(tablet.page);
      assert.equal(await server.value("select count(*)::int from note where text = '盘满以前写的'"), 1);
    });
  }),
);

test(
  "a visit's form that is left while it saves is recorded, and no draft of it comes back",
  scene(async ({ server, browser }) => {
    const { page } = await browser();
    await sign_in(page, people.manager);
    await synced(page);
    const { name } = (await book_of(server, people.manager)).find(({ is_planned }) => !is_planned);
    await open_customer(page, name);
    await verb(page.getByRole("article"), "记录走访").click();
    const form = page.getByRole("form", { name: "走访记录" });
    const summary = form.getByLabel("摘要", { exact: true });
    await summary.fill("一边存一边走开");
    const link = await nav(page).getByRole("link", { name: "今天", exact: true }).elementHandle();
    await verb(form, "完成").evaluate((done, link) => {
      done.click();
      link.click();
    }, link);
    await page.getByRole("heading", { level: 1, name: "今天", exact: true }).waitFor();
    await open_customer(page, name);
    await customer(page, name).getByText("一边存一边走开").first().waitFor({ timeout: soon_ms });
    await verb(page.getByRole("article"), "记录走访").click();
    await summary.waitFor();
    assert.equal(await summary.inputValue(), "");
    await synced(page);
    assert.equal(await times_recorded(server, "一边存一边走开"), 1);
  }),
);

test(
  "a sheet that was written in asks before it goes, by a tap beside it, by Esc and by its cross",
  scene(async ({ server, browser }) => {
    const { page } = await browser();
    await sign_in(page, people.manager);
    await synced(page);
    const [{ name }] = await book_of(server, people.manager);
    await open_customer(page, name);
    await verb(page.getByRole("article"), "加备忘").click();
    const note = sheet(page).getByLabel("备忘", { exact: true });
    await note.fill("差点丢掉的一段");
    const ways = [() => page.mouse.click(20, 300), () => page.keyboard.press("Escape"), () => sheet(page).getByRole("button", { name: "关闭" }).click()];
    for (const leave of ways) {
      await leave();
      await verb(sheet(page).getByRole("alert"), "接着写").click();
      assert.equal(await note.inputValue(), "差点丢掉的一段");
    }
    await page.keyboard.press("Escape");
    await verb(sheet(page).getByRole("alert"), "放弃").click();
    await sheet(page).waitFor({ state: "detached" });
  }),
);

test(
  "a browser that stores nothing says so and works online",
  scene(async ({ server, browser }) => {
    const { page, context } = await browser();
    await context.addInitScript(() => Object.defineProperty(globalThis, "indexedDB", { value: undefined }));
    await sign_in(page, people.manager);
    await sheet(page).getByText(/不让存资料/).waitFor();
    await sheet(page).getByRole("button", { name: "关闭" }).last().click();
    const [{ name }] = await book_of(server, people.manager);
    await open_customer(page, name);
    await add_note(page, "无痕窗口里写的");
    await synced(page);
    assert.equal(await server.value("select count(*)::int from note where text = '无痕窗口里写的'"), 1);
  }),
);

test(
  "wrong passwords are counted, then the number rests, and the person is told both",
  scene(async ({ browser }) => {
    const { page } = await browser();
    await page.goto("/app/");
    for (let left = 4; left > 0; left -= 1) {
      await enter(page, people.manager, `Wrong-Password-${left}`);
      await page.getByRole("alert").filter({ hasText: new RegExp(`密码不对.*${left}`) }).waitFor({ timeout: patient_ms });
    }
    await enter(page, people.manager, "Wrong-Password-0");
    await page.getByRole("alert").filter({ hasText: /分钟/ }).waitFor({ timeout: patient_ms });
    await enter(page, people.manager, password);
    await page.getByRole("alert").filter({ hasText: /分钟/ }).waitFor({ timeout: patient_ms });
    assert.equal(await nav(page).count(), 0);
  }),
);

test(
  "a database that falls away in the middle: the work goes on, and arrives when it is back",
  scene(async ({ server, browser }) => {
    const { page } = await browser();
    await sign_in(page, people.manager);
    await synced(page);
    await offline_ready(page);
    const [{ name }] = await book_of(server, people.manager);
    await open_customer(page, name);
    await server.kill_database();
    await add_note(page, "数据库不在时写的");
    await all_there(customer(page, name), ["数据库不在时写的"]);
    await synced(page); // the server starts its own database again
    assert.equal(await server.value("select count(*)::int from note where text = '数据库不在时写的'"), 1);
  }),
);

test(
  "a store or the whole origin cleared by the browser is noticed, said with what was reported as unsent, and fetched again",
  scene(async ({ server, browser }) => {
    const tablet = await browser();
    await sign_in(tablet.page, people.manager);
    await synced(tablet.page);
    const book = await book_of(server, people.manager);
    // A photo that cannot be uploaded is what the server knows the tablet to hold.
    await tablet.context.route("**/photos/*", (route) => route.abort());
    await open_customer(tablet.page, book.find(({ is_planned }) => !is_planned).name);
    await record_visit(tablet.page, { met: ["本人"], summary: "照片没传上", photo });
    await pill_says(tablet.page, /待同步\s*1/, patient_ms);
    await holds(() => server.value("select max(pending)::int from device"), (pending) => pending === 1);

    // One store of it.
    await tablet.page.goto("/api/v1/health");
    await tablet.page.evaluate(async () => {
      for (const { name } of await indexedDB.databases()) {
        if (!name.startsWith("rounds-store")) continue;
        await new Promise((resolve, reject) => {
          const request = indexedDB.deleteDatabase(name);
          request.onsuccess = resolve;
          request.onerror = reject;
        });
      }
    });
    await sign_in(tablet.page, people.manager);
    await sheet(tablet.page).getByText(/浏览器清掉了这台设备上的资料.*有1项没上传/).waitFor({ timeout: patient_ms });
    await sheet(tablet.page).getByRole("button", { name: "关闭" }).last().click();
    await synced(tablet.page);

    // All of it.
    const devtools = await tablet.context.newCDPSession(tablet.page);
    await devtools.send("Storage.clearDataForOrigin", { origin: tablet.origin, storageTypes: "all" });
    await sign_in(tablet.page, people.manager);
    await sheet(tablet.page).getByText(/你在别的设备上还有没上传的改动.*1项/).waitFor({ timeout: patient_ms });
    await sheet(tablet.page).getByRole("button", { name: "关闭" }).last().click();
    await synced(tablet.page);
    await go(tablet.page, "客户");
    await rows(tablet.page).first().waitFor();
    assert.equal((await book_of(server, people.manager)).length, book.length, "nothing is deleted by it");
  }),
);

test(
  "one edit in a hundred that the server can never take: ninety-nine arrive, the one is kept with its text",
  scene(async ({ server, browser }) => {
    const { page, context } = await browser();
    await sign_in(page, people.manager);
    await synced(page);
    const [{ name }] = await book_of(server, people.manager);
    await context.setOffline(true);
    await open_customer(page, name);
    for (let n = 0; n < 100; n += 1) await add_note(page, `一百条里的第${n}条`);
    // As an app with a fault would send it.
    await context.route("**/sync/push", async (route) => {
      const body = route.request().postDataJSON();
      for (const one of body.mutations) if (one.args.text === "一百条里的第37条") one.args.note_id = "no id at all";
      await route.continue({ postData: JSON.stringify(body) });
    });
    await context.setOffline(false);
    await pill_says(page, /待处理\s*1/, patient_ms);
    const arrived = await notes_of(server, "一百条里的第");
    assert.equal(new Set(arrived).size, 99);
    assert.ok(!arrived.includes("一百条里的第37条"));
    await open_attention(page);
    await all_there(page.getByRole("main"), ["一百条里的第37条"]);
  }),
);
