use super::table::table;
use domain::tier::TierCode;
use domain::tier_goal::TierGoal;

table! {
    TierGoal, "tier_goal", stream: "book_id",
    columns: "id, customer_id, tier, by_on, set_by, set_at",
    write: r#"
        insert into tier_goal as t (id, customer_id, book_id, tier, by_on, set_by, set_at)
        select id, customer_id, stream, tier, "by", set_by, to_timestamp(set_at / 1000.0)
        from jsonb_to_recordset($1) as r (
            id uuid, customer_id uuid, stream uuid, tier text, "by" date, set_by uuid, set_at bigint
        )
        on conflict (id) do update set
            tier = excluded.tier, by_on = excluded.by_on, set_by = excluded.set_by,
            set_at = excluded.set_at
        where t.customer_id = excluded.customer_id and t.book_id = excluded.book_id"#,
    read: |cells| Ok(TierGoal {
        id: cells.id()?,
        customer_id: cells.id()?,
        tier: TierCode(cells.next()?),
        by: cells.next()?,
        set_by: cells.id()?,
        set_at: cells.timestamp()?,
    }),
}
