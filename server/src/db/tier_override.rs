use super::table::table;
use domain::tier::{TierCode, TierOverride};

table! {
    TierOverride, "tier_override", stream: "book_id",
    columns: "id, customer_id, tier, reason, set_by, set_on, until_on",
    write: r#"
        insert into tier_override as t (id, customer_id, book_id, tier, reason, set_by, set_on, until_on)
        select id, customer_id, stream, tier, reason, set_by, set_on, "until"
        from jsonb_to_recordset($1) as r (
            id uuid, customer_id uuid, stream uuid, tier text, reason text, set_by uuid, set_on date, "until" date
        )
        on conflict (id) do update set until_on = excluded.until_on
        where t.customer_id = excluded.customer_id and t.book_id = excluded.book_id"#,
    read: |cells| Ok(TierOverride {
        id: cells.id()?,
        customer_id: cells.id()?,
        tier: TierCode(cells.next()?),
        reason: cells.next()?,
        set_by: cells.id()?,
        set_on: cells.next()?,
        until: cells.next()?,
    }),
}
