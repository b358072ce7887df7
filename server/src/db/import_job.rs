//! Imports of lists, and the customers a list may touch.

use super::table::{Cells, instant};
use super::{Connection, Result, Scope};
use domain::api::{ImportCounts, ImportState, ReasonCount};
use domain::ids::{BookId, CustomerId};
use domain::import::{Column, Held, ListForm, Unit};
use domain::month::Month;
use domain::row::Row as DomainRow;
use domain::time::{Date, Timestamp};
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use sqlx::types::Json;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// A running import that has not been heard for this long was left by its server.
const SILENT_S: i32 = 30;

pub type Columns = Vec<(Option<Column>, Unit)>;

/// An import without its file.
#[derive(Clone, Debug)]
pub struct Job {
    pub id: Uuid,
    pub file_name: String,
    pub header_line: u32,
    pub rows: u32,
    pub form: ListForm,
    pub month: Option<Month>,
    pub columns: Columns,
    pub state: ImportState,
    pub created_at: Timestamp,
    pub done: u32,
    pub counts: Option<ImportCounts>,
    pub by_reason: Option<Vec<ReasonCount>>,
    pub finished_at: Option<Timestamp>,
}

fn state_word(state: ImportState) -> &'static str {
    match state {
        ImportState::Waiting => "waiting",
        ImportState::Running => "running",
        ImportState::Done => "done",
        ImportState::Stopped => "stopped",
        ImportState::Failed => "failed",
    }
}

fn state_of(word: &str) -> Option<ImportState> {
    use ImportState::{Done, Failed, Running, Stopped, Waiting};
    [Waiting, Running, Done, Stopped, Failed].into_iter().find(|&state| state_word(state) == word)
}

fn job(row: &PgRow) -> Result<Job> {
    let cells = &mut Cells::of(row);
    Ok(Job {
        id: cells.next()?,
        file_name: cells.next()?,
        header_line: cells.count()?,
        rows: cells.count()?,
        form: cells.word(ListForm::from_word)?,
        month: cells.next::<Option<Date>>()?.map(Month::of),
        columns: cells.json()?,
        state: cells.word(state_of)?,
        created_at: cells.timestamp()?,
        done: cells.count()?,
        counts: cells.json_or_none()?,
        by_reason: cells.json_or_none()?,
        finished_at: cells.timestamp_or_none()?,
    })
}

pub struct NewJob<'a> {
    pub id: Uuid,
    pub file_name: &'a str,
    pub content: &'a [u8],
    pub header_line: u32,
    pub rows: u32,
    pub form: ListForm,
    pub month: Option<Month>,
    pub columns: &'a Columns,
    pub now: Timestamp,
}

pub async fn insert(connection: &mut Connection, scope: &Scope, new: NewJob<'_>) -> Result<()> {
    sqlx::query(
        "insert into import_job (id, organisation_id, org_unit_id, created_by, created_at, file_name, content,
             header_line, rows, mapping, state, done, is_stop_asked, form, month)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'waiting', 0, false, $11, $12)",
    )
    .bind(new.id)
    .bind(scope.organisation().0)
    .bind(scope.actor().org_unit_id.0)
    .bind(scope.actor().employee_id.0)
    .bind(instant(new.now))
    .bind(new.file_name)
    .bind(new.content)
    .bind(i32::try_from(new.header_line).unwrap_or(i32::MAX))
    .bind(i32::try_from(new.rows).unwrap_or(i32::MAX))
    .bind(Json(new.columns))
    .bind(new.form.word())
    .bind(new.month.map(Month::first_day))
    .execute(connection)
    .await?;
    Ok(())
}

/// Imports of the person's own org unit, the latest first. One that lost its server is shown as failed.
pub async fn list(connection: &mut Connection, scope: &Scope, only: Option<Uuid>) -> Result<Vec<Job>> {
    let rows = sqlx::query(
        "select id, file_name, header_line, rows, form, month, mapping,
             case when state = 'running' and heard_at < now() - $3 * interval '1 second' then 'failed' else state end,
             created_at, done, counts, by_reason, finished_at
         from import_job
         where org_unit_id = $1 and ($2::uuid is null or id = $2)
         order by created_at desc limit 50",
    )
    .bind(scope.actor().org_unit_id.0)
    .bind(only)
    .bind(SILENT_S)
    .fetch_all(connection)
    .await?;
    rows.iter().map(job).collect()
}

pub async fn content(connection: &mut Connection, id: Uuid) -> Result<Option<Vec<u8>>> {
    Ok(sqlx::query_scalar("select content from import_job where id = $1")
        .bind(id)
        .fetch_optional(connection)
        .await?)
}

/// Only while it waits; answers whether it did.
pub async fn set_mapping(
    connection: &mut Connection,
    id: Uuid,
    form: ListForm,
    month: Option<Month>,
    columns: &Columns,
) -> Result<bool> {
    let set = sqlx::query(
        "update import_job set form = $2, month = $3, mapping = $4 where id = $1 and state = 'waiting'",
    )
    .bind(id)
    .bind(form.word())
    .bind(month.map(Month::first_day))
    .bind(Json(columns))
    .execute(connection)
    .await?;
    Ok(set.rows_affected() == 1)
}

/// Takes a waiting import for running, so that of two requests only one runs it.
pub async fn take(connection: &mut Connection, id: Uuid) -> Result<bool> {
    let taken = sqlx::query(
        "update import_job set state = 'running', done = 0, heard_at = now(), is_stop_asked = false
         where id = $1 and state = 'waiting'",
    )
    .bind(id)
    .execute(connection)
    .await?;
    Ok(taken.rows_affected() == 1)
}

/// Says how far it is; answers whether it is to stop.
pub async fn advance(connection: &mut Connection, id: Uuid, done: u32) -> Result<bool> {
    Ok(sqlx::query_scalar(
        "update import_job set done = $2, heard_at = now() where id = $1 returning is_stop_asked",
    )
    .bind(id)
    .bind(i32::try_from(done).unwrap_or(i32::MAX))
    .fetch_one(connection)
    .await?)
}

pub async fn ask_to_stop(connection: &mut Connection, id: Uuid) -> Result<()> {
    sqlx::query("update import_job set is_stop_asked = true where id = $1 and state = 'running'")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

pub async fn finish(
    connection: &mut Connection,
    id: Uuid,
    state: ImportState,
    counts: ImportCounts,
    by_reason: &[ReasonCount],
) -> Result<()> {
    sqlx::query(
        "update import_job set state = $2, counts = $3, by_reason = $4, finished_at = now(), done =
             case when $2 = 'done' then rows else done end
         where id = $1",
    )
    .bind(id)
    .bind(state_word(state))
    .bind(Json(counts))
    .bind(Json(by_reason))
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets an import that is not running; answers whether it did.
pub async fn delete(connection: &mut Connection, id: Uuid) -> Result<bool> {
    let deleted = sqlx::query(
        "delete from import_job where id = $1
             and (state <> 'running' or heard_at < now() - $2 * interval '1 second')",
    )
    .bind(id)
    .bind(SILENT_S)
    .execute(connection)
    .await?;
    Ok(deleted.rows_affected() == 1)
}

/// The book a list's customers go to by the manager's 工号; of several the first. Only active managers with a book in
/// scope.
pub async fn books_by_manager(
    connection: &mut Connection,
    scope: &Scope,
) -> Result<BTreeMap<String, BookId>> {
    let rows = sqlx::query(
        "select employee.employee_no, book.id from book join employee on employee.id = book.holder_id
         where book.id = any($1) and employee.is_active order by book.id desc",
    )
    .bind(scope.stream_ids())
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, BookId(row.try_get(1)?)))).collect()
}

/// What the organisation holds under these numbers.
#[derive(Default)]
pub struct Known {
    /// In scope, by customer number.
    pub held: HashMap<String, Held>,
    /// Customer numbers held out of scope.
    pub elsewhere: Vec<String>,
    /// The customer number of whoever has an identity number, in scope or not.
    pub identity_owners: HashMap<String, String>,
}

pub async fn known(
    connection: &mut Connection,
    scope: &Scope,
    numbers: &[String],
    identities: &[String],
) -> Result<Known> {
    let mut known = Known::default();
    scope.widen(connection).await?;
    let rows = sqlx::query(
        "select customer_no, identity_no, id, book_id = any($4) from customer
         where organisation_id = $1 and (customer_no = any($2) or identity_no = any($3))",
    )
    .bind(scope.organisation().0)
    .bind(numbers)
    .bind(identities)
    .bind(scope.stream_ids())
    .fetch_all(&mut *connection)
    .await?;
    scope.narrow(connection).await?;
    let mut identity_of: HashMap<CustomerId, Option<String>> = HashMap::new();
    for row in &rows {
        let (number, identity): (String, Option<String>) = (row.try_get(0)?, row.try_get(1)?);
        if let Some(identity) = &identity {
            known.identity_owners.insert(identity.clone(), number.clone());
        }
        if row.try_get::<bool, _>(3)? {
            identity_of.insert(CustomerId(row.try_get(2)?), identity);
        } else {
            known.elsewhere.push(number);
        }
    }
    let keys: Vec<_> = identity_of.keys().map(|&id| id.into()).collect();
    for (_, row) in super::load(connection, scope, keys).await? {
        let DomainRow::Customer(customer) = row else { continue };
        let identity_no = identity_of.remove(&customer.id).flatten();
        known.held.insert(customer.customer_no.clone(), Held { customer, identity_no });
    }
    Ok(known)
}

/// How many customers in scope have no figures of a month.
pub async fn customers_without(
    connection: &mut Connection,
    scope: &Scope,
    months: &[Month],
) -> Result<BTreeMap<Month, u32>> {
    let customers: i64 = sqlx::query_scalar("select count(*) from customer where book_id = any($1)")
        .bind(scope.stream_ids())
        .fetch_one(&mut *connection)
        .await?;
    let days: Vec<Date> = months.iter().map(|month| month.first_day()).collect();
    let rows = sqlx::query(
        "select month, count(*) from figures where book_id = any($1) and month = any($2) group by month",
    )
    .bind(scope.stream_ids())
    .bind(days)
    .fetch_all(connection)
    .await?;
    let mut with: BTreeMap<Month, i64> = months.iter().map(|month| (*month, 0)).collect();
    for row in &rows {
        with.insert(Month::of(row.try_get(0)?), row.try_get(1)?);
    }
    let without = |with: i64| u32::try_from(customers.saturating_sub(with)).unwrap_or_default();
    Ok(with.into_iter().map(|(month, with)| (month, without(with))).collect())
}
