// Photos' bytes: those on their way at a hand-over still arrive, one that is stuck holds up no other, and a tablet keeps
// none of a customer who has left.
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import {
  go, hand_over, offline_ready, open_customer, patient_ms, people, pill_says, record_visit, rows, search, sign_in, synced,
} from "./harness/app.mjs";
import { photo } from "./harness/data.mjs";
import { photos_held } from "./harness/readable.mjs";
import { scene } from "./harness/scene.mjs";
import { book_of } from "./harness/truth.mjs";

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
