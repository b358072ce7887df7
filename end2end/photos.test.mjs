// Photos' bytes: those on their way at a hand-over still arrive, one that is stuck holds up no other, a tablet keeps none of a
// customer who has left, and a form that is left too soon keeps the one it was given.
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import {
  go, hand_over, offline_ready, open_customer, patient_ms, people, pill_says, record_visit, rows, search, sign_in, soon_ms, synced,
  verb,
} from "./harness/app.mjs";
import { photo } from "./harness/data.mjs";
import { photos_beside_draft, photos_held } from "./harness/readable.mjs";
import { scene } from "./harness/scene.mjs";
import { book_of, holds } from "./harness/truth.mjs";

const files = (server) => readdir(join(server.state, "photos"));
const ids = async (server, before) => (await files(server)).filter((name) => !before.includes(name)).map((name) => name.slice(0, -".jpg".length));

test(
  "a photo stuck on its way holds up no other, arrives after a hand-over, and leaves the tablet with its customer",
  scene(async ({ server, browser }) => {
    const before = await files(server);
    const tablet = await browser();
    await sign_in(tablet.page, people.manager);
    await synced(tablet.page);
    await offline_ready(tablet.page);
    const [first, second] = (await book_of(server, people.manager)).filter(({ is_planned }) => !is_planned);

    // The server's disk is full, for the first photo.
    let refusals = 0;
    let stuck;
    await tablet.context.route("**/photos/*", (route) => {
      const { pathname } = new URL(route.request().url());
      stuck ??= pathname;
      if (route.request().method() !== "PUT" || pathname !== stuck) return route.fallback();
      refusals += 1;
      return route.fulfill({ status: 500, contentType: "application/json", body: JSON.stringify({ code: "internal", message: "-" }) });
    });
    for (const { name } of [first, second]) {
      await open_customer(tablet.page, name);
      await record_visit(tablet.page, { met: ["本人"], summary: "拍了一张", photo });
      if (name === first.name) await pill_says(tablet.page, /待同步\s*1/, patient_ms);
    }
    await pill_says(tablet.page, /待同步\s*1/, patient_ms);
    const arrived = await ids(server, before);
    const held = await photos_held(tablet.page);
    assert.equal(arrived.length, 1, "the second one's");
    assert.equal(held.length, 2);
    assert.ok(refusals > 1, "and the first is offered again and again");

    const lead = await browser({ size: "desk" });
    await sign_in(lead.page, people.lead);
    await synced(lead.page);
    await hand_over(lead.page, [first]);
    await go(tablet.page, "客户");
    await search(tablet.page, first.customer_no);
    await rows(tablet.page).filter({ hasText: first.name }).waitFor({ state: "detached", timeout: patient_ms });
    assert.equal((await photos_held(tablet.page)).length, 2, "not let go before it is uploaded");
    await tablet.context.unroute("**/photos/*");
    await tablet.page.reload();
    await sign_in(tablet.page, people.manager);
    await synced(tablet.page);
    assert.deepEqual((await ids(server, before)).sort(), held.sort(), "it arrived");
    assert.deepEqual(await photos_held(tablet.page), arrived, "the other customer's is still here to be looked at");
  }),
);

/** From here on no photo is made small before `go_on` is called in the page, as if it were a very large one. */
function hold_back(page) {
  return page.evaluate(() => {
    const decode = window.createImageBitmap;
    const held = new Promise((resolve) => (window.go_on = resolve));
    window.createImageBitmap = async (...asked) => {
      await held;
      window.createImageBitmap = decode;
      return decode.apply(window, asked);
    };
  });
}

/** The visit's form of a customer nobody has planned to see, and a photo in it that is held back. */
async function half_taken(server, page) {
  await sign_in(page, people.manager);
  await synced(page);
  const { id, name } = (await book_of(server, people.manager)).find(({ is_planned }) => !is_planned);
  const form = page.getByRole("form", { name: "走访记录" });
  const summary = form.getByLabel("摘要", { exact: true });
  const open_form = async () => {
    await open_customer(page, name);
    await verb(page.getByRole("article"), "记录走访").click();
    await summary.waitFor();
  };
  await open_form();
  await hold_back(page);
  await form.getByLabel("拍照").setInputFiles(photo);
  await form.getByText("正在处理").waitFor({ timeout: soon_ms });
  return { id, form, summary, open_form };
}

const left_with = {
  "nothing else": "",
  "words that were written meanwhile": "照片还在处理时写的",
};
for (const [what, words] of Object.entries(left_with)) {
  test(
    `a photo that is still being made small when the visit's form is left, with ${what}, is in the draft`,
    scene(async ({ server, browser }) => {
      const before = await files(server);
      const { page } = await browser();
      const { id, form, summary, open_form } = await half_taken(server, page);
      if (words) {
        await summary.fill(words);
        await form.getByText(/草稿已加密存在本机/).waitFor({ timeout: soon_ms });
      }
      await go(page, "今天");
      assert.equal(await photos_beside_draft(page, id), 0, "left before it was done");
      await page.evaluate(() => window.go_on());
      await holds(() => photos_beside_draft(page, id), (count) => count === 1);

      await open_form();
      await form.getByRole("img", { name: "照片1" }).waitFor({ timeout: soon_ms });
      assert.equal(await summary.inputValue(), words);
      await summary.fill("拍完就走开了");
      await verb(form, "完成").click();
      await form.waitFor({ state: "detached" });
      await synced(page);
      assert.equal((await ids(server, before)).length, 1, "and goes where the visit goes");
    }),
  );
}

test(
  "a photo that is still being made small joins the form that was opened again, and its visit waits for it",
  scene(async ({ server, browser }) => {
    const before = await files(server);
    const { page } = await browser();
    const { form, summary, open_form } = await half_taken(server, page);
    await go(page, "今天");
    await open_form();
    await form.getByText("正在处理").waitFor({ timeout: soon_ms });
    await summary.fill("回来接着写");
    await verb(form, "完成").click();
    await page.evaluate(() => window.go_on());
    await form.waitFor({ state: "detached", timeout: patient_ms });
    await synced(page);
    assert.equal((await ids(server, before)).length, 1);
    await open_form();
    assert.equal(await summary.inputValue(), "", "no draft is left behind");
  }),
);
