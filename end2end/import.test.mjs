// Issue, item 1: a branch's list comes in, every figure as expected, what is wrong comes back with its reason.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { go, import_file, patient_ms, people, sign_in, verb } from "./harness/app.mjs";
import { book_700 } from "./harness/data.mjs";
import { scene } from "./harness/scene.mjs";
import { imported, versions } from "./harness/truth.mjs";

const expected = JSON.parse(await readFile(book_700.expected, "utf8"));

test(
  "the lead imports a list below a title row, money to the fen, and the same file again changes nothing",
  scene(async ({ server, browser }) => {
    const { page } = await browser({ size: "desk" });
    await sign_in(page, people.lead);

    const first = await import_file(page, book_700.xlsx);
    const accepted = expected.xlsx.accepted;
    assert.deepEqual(first.preview, { new: accepted, changed: 0, same: 0, refused: 0 });
    const { rows, totals_fen, by_manager } = await imported(server, "C007");
    assert.deepEqual({ rows, totals_fen, by_manager }, {
      rows: accepted,
      totals_fen: expected.xlsx.totals_fen,
      by_manager: expected.xlsx.by_manager,
    });

    const written = await versions(server);
    const again = await import_file(page, book_700.xlsx);
    assert.deepEqual(again.preview, { new: 0, changed: 0, same: accepted, refused: 0 });
    assert.equal(await versions(server), written);
  }),
);

test(
  "the desk imports a GB18030 list and gets the refused rows back in the same form with 原因",
  scene(async ({ server, browser }) => {
    const { page } = await browser({ size: "desk" });
    await sign_in(page, people.desk);
    const { preview, result } = await import_file(page, book_700.csv);
    const refused = Object.values(expected.csv.rejected).reduce((sum, count) => sum + count, 0);
    assert.deepEqual(preview, { new: expected.csv.accepted, changed: 0, same: 0, refused });
    assert.equal(result.refused, refused);
    assert.equal((await imported(server, "C007")).rows, expected.csv.accepted);

    const download = page.waitForEvent("download");
    await verb(page.getByRole("main"), /^下载/).click();
    const text = new TextDecoder("gb18030").decode(await readFile(await (await download).path()));
    const [header, ...lines] = text.trim().split(/\r?\n/);
    assert.match(header, /客户编号.*原因/);
    assert.equal(lines.length, refused);
  }),
);

test(
  "a column that was not recognised is put right by hand before anything is imported",
  scene(async ({ server, browser }) => {
    const path = join(tmpdir(), `rounds-columns-${process.pid}.csv`);
    await writeFile(path, "编号,户名,联络号码,管户经理工号\nC990001,测试甲,19907000001,1001\n");
    const { page } = await browser({ size: "desk" });
    await sign_in(page, people.desk);
    await import_file(page, path, {
      decide: async () => {
        await page.getByLabel("联络号码", { exact: true }).selectOption({ label: "手机" });
      },
    });
    const [row] = await server.sql("select name, phone from customer where customer_no = 'C990001'");
    assert.deepEqual(row, { name: "测试甲", phone: "19907000001" });
  }),
);

test(
  "fifty thousand rows come in, and the page may be left while they do",
  scene(async ({ server, browser }) => {
    const rows_total = 50_000;
    const path = join(tmpdir(), `rounds-50000-${process.pid}.csv`);
    const lines = ["客户编号,客户名称,客户类型,手机号,管户经理工号,存款月日均(元)"];
    for (let n = 0; n < rows_total; n += 1) {
      const number = String(n).padStart(5, "0");
      lines.push(`D${number},大名单${number},个人,199${String(10_000_000 + n)},${1001 + (n % 6)},${n}.05`);
    }
    await writeFile(path, lines.join("\n"));
    const { page } = await browser({ size: "desk" });
    await sign_in(page, people.desk);
    await go(page, "导入");
    await page.locator("input[type=file]").setInputFiles(path);
    await page.getByRole("region", { name: "列对上了什么" }).waitFor({ timeout: 4 * patient_ms });
    await verb(page.getByRole("main"), /^导入/).click();
    await page.getByRole("group", { name: "进度" }).waitFor();
    await go(page, "客户");
    await go(page, "导入");
    await page.getByRole("heading", { name: "导入完成" }).waitFor({ timeout: 8 * patient_ms });
    const [{ count, sum }] = await server.sql(
      "select count(*)::int, sum(deposit_fen)::text as sum from customer where customer_no like 'D%'",
    );
    assert.equal(count, rows_total);
    assert.equal(Number(sum), (rows_total * (rows_total - 1)) / 2 * 100 + rows_total * 5);
  }),
);

for (const [what, bytes, words] of [
  ["an empty file", "", /空/],
  ["a file that is no list", Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 1, 2, 3]), /(Excel|CSV)/],
  ["a list without a header", "1,2,3\n4,5,6\n", /表头/],
  ["two columns for one field", "客户编号,客户名称,客户名称,管户经理工号\nC1,甲,乙,1001\n", /两列/],
]) {
  test(
    `${what} is refused in words and changes nothing`,
    scene(async ({ server, browser }) => {
      const { page } = await browser({ size: "desk" });
      await sign_in(page, people.desk);
      const written = await versions(server);
      await go(page, "导入");
      await page.locator("input[type=file]").setInputFiles({ name: "名单.csv", mimeType: "text/csv", buffer: Buffer.from(bytes) });
      await page.getByRole("alert").filter({ hasText: words }).waitFor({ timeout: patient_ms });
      assert.equal(await versions(server), written);
    }),
  );
}
