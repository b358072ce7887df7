//! What an administrator sees of people, org units and books: no customers, only how many.

use super::table::Cells;
use super::{Connection, Result, Scope};
use domain::api::{Book, Employee};
use domain::ids::{BookId, EmployeeId, OrgUnitId};
use domain::organisation::{OrgUnit, Role};
use sqlx::postgres::PgRow;
use uuid::Uuid;

/// Holds the organisation's people, units and books until the end of the transaction: what is checked of them before a
/// change is still so when it is written.
pub async fn lock(connection: &mut Connection, scope: &Scope) -> Result<()> {
    sqlx::query("select version from stream where id = $1 for update")
        .bind(scope.library().0)
        .execute(connection)
        .await?;
    Ok(())
}

fn employee(row: &PgRow) -> Result<Employee> {
    let cells = &mut Cells::of(row);
    Ok(Employee {
        id: cells.id()?,
        employee_no: cells.next()?,
        name: cells.next()?,
        role: cells.word(Role::from_word)?,
        org_unit_id: cells.id()?,
        is_active: cells.next()?,
        must_change_password: cells.next()?,
        last_sign_in_at: cells.timestamp_or_none()?,
    })
}

/// Everyone in the organisation, by number.
pub async fn employees(connection: &mut Connection, scope: &Scope) -> Result<Vec<Employee>> {
    let rows = sqlx::query(
        "select id, employee_no, name, role, org_unit_id, is_active, must_change_password, last_sign_in_at
         from employee where organisation_id = $1 order by employee_no",
    )
    .bind(scope.organisation().0)
    .fetch_all(connection)
    .await?;
    rows.iter().map(employee).collect()
}

pub async fn employee_by_id(
    connection: &mut Connection,
    scope: &Scope,
    id: EmployeeId,
) -> Result<Option<Employee>> {
    let row = sqlx::query(
        "select id, employee_no, name, role, org_unit_id, is_active, must_change_password, last_sign_in_at
         from employee where organisation_id = $1 and id = $2",
    )
    .bind(scope.organisation().0)
    .bind(id.0)
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(employee).transpose()
}

/// The whole tree, parents before what lies below them.
pub async fn org_units(connection: &mut Connection, scope: &Scope) -> Result<Vec<OrgUnit>> {
    let rows = sqlx::query(
        "with recursive tree (id, parent_id, name, path) as (
             select id, parent_id, name, array[name] from org_unit where id = $1
             union all
             select unit.id, unit.parent_id, unit.name, tree.path || unit.name
             from org_unit as unit join tree on unit.parent_id = tree.id
         )
         select id, parent_id, name from tree order by path",
    )
    .bind(scope.organisation().0)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let cells = &mut Cells::of(row);
            Ok(OrgUnit { id: cells.id()?, parent_id: cells.id_or_none()?, name: cells.next()? })
        })
        .collect()
}

fn book(row: &PgRow) -> Result<Book> {
    let cells = &mut Cells::of(row);
    Ok(Book {
        id: cells.id()?,
        org_unit_id: cells.id()?,
        holder_id: cells.id_or_none()?,
        name: cells.next()?,
        customers: cells.count()?,
    })
}

/// The books a person reads; for an administrator those of the whole organisation.
pub async fn books(connection: &mut Connection, scope: &Scope, only: Option<BookId>) -> Result<Vec<Book>> {
    let is_of_all = scope.actor().role == Role::Administrator;
    if is_of_all {
        scope.widen(connection).await?;
    }
    let rows = sqlx::query(
        "select id, org_unit_id, holder_id, name,
             (select count(*)::integer from customer where customer.book_id = book.id)
         from book
         where organisation_id = $1 and ($2 or id = any($3)) and ($4::uuid is null or id = $4)
         order by name, id",
    )
    .bind(scope.organisation().0)
    .bind(is_of_all)
    .bind(scope.stream_ids())
    .bind(only.map(|book| book.0))
    .fetch_all(&mut *connection)
    .await?;
    if is_of_all {
        scope.narrow(connection).await?;
    }
    rows.iter().map(book).collect()
}

/// Whether an org unit is of the organisation.
pub async fn has_org_unit(connection: &mut Connection, scope: &Scope, id: OrgUnitId) -> Result<bool> {
    Ok(sqlx::query_scalar("select exists (select from org_unit where id = $1 and organisation_id = $2)")
        .bind(id.0)
        .bind(scope.organisation().0)
        .fetch_one(connection)
        .await?)
}

/// The whole identity number of a customer in scope; the outer None is nobody.
pub async fn identity_no(
    connection: &mut Connection,
    scope: &Scope,
    customer: Uuid,
) -> Result<Option<Option<String>>> {
    Ok(sqlx::query_scalar("select identity_no from customer where id = $1 and book_id = any($2)")
        .bind(customer)
        .bind(scope.stream_ids())
        .fetch_optional(connection)
        .await?)
}
