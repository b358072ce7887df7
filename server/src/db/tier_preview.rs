//! What a tier scheme is tried on: every customer of the organisation by pages, with just those of their rows that can
//! decide a tier today. It reads beyond the asker's books, so only counts may be told of it.

use super::figures::MEASURES;
use super::table::{Cells, Table};
use super::{Connection, Result, Scope};
use domain::customer::Holdings;
use domain::figures::Figures;
use domain::ids::{BookId, CustomerId};
use domain::money::Fen;
use domain::tier::{Measure, TierOverride};
use domain::time::Date;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

pub struct Held {
    pub id: CustomerId,
    pub book_id: BookId,
    pub customer_no: String,
    pub holdings: Holdings,
}

/// From here to [`close`] the transaction reads every book of the organisation.
pub async fn open(connection: &mut Connection, scope: &Scope) -> Result<()> {
    scope.widen(connection).await
}

pub async fn close(connection: &mut Connection, scope: &Scope) -> Result<()> {
    scope.narrow(connection).await
}

/// Customers of the organisation after a number, in the order of their numbers.
pub async fn customers(
    connection: &mut Connection,
    scope: &Scope,
    after: &str,
    limit: i64,
) -> Result<Vec<Held>> {
    let rows = sqlx::query(
        "select id, book_id, customer_no, deposit_fen, wealth_fen, insurance_fen, fund_fen, loan_fen, holdings_as_of
         from customer where organisation_id = $1 and customer_no > $2 order by customer_no limit $3",
    )
    .bind(scope.organisation().0)
    .bind(after)
    .bind(limit)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let cells = &mut Cells::of(row);
            Ok(Held {
                id: cells.id()?,
                book_id: cells.id()?,
                customer_no: cells.next()?,
                holdings: Holdings {
                    deposit: Fen(cells.next()?),
                    wealth: Fen(cells.next()?),
                    insurance: Fen(cells.next()?),
                    fund: Fen(cells.next()?),
                    loan: Fen(cells.next()?),
                    as_of: cells.next()?,
                },
            })
        })
        .collect()
}

/// Tiers set by hand that hold on a day.
pub async fn overrides(
    connection: &mut Connection,
    customers: &[Uuid],
    on: Date,
) -> Result<Vec<TierOverride>> {
    let rows = sqlx::query(
        "select id, customer_id, tier, reason, set_by, set_on, until_on from tier_override
         where customer_id = any($1) and set_on <= $2 and until_on >= $2",
    )
    .bind(customers)
    .bind(on)
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| Ok(TierOverride::read(&mut Cells::of(row))?)).collect()
}

/// The customers' latest figures, whatever they tell and whenever they are of.
pub async fn latest(connection: &mut Connection, customers: &[Uuid]) -> Result<Vec<Figures>> {
    let rows = sqlx::query(
        "select latest.* from unnest($1::uuid[]) as asked (customer)
         cross join lateral (
             select id, customer_id, as_of, deposit_fen, wealth_fen, insurance_fen, fund_fen, loan_fen,
                 monthly_spend_fen, products_held, usage_points, profit_points, steadiness_points, credit_points,
                 potential_points
             from figures where customer_id = asked.customer order by month desc limit 1
         ) as latest",
    )
    .bind(customers)
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| Ok(Figures::read(&mut Cells::of(row))?)).collect()
}

/// Every figure of these customers in the days after `from`, up to `to`.
pub async fn between(
    connection: &mut Connection,
    customers: &[Uuid],
    from: Date,
    to: Date,
) -> Result<Vec<Figures>> {
    let rows = sqlx::query(
        "select id, customer_id, as_of, deposit_fen, wealth_fen, insurance_fen, fund_fen, loan_fen, monthly_spend_fen,
             products_held, usage_points, profit_points, steadiness_points, credit_points, potential_points
         from figures where customer_id = any($1) and as_of > $2 and as_of <= $3",
    )
    .bind(customers)
    .bind(from)
    .bind(to)
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| Ok(Figures::read(&mut Cells::of(row))?)).collect()
}

/// Those of the measures that any list ever told of anybody: to look for the others with every customer would be the
/// longest part of the work.
pub async fn told_at_all(
    connection: &mut Connection,
    measures: &BTreeSet<Measure>,
) -> Result<BTreeSet<Measure>> {
    let row = sqlx::query(
        "select
             case when $1 & 1 <> 0 then exists (select from figures where deposit_fen is not null) end,
             case when $1 & 2 <> 0 then exists (select from figures where wealth_fen is not null) end,
             case when $1 & 4 <> 0 then exists (select from figures where insurance_fen is not null) end,
             case when $1 & 8 <> 0 then exists (select from figures where fund_fen is not null) end,
             case when $1 & 16 <> 0 then exists (select from figures where loan_fen is not null) end,
             case when $1 & 32 <> 0 then exists (select from figures where monthly_spend_fen is not null) end,
             case when $1 & 64 <> 0 then exists (select from figures where products_held is not null) end,
             case when $1 & 128 <> 0 then exists (select from figures where usage_points is not null) end,
             case when $1 & 256 <> 0 then exists (select from figures where profit_points is not null) end,
             case when $1 & 512 <> 0 then exists (select from figures where steadiness_points is not null) end,
             case when $1 & 1024 <> 0 then exists (select from figures where credit_points is not null) end,
             case when $1 & 2048 <> 0 then exists (select from figures where potential_points is not null) end",
    )
    .bind(bits(measures))
    .fetch_one(connection)
    .await?;
    let cells = &mut Cells::of(&row);
    let mut told = BTreeSet::new();
    for measure in MEASURES {
        if cells.next::<Option<bool>>()? == Some(true) {
            told.insert(measure);
        }
    }
    Ok(told)
}

/// For each customer the figures that tell one of the measures asked for, latest by the day; again, until each is told or
/// no list ever did. `latest` is what [`latest`] answered: with it, this is enough for [`domain::rating::Known::told`].
pub async fn telling(
    connection: &mut Connection,
    latest: &[Figures],
    asks_for: &BTreeSet<Measure>,
    by: Date,
) -> Result<Vec<Figures>> {
    let mut waiting: HashMap<CustomerId, BTreeSet<Measure>> = HashMap::with_capacity(latest.len());
    for figures in latest {
        let mut wanted = asks_for.clone();
        if figures.as_of <= by {
            wanted.retain(|measure| figures.values.get(*measure).is_none());
        }
        waiting.insert(figures.customer_id, wanted);
    }
    let mut found = Vec::new();
    loop {
        waiting.retain(|_, wanted| !wanted.is_empty());
        if waiting.is_empty() {
            return Ok(found);
        }
        let told = telling_once(connection, &waiting, by).await?;
        // Whom no row answered waits for what nobody told.
        let mut still: HashMap<CustomerId, BTreeSet<Measure>> = HashMap::with_capacity(told.len());
        for figures in &told {
            if let Some(mut wanted) = waiting.remove(&figures.customer_id) {
                wanted.retain(|measure| figures.values.get(*measure).is_none());
                still.insert(figures.customer_id, wanted);
            }
        }
        found.extend(told);
        waiting = still;
    }
}

async fn telling_once(
    connection: &mut Connection,
    waiting: &HashMap<CustomerId, BTreeSet<Measure>>,
    by: Date,
) -> Result<Vec<Figures>> {
    let (customers, wanted): (Vec<Uuid>, Vec<i32>) =
        waiting.iter().map(|(customer, wanted)| (customer.0, bits(wanted))).unzip();
    let rows = sqlx::query(
        "select told.* from unnest($1::uuid[], $2::integer[]) as asked (customer, wanted)
         cross join lateral (
             select id, customer_id, as_of, deposit_fen, wealth_fen, insurance_fen, fund_fen, loan_fen,
                 monthly_spend_fen, products_held, usage_points, profit_points, steadiness_points, credit_points,
                 potential_points
             from figures
             where customer_id = asked.customer and month <= $3 and as_of <= $3 and (
                 (asked.wanted & 1 <> 0 and deposit_fen is not null)
                 or (asked.wanted & 2 <> 0 and wealth_fen is not null)
                 or (asked.wanted & 4 <> 0 and insurance_fen is not null)
                 or (asked.wanted & 8 <> 0 and fund_fen is not null)
                 or (asked.wanted & 16 <> 0 and loan_fen is not null)
                 or (asked.wanted & 32 <> 0 and monthly_spend_fen is not null)
                 or (asked.wanted & 64 <> 0 and products_held is not null)
                 or (asked.wanted & 128 <> 0 and usage_points is not null)
                 or (asked.wanted & 256 <> 0 and profit_points is not null)
                 or (asked.wanted & 512 <> 0 and steadiness_points is not null)
                 or (asked.wanted & 1024 <> 0 and credit_points is not null)
                 or (asked.wanted & 2048 <> 0 and potential_points is not null)
             )
             order by month desc limit 1
         ) as told",
    )
    .bind(customers)
    .bind(wanted)
    .bind(by)
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| Ok(Figures::read(&mut Cells::of(row))?)).collect()
}

/// One bit for each measure, in the order of the columns.
fn bits(measures: &BTreeSet<Measure>) -> i32 {
    MEASURES
        .iter()
        .zip(0..)
        .filter(|(measure, _)| measures.contains(measure))
        .map(|(_, at)| 1_i32 << at)
        .sum()
}
