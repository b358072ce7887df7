//! Figures for the lead's page, over the books in scope.

use super::table::Cells;
use super::{Connection, Result, Scope};
use domain::api::{TeamDevice, TeamManager};
use domain::ids::{BookId, EmployeeId};
use domain::time::Date;
use std::collections::HashMap;

/// The days that are counted.
#[derive(Clone, Copy, Debug)]
pub struct Days {
    pub today: Date,
    pub quarter_from: Date,
    pub week_from: Date,
    pub week_to: Date,
}

/// One book's figures.
pub struct BookFigures {
    pub book: BookId,
    pub holder: Option<EmployeeId>,
    pub customers: u32,
    pub customers_visited: u32,
    pub visits_done: u32,
    pub planned_this_week: u32,
    pub visits_overdue: u32,
    pub promises_overdue: u32,
    /// Customers without a visit since a given day, by ours or by the branch's list.
    pub not_visited: u32,
}

pub async fn books(
    connection: &mut Connection,
    scope: &Scope,
    days: Days,
    visited_since: Date,
) -> Result<Vec<BookFigures>> {
    let rows = sqlx::query(
        "with done as (
             select book_id, customer_id, count(*) filter (where visit_on between $2 and $3) as visits,
                 max(visit_on) as last_on
             from visit where book_id = any($1) and state = 'done' group by book_id, customer_id
         ), planned as (
             select book_id, count(*) filter (where visit_on between $4 and $5) as this_week,
                 count(*) filter (where visit_on < $3) as overdue
             from visit where book_id = any($1) and state = 'planned' group by book_id
         ), owed as (
             select book_id, count(*) as overdue from promise
             where book_id = any($1) and state = 'open' and due_on < $3 group by book_id
         ), held as (
             select customer.book_id, count(*) as customers, count(*) filter (where done.visits > 0) as visited,
                 coalesce(sum(done.visits), 0)::bigint as visits,
                 count(*) filter (
                     where greatest(done.last_on, customer.last_visited_on) is null
                         or greatest(done.last_on, customer.last_visited_on) < $6
                 ) as not_visited
             from customer left join done on done.customer_id = customer.id
             where customer.book_id = any($1) group by customer.book_id
         )
         select book.id, book.holder_id, coalesce(held.customers, 0)::integer, coalesce(held.visited, 0)::integer,
             coalesce(held.visits, 0)::integer, coalesce(planned.this_week, 0)::integer,
             coalesce(planned.overdue, 0)::integer, coalesce(owed.overdue, 0)::integer,
             coalesce(held.not_visited, 0)::integer
         from book
         left join held on held.book_id = book.id
         left join planned on planned.book_id = book.id
         left join owed on owed.book_id = book.id
         where book.id = any($1) order by book.id",
    )
    .bind(scope.stream_ids())
    .bind(days.quarter_from)
    .bind(days.today)
    .bind(days.week_from)
    .bind(days.week_to)
    .bind(visited_since)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let cells = &mut Cells::of(row);
            Ok(BookFigures {
                book: cells.id()?,
                holder: cells.id_or_none()?,
                customers: cells.count()?,
                customers_visited: cells.count()?,
                visits_done: cells.count()?,
                planned_this_week: cells.count()?,
                visits_overdue: cells.count()?,
                promises_overdue: cells.count()?,
                not_visited: cells.count()?,
            })
        })
        .collect()
}

/// Managers who hold a book in scope or work in the subtree, without figures, by number.
pub async fn managers(connection: &mut Connection, scope: &Scope) -> Result<Vec<TeamManager>> {
    let rows = sqlx::query(
        "with recursive subtree (id) as (
             select $2::uuid
             union
             select below.id from org_unit as below join subtree on below.parent_id = subtree.id
         )
         select id, employee_no, name from employee
         where id in (select holder_id from book where id = any($1))
             or (role = 'manager' and is_active and org_unit_id in (select id from subtree))
         order by employee_no",
    )
    .bind(scope.stream_ids())
    .bind(scope.actor().org_unit_id.0)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let cells = &mut Cells::of(row);
            Ok(TeamManager {
                employee_id: cells.id()?,
                employee_no: cells.next()?,
                name: cells.next()?,
                books: Vec::new(),
                customers: 0,
                customers_visited: 0,
                visits_done: 0,
                planned_this_week: 0,
                visits_overdue: 0,
                promises_overdue: 0,
                devices: Vec::new(),
            })
        })
        .collect()
}

/// Devices in use of these people, the last heard first.
pub async fn devices(
    connection: &mut Connection,
    scope: &Scope,
    people: &[EmployeeId],
) -> Result<HashMap<EmployeeId, Vec<TeamDevice>>> {
    let people: Vec<_> = people.iter().map(|person| person.0).collect();
    let rows = sqlx::query(
        "select device.employee_id, device.name, device.last_contact_at, device.pending
         from device join employee on employee.id = device.employee_id
         where employee.organisation_id = $1 and employee.id = any($2) and device.revoked_at is null
         order by device.last_contact_at desc",
    )
    .bind(scope.organisation().0)
    .bind(people)
    .fetch_all(connection)
    .await?;
    let mut devices: HashMap<EmployeeId, Vec<TeamDevice>> = HashMap::new();
    for row in &rows {
        let cells = &mut Cells::of(row);
        let person = cells.id()?;
        let device = TeamDevice {
            name: cells.next()?,
            last_contact_at: Some(cells.timestamp()?),
            pending: cells.count()?,
        };
        devices.entry(person).or_default().push(device);
    }
    Ok(devices)
}
