//! Signing in, and who is signed in. Tokens are known here only by their hash.

use super::stream::StreamState;
use super::table::{Cells, instant};
use super::{Connection, Result, Scope};
use domain::actor::Actor;
use domain::ids::{DeviceId, EmployeeId, OrgUnitId, StreamId};
use domain::limits;
use domain::organisation::Role;
use domain::time::Timestamp;
use sqlx::Row as _;
use std::collections::HashMap;
use uuid::Uuid;

/// A person on a device, with what they may see.
#[derive(Clone, Debug)]
pub struct Caller {
    pub scope: Scope,
    pub device_id: DeviceId,
    pub organisation_name: String,
    pub org_unit_name: String,
    pub epoch: Uuid,
    pub must_change_password: bool,
    pub last_seq: u64,
    pub pending: u32,
    pub last_contact_at: Timestamp,
    /// The device, or the person's right to be here.
    pub is_revoked: bool,
    /// Revoked, but what it holds unsent is still taken.
    pub takes_last_push: bool,
    pub expires_at: Timestamp,
    /// Where the streams of the scope stand.
    pub streams: HashMap<StreamId, StreamState>,
}

/// Who holds this token, if anybody still does. One statement, so one snapshot even outside a transaction: the person,
/// the books, and where every stream of theirs stands.
pub async fn signed_in(
    connection: &mut Connection,
    token_hash: &[u8],
    now: Timestamp,
) -> Result<Option<Caller>> {
    let row = sqlx::query(
        "with recursive me as (
             select session.device_id, session.expires_at, employee.id, employee.organisation_id,
                 employee.org_unit_id, employee.employee_no, employee.name, employee.role,
                 employee.must_change_password, device.last_seq, device.pending, device.last_contact_at,
                 device.revoked_at is not null or not employee.is_active as is_revoked,
                 device.takes_last_push and employee.is_active as takes_last_push
             from session
             join employee on employee.id = session.employee_id
             join device on device.employee_id = session.employee_id and device.id = session.device_id
             where session.token_hash = $1 and session.expires_at > $2
         ), subtree (id) as (
             select org_unit_id from me where role in ('desk', 'lead', 'auditor')
             union
             select below.id from org_unit as below join subtree on below.parent_id = subtree.id
         ), read_books (id) as (
             select book.id from book join me on me.role = 'manager' and book.holder_id = me.id
             union select id from book where org_unit_id in (select id from subtree)
             order by id limit $3
         ), followed as (
             select id, version, pruned_to from stream
             where id in (select organisation_id from me union all select id from read_books)
         )
         select me.id, me.employee_no, me.name, me.role, me.org_unit_id, me.organisation_id, me.device_id,
             root.name, unit.name, installation.epoch, me.must_change_password, me.last_seq, me.pending,
             me.last_contact_at, me.is_revoked, me.takes_last_push, me.expires_at,
             array(select id from read_books order by id),
             array(select id from followed order by id),
             array(select version from followed order by id),
             array(select pruned_to from followed order by id)
         from me
         join org_unit as unit on unit.id = me.org_unit_id
         join org_unit as root on root.id = me.organisation_id
         cross join installation",
    )
    .bind(token_hash)
    .bind(instant(now))
    // One stream is the library's.
    .bind(i64::try_from(limits::SCOPE_STREAMS_MAX).unwrap_or(i64::MAX) - 1)
    .fetch_optional(connection)
    .await?;
    row.map(|row| read(&mut Cells::of(&row))).transpose()
}

fn read(cells: &mut Cells<'_>) -> Result<Caller> {
    let mut actor = Actor {
        employee_id: cells.id()?,
        employee_no: cells.next()?,
        name: cells.next()?,
        role: cells.word(Role::from_word)?,
        org_unit_id: cells.id()?,
        books: Vec::new(),
    };
    let organisation: OrgUnitId = cells.id()?;
    let mut signed_in = Caller {
        device_id: cells.id()?,
        organisation_name: cells.next()?,
        org_unit_name: cells.next()?,
        epoch: cells.next()?,
        must_change_password: cells.next()?,
        last_seq: u64::try_from(cells.next::<i64>()?).unwrap_or(0),
        pending: cells.count()?,
        last_contact_at: cells.timestamp()?,
        is_revoked: cells.next()?,
        takes_last_push: cells.next()?,
        expires_at: cells.timestamp()?,
        scope: Scope::new(actor.clone(), organisation),
        streams: HashMap::new(),
    };
    actor.books = cells.next::<Vec<Uuid>>()?.into_iter().map(Into::into).collect();
    signed_in.scope = Scope::new(actor, organisation);
    let (ids, versions, pruned): (Vec<Uuid>, Vec<i64>, Vec<i64>) =
        (cells.next()?, cells.next()?, cells.next()?);
    let states = versions.into_iter().zip(pruned).map(|(version, pruned)| StreamState::of(version, pruned));
    signed_in.streams = ids.into_iter().map(StreamId).zip(states).collect();
    Ok(signed_in)
}

/// What signing in is checked against.
pub struct Credentials {
    pub employee_id: EmployeeId,
    pub password_hash: String,
}

/// None for an unknown number and for somebody who has left.
pub async fn credentials(connection: &mut Connection, employee_no: &str) -> Result<Option<Credentials>> {
    let row = sqlx::query("select id, password_hash from employee where employee_no = $1 and is_active")
        .bind(employee_no)
        .fetch_optional(connection)
        .await?;
    row.map(|row| {
        Ok(Credentials { employee_id: EmployeeId(row.try_get(0)?), password_hash: row.try_get(1)? })
    })
    .transpose()
}

pub struct NewSession<'a> {
    pub token_hash: &'a [u8],
    pub employee_id: EmployeeId,
    pub device_id: DeviceId,
    pub now: Timestamp,
    pub expires_at: Timestamp,
}

/// Begins a session; the device's earlier ones end, so that a token never outlives the next sign-in.
pub async fn create(connection: &mut Connection, new: NewSession<'_>) -> Result<()> {
    sqlx::query("delete from session where employee_id = $1 and (device_id = $2 or expires_at < $3)")
        .bind(new.employee_id.0)
        .bind(new.device_id.0)
        .bind(instant(new.now))
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "insert into session (token_hash, employee_id, device_id, created_at, expires_at) values ($1, $2, $3, $4, $5)",
    )
    .bind(new.token_hash)
    .bind(new.employee_id.0)
    .bind(new.device_id.0)
    .bind(instant(new.now))
    .bind(instant(new.expires_at))
    .execute(&mut *connection)
    .await?;
    sqlx::query("update employee set last_sign_in_at = $2 where id = $1")
        .bind(new.employee_id.0)
        .bind(instant(new.now))
        .execute(connection)
        .await?;
    Ok(())
}

/// Holds the person until the end of the transaction, if these credentials still open the door: since they were looked at
/// the password may have been reset, or the person have left.
pub async fn hold(connection: &mut Connection, checked: &Credentials) -> Result<bool> {
    let held =
        sqlx::query("select id from employee where id = $1 and password_hash = $2 and is_active for update")
            .bind(checked.employee_id.0)
            .bind(&checked.password_hash)
            .fetch_optional(connection)
            .await?;
    Ok(held.is_some())
}

pub async fn extend(connection: &mut Connection, token_hash: &[u8], expires_at: Timestamp) -> Result<()> {
    sqlx::query("update session set expires_at = $2 where token_hash = $1")
        .bind(token_hash)
        .bind(instant(expires_at))
        .execute(connection)
        .await?;
    Ok(())
}

/// Which of these tokens open nothing any more: signed out, run out, or the device or the person has no right to be here.
pub async fn ended(connection: &mut Connection, token_hashes: &[Vec<u8>]) -> Result<Vec<Vec<u8>>> {
    let ended = sqlx::query_scalar(
        "select asked.token_hash from unnest($1::bytea[]) as asked (token_hash)
         where not exists (
             select from session
             join employee on employee.id = session.employee_id
             join device on device.employee_id = session.employee_id and device.id = session.device_id
             where session.token_hash = asked.token_hash and session.expires_at > now()
                 and employee.is_active and device.revoked_at is null
         )",
    )
    .bind(token_hashes)
    .fetch_all(connection)
    .await?;
    Ok(ended)
}

pub async fn end(connection: &mut Connection, token_hash: &[u8]) -> Result<()> {
    sqlx::query("delete from session where token_hash = $1").bind(token_hash).execute(connection).await?;
    Ok(())
}

/// Ends every session of a person, except the one with this token.
pub async fn end_all(connection: &mut Connection, employee: EmployeeId, except: Option<&[u8]>) -> Result<()> {
    sqlx::query("delete from session where employee_id = $1 and token_hash is distinct from $2")
        .bind(employee.0)
        .bind(except)
        .execute(connection)
        .await?;
    Ok(())
}

pub struct Failures {
    pub count: u32,
    pub last_at: Timestamp,
}

pub async fn failures(connection: &mut Connection, number_hash: &[u8]) -> Result<Option<Failures>> {
    let row = sqlx::query("select failures, last_at from sign_in_failure where number_hash = $1")
        .bind(number_hash)
        .fetch_optional(connection)
        .await?;
    row.map(|row| {
        let cells = &mut Cells::of(&row);
        Ok(Failures { count: cells.count()?, last_at: cells.timestamp()? })
    })
    .transpose()
}

/// Counts one more failure, from one again when the last lies before `since`. Answers the count.
pub async fn count_failure(
    connection: &mut Connection,
    number_hash: &[u8],
    now: Timestamp,
    since: Timestamp,
) -> Result<u32> {
    sqlx::query("delete from sign_in_failure where last_at < $1")
        .bind(instant(since))
        .execute(&mut *connection)
        .await?;
    let count: i32 = sqlx::query_scalar(
        "insert into sign_in_failure as f (number_hash, failures, last_at) values ($1, 1, $2)
         on conflict (number_hash) do update set failures = f.failures + 1, last_at = excluded.last_at
         returning failures",
    )
    .bind(number_hash)
    .bind(instant(now))
    .fetch_one(connection)
    .await?;
    Ok(u32::try_from(count).unwrap_or(0))
}

pub async fn forget_failures(connection: &mut Connection, number_hash: &[u8]) -> Result<()> {
    sqlx::query("delete from sign_in_failure where number_hash = $1")
        .bind(number_hash)
        .execute(connection)
        .await?;
    Ok(())
}

pub async fn set_password(
    connection: &mut Connection,
    employee: EmployeeId,
    password_hash: &str,
    must_change: bool,
) -> Result<()> {
    sqlx::query("update employee set password_hash = $2, must_change_password = $3 where id = $1")
        .bind(employee.0)
        .bind(password_hash)
        .bind(must_change)
        .execute(connection)
        .await?;
    Ok(())
}
