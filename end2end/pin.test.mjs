// The warm lock: a PIN uncovers what was open, five wrong ones forget the key, in whichever tab and after whatever reload.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  customer, give, go, lock, nav, open_customer, people, sheet, sign_in, soon_ms, synced, verb,
} from "./harness/app.mjs";
import { look } from "./harness/look.mjs";
import { read_from_stores } from "./harness/readable.mjs";
import { scene } from "./harness/scene.mjs";
import { book_of } from "./harness/truth.mjs";

const pin = "25809147";
const wrong = "36914703";

const field = (page) => page.getByLabel("PIN", { exact: true });
const minute_ms = 60_000;

async function with_pin(browser) {
  const tablet = await browser();
  await sign_in(tablet.page, people.manager);
  await synced(tablet.page);
  await go(tablet.page, "设置");
  await verb(tablet.page.getByRole("main"), "设PIN").click();
  for (const [new_pin, again, why] of [["1234", "1234", /太好猜/], ["25", "25", /4到8位/], [pin, wrong, /不一样/]]) {
    await give(sheet(tablet.page), /^新PIN/, new_pin);
    await give(sheet(tablet.page), "再输一次", again);
    await verb(sheet(tablet.page), "设PIN").click();
    await sheet(tablet.page).getByRole("alert").filter({ hasText: why }).waitFor({ timeout: soon_ms });
  }
  await give(sheet(tablet.page), "再输一次", pin);
  await verb(sheet(tablet.page), "设PIN").click();
  await sheet(tablet.page).waitFor({ state: "detached" });
  return tablet;
}

async function cover(page) {
  await nav(page).getByRole("button", { name: /锁定/ }).click();
  await field(page).waitFor({ timeout: soon_ms });
}

async function try_pin(page, digits) {
  await field(page).fill(digits);
  await page.keyboard.press("Enter");
}

async function needs_the_password(page) {
  await page.getByLabel("密码", { exact: true }).waitFor({ timeout: soon_ms });
  assert.equal(await field(page).count(), 0);
}

test(
  "a PIN covers what is open and brings it back as it was, and is nowhere to be read",
  scene(async ({ server, browser }) => {
    const tablet = await with_pin(browser);
    const { page } = tablet;
    await tablet.context.clock.install();
    await page.reload();
    await sign_in(page, people.manager);
    const [{ name }] = await book_of(server, people.manager);
    await open_customer(page, name);
    await verb(page.getByRole("article"), "加备忘").click();
    await give(sheet(page), "备忘", "写了一半");
    await tablet.context.clock.runFor(6 * minute_ms);
    await field(page).waitFor({ timeout: soon_ms });
    await tablet.context.clock.resume();
    assert.deepEqual(await look(page, "pin"), []);
    for (const text of [name, "备忘"]) assert.equal(await page.getByText(text).filter({ visible: true }).count(), 0, text);
    assert.ok(!(await page.title()).includes(name));
    await try_pin(page, wrong);
    await page.getByText("还能试4次").waitFor({ timeout: soon_ms });
    await try_pin(page, pin);
    await sheet(page).waitFor({ timeout: soon_ms });
    assert.equal(await sheet(page).getByLabel("备忘", { exact: true }).inputValue(), "写了一半");
    await verb(sheet(page), "保存").click();
    await customer(page, name).getByText("写了一半").waitFor({ timeout: soon_ms });
    assert.deepEqual((await read_from_stores(page, [pin])).found, []);
  }),
);

test(
  "five wrong PINs forget the key, over two tabs together, and a reload asks for the password at once",
  scene(async ({ browser }) => {
    const tablet = await with_pin(browser);
    const first = tablet.page;
    await cover(first);
    await first.reload();
    await needs_the_password(first);
    await sign_in(first, people.manager);

    const second = await tablet.context.newPage();
    await sign_in(second, people.manager);
    await cover(first);
    await field(second).waitFor({ timeout: soon_ms });
    for (const left of [4, 3, 2]) {
      await try_pin(first, wrong);
      await first.getByText(`还能试${left}次`).waitFor({ timeout: soon_ms });
    }
    await try_pin(second, wrong);
    await second.getByText("还能试1次").waitFor({ timeout: soon_ms });
    await try_pin(second, wrong);
    for (const page of [first, second]) await needs_the_password(page);
    await sign_in(first, people.manager);
    await cover(first);
    await try_pin(first, pin);
    await nav(first).waitFor({ timeout: soon_ms });
  }),
);

test(
  "untouched for five minutes the pages are covered, for fifteen the key is gone, whatever is typed at the cover",
  scene(async ({ browser }) => {
    const tablet = await with_pin(browser);
    const { page } = tablet;
    await tablet.context.clock.install();
    await page.reload();
    await sign_in(page, people.manager);
    await tablet.context.clock.runFor(6 * minute_ms);
    await field(page).waitFor({ timeout: soon_ms });
    await tablet.context.clock.runFor(8 * minute_ms);
    await field(page).fill(wrong);
    await tablet.context.clock.runFor(2 * minute_ms);
    await needs_the_password(page);
  }),
);

test(
  "a tab that lies unused is covered and locked by itself: who writes in another one goes on",
  scene(async ({ server, browser }) => {
    const tablet = await with_pin(browser);
    const unused = tablet.page;
    await tablet.context.clock.install();
    await unused.reload();
    await sign_in(unused, people.manager);
    const used = await tablet.context.newPage();
    await sign_in(used, people.manager);
    const [{ name }] = await book_of(server, people.manager);
    await open_customer(used, name);
    await verb(used.getByRole("article"), "加备忘").click();
    const note = sheet(used).getByLabel("备忘", { exact: true });
    const pass = (minutes) => tablet.context.clock.runFor(minutes * minute_ms);
    const write = async (text) => {
      // A tap is what counts as use.
      await note.click({ timeout: soon_ms });
      await note.fill(text);
    };

    await pass(4);
    await write("四分钟时写的");
    await pass(2);
    await field(unused).waitFor({ timeout: soon_ms });
    await write("六分钟时写的");
    await pass(4);
    await write("十分钟时写的");
    await pass(4);
    await write("十四分钟时写的");
    await unused.evaluate(() => {
      addEventListener("beforeunload", () => localStorage.setItem("unloads", (localStorage.getItem("unloads") ?? "") + "|"));
    });
    await pass(2);
    await needs_the_password(unused);
    // Told again while it loads anew, a page can crash.
    assert.equal(await used.evaluate(() => localStorage.getItem("unloads")), "|");
    await note.click({ timeout: soon_ms });
    assert.equal(await note.inputValue(), "十四分钟时写的");
    await verb(sheet(used), "保存").click();
    await customer(used, name).getByText("十四分钟时写的").waitFor({ timeout: soon_ms });
    assert.equal(await field(used).count(), 0);
  }),
);

test(
  "without the PIN again locking asks for the password, and whoever else wants in goes by the door",
  scene(async ({ browser }) => {
    const { page } = await with_pin(browser);
    await cover(page);
    await verb(page, "换人，或用密码").click();
    await needs_the_password(page);
    await sign_in(page, people.manager);
    await go(page, "设置");
    await verb(page.getByRole("main"), "改PIN").click();
    await verb(sheet(page), "不用PIN").click();
    await sheet(page).waitFor({ state: "detached" });
    await lock(page);
  }),
);
