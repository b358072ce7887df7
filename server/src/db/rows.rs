//! Reading synced rows of any kind, within a scope.

use super::scope::{become_system, leave_system};
use super::table::{Cells, Table};
use super::{Connection, Result, Scope};
use domain::call::Call;
use domain::choice::Choice;
use domain::conflict::Conflict;
use domain::contact::Contact;
use domain::contract::Contract;
use domain::customer::Customer;
use domain::event::Event;
use domain::figures::Figures;
use domain::ids::StreamId;
use domain::mark::Mark;
use domain::note::Note;
use domain::organisation::{Book, Colleague, OrgUnit};
use domain::photo::Photo;
use domain::policy::Policy;
use domain::preparation::Preparation;
use domain::product::Product;
use domain::promise::Promise;
use domain::row::{Kind, Row, RowKey};
use domain::standard::VisitStandard;
use domain::task::Task;
use domain::tier::{TierOverride, TierScheme};
use domain::tier_goal::TierGoal;
use domain::visit::Visit;
use sqlx::postgres::PgRow;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Calls a function that is generic over the table with the table of a kind.
macro_rules! of_kind {
    ($kind:expr, $function:ident($($argument:expr),* $(,)?)) => {
        match $kind {
            Kind::OrgUnit => $function::<OrgUnit>($($argument),*).await,
            Kind::Book => $function::<Book>($($argument),*).await,
            Kind::Colleague => $function::<Colleague>($($argument),*).await,
            Kind::Choice => $function::<Choice>($($argument),*).await,
            Kind::Product => $function::<Product>($($argument),*).await,
            Kind::Customer => $function::<Customer>($($argument),*).await,
            Kind::Contact => $function::<Contact>($($argument),*).await,
            Kind::Promise => $function::<Promise>($($argument),*).await,
            Kind::Conflict => $function::<Conflict>($($argument),*).await,
            Kind::Visit => $function::<Visit>($($argument),*).await,
            Kind::Note => $function::<Note>($($argument),*).await,
            Kind::Photo => $function::<Photo>($($argument),*).await,
            Kind::TierScheme => $function::<TierScheme>($($argument),*).await,
            Kind::VisitStandard => $function::<VisitStandard>($($argument),*).await,
            Kind::Policy => $function::<Policy>($($argument),*).await,
            Kind::Task => $function::<Task>($($argument),*).await,
            Kind::Contract => $function::<Contract>($($argument),*).await,
            Kind::Event => $function::<Event>($($argument),*).await,
            Kind::TierOverride => $function::<TierOverride>($($argument),*).await,
            Kind::TierGoal => $function::<TierGoal>($($argument),*).await,
            Kind::Mark => $function::<Mark>($($argument),*).await,
            Kind::Preparation => $function::<Preparation>($($argument),*).await,
            Kind::Figures => $function::<Figures>($($argument),*).await,
            Kind::Call => $function::<Call>($($argument),*).await,
        }
    };
}
pub(super) use of_kind;

fn read_all<T: Table>(rows: &[PgRow]) -> Result<Vec<Row>> {
    let read = rows.iter().map(|row| T::read(&mut Cells::of(row)).map(Into::into));
    Ok(read.collect::<std::result::Result<_, _>>()?)
}

/// The rows of these keys that exist and lie in scope.
pub async fn load(
    connection: &mut Connection,
    scope: &Scope,
    keys: impl IntoIterator<Item = RowKey>,
) -> Result<BTreeMap<RowKey, Row>> {
    let mut found = BTreeMap::new();
    for (kind, ids) in by_kind(keys) {
        let rows = of_kind!(kind, by_ids(connection, scope, ids))?;
        found.extend(rows.into_iter().map(|row| (row.key(), row)));
    }
    Ok(found)
}

async fn by_ids<T: Table>(connection: &mut Connection, scope: &Scope, ids: Vec<Uuid>) -> Result<Vec<Row>> {
    let rows = sqlx::query(T::BY_IDS).bind(ids).bind(scope.stream_ids()).fetch_all(connection).await?;
    read_all::<T>(&rows)
}

/// Which of these keys some row has, in scope or not. Tells nothing of the row; within a scope.
pub async fn taken(
    connection: &mut Connection,
    keys: impl IntoIterator<Item = RowKey>,
) -> Result<BTreeSet<RowKey>> {
    let mut found = BTreeSet::new();
    let kinds = by_kind(keys);
    if kinds.is_empty() {
        return Ok(found);
    }
    become_system(connection).await?;
    for (kind, ids) in kinds {
        let ids = of_kind!(kind, taken_ids(connection, ids))?;
        found.extend(ids.into_iter().map(|id| RowKey { kind, id }));
    }
    leave_system(connection).await?;
    Ok(found)
}

async fn taken_ids<T: Table>(connection: &mut Connection, ids: Vec<Uuid>) -> Result<Vec<Uuid>> {
    Ok(sqlx::query_scalar(T::TAKEN).bind(ids).fetch_all(connection).await?)
}

/// Rows of one kind in a stream with ids below `below`, the newest first.
pub async fn load_page(
    connection: &mut Connection,
    scope: &Scope,
    stream: StreamId,
    kind: Kind,
    below: Uuid,
    limit: usize,
) -> Result<Vec<Row>> {
    if !scope.reads(stream) {
        return Ok(Vec::new());
    }
    of_kind!(kind, page(connection, stream, below, limit))
}

async fn page<T: Table>(
    connection: &mut Connection,
    stream: StreamId,
    below: Uuid,
    limit: usize,
) -> Result<Vec<Row>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = sqlx::query(T::PAGE).bind(stream.0).bind(below).bind(limit).fetch_all(connection).await?;
    read_all::<T>(&rows)
}

/// How many rows first syncs of these streams still have to send: all of the kinds after `at`'s, and of its kind those
/// with lower ids.
pub async fn count_below(connection: &mut Connection, walks: &[(StreamId, Option<RowKey>)]) -> Result<u64> {
    let (mut streams, mut kinds, mut below) = (Vec::new(), Vec::new(), Vec::new());
    for &(stream, at) in walks {
        for &kind in Kind::ALL.iter().filter(|&&kind| at.is_none_or(|at| kind >= at.kind)) {
            streams.push(stream.0);
            kinds.push(kind.word());
            below.push(at.filter(|at| at.kind == kind).map_or(Uuid::max(), |at| at.id));
        }
    }
    if streams.is_empty() {
        return Ok(0);
    }
    let count: i64 = sqlx::query_scalar(
        "select count(*) from unnest($1::uuid[], $2::text[], $3::uuid[]) as walk (stream_id, kind, below)
         join sync_row on sync_row.stream_id = walk.stream_id and sync_row.kind = walk.kind
             and sync_row.row_id < walk.below
         where not sync_row.deleted",
    )
    .bind(streams)
    .bind(kinds)
    .bind(below)
    .fetch_one(connection)
    .await?;
    Ok(u64::try_from(count).unwrap_or(0))
}

fn by_kind(keys: impl IntoIterator<Item = RowKey>) -> BTreeMap<Kind, Vec<Uuid>> {
    let mut kinds: BTreeMap<Kind, Vec<Uuid>> = BTreeMap::new();
    for key in keys {
        kinds.entry(key.kind).or_default().push(key.id);
    }
    kinds
}
