// Issue 3, hostile input: what somebody typed is text, wherever it is shown. Some two hundred payloads stand in every
// text field; every page is opened, and no script runs, no element of theirs appears, the content policy has nothing to stop.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import {
  add_contact, add_note, day, edit_customer, give, go, open_attention, open_customer, password, patient_ms, people, pill_says, plan_visit,
  record_visit, search, sheet, sign_in, soon_ms, synced, verb,
} from "./harness/app.mjs";
import { scene } from "./harness/scene.mjs";

/** Every element of theirs carries this id, every script calls this. */
const mark = "xss";
const run = "__x(1)";

const tags = [
  ["img", "src=x onerror"], ["svg", "onload"], ["body", "onload"], ["video", "src=x onerror"], ["audio", "src=x onerror"],
  ["input", "autofocus onfocus"], ["select", "autofocus onfocus"], ["details", "open ontoggle"], ["marquee", "onstart"],
  ["iframe", "onload"], ["object", "data=x onerror"], ["style", "onload"], ["b", "tabindex=1 onfocusin"],
  ["textarea", "autofocus onfocus"], ["button", "autofocus onclick"], ["p", "onmouseover"], ["form", "onsubmit"], ["embed", "src=x onload"],
];
const quotings = [(call) => `=${call}`, (call) => `='${call}'`, (call) => `="${call}"`, (call) => `\t=\n${call} `];
const urls = [
  `javascript:${run}`, `JaVaScRiPt:${run}`, `java\tscript:${run}`, `&#106;avascript:${run}`, `\u0001javascript:${run}`,
  `data:text/html,<script>${run}</script>`, `vbscript:${run}`, `//x/${mark}.js`,
];
const takers = [
  (url) => `<a id=${mark} href="${url}">a</a>`, (url) => `<iframe id=${mark} src="${url}">`,
  (url) => `<form id=${mark} action="${url}"><input>`, (url) => `<object id=${mark} data="${url}">`,
  (url) => `<embed id=${mark} src="${url}">`, (url) => `<base id=${mark} href="${url}">`,
  (url) => `<link id=${mark} rel=stylesheet href="${url}">`, (url) => `<svg><use id=${mark} href="${url}">`,
];
const breaks = ['"', "'", ">", '">', "'>", "</title>", "</textarea>", "</script>", "-->", "]]>", "\\\"", "`", "</style>", "/*"];
const encodings = [
  (text) => text.replaceAll("<", "&lt;"), (text) => text.replaceAll("<", "&#60"), (text) => text.replaceAll("<", "&#x3c;"),
  (text) => encodeURIComponent(text), (text) => text.replaceAll("<", "\\u003c"), (text) => text.replaceAll("<", "\\x3c"),
  (text) => text.replaceAll("<", "＜").replaceAll(">", "＞"), (text) => text.replaceAll("<", "+ADw-"),
  (text) => text.replace("script", "scr<!-- -->ipt"), (text) => text.replaceAll("<", "<\u200b"),
];
const script = `<script id=${mark}>${run}</script>`;
const singles = [
  script, script.toUpperCase().replace("__X", "__x"), `<scr<script>ipt>${run}</script>`, `<script/${mark}>${run}</script>`,
  `<meta id=${mark} http-equiv=refresh content="0;javascript:${run}">`, `<math id=${mark}><mtext><style><img onerror=${run}>`,
  `{{constructor.constructor('${run}')()}}`, `\${${run}}`, `<%= ${run} %>`, `#{${run}}`, `[a](javascript:${run})`,
  `<style id=${mark}>*{display:none}</style>`, `<template id=${mark}><img src=x onerror=${run}>`, `__proto__`, `<!--${mark}`,
  `<svg><animate id=${mark} onbegin=${run} attributeName=x>`, `<noscript><p id=${mark} title="</noscript><img src=x onerror=${run}>">`,
];
const payloads = [
  ...singles,
  ...tags.flatMap(([tag, before]) => quotings.map((quoted) => `<${tag} id=${mark} ${before}${quoted(run)}>`)),
  ...takers.flatMap((taker) => urls.map(taker)),
  ...breaks.flatMap((end) => [`${end}<img id=${mark} src=x onerror=${run}>`, `${end} onfocus=${run} autofocus id=${mark} `]),
  ...encodings.flatMap((encoded) => [encoded(script), encoded(`<img id=${mark} src=x onerror=${run}>`), encoded(`<svg id=${mark} onload=${run}>`)]),
];
/** As much of one as the field takes. */
const cut = (payload, chars) => [...payload].slice(0, chars).join("");
/** As it is compared: without what a screen folds or nobody sees. */
const bare = (text) => text.replace(/[\u0000-\u0020\u200b]/g, "");

/** The text stands there as text. */
const stands = (page, where, text) =>
  page.waitForFunction(
    ([where, text]) => document.querySelector(where)?.innerText.replace(/[\u0000-\u0020\u200b]/g, "").includes(text),
    [where, bare(text)],
    { timeout: patient_ms },
  );

class Hand {
  static async sign_in(server, employee_no, device_name = "平板") {
    const hand = new Hand();
    hand.server = server;
    hand.device = randomUUID();
    hand.seq = 0;
    const body = { employee_no, password, device_id: hand.device, device_name };
    const answer = await hand.ask("POST", "session", body);
    hand.cookie = answer.headers.get("set-cookie").split(";")[0];
    hand.session = await answer.json();
    return hand;
  }

  async ask(method, path, body, headers = {}) {
    const answer = await fetch(`${this.server.origin}/api/v1/${path}`, {
      method,
      headers: { "x-rounds-client": "1", ...(this.cookie && { cookie: this.cookie }), ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${answer.ok ? "" : await answer.text()}`);
    return answer;
  }

  /** What is refused is told. */
  async push(mutations) {
    const refused = [];
    for (let from = 0; from < mutations.length; from += 400) {
      const batch = mutations.slice(from, from + 400).map(([name, args]) => ({
        seq: ++this.seq, id: randomUUID(), name, args, made_at: Date.now() - 1_000,
      }));
      const body = { device_id: this.device, schema: 2, mutations: batch, pending_after: 0 };
      const { results } = await (await this.ask("POST", "sync/push", body)).json();
      refused.push(...results.filter((one) => one.refused).map((one) => [batch.find(({ seq }) => seq === one.seq).name, one.refused]));
    }
    return refused;
  }
}

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

/** Before any script of the page: what would show that one of theirs ran. */
async function watch(opened) {
  const dialogs = [];
  await opened.context.addInitScript(() => {
    window.hits = [];
    window.__x = () => window.hits.push("a script ran");
    document.addEventListener("securitypolicyviolation", (event) => window.hits.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  opened.page.on("dialog", async (dialog) => {
    dialogs.push(dialog.message());
    await dialog.dismiss();
  });
  return async (where) => {
    const found = await opened.page.evaluate((mark) => {
      const is_theirs = (element) =>
        element.id.startsWith(mark) ||
        element.getAttributeNames().some((name) => name.startsWith("on")) ||
        ["href", "src", "action", "data"].some((name) => /^\W*(java|vb)script:|^data:text/i.test(element.getAttribute(name) ?? ""));
      const elements = [...document.querySelectorAll("*")].filter(is_theirs).map((element) => element.outerHTML.slice(0, 200));
      return [...elements, ...window.hits];
    }, mark);
    assert.deepEqual([...found, ...dialogs], [], where);
  };
}

/** To another place of the app, as its own links lead there; a reload would lock the store. */
async function walk(page, path) {
  await page.evaluate((path) => {
    history.pushState(null, "", path);
    dispatchEvent(new PopStateEvent("popstate"));
  }, path);
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
      const list = ["客户编号,客户名称,管户经理工号,备注", ...payloads.map((payload, n) => [`L-${n}`, payload, "1001", payload].map((cell) => `"${cell.replaceAll('"', '""')}"`).join(","))];
      await desk.ask("POST", "imports", list.join("\n"), { "x-rounds-file-name": encodeURIComponent(script) });
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
          where e.employee_no = '${people.colleague}' order by c.customer_no limit 1`,
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
