//! Org units, books and employees. As rows of the reference library they are [`OrgUnit`], [`Book`] and [`Colleague`].

use super::table::table;
use super::{Connection, Result};
use domain::ids::{EmployeeId, OrgUnitId};
use domain::organisation::{Book, Colleague, OrgUnit, Role};

table! {
    OrgUnit, "org_unit", stream: "organisation_id",
    columns: "id, parent_id, name",
    write: "
        insert into org_unit as t (id, organisation_id, parent_id, name)
        select id, stream, parent_id, name
        from jsonb_to_recordset($1) as r (id uuid, stream uuid, parent_id uuid, name text)
        on conflict (id) do update set parent_id = excluded.parent_id, name = excluded.name
        where t.organisation_id = excluded.organisation_id",
    read: |cells| Ok(OrgUnit { id: cells.id()?, parent_id: cells.id_or_none()?, name: cells.next()? }),
}

table! {
    Book, "book", stream: "organisation_id",
    columns: "id, org_unit_id, holder_id, name",
    write: "
        insert into book as t (id, organisation_id, org_unit_id, holder_id, name)
        select id, stream, org_unit_id, holder_id, name
        from jsonb_to_recordset($1) as r (id uuid, stream uuid, org_unit_id uuid, holder_id uuid, name text)
        on conflict (id) do update set
            org_unit_id = excluded.org_unit_id, holder_id = excluded.holder_id, name = excluded.name
        where t.organisation_id = excluded.organisation_id",
    read: |cells| Ok(Book {
        id: cells.id()?,
        org_unit_id: cells.id()?,
        holder_id: cells.id_or_none()?,
        name: cells.next()?,
    }),
}

table! {
    Colleague, "employee", stream: "organisation_id",
    columns: "id, employee_no, name, role, org_unit_id, is_active",
    // Only an employee who has been inserted with a password can be written here.
    write: "
        update employee set
            employee_no = r.employee_no, name = r.name, role = r.role, org_unit_id = r.org_unit_id,
            is_active = r.is_active
        from jsonb_to_recordset($1) as r (
            id uuid, stream uuid, employee_no text, name text, role text, org_unit_id uuid, is_active boolean
        )
        where employee.id = r.id and employee.organisation_id = r.stream",
    read: |cells| Ok(Colleague {
        id: cells.id()?,
        employee_no: cells.next()?,
        name: cells.next()?,
        role: cells.word(Role::from_word)?,
        org_unit_id: cells.id()?,
        is_active: cells.next()?,
    }),
}

/// A person with a password; to be followed by [`super::save`] of the [`Colleague`].
pub struct NewEmployeeRow<'a> {
    pub id: EmployeeId,
    pub organisation: OrgUnitId,
    pub org_unit_id: OrgUnitId,
    pub employee_no: &'a str,
    pub name: &'a str,
    pub role: Role,
    pub password_hash: &'a str,
    pub must_change_password: bool,
}

/// Violates `employee_number_key` when the number is taken.
pub async fn insert_employee(connection: &mut Connection, new: NewEmployeeRow<'_>) -> Result<()> {
    sqlx::query(
        "insert into employee (id, organisation_id, org_unit_id, employee_no, name, role, is_active, password_hash,
             must_change_password)
         values ($1, $2, $3, $4, $5, $6, true, $7, $8)",
    )
    .bind(new.id.0)
    .bind(new.organisation.0)
    .bind(new.org_unit_id.0)
    .bind(new.employee_no)
    .bind(new.name)
    .bind(new.role.word())
    .bind(new.password_hash)
    .bind(new.must_change_password)
    .execute(connection)
    .await?;
    Ok(())
}

pub async fn has_employees(connection: &mut Connection) -> Result<bool> {
    Ok(sqlx::query_scalar("select exists (select from employee)").fetch_one(connection).await?)
}
