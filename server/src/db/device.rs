//! Devices, each as one person uses it.

use super::table::instant;
use super::{Connection, Db, Result};
use domain::ids::{DeviceId, EmployeeId};
use domain::time::Timestamp;
use sqlx::Row as _;

/// Known from now on; a name given anew replaces the old one. Answers whether it has been revoked.
pub async fn register(
    connection: &mut Connection,
    employee: EmployeeId,
    device: DeviceId,
    name: &str,
    now: Timestamp,
) -> Result<bool> {
    let revoked = sqlx::query_scalar(
        "insert into device (employee_id, id, name, last_seq, pending, last_contact_at) values ($1, $2, $3, 0, 0, $4)
         on conflict (employee_id, id) do update set name = excluded.name, last_contact_at = excluded.last_contact_at
         returning revoked_at is not null",
    )
    .bind(employee.0)
    .bind(device.0)
    .bind(name)
    .bind(instant(now))
    .fetch_one(connection)
    .await?;
    Ok(revoked)
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

pub async fn advance(
    connection: &mut Connection,
    employee: EmployeeId,
    device: DeviceId,
    last_seq: u64,
    pending: u32,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "update device set last_seq = $3, pending = $4, last_contact_at = $5 where employee_id = $1 and id = $2",
    )
    .bind(employee.0)
    .bind(device.0)
    .bind(i64::try_from(last_seq).unwrap_or(i64::MAX))
    .bind(i32::try_from(pending).unwrap_or(i32::MAX))
    .bind(instant(now))
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that the device was heard, and what it holds unsent.
pub async fn note_contact(
    db: &Db,
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
        .execute(db.pool())
        .await?;
    Ok(())
}
