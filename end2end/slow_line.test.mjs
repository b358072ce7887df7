// Issue, proof on the real thing: a first sync of 100,000 rows over a narrow line that is cut every twenty seconds.
import assert from "node:assert/strict";
import { test } from "node:test";
import { grow_book } from "./bench/book.mjs";
import { enter, go, nav, offline_ready, people, rows, synced } from "./harness/app.mjs";
import { Browser } from "./harness/browser.mjs";
import { scene } from "./harness/scene.mjs";
import { SlowLine } from "./harness/slow_line.mjs";

const narrow = { bits_per_s: 1_600_000, cut_every_ms: 20_000 };
/** From the password to the first list. */
const usable_ms_max = 30_000;
const complete_ms_max = 150_000;
/** Of what one uncut sync sends, so much may go down the line. */
const sent_share_max = 1.1;

/** What goes down a line from signing in until everything is there. */
async function first_sync(server, { is_narrow }) {
  const line = await SlowLine.open(server);
  const tablet = await Browser.open(line.origin);
  try {
    const { page } = tablet;
    await page.goto("/app/");
    // The app itself is there: what is measured is the book.
    await offline_ready(page);
    const before = line.bytes;
    if (is_narrow) line.narrow(narrow);
    await enter(page, people.manager);
    await nav(page).waitFor({ timeout: usable_ms_max });
    await go(page, "客户");
    await rows(page).first().waitFor({ timeout: usable_ms_max });
    await synced(page, complete_ms_max);
    assert.deepEqual(tablet.complaints, []);
    return { bytes: line.bytes - before, cuts: line.cuts };
  } finally {
    await tablet.remove();
    await line.close();
  }
}

test(
  "100,000 rows come through a line of 1.6 Mbit/s that is cut every 20 seconds, little of them twice",
  scene(async ({ server, t }) => {
    await grow_book(server, people.manager, { customers: 2_000, visits: 98_000 });
    const uncut = await first_sync(server, { is_narrow: false });
    const cut = await first_sync(server, { is_narrow: true });
    t.diagnostic(`${uncut.bytes} bytes uncut, ${cut.bytes} with ${cut.cuts} cuts`);
    assert.ok(cut.cuts > 0, "it took so long that the line was cut");
    assert.ok(cut.bytes <= uncut.bytes * sent_share_max, `${cut.bytes} of ${uncut.bytes}`);
  }),
);
