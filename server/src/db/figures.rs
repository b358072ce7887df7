use super::table::{Cells, Table as _, table};
use super::{Connection, Result, Scope};
use domain::figures::Figures;
use domain::ids::CustomerId;
use domain::month::Month;
use domain::tier::{Measure, Measures};
use domain::time::Date;
use std::collections::BTreeSet;
use uuid::Uuid;

/// In the order of the columns.
pub(super) const MEASURES: [Measure; 12] = [
    Measure::Deposit,
    Measure::Wealth,
    Measure::Insurance,
    Measure::Fund,
    Measure::Loan,
    Measure::MonthlySpend,
    Measure::ProductsHeld,
    Measure::Usage,
    Measure::Profit,
    Measure::Steadiness,
    Measure::Credit,
    Measure::Potential,
];

table! {
    Figures, "figures", stream: "book_id",
    columns: "id, customer_id, as_of, deposit_fen, wealth_fen, insurance_fen, fund_fen, loan_fen, monthly_spend_fen,
        products_held, usage_points, profit_points, steadiness_points, credit_points, potential_points",
    write: r#"
        insert into figures as t (
            id, customer_id, book_id, month, as_of, deposit_fen, wealth_fen, insurance_fen, fund_fen, loan_fen,
            monthly_spend_fen, products_held, usage_points, profit_points, steadiness_points, credit_points,
            potential_points
        )
        select id, customer_id, stream, date_trunc('month', as_of)::date, as_of, ("values" ->> 'deposit')::bigint,
            ("values" ->> 'wealth')::bigint, ("values" ->> 'insurance')::bigint, ("values" ->> 'fund')::bigint,
            ("values" ->> 'loan')::bigint, ("values" ->> 'monthly_spend')::bigint,
            ("values" ->> 'products_held')::bigint, ("values" ->> 'usage')::bigint, ("values" ->> 'profit')::bigint,
            ("values" ->> 'steadiness')::bigint, ("values" ->> 'credit')::bigint, ("values" ->> 'potential')::bigint
        from jsonb_to_recordset($1) as r (id uuid, customer_id uuid, stream uuid, as_of date, "values" jsonb)
        on conflict (id) do update set
            month = excluded.month, as_of = excluded.as_of,
            deposit_fen = excluded.deposit_fen, wealth_fen = excluded.wealth_fen,
            insurance_fen = excluded.insurance_fen, fund_fen = excluded.fund_fen, loan_fen = excluded.loan_fen,
            monthly_spend_fen = excluded.monthly_spend_fen, products_held = excluded.products_held,
            usage_points = excluded.usage_points, profit_points = excluded.profit_points,
            steadiness_points = excluded.steadiness_points, credit_points = excluded.credit_points,
            potential_points = excluded.potential_points
        where t.customer_id = excluded.customer_id and t.book_id = excluded.book_id"#,
    read: |cells| Ok(Figures {
        id: cells.id()?,
        customer_id: cells.id()?,
        as_of: cells.next()?,
        values: {
            let mut values = Measures::default();
            for measure in MEASURES {
                values.set(measure, cells.next()?);
            }
            values
        },
    }),
}

/// What is held of any of these customers and months.
pub async fn figures_of(
    connection: &mut Connection,
    scope: &Scope,
    customers: &[CustomerId],
    months: &BTreeSet<Month>,
) -> Result<Vec<Figures>> {
    let customers: Vec<Uuid> = customers.iter().map(|id| id.0).collect();
    let months: Vec<Date> = months.iter().map(|month| month.first_day()).collect();
    let rows = sqlx::query(
        "select id, customer_id, as_of, deposit_fen, wealth_fen, insurance_fen, fund_fen, loan_fen,
             monthly_spend_fen, products_held, usage_points, profit_points, steadiness_points, credit_points,
             potential_points
         from figures where customer_id = any($1) and month = any($2) and book_id = any($3)",
    )
    .bind(customers)
    .bind(months)
    .bind(scope.stream_ids())
    .fetch_all(connection)
    .await?;
    Ok(rows.iter().map(|row| Figures::read(&mut Cells::of(row))).collect::<std::result::Result<_, _>>()?)
}
