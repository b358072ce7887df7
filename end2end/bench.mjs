// Figures in a real browser against a real server and database, on loopback. `node end2end/bench.mjs [name …]` runs the
// named parts: download, browser, server, load, lighthouse.
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bring_rule_again, customers_of, grow_book, open_books } from "./bench/book.mjs";
import { Device, note } from "./bench/device.mjs";
import { Figures, percentile } from "./bench/figures.mjs";
import { reconnect, side_by_side } from "./bench/load.mjs";
import { add_note, enter, offline_ready, open_customer, pill_says, sign_in, synced } from "./harness/app.mjs";
import { Browser } from "./harness/browser.mjs";
import { Server } from "./harness/server.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));
const dist = process.env.ROUNDS_DIST ?? join(root, "dist");
const figures = new Figures();
const manager = "1001";

/** Entries of the page's timeline with this name. */
const marks = (page, name) =>
  page.evaluate((name) => performance.getEntriesByName(name).map(({ startTime, duration }) => ({ startTime, duration })), name);
const last = async (page, name) => (await marks(page, name)).at(-1);

async function download() {
  const shell = JSON.parse(await readFile(join(dist, "shell.json"), "utf8"));
  const worker = "service-worker.js";
  const size = async (path) => {
    const file = join(dist, path);
    // Only what shrinks has a sibling.
    const { size } = await stat(`${file}.br`).catch(() => stat(file));
    return size / 1000;
  };
  const sum = async (paths) => (await Promise.all(paths.map(size))).reduce((total, one) => total + one, 0);
  // The door needs no part of the app that is loaded apart.
  figures.add("wasm, brotli", await size(shell.wasm), "kB", { at_most: 450 });
  figures.add("first visit, brotli", await sum([shell.js, shell.wasm, shell.css, shell.boot, worker]), "kB", { at_most: 600 });
  figures.add("wasm of 今天 and 客户, fetched at the door, brotli", await sum(shell.parts?.inside ?? []), "kB");
  const listed = [...(await readFile(join(dist, worker), "utf8")).matchAll(/"?url"?:\s*"([^"]+)"/g)].map(([, url]) => url);
  const kept = listed.filter((url) => url !== "/app/");
  figures.add(`all the worker keeps (${kept.length} files), brotli`, await sum(kept), "kB");
}

async function folder_bytes(folder) {
  let total = 0;
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const path = join(folder, entry.name);
    total += entry.isDirectory() ? await folder_bytes(path) : (await stat(path)).size;
  }
  return total;
}

async function search_times(page, figures_name, at_most) {
  const box = page.getByRole("searchbox", { name: "搜索客户" }).last();
  await page.evaluate(() => performance.clearMeasures("rounds:search"));
  for (const text of ["zhq", "wangyunhe", "陈若", "0822", "红旗街12", "lsy", "B00001", "qian"]) {
    await box.fill("");
    await box.pressSequentially(text);
  }
  await box.fill("");
  const times = (await marks(page, "rounds:search")).map(({ duration }) => duration);
  figures.add(figures_name, percentile(times, 0.95), "ms", { at_most });
}

/**
 * Runs in the page: what the browser and the disk take for a strict write of nothing in particular, as far apart as a
 * person's edits are; one right after another the disk has less to do.
 */
async function bare_writes(count) {
  const opening = indexedDB.open("bench");
  opening.onupgradeneeded = () => opening.result.createObjectStore("all", { autoIncrement: true });
  const database = await new Promise((resolve) => (opening.onsuccess = () => resolve(opening.result)));
  const times = [];
  for (let n = 0; n < count; n += 1) {
    const start = performance.now();
    const transaction = database.transaction("all", "readwrite", { durability: "strict" });
    transaction.objectStore("all").add(new Uint8Array(300));
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    times.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  database.close();
  return times;
}

async function browser_part() {
  const server = await Server.start();
  const browser = await Browser.open(server.origin);
  try {
    await grow_book(server, manager, { customers: 1000, visits: 20_000, months: 12 });
    let page = browser.page;
    await page.goto("/app/customers");
    await enter(page, manager);
    await page.waitForFunction(() => performance.getEntriesByName("rounds:last-page-stored").length > 0, null, { timeout: 60_000 });
    const derivation = (await last(page, "rounds:derivation")).duration;
    const tapped = (await last(page, "rounds:come-in")).startTime;
    const began = (await last(page, "rounds:signed-in")).startTime;
    const [first_page] = await marks(page, "rounds:page-stored");
    const stored = await last(page, "rounds:last-page-stored");
    figures.add("key derivation (Argon2id, 64 MiB)", derivation, "ms");
    figures.add("signing in, from the tap to the server's answer", began - tapped, "ms");
    figures.add("first sync of 1,000 + 20,000: first list", (first_page ?? stored).startTime - began - derivation, "ms", { at_most: 300 });
    figures.add("first sync: all stored and sealed", stored.startTime - began - derivation, "ms", { at_most: 1000 });
    await synced(page);
    await offline_ready(page);
    await search_times(page, "search keystroke p95, 1,000 customers", 1);

    const [someone] = await customers_of(server, manager, 1);
    await open_customer(page, someone.name);
    const edits = 30;
    await page.evaluate(() => performance.clearMeasures("rounds:save"));
    for (let n = 0; n < edits; n += 1) await add_note(page, `量一量 ${n}`);
    figures.add("one edit, strictly durable, p50", percentile((await marks(page, "rounds:save")).map(({ duration }) => duration), 0.5), "ms", { at_most: 5 });
    figures.add("the same by the browser alone: one bare strict write, p50", percentile(await page.evaluate(bare_writes, edits), 0.5), "ms");
    await synced(page);

    const device = await Device.open(server.origin, manager);
    const rows = await customers_of(server, manager, 200);
    const times = [];
    for (let round = 0; round < 5; round += 1) {
      await page.evaluate(() => ["rounds:poke", "rounds:last-page-stored"].forEach((name) => performance.clearMarks(name)));
      await device.push(rows.map(({ id }) => note(id, `来自另一台 ${round}`)));
      await page.waitForFunction(() => performance.getEntriesByName("rounds:last-page-stored").length > 0);
      times.push((await last(page, "rounds:last-page-stored")).startTime - (await marks(page, "rounds:poke"))[0].startTime);
    }
    figures.add("200 changed rows stored after the poke, p50", percentile(times, 0.5), "ms", { at_most: 60 });

    const began_push = performance.now();
    const pushed = Array.from({ length: 1000 }, (_, n) => note(rows[n % rows.length].id, `第${n}条`));
    await device.push(pushed.slice(0, 500));
    await device.push(pushed.slice(500));
    figures.add("1,000 pending edits acknowledged (server's part)", performance.now() - began_push, "ms", { at_most: 500 });
    device.close();
    await synced(page);

    await server.kill();
    await browser.close();
    figures.add("store on disk", (await folder_bytes(join(browser.profile, "Default/IndexedDB"))) / 1e6, "MB", { at_most: 8 });
    page = await browser.launch();
    await page.goto("/app/");
    await enter(page, manager);
    await page.waitForFunction(() => performance.getEntriesByName("rounds:open").length > 0, null, { timeout: 30_000 });
    const again = (await last(page, "rounds:derivation")).duration;
    const opened = (await last(page, "rounds:open")).startTime - (await last(page, "rounds:come-in")).startTime;
    figures.add("cold start offline: unlocking to today, without derivation", opened - again, "ms", { at_most: 400 });
    const todays = async () => (await marks(page, "rounds:today")).map(({ duration }) => duration);
    // In code the browser has only just begun to compile; what a person waits for is the cold start above.
    figures.add("of it 今天 over 1,000 + 20,000, every customer rated for the first time", (await todays())[0], "ms");
    await page.evaluate(() => performance.clearMeasures("rounds:today"));
    for (let n = 0; n < 10; n += 1) {
      await page.getByRole("button", { name: /^排到前面/ }).first().click();
      await page.getByRole("button", { name: /^放回原位/ }).first().click();
    }
    figures.add("今天 recomputed after a change, p50", percentile(await todays(), 0.5), "ms", { at_most: 20 });
    await server.run();
    await synced(page);
    // Nothing that was computed by a rule outlives the rule.
    const anew = [];
    for (let round = 0; round < 5; round += 1) {
      await page.evaluate(() => performance.clearMeasures("rounds:today"));
      await bring_rule_again(server, "policy");
      await page.waitForFunction(() => performance.getEntriesByName("rounds:today").length > 0);
      anew.push(Math.max(...(await todays())));
    }
    figures.add("今天 recomputed after a rule has changed, every customer rated anew, p50", percentile(anew, 0.5), "ms", { at_most: 20 });
  } finally {
    await browser.remove();
    await server.remove();
  }
  await large_search();
}

async function large_search() {
  const server = await Server.start();
  const browser = await Browser.open(server.origin);
  try {
    await grow_book(server, manager, { customers: 10_000, visits: 0 });
    await sign_in(browser.page, manager);
    await synced(browser.page, 60_000);
    await browser.page.goto("/app/customers");
    await enter(browser.page, manager);
    await pill_says(browser.page, /已同步/, 60_000);
    await search_times(browser.page, "search keystroke p95, 10,000 customers", 8);
  } finally {
    await browser.remove();
    await server.remove();
  }
}

async function resident_mb(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(status.match(/VmRSS:\s+(\d+)/)[1]) / 1000;
}

async function server_part() {
  const server = await Server.start();
  const devices = [];
  try {
    const numbers = ["1001", "1002", "1003", "1004", "1005", "1006"];
    for (let n = 0; n < 100; n += 1) devices.push(await Device.open(server.origin, numbers[n % numbers.length]));
    const customers = {};
    for (const number of numbers) customers[number] = await customers_of(server, number, 100);
    const batches = 10;
    const size = 20;
    const began = performance.now();
    await Promise.all(
      devices.map(async (device, n) => {
        const mine = customers[numbers[n % numbers.length]];
        for (let batch = 0; batch < batches; batch += 1) {
          await device.push(Array.from({ length: size }, (_, k) => note(mine[(n + k) % mine.length].id, `${n}-${batch}-${k}`)));
        }
      }),
    );
    const seconds = (performance.now() - began) / 1000;
    figures.add("mutations from 100 devices", (devices.length * batches * size) / seconds, "/s", { at_least: 1500 });

    const device = devices[0];
    await device.pull_all();
    const times = [];
    for (let n = 0; n < 300; n += 1) {
      const start = performance.now();
      await device.pull();
      times.push(performance.now() - start);
    }
    figures.add("pull with nothing new, p50 seen by the client", percentile(times, 0.5), "ms");

    const listeners = devices.slice();
    for (let n = 0; n < 1000; n += 1) await listeners[n % listeners.length].listen();
    figures.add("server's resident memory, 1,000 lines open", await resident_mb(server.pid), "MB", { at_most: 150 });
  } finally {
    for (const device of devices) device.close();
    await server.remove();
  }
}

/** The most memory the process ever held. */
async function peak_mb(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(status.match(/VmHWM:\s+(\d+)/)[1]) / 1000;
}

async function load_part() {
  const server = await Server.start();
  try {
    const sessions = await open_books(server, { managers: 10_000, customers: 5 });
    await reconnect(server, sessions, figures);
    figures.add("the same: server's peak memory", await peak_mb(server.pid), "MB");
    await side_by_side(server, sessions.slice(0, 200), figures);
  } finally {
    await server.remove();
  }
}

async function lighthouse_part() {
  const { default: lighthouse } = await import("lighthouse");
  const server = await Server.start();
  const port = 9000 + Math.floor(Math.random() * 900);
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({
    executablePath: process.env.ROUNDS_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", `--remote-debugging-port=${port}`, "--disable-background-networking"],
  });
  try {
    const { lhr } = await lighthouse(`${server.origin}/app/`, { port, output: "json", logLevel: "error" }, {
      extends: "lighthouse:default",
      settings: {
        onlyCategories: ["performance", "accessibility", "best-practices"],
        formFactor: "desktop",
        screenEmulation: { mobile: false, width: 1024, height: 768, deviceScaleFactor: 1, disabled: false },
        throttlingMethod: "simulate",
        throttling: { rttMs: 40, throughputKbps: 10_240, cpuSlowdownMultiplier: 1 },
      },
    });
    for (const [id, wanted] of [["performance", 95], ["accessibility", 100], ["best-practices", 100]]) {
      figures.add(`lighthouse ${id}`, lhr.categories[id].score * 100, "", { at_least: wanted });
    }
  } finally {
    await browser.close();
    await server.remove();
  }
}

const parts = { download, browser: browser_part, server: server_part, load: load_part, lighthouse: lighthouse_part };
const wanted = process.argv.slice(2).filter((name) => name in parts);
for (const name of wanted.length ? wanted : Object.keys(parts)) {
  console.log(`${name}:`);
  await parts[name]().catch((error) => {
    console.error(`  ${name} ended early: ${error.message}`);
    process.exitCode = 1;
  });
}
figures.print();
if (process.env.ROUNDS_BENCH_JSON) await figures.save(process.env.ROUNDS_BENCH_JSON);
