// What a person does in the app, by the names they read. One place to change when a page changes.
import assert from "node:assert/strict";

export const password = "Rounds-Sample-2026";
export const people = {
  manager: "1001",
  colleague: "1002",
  lead: "2001",
  desk: "3001",
  administrator: "9001",
};

/** Tests of sync say "within five seconds"; the first sync and the key derivation get longer. */
export const soon_ms = 5_000;
export const patient_ms = 30_000;

const status_words = /在线|离线|待同步|正在同步|待处理|未能保存/;

/** The one status pill of the frame. */
export function pill(page) {
  return page.getByRole("status").filter({ hasText: status_words }).first();
}

export async function pill_says(page, words, timeout = soon_ms) {
  await pill(page).filter({ hasText: words }).waitFor({ timeout });
}

/** How many edits the pill says are waiting; 0 when it does not speak of any. */
export async function pending(page) {
  const text = await pill(page).innerText();
  return Number(text.match(/待同步\s*(\d+)/)?.[1] ?? 0);
}

/** Opens the app and signs in, or unlocks the store of this person when the tablet knows them. */
export async function sign_in(page, employee_no, secret = password) {
  await page.goto("/app/");
  await enter(page, employee_no, secret);
  await nav(page).waitFor({ timeout: patient_ms });
}

/** Fills in whichever form stands there: the sign-in, or the unlocking of somebody this tablet knows. */
export async function enter(page, employee_no, secret = password) {
  // Not the static door, which gives way to the app's.
  await page.locator("#door").waitFor({ state: "detached", timeout: patient_ms });
  const number = page.getByLabel("工号", { exact: true });
  const word = page.getByLabel("密码", { exact: true });
  await word.waitFor({ timeout: patient_ms });
  if (await number.isVisible()) await number.fill(employee_no);
  else if (!(await page.locator("form").innerText()).includes(employee_no)) {
    await verb(page.getByRole("main"), new RegExp(employee_no)).or(verb(page.getByRole("main"), /别的工号/)).first().click();
    return enter(page, employee_no, secret);
  }
  await word.fill(secret);
  await page.getByRole("button", { name: /^(登录|解锁)$/ }).click();
}

/** What asks for the password while the store is open: the session is over, or somebody else's. */
export function asked_again(page) {
  return page.getByRole("dialog", { name: "登录过期了" });
}

export async function sign_in_again(page, secret = password) {
  await give(asked_again(page), "密码", secret);
  await verb(asked_again(page), "登录").click();
  await asked_again(page).waitFor({ state: "detached", timeout: patient_ms });
}

/** The first sync is over and everything that was typed is in the branch. */
export async function synced(page, timeout = patient_ms) {
  await pill_says(page, /已同步/, timeout);
}

/** The shell and its assets are kept: from here the app opens without the server. */
export async function offline_ready(page) {
  await page.locator("html[data-offline=ready]").waitFor({ state: "attached", timeout: patient_ms });
}

/** The server's line to this page stands: what is changed from here on is told at once. */
export async function hears(page) {
  await page.waitForFunction(() => performance.getEntriesByName("rounds:poke").length > 0, undefined, { timeout: patient_ms });
}

export function nav(page) {
  return page.getByRole("navigation", { name: "主导航" });
}

/** Locks the store, as somebody does who lays the tablet down. */
export async function lock(page) {
  await nav(page).getByRole("button", { name: /锁定/ }).click();
  await page.getByLabel("密码", { exact: true }).waitFor();
}

/** 今天, 客户, 走访, 导入, 团队, 设置. */
export async function go(page, where) {
  await nav(page).getByRole("link", { name: where, exact: true }).click();
  await page.getByRole("heading", { level: 1, name: where, exact: true }).waitFor();
}

export function search_box(page) {
  return page.getByRole("main").getByRole("searchbox", { name: "搜索客户" });
}

/** Rows of the list as they stand on the screen. */
export function rows(page) {
  return page.getByRole("region", { name: "客户名单" }).getByRole("listitem").getByRole("link");
}

export async function search(page, text) {
  await search_box(page).fill(text);
}

export async function open_customer(page, name) {
  await go(page, "客户");
  await search(page, name);
  await rows(page).filter({ hasText: name }).first().click();
  await customer(page, name).waitFor();
}

/** The page of one customer. */
export function customer(page, name) {
  return page.getByRole("article", { name });
}

/** A link or a button: the page decides which. */
export function verb(where, name) {
  return where.getByRole("button", { name, exact: true }).or(where.getByRole("link", { name, exact: true })).first();
}

/** The open sheet or dialog. */
export function sheet(page) {
  return page.getByRole("dialog");
}

/** Writes into a field, or chooses a chip of a group, whichever carries the name. */
export async function give(where, name, value) {
  const group = where.getByRole("group", { name, exact: true }).or(where.getByRole("radiogroup", { name, exact: true }));
  const chip = group.getByRole("radio", { name: value }).or(group.getByRole("checkbox", { name: value }));
  const field = where.getByLabel(name, { exact: true });
  // A page that is fetched when it is opened may still be on its way.
  await group.or(field).first().waitFor();
  if (await chip.count()) return tick(chip.first());
  if ((await field.evaluate((element) => element.tagName)) === "SELECT") await field.selectOption({ label: value });
  else await field.fill(value);
}

/**
 * Ticks a box, or chooses one of several, as a person does: by its label, for the control itself may be hidden under it.
 * A click that is forced does not wait for the page to stand still, and goes beside it.
 */
export async function tick(control) {
  if (!(await control.isChecked())) await control.locator("xpath=ancestor::label").click();
  assert.ok(await control.isChecked());
}

/** Chooses the option of a select that holds these words. */
export async function choose(select, words) {
  await select.selectOption(await select.locator("option", { hasText: words }).first().getAttribute("value"));
}

/** Records a visit with everything the form asks, from the customer's page. */
export async function record_visit(page, report) {
  await verb(page.getByRole("article"), "记录走访").click();
  const form = page.getByRole("form", { name: "走访记录" });
  await form.waitFor();
  for (const who of report.met ?? []) await give(form, "见到谁", who);
  for (const need of report.needs ?? []) await give(form, "需求", need);
  for (const [product, outcome] of report.products ?? []) {
    await verb(form, "加一个产品").click();
    await form.getByLabel("产品名称", { exact: true }).last().fill(product);
    await tick(form.getByRole("radiogroup", { name: product }).getByRole("radio", { name: outcome }));
  }
  if (report.mood) await give(form, "客户态度", report.mood);
  await give(form, "摘要", report.summary);
  if (report.next_step) await give(form, "下一步", report.next_step);
  if (report.next_on) await give(form, "下一步日期", report.next_on);
  if (report.promise) {
    await give(form, "答应什么", report.promise.text);
    await give(form, "到期", report.promise.due_on);
  }
  if (report.photo) await form.getByLabel("拍照").setInputFiles(report.photo);
  await verb(form, "完成").click();
  await form.waitFor({ state: "detached" });
}

/** Plans a visit for a day (YYYY-MM-DD), from the customer's page. */
export async function plan_visit(page, { on, at, purpose }) {
  await verb(page.getByRole("article"), "计划走访").click();
  await give(sheet(page), "日期", on);
  if (at) await give(sheet(page), "时间", at);
  if (purpose) await give(sheet(page), "事由", purpose);
  await verb(sheet(page), "排上").click();
  await sheet(page).waitFor({ state: "detached" });
}

/** Changes facts of the customer whose page is open: { 手机号: "199…" }. */
export async function edit_customer(page, facts) {
  await verb(page.getByRole("article"), "编辑").click();
  for (const [name, value] of Object.entries(facts)) await give(sheet(page), name, value);
  await verb(sheet(page), "保存").click();
  await sheet(page).waitFor({ state: "detached" });
}

export async function add_contact(page, { name, phone, relation }) {
  await verb(page.getByRole("article"), "加联系人").click();
  await give(sheet(page), "姓名", name);
  if (relation) await give(sheet(page), "关系或职务", relation);
  if (phone) await give(sheet(page), "电话", phone);
  await verb(sheet(page), "保存").click();
  await sheet(page).waitFor({ state: "detached" });
}

export async function add_note(page, text) {
  await verb(page.getByRole("article"), "加备忘").click();
  await give(sheet(page), "备忘", text);
  await verb(sheet(page), "保存").click();
  await sheet(page).waitFor({ state: "detached" });
}

/** The sheet behind the pill: everything that waits, in words. */
export async function waiting_in_words(page) {
  await pill(page).click();
  const lines = await sheet(page).getByRole("listitem").allInnerTexts();
  await page.keyboard.press("Escape");
  await sheet(page).waitFor({ state: "detached" });
  return lines;
}

/** 待处理: what the person must decide. */
export async function open_attention(page) {
  await pill(page).click();
  await verb(sheet(page), /待处理/).click();
  await page.getByRole("heading", { level: 1, name: "待处理" }).waitFor();
}

/** Every name of the list in its order, however much of it is on the screen at once. */
export async function all_names(page) {
  const list = page.getByRole("region", { name: "客户名单" });
  const names = [];
  const seen = new Set();
  for (;;) {
    const before = names.length;
    for (const key of await rows(page).evaluateAll((links) =>
      links.map((link) => [link.getAttribute("href"), link.querySelector(".row-name > :first-child").textContent]),
    )) {
      if (seen.has(key[0])) continue;
      seen.add(key[0]);
      names.push(key[1]);
    }
    const last = await list.locator(".scroll").evaluate(async (box) => {
      const top = box.scrollTop;
      box.scrollTop += box.clientHeight * 0.8;
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return box.scrollTop === top;
    });
    if (last && names.length === before) return names;
  }
}

/** Files of the branch come in through 导入; resolves with the figures of the result. */
export async function import_file(page, path, { decide } = {}) {
  await go(page, "导入");
  await page.locator("input[type=file]").setInputFiles(path);
  await page.getByRole("region", { name: "列对上了什么" }).waitFor({ timeout: patient_ms });
  if (decide) await decide(page);
  const preview = await import_sums(page);
  await verb(page.getByRole("main"), /^导入/).click();
  await page.getByRole("heading", { name: "导入完成" }).waitFor({ timeout: 4 * patient_ms });
  return { preview, result: await import_sums(page) };
}

/** 新增, 更新, 不变, 不导入 as numbers. */
export async function import_sums(page) {
  const sums = page.getByRole("main").locator(".sums");
  await sums.waitFor();
  const text = (await sums.innerText()).replaceAll(",", "");
  const figure = (word) => Number(text.match(new RegExp(`(?<!不)${word}\\D*?(\\d+)`))?.[1] ?? 0);
  return { new: figure("新增"), changed: figure("更新"), same: figure("不变"), refused: figure("不导入") };
}

/** A day in Asia/Shanghai, `days` from today: YYYY-MM-DD. */
export function day(days = 0) {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(Date.now() + days * 86_400_000);
}

/** Asserts that each text is on the page. */
export async function all_there(where, texts) {
  for (const text of texts) await where.getByText(text).first().waitFor({ timeout: soon_ms });
  assert.ok(texts.length);
}

/** The lead moves these customers of the manager to the colleague. */
export async function hand_over(page, customers) {
  await go(page, "团队");
  await verb(page.getByRole("main"), /移交/).click();
  await choose(page.getByLabel("从谁", { exact: true }), people.manager);
  for (const { name, customer_no } of customers) await page.getByRole("checkbox", { name: `${name} ${customer_no}`, exact: true }).check();
  await choose(page.getByLabel("给谁", { exact: true }), people.colleague);
  await verb(page.getByRole("main"), `移交${customers.length}位`).click();
  await verb(sheet(page), "移交").click();
  await sheet(page).waitFor({ state: "detached" });
}
