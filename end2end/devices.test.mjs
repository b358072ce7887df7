// A lost tablet is revoked from another device; two people on one tablet; two tabs of one tablet; what is typed is text and
// nothing else.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  add_contact, add_note, all_there, asked_again, customer, day, edit_customer, go, lock, offline_ready, open_customer, patient_ms,
  people, pill_says, record_visit, sign_in, sign_in_again, soon_ms, synced, verb, sheet,
} from "./harness/app.mjs";
import { read_from_stores } from "./harness/readable.mjs";
import { scene } from "./harness/scene.mjs";
import { book_of, customer_named, notes_of } from "./harness/truth.mjs";

test(
  "a revoked tablet forgets keys and data within five seconds of contact, and its owner is told",
  scene(async ({ server, browser }) => {
    const lost = await browser();
    await sign_in(lost.page, people.manager);
    await synced(lost.page);
    const other = await browser({ size: "desk" });
    await sign_in(other.page, people.manager);
    await synced(other.page);
    await go(other.page, "设置");
    await other.page.getByRole("main").getByRole("button", { name: /^撤销 / }).first().click();
    await verb(sheet(other.page), "撤销").click();
    await lost.page.getByRole("alert").filter({ hasText: /撤销/ }).waitFor({ timeout: soon_ms });
    assert.equal((await read_from_stores(lost.page, [])).records, 0, "nothing sealed is left either");
    await lost.page.reload();
    await lost.page.getByLabel("密码", { exact: true }).waitFor();
    assert.equal(await lost.page.getByText(people.manager).count(), 0, "the tablet knows nobody");
    assert.equal(await server.value("select count(*)::int from device where revoked_at is not null"), 1);
  }),
);

/** The manager's tablet, on which the colleague signed in after them: the browser's one session is the colleague's. */
async function shared_tablet(browser) {
  const tablet = await browser();
  for (const person of [people.manager, people.colleague]) {
    await sign_in(tablet.page, person);
    await synced(tablet.page);
    await offline_ready(tablet.page);
    await lock(tablet.page);
  }
  return tablet;
}

const devices_of = (employee_no) => `employee_id = (select id from employee where employee_no = '${employee_no}')`;
const standing_of_the_other = {
  "whose device was revoked": `update device set revoked_at = now(), takes_last_push = false where ${devices_of(people.colleague)}`,
  "whose session lasts": null,
};
for (const [who, change] of Object.entries(standing_of_the_other)) {
  test(
    `a tablet shared with a colleague ${who}: its owner is asked to sign in again, and loses nothing`,
    scene(async ({ server, browser }) => {
      const text = `同事用过平板以后写的（${change ? "已撤销" : "还登录着"}）`;
      const tablet = await shared_tablet(browser);
      const { page, context } = tablet;
      if (change) await server.execute(change);
      const [{ name }] = await book_of(server, people.manager);

      await context.setOffline(true);
      // Opening the store tries to renew the owner's session: that is over before there is a network again.
      const is_renewal = (request) => request.method() === "POST" && request.url().endsWith("/session");
      await Promise.all([page.waitForEvent("requestfailed", is_renewal), sign_in(page, people.manager)]);
      await open_customer(page, name);
      await add_note(page, text);
      await pill_says(page, /离线.*待同步\s*1/);
      await context.setOffline(false);

      await asked_again(page).getByText(/没上传的1项都留着/).waitFor({ timeout: patient_ms });
      assert.deepEqual(await notes_of(server, text), [], "not under the colleague's session");
      await sign_in_again(page);
      await synced(page);
      assert.deepEqual(await notes_of(server, text), [text]);
      assert.equal(await server.value(`select count(*)::int from device where ${devices_of(people.manager)}`), 1, "from the store there was");

      await lock(page);
      await context.setOffline(true);
      await sign_in(page, people.manager);
      await open_customer(page, name);
      await all_there(customer(page, name), [text]);
    }),
  );
}

test(
  "two tabs are one tablet: what one writes the other shows, and one closed in the middle costs nothing",
  scene(async ({ server, browser }) => {
    const tablet = await browser();
    const first = tablet.page;
    await sign_in(first, people.manager);
    await synced(first);
    await offline_ready(first);
    const [{ name }] = await book_of(server, people.manager);
    const second = await tablet.context.newPage();
    await sign_in(second, people.manager);
    await synced(second);
    await server.kill();
    await open_customer(first, name);
    await open_customer(second, name);

    await add_note(first, "第一个标签页写的");
    await customer(second, name).getByText("第一个标签页写的").waitFor({ timeout: soon_ms });
    await add_note(second, "第二个标签页写的");
    await customer(first, name).getByText("第二个标签页写的").waitFor({ timeout: soon_ms });
    for (const page of [first, second]) await pill_says(page, /待同步\s*2/);

    await first.close();
    await add_note(second, "只剩一个标签页时写的");
    await pill_says(second, /待同步\s*3/);
    await server.run();
    await pill_says(second, /在线.*已同步/s, patient_ms);
    const { id } = await customer_named(server, name);
    assert.equal(await server.value(`select count(*)::int from note where customer_id = '${id}' and text like '%标签页%写的'`), 3);
  }),
);

const payloads = [
  "<script>window.hit=1</script>",
  "<img src=x onerror=window.hit=1>",
  "\"><svg onload=window.hit=1>",
  "javascript:window.hit=1",
  "{{constructor.constructor('window.hit=1')()}}",
  "</textarea><script>window.hit=1</script>",
  "=HYPERLINK(\"http://127.0.0.1/\",\"x\")",
  "&lt;b&gt;实体&amp;",
  "\u202e反写\u0007\u0000尾",
];

test(
  "scripts, formulas and odd characters in any field are shown as they were typed and do nothing",
  scene(async ({ server, browser }) => {
    const { page } = await browser();
    await sign_in(page, people.manager);
    await synced(page);
    const one = (await book_of(server, people.manager)).find(({ is_planned }) => !is_planned);
    await open_customer(page, one.name);
    for (const payload of payloads) await add_note(page, payload);
    await add_contact(page, { name: payloads[0], relation: payloads[1], phone: "19955550103" });
    await edit_customer(page, { 联系地址: payloads[2] });
    await record_visit(page, { met: ["本人"], summary: payloads[1], promise: { text: payloads[5], due_on: day(30) } });
    for (const payload of payloads.slice(0, 6)) {
      await customer(page, one.name).getByText(payload, { exact: false }).first().waitFor({ timeout: soon_ms });
    }
    await edit_customer(page, { 名称: payloads[0] });
    await synced(page);
    for (const where of ["今天", "客户", "走访", "设置"]) await go(page, where);
    assert.equal(await page.evaluate(() => window.hit), undefined);

    const desk = await browser({ size: "desk" });
    await sign_in(desk.page, people.desk);
    await synced(desk.page);
    await open_customer(desk.page, payloads[0]);
    await customer(desk.page, payloads[0]).getByText(payloads[1]).first().waitFor({ timeout: soon_ms });
    assert.equal(await desk.page.evaluate(() => window.hit), undefined);
    await lock(desk.page);
  }),
);
