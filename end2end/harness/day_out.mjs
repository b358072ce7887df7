// A day away from the branch: everything a manager does at a customer's, with texts that can be found again.
import {
  add_contact, add_note, all_there, customer, day, edit_customer, give, go, open_customer, plan_visit, record_visit,
  sheet, verb,
} from "./app.mjs";
import { photo } from "./data.mjs";

export const texts = {
  summary: "谈了海边仓库的保险，店主想先看条款",
  promise: "送仓库保险条款",
  contact: "闻人测试",
  contact_phone: "19955550101",
  note: "狗很凶，按侧门的铃",
  phone: "19955550102",
  skip_reason: "客户不在",
  purpose: "回访保险",
};

/** How many changes `work` makes: what the pill counts. */
export const changes = 9;

/** `visited` gets the visit, the edits and the photo; `moved` and `skipped` get planned visits that then move and fall out. */
export async function work(page, { visited, moved, skipped }) {
  await open_customer(page, visited);
  await record_visit(page, {
    met: ["本人"],
    needs: ["保险"],
    products: [["仓库财产险", "有意"]],
    mood: "满意",
    summary: texts.summary,
    next_step: "打电话",
    next_on: day(7),
    promise: { text: texts.promise, due_on: day(5) },
    photo,
  });
  await edit_customer(page, { 手机号: texts.phone });
  await add_contact(page, { name: texts.contact, phone: texts.contact_phone, relation: "店员" });
  await add_note(page, texts.note);

  await open_customer(page, moved);
  await plan_visit(page, { on: day(1), at: "10:00", purpose: texts.purpose });
  await reschedule(page, moved, day(2));

  await open_customer(page, skipped);
  await plan_visit(page, { on: day(0), at: "16:00" });
  await skip(page, skipped, texts.skip_reason);
}

async function reschedule(page, name, on) {
  await go(page, "走访");
  await page.getByRole("main").getByRole("button", { name: `${name} 改期` }).last().click(); // the sample may hold earlier plans
  await give(sheet(page), "日期", on);
  await verb(sheet(page), "改期").click();
  await sheet(page).waitFor({ state: "detached" });
}

async function skip(page, name, reason) {
  await go(page, "今天");
  await page.getByRole("main").getByRole("button", { name: `跳过 ${name}` }).last().click();
  await give(sheet(page), "原因", reason);
  await verb(sheet(page), /^跳过/).click();
  await sheet(page).waitFor({ state: "detached" });
}

/** All of it can be read back on the tablet. */
export async function all_of_it_is_there(page, { visited, moved, skipped }) {
  await open_customer(page, visited);
  await all_there(customer(page, visited), [texts.summary, texts.promise, texts.contact, texts.note, "0102"]);
  await customer(page, visited).getByRole("img", { name: /照片/ }).first().waitFor();
  await open_customer(page, moved);
  await all_there(customer(page, moved), [texts.purpose]);
  await open_customer(page, skipped);
  await all_there(customer(page, skipped), [texts.skip_reason]);
}
