// An organisation's rules, published straight into the database: for tests of what follows from them.
import { randomUUID } from "node:crypto";
import { day } from "./app.mjs";

const text = (value) => `'${JSON.stringify(value).replaceAll("'", "''")}'::jsonb`;

/** Two tiers by assets, gold from `gold_yuan`, in force since `since` days ago; each owed so many visits a month. */
export async function publish(server, { gold_yuan = 500_000, visits = { gold: 2, basic: 1 }, since = 40 } = {}) {
  const organisation = await server.value("select id from org_unit where parent_id is null");
  const [before, from] = [day(-since - 1), day(-since)];
  const version = 900;
  const own = { org_unit_id: organisation, version, state: "published", effective_on: from };
  const fen = gold_yuan * 100;
  const scheme = {
    id: randomUUID(),
    ...own,
    tiers: [{ code: "gold", name: "金" }, { code: "basic", name: "大众" }],
    ladders: [
      {
        name: "资产",
        applies: "everyone",
        by: { sum: ["deposit", "wealth", "insurance", "fund"] },
        steps: [
          { tier: "gold", floor: { at: fen }, ceiling: "open", besides: [] },
          { tier: "basic", floor: "open", ceiling: { at: fen }, besides: [] },
        ],
      },
    ],
    freeze: "none",
    weights: {},
  };
  const owed = (tier) => ({
    tier,
    visits: { count: visits[tier], per: "month" },
    calls: { count: 0, per: "month" },
    on_event: [],
  });
  const standard = {
    id: randomUUID(),
    ...own,
    carried_periods: 3,
    do_event_visits_count: false,
    tiers: [owed("gold"), owed("basic")],
  };
  const rows = [["tier_scheme", "scheme", scheme], ["visit_standard", "standard", standard]];
  for (const [table, column, row] of rows) {
    // The sample's own may be of a later day, and would still be in force.
    await server.execute(`
      update ${table} set effective_on = '${before}', ${column} = jsonb_set(${column}, '{effective_on}', '"${before}"')
      where effective_on >= '${from}';
      insert into ${table} (id, organisation_id, version, effective_on, ${column})
      values ('${row.id}', '${organisation}', ${version}, '${from}', ${text(row)});
      update stream set version = version + 1 where id = '${organisation}';
      insert into sync_row (stream_id, kind, row_id, version, deleted, changed_at)
      select id, '${table}', '${row.id}', version, false, now() from stream where id = '${organisation}'`);
  }
}
