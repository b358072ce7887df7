//! What became of each mutation: the answer to the same push again.

use super::table::{Cells, instant};
use super::{Connection, Result};
use domain::ids::{DeviceId, EmployeeId, MutationId};
use domain::rejection::Rejection;
use domain::time::Timestamp;
use sqlx::types::Json;
use uuid::Uuid;

#[derive(Clone, Debug)]
pub struct Logged {
    pub seq: u64,
    pub id: MutationId,
    pub refused: Option<Rejection>,
}

pub async fn stored(
    connection: &mut Connection,
    employee: EmployeeId,
    device: DeviceId,
    seqs: &[u64],
) -> Result<Vec<Logged>> {
    if seqs.is_empty() {
        return Ok(Vec::new());
    }
    let seqs: Vec<i64> = seqs.iter().filter_map(|&seq| i64::try_from(seq).ok()).collect();
    let rows = sqlx::query(
        "select seq, mutation_id, refused from mutation_log
         where employee_id = $1 and device_id = $2 and seq = any($3) order by seq",
    )
    .bind(employee.0)
    .bind(device.0)
    .bind(seqs)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let cells = &mut Cells::of(row);
            Ok(Logged {
                seq: u64::try_from(cells.next::<i64>()?).unwrap_or(0),
                id: cells.id()?,
                refused: cells.json_or_none()?,
            })
        })
        .collect()
}

pub struct Entry<'a> {
    pub logged: Logged,
    pub name: &'a str,
    pub made_at: Timestamp,
}

pub async fn append(
    connection: &mut Connection,
    employee: EmployeeId,
    device: DeviceId,
    entries: &[Entry<'_>],
    now: Timestamp,
) -> Result<()> {
    let seqs: Vec<i64> =
        entries.iter().map(|entry| i64::try_from(entry.logged.seq).unwrap_or(i64::MAX)).collect();
    let ids: Vec<Uuid> = entries.iter().map(|entry| entry.logged.id.0).collect();
    // A name that is none of ours may be anything; PostgreSQL holds no NUL.
    let names: Vec<String> = entries.iter().map(|entry| entry.name.replace('\0', "")).collect();
    let refused: Vec<Option<Json<&Rejection>>> =
        entries.iter().map(|entry| entry.logged.refused.as_ref().map(Json)).collect();
    let made: Vec<_> = entries.iter().map(|entry| instant(entry.made_at)).collect();
    sqlx::query(
        "insert into mutation_log (employee_id, device_id, seq, mutation_id, name, refused, made_at, applied_at)
         select $1, $2, r.*, $8
         from unnest($3::bigint[], $4::uuid[], $5::text[], $6::jsonb[], $7::timestamptz[]) as r",
    )
    .bind(employee.0)
    .bind(device.0)
    .bind(seqs)
    .bind(ids)
    .bind(names)
    .bind(refused)
    .bind(made)
    .bind(instant(now))
    .execute(connection)
    .await?;
    Ok(())
}
