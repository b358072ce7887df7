// Issue, item 2: the whole book on the tablet, in pinyin order, found by anything one remembers of a customer.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  all_names, all_there, choose, customer, go, import_file, open_customer, pending, people, rows, search, sign_in,
  soon_ms, synced, tick,
} from "./harness/app.mjs";
import { book_700 } from "./harness/data.mjs";
import { scene } from "./harness/scene.mjs";
import { book_of } from "./harness/truth.mjs";

/** Names on the first screens of a search. */
async function found(page, text) {
  await search(page, text);
  return rows(page).locator(".row-name > :first-child").allInnerTexts();
}

test(
  "a manager carries the whole book and finds anyone in it",
  scene(async ({ server, browser, t }) => {
    const desk = await browser({ size: "desk" });
    await sign_in(desk.page, people.lead);
    await import_file(desk.page, book_700.xlsx);

    const { page } = await browser();
    await sign_in(page, people.manager);
    await synced(page);
    const book = await book_of(server, people.manager);
    assert.ok(book.length > 100, "sample and import together");

    await t.test("the list holds every customer of the book, in pinyin order", async () => {
      await go(page, "客户");
      const names = await all_names(page);
      assert.deepEqual(names.toSorted(), book.map(({ name }) => name).toSorted());
      const letters = await page.getByRole("region", { name: "客户名单" }).locator(".letter").allInnerTexts();
      assert.deepEqual(letters, letters.toSorted());
    });

    await t.test("filters by type and by industry narrow it to what the branch holds", async () => {
      for (const [chip, wanted] of [["企业", "company"], ["个体工商户", "sole_trader"]]) {
        await tick(page.getByRole("radio", { name: new RegExp(`^${chip}`) }));
        const names = await all_names(page);
        assert.deepEqual(
          names.toSorted(),
          book.filter(({ customer_type }) => customer_type === wanted).map(({ name }) => name).toSorted(),
        );
      }
      await tick(page.getByRole("radio", { name: /^全部/ }));
      const { industry } = book.find((one) => one.industry);
      await choose(page.getByLabel("行业"), industry);
      assert.deepEqual(
        (await all_names(page)).toSorted(),
        book.filter((one) => one.industry === industry).map(({ name }) => name).toSorted(),
      );
      await page.getByLabel("行业").selectOption({ index: 0 });
    });

    const someone = book.find(({ phone, address, name }) => phone && address && name.length > 2);
    for (const [what, text] of [
      ["a part of the name", someone.name.slice(1)],
      ["the last digits of the phone", someone.phone.slice(-6)],
      ["a part of the address", someone.address.slice(-6)],
      ["the customer number", someone.customer_no],
    ]) {
      await t.test(`search finds a customer by ${what}, and marks it`, async () => {
        assert.ok((await found(page, text)).includes(someone.name));
        await rows(page).filter({ hasText: someone.name }).first().locator("mark").first().waitFor();
      });
    }

    // Names of the list with their readings; 曾 is read zeng and ceng, 单 shan and dan, 解 xie and jie.
    const readings = { 朱: "zhu", 吴: "wu", 叶: "ye", 徐: "xu", 金: "jin", 陈: "chen", 周: "zhou", 曾: "ceng", 单: "dan", 解: "jie" };
    for (const [family, reading] of Object.entries(readings)) {
      const one = book.find(({ name }) => name.startsWith(family));
      if (!one) continue;
      await t.test(`search finds ${family} by ${reading}`, async () => {
        const names = await found(page, reading);
        assert.ok(names.some((name) => name.startsWith(family)), `${reading}: ${names}`);
      });
    }

    await t.test("a search that finds nothing teaches what can be searched", async () => {
      assert.deepEqual(await found(page, "zzxqq"), []);
      await page.getByText("没有找到").waitFor();
    });

    await t.test("the slash key brings the cursor to the search from anywhere", async () => {
      await go(page, "设置");
      await page.keyboard.press("/");
      await page.locator("input[type=search]:focus").waitFor({ timeout: soon_ms });
    });

    await t.test("a customer's page shows facts, contacts, holdings, visits, promises and notes at once", async () => {
      await open_customer(page, someone.name);
      const at = customer(page, someone.name);
      for (const part of ["资料", "联系人", "持有", "走访记录", "承诺", "备忘"]) {
        await at.getByRole("heading", { name: part }).waitFor();
      }
      await all_there(at, [someone.customer_no, someone.address]);
      assert.equal(await at.getByText(someone.phone).count(), 0, "the number is masked until it is asked for");
    });

    assert.equal(await pending(page), 0, "reading writes nothing");
  }),
);
