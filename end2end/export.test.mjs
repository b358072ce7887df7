// The lead takes a list out as a file: what is listed, masked, marked and logged; nobody else can, and nobody offline.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { go, people, search, sheet, sign_in, soon_ms, synced, tick, verb } from "./harness/app.mjs";
import { scene } from "./harness/scene.mjs";
import { book_of } from "./harness/truth.mjs";

const logged = (server) => server.value("select count(*)::int from audit_log where act = 'export_customers'");

test(
  "a lead exports the customers as they are listed, and each is in the log",
  scene(async ({ server, browser }) => {
    const { page, context } = await browser({ size: "desk" });
    await sign_in(page, people.lead);
    await synced(page);
    await go(page, "客户");
    const [{ name, customer_no, phone }] = (await book_of(server, people.manager)).filter((one) => one.phone);
    await search(page, customer_no);
    await page.getByRole("button", { name: "导出名单" }).click();

    await context.setOffline(true);
    await sheet(page).getByText("导出要联网").waitFor();
    assert.ok(await verb(sheet(page), "导出1位").isDisabled());
    await context.setOffline(false);

    await tick(sheet(page).getByRole("radio", { name: "CSV" }));
    const [download] = await Promise.all([page.waitForEvent("download"), verb(sheet(page), "导出1位").click({ timeout: soon_ms })]);
    assert.match(download.suggestedFilename(), /^客户名单-\d{4}-\d\d-\d\d\.csv$/);
    const text = await readFile(await download.path(), "utf8");
    assert.ok(text.includes(name) && text.includes(customer_no), text);
    assert.ok(text.includes("（2001）") && !text.includes(phone), text);
    assert.equal(text.trim().split("\r\n").length, 3, "who took it, headings, one customer");
    await sheet(page).waitFor({ state: "detached" });
    assert.equal(await logged(server), 1);

    const manager = await browser();
    await sign_in(manager.page, people.manager);
    await synced(manager.page);
    await go(manager.page, "客户");
    await search(manager.page, customer_no);
    assert.equal(await manager.page.getByRole("button", { name: "导出名单" }).count(), 0);
  }),
);
