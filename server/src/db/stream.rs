//! Streams and the versions of their rows (SYNC.md).

use super::{Connection, Result};
use domain::ids::StreamId;
use domain::row::{Kind, RowKey};
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Rows that share one version. A page of changes ends between two versions, so this bounds a page; a larger
/// transaction takes several versions.
pub const VERSION_ROWS_MAX: usize = 2_000;

pub(super) struct Mark {
    pub stream: StreamId,
    pub key: RowKey,
    pub is_deleted: bool,
}

#[derive(Clone, Copy, Debug)]
pub struct StreamState {
    pub version: u64,
    /// Older cookies receive the stream whole.
    pub pruned_to: u64,
}

impl StreamState {
    pub(super) fn of(version_in_database: i64, pruned_to: i64) -> Self {
        Self { version: version(version_in_database), pruned_to: version(pruned_to) }
    }
}

/// A stream and the version it has come to: whom to poke after the commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bumped {
    pub stream: StreamId,
    pub version: u64,
}

/// A row changed after some version.
#[derive(Clone, Copy, Debug)]
pub struct Changed {
    pub version: u64,
    pub key: RowKey,
    pub is_deleted: bool,
}

pub async fn create(connection: &mut Connection, stream: StreamId) -> Result<()> {
    sqlx::query("insert into stream (id, version, pruned_to) values ($1, 0, 0)")
        .bind(stream.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Bumps each stream touched, in id order, and notes the version on each row. From here to the commit the streams are
/// locked: within a stream version order is commit order.
pub(super) async fn mark(connection: &mut Connection, mut marks: Vec<Mark>) -> Result<Vec<Bumped>> {
    marks.sort_by_key(|mark| (mark.stream, mark.key));
    let mut counts: BTreeMap<StreamId, usize> = BTreeMap::new();
    for mark in &marks {
        *counts.entry(mark.stream).or_default() += 1;
    }
    let mut versions = Vec::with_capacity(marks.len());
    let mut bumped = Vec::with_capacity(counts.len());
    for (stream, &count) in &counts {
        let steps = i64::try_from(count.div_ceil(VERSION_ROWS_MAX)).unwrap_or(1);
        let last: i64 =
            sqlx::query_scalar("update stream set version = version + $2 where id = $1 returning version")
                .bind(stream.0)
                .bind(steps)
                .fetch_one(&mut *connection)
                .await?;
        bumped.push(Bumped { stream: *stream, version: version(last) });
        let first = last - steps + 1;
        versions.extend(
            (first..=last).flat_map(|version| std::iter::repeat_n(version, VERSION_ROWS_MAX)).take(count),
        );
    }
    let streams: Vec<Uuid> = marks.iter().map(|mark| mark.stream.0).collect();
    let kinds: Vec<&str> = marks.iter().map(|mark| mark.key.kind.word()).collect();
    let ids: Vec<Uuid> = marks.iter().map(|mark| mark.key.id).collect();
    let deleted: Vec<bool> = marks.iter().map(|mark| mark.is_deleted).collect();
    sqlx::query(
        "insert into sync_row (stream_id, kind, row_id, version, deleted, changed_at)
         select r.*, now() from unnest($1::uuid[], $2::text[], $3::uuid[], $4::bigint[], $5::boolean[]) as r
         on conflict (stream_id, kind, row_id) do update set
             version = excluded.version, deleted = excluded.deleted, changed_at = excluded.changed_at",
    )
    .bind(streams)
    .bind(kinds)
    .bind(ids)
    .bind(versions)
    .bind(deleted)
    .execute(connection)
    .await?;
    Ok(bumped)
}

/// Where these streams stand: another server process may have changed them.
pub async fn versions(connection: &mut Connection, streams: &[StreamId]) -> Result<Vec<Bumped>> {
    let ids: Vec<Uuid> = streams.iter().map(|stream| stream.0).collect();
    let rows = sqlx::query("select id, version from stream where id = any($1)")
        .bind(ids)
        .fetch_all(connection)
        .await?;
    let bumped =
        |row: &PgRow| Ok(Bumped { stream: StreamId(row.try_get(0)?), version: version(row.try_get(1)?) });
    rows.iter().map(bumped).collect()
}

/// Rows changed after `after`, oldest first, at most `limit`; to tell whether a version is complete, ask for one more.
pub async fn changes(
    connection: &mut Connection,
    stream: StreamId,
    after: u64,
    limit: usize,
) -> Result<Vec<Changed>> {
    let rows = sqlx::query(
        "select version, kind, row_id, deleted from sync_row where stream_id = $1 and version > $2
         order by version limit $3",
    )
    .bind(stream.0)
    .bind(i64::try_from(after).unwrap_or(i64::MAX))
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let word: &str = row.try_get(1)?;
            let kind = Kind::from_word(word)
                .ok_or_else(|| sqlx::Error::Decode(format!("unknown kind {word}").into()))?;
            Ok(Changed {
                version: version(row.try_get(0)?),
                key: RowKey { kind, id: row.try_get(2)? },
                is_deleted: row.try_get(3)?,
            })
        })
        .collect()
}

/// Forgets tombstones older than `days`; cookies from before them receive their stream whole. Answers how many.
pub async fn prune_tombstones(connection: &mut Connection, days: i64) -> Result<u64> {
    sqlx::query(
        "update stream set pruned_to = old.version
         from (
             select stream_id, max(version) as version from sync_row
             where deleted and changed_at < now() - $1 * interval '1 day' group by stream_id
         ) as old
         where stream.id = old.stream_id and stream.pruned_to < old.version",
    )
    .bind(days)
    .execute(&mut *connection)
    .await?;
    let forgotten =
        sqlx::query("delete from sync_row where deleted and changed_at < now() - $1 * interval '1 day'")
            .bind(days)
            .execute(connection)
            .await?;
    Ok(forgotten.rows_affected())
}

fn version(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
