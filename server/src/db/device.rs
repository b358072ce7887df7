//! Devices, each as one person uses it.

use super::table::{Cells, instant};
use super::{Connection, Result, Scope};
use domain::api::Device;
use domain::ids::{DeviceId, EmployeeId};
use domain::organisation::Role;
use domain::time::Timestamp;
use domain::wire::LeftBehind;
use sqlx::Row as _;

/// As many as anybody reads.
const LEFT_BEHIND_MAX: i64 = 3;

/// A device as it introduces itself.
pub struct Introduced<'a> {
    pub employee: EmployeeId,
    pub device: DeviceId,
    pub name: &'a str,
    pub app_version: Option<&'a str>,
}

/// What is known of a device's standing.
pub struct Standing {
    pub is_revoked: bool,
    /// Revoked, but what it holds unsent is still taken.
    pub takes_last_push: bool,
}

/// Known from now on; what it says of itself replaces what it said before.
pub async fn register(
    connection: &mut Connection,
    introduced: Introduced<'_>,
    now: Timestamp,
) -> Result<Standing> {
    let row = sqlx::query(
        "insert into device (employee_id, id, name, app_version, last_seq, pending, last_contact_at)
         values ($1, $2, $3, $4, 0, 0, $5)
         on conflict (employee_id, id) do update
             set name = excluded.name, app_version = excluded.app_version, last_contact_at = excluded.last_contact_at
         returning revoked_at is not null, takes_last_push",
    )
    .bind(introduced.employee.0)
    .bind(introduced.device.0)
    .bind(introduced.name)
    .bind(introduced.app_version)
    .bind(instant(now))
    .fetch_one(connection)
    .await?;
    Ok(Standing { is_revoked: row.try_get(0)?, takes_last_push: row.try_get(1)? })
}

/// What a person's other devices last reported as unsent, if this one is not known yet; the latest heard first.
pub async fn left_behind(
    connection: &mut Connection,
    employee: EmployeeId,
    device: DeviceId,
) -> Result<Vec<LeftBehind>> {
    let rows = sqlx::query(
        "select name, pending, last_contact_at from device
         where employee_id = $1 and pending > 0 and revoked_at is null
             and not exists (select from device as this where this.employee_id = $1 and this.id = $2)
         order by last_contact_at desc, id limit $3",
    )
    .bind(employee.0)
    .bind(device.0)
    .bind(LEFT_BEHIND_MAX)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let cells = &mut Cells::of(row);
            Ok(LeftBehind {
                device_name: cells.next()?,
                pending: cells.count()?,
                last_contact_at: cells.timestamp()?,
            })
        })
        .collect()
}

/// The server's half of the second way into the device's store; `new` becomes it where there is none yet.
pub async fn recovery_key(
    connection: &mut Connection,
    employee: EmployeeId,
    device: DeviceId,
    new: &str,
) -> Result<String> {
    sqlx::query(
        "insert into recovery_key (employee_id, device_id, key) values ($1, $2, $3)
         on conflict (employee_id, device_id) do nothing",
    )
    .bind(employee.0)
    .bind(device.0)
    .bind(new)
    .execute(&mut *connection)
    .await?;
    Ok(sqlx::query_scalar("select key from recovery_key where employee_id = $1 and device_id = $2")
        .bind(employee.0)
        .bind(device.0)
        .fetch_one(connection)
        .await?)
}

/// Nobody comes in by it again.
pub async fn forget_recovery_key(
    connection: &mut Connection,
    employee: EmployeeId,
    device: DeviceId,
) -> Result<()> {
    sqlx::query("delete from recovery_key where employee_id = $1 and device_id = $2")
        .bind(employee.0)
        .bind(device.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Holds the device until the end of the transaction, so that its pushes follow each other. Answers its last sequence
/// number.
pub async fn lock(
    connection: &mut Connection,
    employee: EmployeeId,
    device: DeviceId,
) -> Result<Option<u64>> {
    let row = sqlx::query("select last_seq from device where employee_id = $1 and id = $2 for update")
        .bind(employee.0)
        .bind(device.0)
        .fetch_optional(connection)
        .await?;
    row.map(|row| Ok(u64::try_from(row.try_get::<i64, _>(0)?).unwrap_or(0))).transpose()
}

/// What a device has come to.
pub struct Heard {
    pub last_seq: u64,
    /// What stays on it.
    pub pending: u32,
    /// It says that this was all: of a revoked one nothing more is taken.
    pub is_last: bool,
}

pub async fn advance(
    connection: &mut Connection,
    employee: EmployeeId,
    device: DeviceId,
    heard: Heard,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "update device set last_seq = $3, pending = $4, last_contact_at = $5,
             takes_last_push = takes_last_push and not $6
         where employee_id = $1 and id = $2",
    )
    .bind(employee.0)
    .bind(device.0)
    .bind(i64::try_from(heard.last_seq).unwrap_or(i64::MAX))
    .bind(i32::try_from(heard.pending).unwrap_or(i32::MAX))
    .bind(instant(now))
    .bind(heard.is_last)
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that the device was heard, and what it holds unsent.
pub async fn note_contact(
    connection: &mut Connection,
    employee: EmployeeId,
    device: DeviceId,
    pending: u32,
    now: Timestamp,
) -> Result<()> {
    sqlx::query("update device set pending = $3, last_contact_at = $4 where employee_id = $1 and id = $2")
        .bind(employee.0)
        .bind(device.0)
        .bind(i32::try_from(pending).unwrap_or(i32::MAX))
        .bind(instant(now))
        .execute(connection)
        .await?;
    Ok(())
}

/// Whose devices a person may see: an administrator everyone's, a lead those of the subtree, others their own.
pub async fn listed(
    connection: &mut Connection,
    scope: &Scope,
    this: DeviceId,
    only: Option<DeviceId>,
) -> Result<Vec<Device>> {
    let actor = scope.actor();
    let rows = sqlx::query(
        "with recursive subtree (id) as (
             select $4::uuid where $3
             union
             select below.id from org_unit as below join subtree on below.parent_id = subtree.id
         )
         select device.id, employee.id, employee.name, device.name, device.last_contact_at, device.pending,
             device.revoked_at, device.app_version
         from device join employee on employee.id = device.employee_id
         where employee.organisation_id = $1
             and ($2 or employee.id = $5 or employee.org_unit_id in (select id from subtree))
             and ($6::uuid is null or device.id = $6)
         order by employee.employee_no, device.last_contact_at desc",
    )
    .bind(scope.organisation().0)
    .bind(actor.role == Role::Administrator)
    .bind(actor.role == Role::Lead)
    .bind(actor.org_unit_id.0)
    .bind(actor.employee_id.0)
    .bind(only.map(|device| device.0))
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let cells = &mut Cells::of(row);
            let id: DeviceId = cells.id()?;
            let employee_id: EmployeeId = cells.id()?;
            Ok(Device {
                id,
                employee_id,
                employee_name: cells.next()?,
                name: cells.next()?,
                is_this_one: id == this && employee_id == actor.employee_id,
                last_contact_at: Some(cells.timestamp()?),
                pending: cells.count()?,
                revoked_at: cells.timestamp_or_none()?,
                app_version: cells.next()?,
            })
        })
        .collect()
}

/// The device is told at its next contact; its sessions stay, so that it can be told. What was said first about the
/// edits it holds unsent stands.
pub async fn revoke(
    connection: &mut Connection,
    employee: EmployeeId,
    device: DeviceId,
    take_pending: bool,
) -> Result<()> {
    sqlx::query(
        "update device set revoked_at = now(), takes_last_push = $3
         where employee_id = $1 and id = $2 and revoked_at is null",
    )
    .bind(employee.0)
    .bind(device.0)
    .bind(take_pending)
    .execute(connection)
    .await?;
    Ok(())
}
