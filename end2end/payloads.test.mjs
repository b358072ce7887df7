// Issue 3, hostile input: what somebody typed is text, wherever it is shown. Some two hundred payloads stand in every
// text field; every page is opened, and no script runs, no element of theirs appears, the content policy has nothing to stop.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import {
  add_contact, add_note, day, edit_customer, give, go, open_attention, open_customer, patient_ms, people, pill_says, plan_visit, record_visit,
  search, sheet, sign_in, soon_ms, synced, verb,
} from "./harness/app.mjs";
import { all_stand, cut, Hand, mark, payloads, run, script, sharp, stands, walk, watch } from "./harness/payloads.mjs";
import { scene } from "./harness/scene.mjs";

/** Somebody with a birthday of either calendar, for whom the standard asks for a visit upon an event. */
const is_telling = "c.customer_type = 'person' and c.deposit_fen + c.wealth_fen + c.insurance_fen + c.fund_fen between 12000000 and 90000000";

/** Everything that can be written of one customer, with the payload in each text. */
function written(customer_id, book_id, payload, number, own) {
  const label = cut(payload, 60);
  const promise = () => ({ promise_id: randomUUID(), by: "us", text: payload, due_on: day(number % 3) });
  const [planned, skipped] = [randomUUID(), randomUUID()];
  const of = (name, args) => [name, { customer_id, ...args }];
  const report = {
    met: [label], needs: [label], products: [{ product_id: null, name: label, outcome: "told" }], mood: "calm",
    summary: payload, next_step: { what: payload, on: day(9) }, minutes: 5,
  };
  return [
    of("add_customer", { book_id, customer_no: `XSS-${number}`, name: cut(payload, 120), customer_type: "person", phone: null, address: cut(payload, 300) }),
    of("edit_customer", { edits: ["industry", "remark"].map((field) => ({ field, base: null, new: label })) }),
    of("add_contact", { contact_id: randomUUID(), name: cut(payload, 120), role: "other", relation: label, phone: null }),
    of("add_note", { note_id: randomUUID(), text: payload }),
    of("record_visit", { visit_id: randomUUID(), on: day(-1), at_minute: 600, purpose: label, report, promises: [promise()] }),
    of("plan_visit", { visit_id: planned, on: day(number % 5), at_minute: null, purpose: label }),
    of("prepare_visit", { visit_id: planned, minutes: 5, bring: [{ what: label, is_ready: false }] }),
    of("plan_visit", { visit_id: skipped, on: day(0), at_minute: null, purpose: null }),
    of("skip_visit", { visit_id: skipped, reason: label }),
    of("make_promise", { promise: promise() }),
    of("add_task", { task_id: randomUUID(), owner_id: own, text: payload, due_on: day(0) }),
    of("add_contract", { contract_id: randomUUID(), name: label, amount: null, ends_on: day(3) }),
    of("record_call", { call_id: randomUUID(), on: day(-1), at_minute: 60, channel: "phone", outcome: "reached", summary: payload, minutes: 1, promises: [] }),
    of("report_event", { event_id: randomUUID(), event: "churn", on: day(-1), note: payload }),
    of("add_photo", { photo_id: randomUUID(), visit_id: null, caption: label, width_px: 1, height_px: 1, bytes: 9 }),
  ];
}

/** A list may have a hundred columns. */
const headings_at_once = 80;

const csv = (rows) => rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\n");

/** A list whose name, whose headings and whose every row are scripts; no row has a manager, so each comes back. */
async function import_headings(page, texts, check) {
  const [name] = texts;
  const rows = [["客户编号", "客户名称", "管户经理工号", ...texts], ...texts.map((text, n) => [`H-${n}`, text, text, ...texts])];
  await go(page, "导入");
  const file = { name: name.replaceAll("/", "⁄"), mimeType: "text/csv", buffer: Buffer.from(csv(rows)) };
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByRole("region", { name: "列对上了什么" }).waitFor({ timeout: patient_ms });
  await all_stand(page, "main", texts);
  await page.getByRole("region", { name: "不导入的行" }).waitFor({ timeout: patient_ms });
  await check(`the headings ${name}`);
  await verb(page.getByRole("main"), "换文件").click();
  await stands(page, "main", file.name);
  await check(`the earlier lists ${name}`);
}

test(
  "what was typed is text on every page",
  scene(async ({ server, browser, t }) => {
    assert.ok(new Set(payloads).size >= 200, `${new Set(payloads).size}`);
    const customers = payloads.map(() => randomUUID());
    const manager = await Hand.sign_in(server, people.manager);
    const [book] = manager.session.actor.books;

    await t.test("every field takes every payload as text", async () => {
      const mutations = payloads.flatMap((payload, number) => written(customers[number], book, payload, number, manager.session.actor.employee_id));
      assert.deepEqual(await manager.push(mutations), []);
      const desk = await Hand.sign_in(server, people.desk, script);
      const list = [["客户编号", "客户名称", "管户经理工号", "备注"], ...payloads.map((payload, n) => [`L-${n}`, payload, "1001", payload])];
      await desk.ask("POST", "imports", csv(list), { "x-rounds-file-name": encodeURIComponent(script) });
      // Somebody else's value for the same field: both stand in 待处理.
      const edits = (field, base, value) => ({ edits: [{ field, base, new: value }] });
      const disputed = payloads.slice(0, 5).map((payload, n) => ["edit_customer", { customer_id: customers[n], ...edits("address", "x", `${payload}!`) }]);
      assert.deepEqual(await desk.push(disputed), []);
      const administrator = await Hand.sign_in(server, people.administrator);
      const { org_units } = await (await administrator.ask("GET", "org-units")).json();
      for (const payload of payloads) {
        await administrator.ask("POST", "org-units", { parent_id: org_units[0].id, name: cut(payload, 60) });
        await administrator.ask("POST", "books", { org_unit_id: org_units[0].id, holder_id: null, name: cut(payload, 60) });
      }
    });

    await t.test("the pages of a manager", async () => {
      const opened = await browser({ size: "desk" });
      const check = await watch(opened);
      const { page } = opened;
      await sign_in(page, people.manager);
      await pill_says(page, /待处理/, patient_ms);
      await open_attention(page);
      await check("待处理");
      for (const where of ["今天", "走访", "设置", "客户"]) {
        await go(page, where);
        await check(where);
      }
      for (const [number, payload] of payloads.entries()) {
        if (number % 4 === 0) {
          await search(page, cut(payload, 60));
          await check(`search ${payload}`);
        }
      }
      for (const [number, payload] of payloads.entries()) {
        await walk(page, `/app/customers/${customers[number]}`);
        await stands(page, "article", cut(payload, 120));
        await check(`the customer ${payload}`);
      }
    });

    await t.test("through the forms", async () => {
      const opened = await browser({ size: "desk" });
      const check = await watch(opened);
      const { page } = opened;
      await sign_in(page, people.colleague);
      await synced(page);
      const { name } = (await server.sql(
        `select c.name from customer c join book b on b.id = c.book_id join employee e on e.id = b.holder_id
          where e.employee_no = '${people.colleague}' and ${is_telling} order by c.customer_no limit 1`,
      ))[0];
      const text = `<img id=${mark} src=x onerror=${run}>`;
      await open_customer(page, name);
      await edit_customer(page, { 联系地址: text, 行业: text, 备注: text });
      await add_contact(page, { name: text, relation: text });
      await add_note(page, text);
      await plan_visit(page, { on: day(2), purpose: text });
      await record_visit(page, { met: ["本人"], summary: text, next_step: text, promise: { text, due_on: day(3) } });
      await page.getByRole("article").getByText(text).first().waitFor({ timeout: soon_ms });
      await check("after the forms");

      const keep = async (open, fields) => {
        await verb(page.getByRole("article"), open).click();
        for (const [label, value] of Object.entries(fields)) await give(sheet(page), label, value);
        await verb(sheet(page), "保存").click();
      };
      const [task, contract, event, call, promise] = sharp;
      for (const [open, fields, typed] of [
        ["加一项", { 加一项: "任务", 要做什么: task }, task],
        ["加一项", { 加一项: "合同", 合同或产品名称: contract, "金额（元，可不填）": "1" }, contract],
        ["加一项", { 加一项: "事件", 什么事: "流失迹象", "说明（可不填）": event }, event],
        ["记电访", { 说了什么: call }, call],
        ["加承诺", { 答应什么: promise }, promise],
      ]) {
        await keep(open, fields);
        await sheet(page).waitFor({ state: "detached" });
        await stands(page, "article", typed);
        await check(open);
      }

      for (const [open, fields] of [
        ["编辑", { 手机号: text }],
        ["编辑", { 农历生日: text }],
        ["加联系人", { 姓名: text, 电话: text }],
        ["加一项", { 加一项: "合同", 合同或产品名称: text, "金额（元，可不填）": text }],
      ]) {
        await keep(open, fields);
        await sheet(page).getByRole("alert").waitFor({ timeout: soon_ms });
        await check(`refused: ${Object.keys(fields)}`);
        await verb(sheet(page), "取消").click();
        await sheet(page).waitFor({ state: "detached" });
      }
      for (const [open, label] of [["编辑", "生日"], ["计划走访", "日期"]]) {
        await verb(page.getByRole("article"), open).click();
        const field = sheet(page).locator("input[type=date]").first();
        await field.pressSequentially(text);
        assert.match(await field.inputValue(), /^(\d{4,6}-\d\d-\d\d)?$/, label);
        await check(label);
        await verb(sheet(page), "取消").click();
        await sheet(page).waitFor({ state: "detached" });
      }
      await synced(page);
    });

    for (const [who, places] of Object.entries({ desk: ["客户", "导入"], lead: ["团队", "导入", "等级"], administrator: ["管理", "设置"] })) {
      await t.test(`the pages of the ${who}`, async () => {
        const opened = await browser({ size: "desk" });
        const check = await watch(opened);
        const { page } = opened;
        await sign_in(page, people[who]);
        await pill_says(page, /已同步|待处理/, patient_ms);
        for (const where of places) {
          await go(page, where);
          await check(where);
        }
        if (who === "desk") {
          for (let from = 0; from < payloads.length; from += headings_at_once) await import_headings(page, payloads.slice(from, from + headings_at_once), check);
        }
        if (who === "administrator") {
          await go(page, "管理");
          for (const [what, add] of [["机构", "添加机构"], ["管户簿", "添加管户簿"], ["员工", "添加员工"]]) {
            await give(page.getByRole("main"), "管理什么", what);
            await verb(page.getByRole("main"), add).waitFor({ timeout: patient_ms });
            if (what === "机构") {
              await stands(page, "main", cut(script, 60));
              await verb(page.getByRole("main"), add).click();
              await give(sheet(page), "名称", `${cut(script, 50)} 2`);
              await verb(sheet(page), "保存").click();
              await sheet(page).waitFor({ state: "detached" });
            }
            await check(what);
          }
        }
      });
    }
  }),
);
