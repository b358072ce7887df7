//! The one way synced rows are written: in bulk, then marked in their streams.

use super::rows::of_kind;
use super::stream::{self, Bumped};
use super::table::{InStream, Table};
use super::{Connection, Error, Result, Scope};
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
use sqlx::types::Json;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A row written, or deleted (None), in the stream it lies in.
#[derive(Clone, Debug)]
pub struct Change {
    pub stream: StreamId,
    pub key: RowKey,
    pub row: Option<Row>,
}

impl Change {
    pub fn put(stream: impl Into<StreamId>, row: impl Into<Row>) -> Self {
        let row = row.into();
        Self { stream: stream.into(), key: row.key(), row: Some(row) }
    }
}

/// Writes and deletes rows, then marks them in their streams. Call it last in a transaction: it takes the streams'
/// locks. Answers the streams touched, whose followers are to be poked after the commit.
pub async fn save(connection: &mut Connection, scope: &Scope, changes: Vec<Change>) -> Result<Vec<Bumped>> {
    if changes.iter().any(|change| !scope.reads(change.stream)) {
        return Err(Error::OutsideScope);
    }
    let mut put: BTreeMap<Kind, Vec<(Uuid, &Row)>> = BTreeMap::new();
    let mut deleted: BTreeMap<Kind, Vec<Uuid>> = BTreeMap::new();
    for change in &changes {
        match &change.row {
            Some(row) => put.entry(change.key.kind).or_default().push((change.stream.0, row)),
            None => deleted.entry(change.key.kind).or_default().push(change.key.id),
        }
    }
    // In the order of kinds: a customer before what hangs on it.
    for (kind, rows) in put {
        of_kind!(kind, write(connection, &rows))?;
    }
    for (kind, ids) in deleted {
        of_kind!(kind, delete(connection, scope, ids))?;
    }
    let marks = changes.iter().map(|change| stream::Mark {
        stream: change.stream,
        key: change.key,
        is_deleted: change.row.is_none(),
    });
    stream::mark(connection, marks.collect()).await
}

/// Writes the org units among `changes` and nothing else, for employees that refer to them; [`save`] marks them later.
pub async fn insert_org_units(connection: &mut Connection, scope: &Scope, changes: &[Change]) -> Result<()> {
    let units: Vec<(Uuid, &Row)> = changes
        .iter()
        .filter(|change| change.key.kind == Kind::OrgUnit && scope.reads(change.stream))
        .filter_map(|change| Some((change.stream.0, change.row.as_ref()?)))
        .collect();
    write::<OrgUnit>(connection, &units).await
}

async fn write<T: Table>(connection: &mut Connection, rows: &[(Uuid, &Row)]) -> Result<()> {
    let rows: Vec<InStream<'_, T>> = rows
        .iter()
        .filter_map(|&(stream, row)| T::from_row(row).map(|row| InStream { row, stream }))
        .collect();
    let written = sqlx::query(T::WRITE).bind(Json(&rows)).execute(connection).await?.rows_affected();
    // A row that exists but belongs elsewhere is not overwritten: somebody took the id or moved the customer meanwhile.
    if written == rows.len() as u64 { Ok(()) } else { Err(Error::Raced) }
}

async fn delete<T: Table>(connection: &mut Connection, scope: &Scope, ids: Vec<Uuid>) -> Result<()> {
    sqlx::query(T::DELETE).bind(ids).bind(scope.stream_ids()).execute(connection).await?;
    Ok(())
}
