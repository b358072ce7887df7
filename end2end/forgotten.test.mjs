// A password that is no longer known on a tablet: what waits in its store survives.
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import {
  add_note, enter, give, go, lock, nav, offline_ready, open_customer, password, patient_ms, people, pill_says, record_visit, sheet,
  sign_in, soon_ms, synced, verb,
} from "./harness/app.mjs";
import { photo } from "./harness/data.mjs";
import { scene } from "./harness/scene.mjs";
import { book_of } from "./harness/truth.mjs";

const new_password = "a-new-one-of-my-own-2026";

/** A manager's tablet, offline, with an edit nobody else has, locked. */
async function left_with_work(server, browser, text, visit) {
  const tablet = await browser();
  await sign_in(tablet.page, people.manager);
  await synced(tablet.page);
  await offline_ready(tablet.page);
  await tablet.context.setOffline(true);
  const [{ name }] = await book_of(server, people.manager);
  await open_customer(tablet.page, name);
  await add_note(tablet.page, text);
  await pill_says(tablet.page, /待同步\s*1/);
  if (visit) await record_visit(tablet.page, visit);
  await lock(tablet.page);
  return tablet;
}

const arrived = (server, text) => server.value(`select count(*)::int from note where text = '${text}'`);

test(
  "a forgotten password: the administrator gives a new one, and what waited on the tablet arrives",
  scene(async ({ server, browser }) => {
    const tablet = await left_with_work(server, browser, "忘了密码以前写的");
    const desk = await browser({ size: "desk" });
    await sign_in(desk.page, people.administrator);
    await go(desk.page, "管理");
    await desk.page.getByRole("button", { name: new RegExp(people.manager) }).first().click();
    await verb(sheet(desk.page), "重置密码").click();
    await verb(sheet(desk.page).last(), "重置密码").click();
    const given = await sheet(desk.page).getByRole("code").innerText({ timeout: patient_ms });

    await tablet.page.goto("/app/");
    await enter(tablet.page, people.manager, given);
    await tablet.page.getByRole("alert").waitFor({ timeout: patient_ms });
    assert.equal(await nav(tablet.page).count(), 0, "without the server the new one opens nothing yet");
    await tablet.context.setOffline(false);
    await enter(tablet.page, people.manager, given);
    await tablet.page.getByRole("heading", { level: 1, name: "换成自己的密码" }).waitFor({ timeout: patient_ms });
    await give(tablet.page, "一次性密码", given);
    await give(tablet.page, "新密码", new_password);
    await give(tablet.page, "再输一次新密码", new_password);
    await verb(tablet.page, "改").click();
    await synced(tablet.page);
    assert.equal(await arrived(server, "忘了密码以前写的"), 1);

    await lock(tablet.page);
    await tablet.context.setOffline(true);
    await tablet.page.goto("/app/");
    await enter(tablet.page, people.manager, password);
    await tablet.page.getByRole("alert").waitFor({ timeout: patient_ms });
    assert.equal(await nav(tablet.page).count(), 0, "the forgotten one opens nothing any more");
    await sign_in(tablet.page, people.manager, new_password);
    assert.equal(await server.value("select count(*)::int from device where employee_id = (select id from employee where employee_no = '1001')"), 1, "it is the same device still");
  }),
);

test(
  "a password changed on another device opens this one too, with what waited in it",
  scene(async ({ server, browser }) => {
    const tablet = await left_with_work(server, browser, "在别处改密码以前写的");
    const other = await browser({ size: "desk" });
    await sign_in(other.page, people.manager);
    await synced(other.page);
    await go(other.page, "设置");
    await verb(other.page.getByRole("main"), "改密码").click();
    await give(sheet(other.page), "现在的密码", password);
    await give(sheet(other.page), "新密码", new_password);
    await give(sheet(other.page), "再输一次新密码", new_password);
    await verb(sheet(other.page), "改").click();
    await sheet(other.page).waitFor({ state: "detached" });
    await tablet.context.setOffline(false);
    await sign_in(tablet.page, people.manager, new_password);
    await synced(tablet.page);
    assert.equal(await arrived(server, "在别处改密码以前写的"), 1);
  }),
);

/** As a server that is busy for a moment: one answer of each kind. */
async function busy_once({ context }) {
  for (const path of ["**/sync/push", "**/photos/*"]) {
    const body = JSON.stringify({ code: "busy", message: "忙", retry_after_s: 1, field: null });
    await context.route(path, (route) => route.fulfill({ status: 503, contentType: "application/json", body }), { times: 1 });
  }
}

const standing = {
  "is taken first where that was said, by a server that is busy at first": { takes: true },
  "is taken also when its session has run out, once its owner signs in": { takes: true, is_session_over: true },
  "is taken also after its lease, and nothing is shown": { takes: true, away_hours: 100 },
  "is lost with it otherwise": { takes: false },
};
for (const [how, { takes, is_session_over, away_hours }] of Object.entries(standing)) {
  test(
    `what a revoked tablet holds unsent ${how}`,
    scene(async ({ server, browser }) => {
      const text = takes ? "撤销以前写的，收下" : "撤销以前写的，不收";
      const before = await readdir(join(server.state, "photos"));
      const tablet = await left_with_work(server, browser, text, { met: ["本人"], summary: "拍了一张", photo });
      const other = await browser({ size: "desk" });
      await sign_in(other.page, people.manager);
      await synced(other.page);
      await go(other.page, "设置");
      await other.page.getByRole("main").getByRole("button", { name: /^撤销 / }).first().click();
      await sheet(other.page).getByRole("radio", { name: takes ? /先收下/ : /马上清除/ }).check();
      await verb(sheet(other.page), "撤销").click();
      await other.page.getByText("已撤销").waitFor({ timeout: soon_ms });
      if (is_session_over) {
        await server.execute("update session set expires_at = now() - interval '1 second' where device_id in (select id from device where revoked_at is not null)");
      }

      if (!away_hours) await busy_once(tablet);
      const gone = tablet.page.getByRole("alert").filter({ hasText: /撤销/ });
      if (away_hours) {
        await tablet.context.clock.install({ time: Date.now() + away_hours * 3_600_000 });
        await tablet.context.setOffline(false);
        await tablet.page.goto("/app/");
        await enter(tablet.page, people.manager, password);
        await gone.waitFor({ timeout: patient_ms });
        assert.equal(await nav(tablet.page).count(), 0);
      } else {
        await tablet.page.goto("/app/");
        await enter(tablet.page, people.manager, password);
        await nav(tablet.page).waitFor({ timeout: patient_ms });
        await tablet.context.setOffline(false);
      }
      if (is_session_over) {
        await sheet(tablet.page).getByLabel("密码", { exact: true }).fill(password, { timeout: patient_ms });
        await verb(sheet(tablet.page), "登录").click();
      }
      await gone.waitFor({ timeout: soon_ms });
      assert.equal(await arrived(server, text), takes ? 1 : 0);
      const photos = (await readdir(join(server.state, "photos"))).length - before.length;
      assert.equal(photos, takes ? 1 : 0, "its photo as well");
      await tablet.page.reload();
      await tablet.page.getByLabel("密码", { exact: true }).waitFor();
      assert.equal(await tablet.page.getByText(people.manager).count(), 0, "the tablet knows nobody");
    }),
  );
}
