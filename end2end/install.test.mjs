// Issue, item 8: installable, opens every page without the server, and offers a new version without forcing it.
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import {
  add_note, all_there, customer, enter, offline_ready, open_customer, password, people, patient_ms, sign_in, synced,
  verb,
} from "./harness/app.mjs";
import { scene } from "./harness/scene.mjs";
import { book_of } from "./harness/truth.mjs";

test(
  "Chromium finds nothing that keeps the app from being installed",
  scene(async ({ server, browser }) => {
    const { page, context } = await browser();
    await page.goto("/app/");
    await offline_ready(page);
    const devtools = await context.newCDPSession(page);
    const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
    assert.deepEqual(installabilityErrors, []);

    const manifest = await (await page.request.get("/manifest.webmanifest")).json();
    assert.equal(manifest.id, "/app");
    assert.ok(manifest.icons.some(({ purpose }) => purpose === "maskable"));
    for (const { src, sizes, type } of manifest.icons) {
      const answer = await page.request.get(src);
      assert.equal(answer.headers()["content-type"], type);
      const png = await answer.body();
      assert.equal(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`, sizes, src);
    }
    assert.ok(server.origin);
  }),
);

test(
  "every address of the app opens without the server, and /api is never kept",
  scene(async ({ server, browser }) => {
    const { page } = await browser();
    await sign_in(page, people.manager);
    await synced(page);
    await offline_ready(page);
    const kept = await page.evaluate(async () => {
      const pages = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
      return pages.flat().map(({ url }) => new URL(url).pathname);
    });
    assert.ok(kept.includes("/app/"));
    assert.deepEqual(kept.filter((path) => path.startsWith("/api")), []);

    await server.kill();
    for (const path of ["/app", "/app/", "/app/customers", "/app/visits", "/app/settings", "/app/no/such/page"]) {
      await page.goto(path);
      await page.getByLabel("密码", { exact: true }).waitFor({ timeout: patient_ms });
    }
  }),
);

/** The same build with another shell: what a deployment brings. */
async function next_version() {
  const from = process.env.ROUNDS_DIST ?? new URL("../dist", import.meta.url).pathname;
  const dist = await mkdtemp(join(tmpdir(), "rounds-dist-"));
  await cp(from, dist, { recursive: true });
  const { version } = JSON.parse(await readFile(join(dist, "shell.json"), "utf8"));
  const worker = join(dist, "service-worker.js");
  const source = await readFile(worker, "utf8");
  assert.ok(source.includes(version));
  await writeFile(worker, source.replaceAll(version, `${version}-next`));
  for (const packed of ["br", "gz", "zst"]) await rm(`${worker}.${packed}`, { force: true });
  return dist;
}

test(
  "a new version is offered, not forced, and what is pending outlives it",
  scene(async ({ server, browser, t }) => {
    const tablet = await browser();
    const { page } = tablet;
    await sign_in(page, people.manager);
    await synced(page);
    await offline_ready(page);
    const [{ name }] = await book_of(server, people.manager);
    await tablet.context.setOffline(true);
    await open_customer(page, name);
    await add_note(page, "换版前写的备忘");

    const dist = await next_version();
    t.after(() => rm(dist, { recursive: true, force: true }));
    server.dist = dist;
    await server.restart();
    await tablet.context.setOffline(false);
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration("/app/")).update());
    await page.locator("html[data-update=ready]").waitFor({ state: "attached", timeout: patient_ms });

    await t.test("the page in use stays as it is", async () => {
      await all_there(customer(page, name), ["换版前写的备忘"]);
      assert.equal(await page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration("/app/")).waiting)), true);
    });

    await t.test("换上新版 takes over and loses nothing", async () => {
      const reloaded = page.waitForEvent("load");
      await verb(page, "换上新版").click();
      await reloaded;
      await enter(page, people.manager, password);
      await open_customer(page, name);
      await all_there(customer(page, name), ["换版前写的备忘"]);
      await synced(page);
    });
  }),
);
