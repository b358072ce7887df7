// The server's database is restored from a backup of yesterday: the tablet notices and sends again what the backup lost.
import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import {
  add_note, customer, offline_ready, open_customer, patient_ms, people, pill_says, record_visit, sign_in, synced,
} from "./harness/app.mjs";
import { photo } from "./harness/data.mjs";
import { scene } from "./harness/scene.mjs";
import { book_of } from "./harness/truth.mjs";

const notes = (server, like) =>
  server.sql(`select text, count(*)::int as n from note where text like '${like}' group by text order by text`);

test(
  "what a backup has lost comes again from the tablet that wrote it, once, and other tablets see it",
  scene(async ({ server, browser }) => {
    const tablet = await browser();
    await sign_in(tablet.page, people.manager);
    await synced(tablet.page);
    await offline_ready(tablet.page);
    const [{ name }] = await book_of(server, people.manager);
    await open_customer(tablet.page, name);
    await add_note(tablet.page, "备份前写的");
    await synced(tablet.page);
    await server.back_up();

    await add_note(tablet.page, "备份后写的甲");
    await synced(tablet.page);
    await add_note(tablet.page, "备份后写的乙");
    await record_visit(tablet.page, { met: ["本人"], summary: "备份后写的走访", photo });
    await synced(tablet.page);
    const taken = join(server.state, "photos", `${await server.value("select id from photo order by taken_at desc limit 1")}.jpg`);
    const picture = await readFile(taken);
    // The folder is restored as well, as it was before the photo.
    await rm(taken);
    assert.equal((await notes(server, "备份%写的%")).length, 3);
    await server.kill();
    await add_note(tablet.page, "服务器不在时写的");
    await server.restore();
    assert.equal((await notes(server, "备份%写的%")).length, 1, "the backup had the first only");
    await server.begin_epoch();

    await server.run();
    await pill_says(tablet.page, /在线.*已同步/s, patient_ms);
    const expected = ["备份前写的", "备份后写的乙", "备份后写的甲", "服务器不在时写的"].map((text) => ({ text, n: 1 }));
    const found = [...(await notes(server, "备份%")), ...(await notes(server, "服务器不在%"))];
    assert.deepEqual(found.sort((a, b) => (a.text < b.text ? -1 : 1)), expected.sort((a, b) => (a.text < b.text ? -1 : 1)));

    assert.deepEqual(await readFile(taken), picture, "the photo came again as well");

    const desk = await browser({ size: "desk" });
    await sign_in(desk.page, people.desk);
    await synced(desk.page);
    await open_customer(desk.page, name);
    await customer(desk.page, name).getByText("备份后写的甲").waitFor({ timeout: patient_ms });
  }),
);
