// Issue 3, hostile input: names are text too, of tiers, events, festivals, people, org units, books and devices; and what
// is typed at the door is a number, a password or nothing, never a script.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  choose, enter, give, go, lock, nav, open_customer, password, patient_ms, people, sheet, sign_in, soon_ms, synced, verb,
} from "./harness/app.mjs";
import { all_stand, cut, Hand, payloads, sharp, stands, walk, watch } from "./harness/payloads.mjs";
import { scene } from "./harness/scene.mjs";
import { book_of } from "./harness/truth.mjs";

const label_chars = 60;
const labels = [...new Set(payloads.map((payload) => cut(payload, label_chars)))];
const [script, svg, image, link, textarea] = sharp;
const long_password = `${image} 2027`;
const main = (page) => page.getByRole("main");
const literal = (value) => `'${(typeof value === "string" ? value : JSON.stringify(value)).replaceAll("'", "''")}'`;

/** One after the other, from the first again after the last. */
function turns(texts) {
  let at = 0;
  return () => texts[at++ % texts.length];
}

/** The same rule with other names, however deep they stand. */
const renamed = (rule, next) => JSON.parse(JSON.stringify(rule), (key, value) => (key === "name" ? next() : value));

/** Drafts as large as they may be, so that every label is a name somewhere. */
function drafts({ tier_schemes, visit_standards, policies }) {
  const next = turns(labels);
  const [scheme, standard, policy] = [tier_schemes, visit_standards, policies].map((versions) => ({ ...versions.at(-1), effective_on: null }));
  const tiers = labels.slice(0, 30).map((code) => ({ code, name: "" }));
  const steps = tiers.map(({ code }) => ({ tier: code, floor: "blank", ceiling: "blank", besides: [] }));
  const ladders = ["having", "lacking"].map((way) => ({ ...scheme.ladders[0], applies: { [way]: "deposit" }, steps }));
  const factors = ["usage", "profit", "steadiness", "credit", "potential"];
  const weights = Object.fromEntries(factors.map((factor) => [factor, { name: "", percent: 20 }]));
  const events = (from) => labels.slice(from, from + 30).map((event) => ({ event, name: "", visits: 1, within_days: 7 }));
  const owed = standard.tiers.map((own, at) => ({ ...own, on_event: events(30 * at) }));
  const festivals = labels.slice(0, 60).map((code) => ({ code, name: "", rule: { solar: { month: 1, day: 1 } } }));
  return {
    "tier-scheme": renamed({ ...scheme, tiers, ladders, weights }, next),
    "visit-standard": renamed({ ...standard, tiers: owed }, next),
    policy: renamed({ ...policy, festivals }, next),
  };
}

/** Every name in it. */
function names_of(rule) {
  const names = [];
  JSON.stringify(rule, (key, value) => (key === "name" && names.push(value), value));
  return names;
}

/** The rules in force get their names behind the server's back: a published version never changes. */
async function rename_rules(server) {
  const next = turns(sharp);
  for (const [table, column] of [["tier_scheme", "scheme"], ["visit_standard", "standard"], ["policy", "policy"]]) {
    for (const { id, body } of await server.sql(`select id, ${column} as body from ${table}`)) {
      await server.execute(`update ${table} set ${column} = ${literal(renamed(body, next))}::jsonb where id = '${id}'`);
    }
  }
}

/** A colleague and a device of the manager for every label. */
async function crowd(server) {
  await server.execute(`
    insert into employee (id, organisation_id, org_unit_id, is_active, must_change_password, password_hash, role, employee_no, name)
    select gen_random_uuid(), organisation_id, org_unit_id, true, false, password_hash, 'manager', label, label
      from employee, jsonb_array_elements_text(${literal(labels)}::jsonb) label where employee_no = '${people.manager}';
    insert into device (employee_id, id, name, last_seq, pending, last_contact_at, takes_last_push)
    select employee.id, gen_random_uuid(), label, 0, 1, now(), false
      from employee, jsonb_array_elements_text(${literal(labels)}::jsonb) label where employee_no = '${people.manager}'`);
}

async function escape(page) {
  await page.keyboard.press("Escape");
  await sheet(page).waitFor({ state: "detached" });
}

const parts = ["等级标准", "走访标准", "参数"];

test(
  "names are text on every page",
  scene(async ({ server, browser, t }) => {
    const newcomer = { name: svg, employee_no: `${link} 7` };
    const drafted = {};
    const places = { 机构: [], 管户簿: [] };
    const opened_by = async (employee_no) => {
      const opened = await browser({ size: "desk" });
      const check = await watch(opened);
      await sign_in(opened.page, employee_no);
      return { page: opened.page, check };
    };

    await t.test("every name takes every payload", async () => {
      await rename_rules(server);
      await crowd(server);
      const administrator = await Hand.sign_in(server, people.administrator, script);
      const answered = async (method, path, body) => (await administrator.ask(method, path, body)).json();
      Object.assign(drafted, drafts(await answered("GET", "rules")));
      for (const [kind, body] of Object.entries(drafted)) await administrator.ask("PUT", `rules/${kind}/draft`, { revision: null, body });
      const known = new Set(labels);
      const next = turns(sharp);
      const named = (what, name) => (places[what].push(name), name);
      for (const { id, ...person } of (await answered("GET", "employees")).employees) {
        if (!known.has(person.employee_no)) await administrator.ask("PUT", `employees/${id}`, { ...person, name: next() });
      }
      for (const { id, parent_id } of (await answered("GET", "org-units")).org_units) {
        await administrator.ask("PUT", `org-units/${id}`, { parent_id, name: named("机构", next()) });
      }
      for (const { id, org_unit_id, holder_id } of (await answered("GET", "books")).books) {
        await administrator.ask("PUT", `books/${id}`, { org_unit_id, holder_id, name: named("管户簿", next()) });
      }
    });

    await t.test("the administrator's pages", async () => {
      const { page, check } = await opened_by(people.administrator);
      await go(page, "管理");
      await all_stand(page, "main", labels);
      await check("员工");
      await page.getByRole("searchbox", { name: "搜索员工" }).fill(script);
      await stands(page, "main", script);
      await check("搜索员工");
      await page.getByRole("searchbox", { name: "搜索员工" }).fill(people.manager);
      await main(page).getByRole("button").filter({ hasText: people.manager }).first().click();
      await all_stand(page, "dialog", labels);
      await check("设备");
      for (const ask of [/^撤销 /, "重置密码", "停用"]) {
        await sheet(page).first().getByRole("button", { name: ask }).first().click();
        await sheet(page).nth(1).waitFor({ timeout: soon_ms });
        await check(`${ask}`);
        await page.keyboard.press("Escape");
        await sheet(page).nth(1).waitFor({ state: "detached" });
      }
      await escape(page);

      await verb(main(page), "添加员工").click();
      await give(sheet(page), "姓名", newcomer.name);
      await give(sheet(page), "工号", newcomer.employee_no);
      await give(sheet(page), "岗位", /客户经理/);
      await choose(sheet(page).getByLabel("机构", { exact: true }), "<");
      await verb(sheet(page), "保存").click();
      newcomer.given = await sheet(page).getByRole("code").innerText({ timeout: patient_ms });
      await stands(page, "dialog", newcomer.employee_no);
      await check("一次性密码");
      await verb(sheet(page), "已交给本人").click();
      for (const [what, names] of Object.entries(places)) {
        await give(main(page), "管理什么", what);
        await all_stand(page, "main", names);
        await main(page).locator("button.row").first().click();
        await sheet(page).waitFor({ timeout: soon_ms });
        await check(what);
        await escape(page);
      }

      await go(page, "等级");
      for (const [at, [, draft]] of Object.entries(drafted).entries()) {
        await give(main(page), "看哪一部分", parts[at]);
        const names = names_of(draft);
        await page.waitForFunction((count) => document.querySelectorAll("main input").length >= count, names.length, { timeout: patient_ms });
        const values = await main(page).locator("input").evaluateAll((inputs) => inputs.map(({ value }) => value));
        assert.deepEqual(names.filter((name) => !values.includes(name.replace(/[\n\r]/g, ""))), []);
        await check(parts[at]);
        await main(page).getByRole("button", { name: /^看第\d+版$/ }).first().click();
        await stands(page, "dialog", script);
        await check(`${parts[at]}的旧版`);
        await escape(page);
      }
      await give(main(page), "看哪一部分", parts[0]);
      await page.getByLabel("第1级的名称", { exact: true }).fill(textarea);
      await main(page).getByText("自动存了草稿").first().waitFor({ timeout: patient_ms });
      await check("the name of a tier, typed");
    });

    await t.test("the lead's pages", async () => {
      const { page, check } = await opened_by(people.lead);
      await synced(page);
      await go(page, "团队");
      await stands(page, "main", script);
      await check("团队");
      await verb(main(page), "平板和电脑").click();
      await all_stand(page, "dialog", labels);
      await check("平板和电脑");
      await escape(page);
      await go(page, "等级");
      for (const [at, [, draft]] of Object.entries(drafted).entries()) {
        await give(main(page), "看哪一部分", parts[at]);
        const [first, ...others] = names_of(draft);
        await all_stand(page, "main", at === 0 ? others : [first, ...others]);
        await check(`${parts[at]}, read`);
      }
      await walk(page, "/app/migration");
      await stands(page, "main", script);
      await check("客户迁徙计划");
      await walk(page, "/app/hand-over");
      await choose(page.getByLabel("从谁", { exact: true }), people.manager);
      await main(page).getByRole("searchbox").fill(script);
      await check("移交客户");
      const [{ name }] = await book_of(server, people.manager);
      await open_customer(page, name);
      await verb(page.getByRole("article"), "认定等级").click();
      await stands(page, "dialog", script);
      await check("认定等级");
    });

    await t.test("the manager's pages", async (t) => {
      const { page, check } = await opened_by(people.manager);
      await sheet(page).getByText(/你在别的设备上还有没上传的改动/).waitFor({ timeout: patient_ms });
      await check("what other devices hold");
      await page.getByRole("button", { name: "关闭" }).last().click();
      await synced(page);
      for (const where of ["今天", "走访", "客户"]) {
        await go(page, where);
        await check(where);
      }
      const [{ name }] = await book_of(server, people.manager);
      await open_customer(page, name);
      await check("a customer");
      await verb(page.getByRole("article"), "定目标").click();
      await sheet(page).waitFor();
      await check("定目标");
      await escape(page);
      await verb(page.getByRole("article"), "加一项").click();
      await give(sheet(page), "加一项", "事件");
      await sheet(page).getByRole("radiogroup", { name: "什么事" }).getByText("<").first().waitFor({ timeout: soon_ms });
      await check("什么事");
      await verb(sheet(page), "取消").click();
      await walk(page, "/app/take-over");
      await main(page).waitFor();
      await check("接手");
      await go(page, "今天");
      const bar = page.getByRole("banner").getByRole("searchbox");
      await bar.fill(script);
      await bar.press("Enter");
      await page.getByRole("heading", { level: 1, name: "客户", exact: true }).waitFor();
      await check("searched from the bar");
      await go(page, "设置");
      await all_stand(page, "main", labels);
      await check("设置");

      await t.test("a wrong password may be a script, and so may a new one", async () => {
        await verb(main(page), "改密码").click();
        for (const [current, fresh] of [[script, long_password], [password, long_password]]) {
          await give(sheet(page), "现在的密码", current);
          await give(sheet(page), "新密码", fresh);
          await give(sheet(page), "再输一次新密码", fresh);
          await verb(sheet(page), "改").click();
          if (current === script) await sheet(page).locator(".field-error, [role=alert]").first().waitFor({ timeout: patient_ms });
        }
        await sheet(page).waitFor({ state: "detached" });
        await check("改密码");
        await lock(page);
        await check("the door");
        await enter(page, people.manager, long_password);
        await nav(page).waitFor({ timeout: patient_ms });
      });

      await t.test("at the door a script is a number nobody has, or somebody's", async () => {
        await lock(page);
        await verb(main(page), /别的工号/).click();
        const enter_at_door = async (number, word) => {
          await page.getByLabel("工号", { exact: true }).fill(number);
          await page.getByLabel("密码", { exact: true }).fill(word);
          await page.getByRole("button", { name: /^(登录|解锁)$/ }).click();
        };
        await enter_at_door(textarea, script);
        await main(page).getByRole("alert").filter({ hasText: "工号或密码不对" }).waitFor({ timeout: patient_ms });
        await check("refused at the door");
        await enter_at_door(newcomer.employee_no, newcomer.given);
        await page.getByRole("heading", { name: "换成自己的密码" }).waitFor({ timeout: patient_ms });
        await give(page, "一次性密码", newcomer.given);
        await give(page, "新密码", long_password);
        await give(page, "再输一次新密码", long_password);
        await verb(main(page), "改").click();
        await nav(page).waitFor({ timeout: patient_ms });
        await synced(page);
        await go(page, "设置");
        await all_stand(page, "main", [newcomer.employee_no, newcomer.name]);
        await check("设置 of a newcomer");
        await lock(page);
        await all_stand(page, "main", [newcomer.name, newcomer.employee_no]);
        await check("who is known at the door");
      });
    });
  }),
);

test(
  "the first administrator and the organisation may be called anything",
  scene(
    async ({ server, browser }) => {
      const opened = await browser({ size: "desk" });
      const check = await watch(opened);
      const { page } = opened;
      const [way] = server.said.join("\n").match(/\/app\/setup#\S+/);
      await page.goto(way);
      const typed = { 单位名称: image, 工号: link, 姓名: svg, 密码: long_password };
      for (const [name, value] of Object.entries({ ...typed, 再输一遍密码: script })) await page.getByLabel(name, { exact: true }).fill(value);
      await page.getByLabel("显示密码").check();
      await verb(page, "建立").click();
      await main(page).getByText("两遍不一样").first().waitFor({ timeout: soon_ms });
      await check("refused");
      await page.getByLabel("再输一遍密码", { exact: true }).fill(long_password);
      await verb(page, "建立").click();
      await page.locator("#door").waitFor({ state: "detached", timeout: patient_ms });
      await page.getByRole("button", { name: "登录" }).waitFor({ timeout: patient_ms });
      await page.getByLabel("工号", { exact: true }).fill(typed.工号);
      await page.getByLabel("密码", { exact: true }).fill(long_password);
      await page.getByRole("button", { name: /^(登录|解锁)$/ }).click();
      await nav(page).waitFor({ timeout: patient_ms });
      await go(page, "管理");
      await all_stand(page, "main", [typed.姓名, typed.工号]);
      for (const what of ["机构", "管户簿"]) await give(main(page), "管理什么", what);
      await check("管理");
      await go(page, "设置");
      await all_stand(page, "main", [typed.工号, typed.单位名称]);
      await check("设置");
    },
    { arguments: [] },
  ),
);
