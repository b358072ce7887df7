//! Sending streams whole: kind by kind across all of them, so that every customer is there before any history, and
//! within a kind the newest rows first.

use super::{Filling, walked};
use crate::db::stream::StreamState;
use crate::db::{self, Connection};
use crate::http::Error;
use domain::ids::StreamId;
use domain::row::{Kind, Row, RowKey};
use uuid::Uuid;

/// A stream on its way to a device.
pub struct Walk {
    stream: StreamId,
    state: StreamState,
    /// Of the first page: changes since then follow after the walk.
    version: u64,
    /// The last row sent, or the kind that is next where rows of it are still to be looked for.
    at: Option<RowKey>,
    is_new: bool,
    /// Position in [`Kind::ALL`] of the kind that is next.
    kind_at: usize,
    /// Where it stood when the page was begun.
    began_at: usize,
    below: Uuid,
    put: Vec<Row>,
}

impl Walk {
    pub fn begin(stream: StreamId, state: StreamState) -> Self {
        Self {
            stream,
            state,
            version: state.version,
            at: None,
            is_new: true,
            kind_at: 0,
            began_at: 0,
            below: Uuid::max(),
            put: Vec::new(),
        }
    }

    pub fn go_on(stream: StreamId, state: StreamState, version: u64, at: RowKey) -> Self {
        let kind_at = Kind::ALL.iter().position(|&kind| kind == at.kind).unwrap_or(0);
        Self {
            version,
            at: Some(at),
            is_new: false,
            kind_at,
            began_at: kind_at,
            below: at.id,
            ..Self::begin(stream, state)
        }
    }

    pub fn stream(&self) -> StreamId {
        self.stream
    }

    fn kind(&self) -> Option<Kind> {
        Kind::ALL.get(self.kind_at).copied()
    }
}

/// Fills what room is left, the earliest kind of all streams first; streams stand in the order of the scope.
pub(super) async fn fill(
    connection: &mut Connection,
    filling: &mut Filling<'_>,
    walks: &mut Vec<Walk>,
) -> Result<(), Error> {
    while filling.room > 0 {
        let next = walks.iter_mut().filter(|walk| walk.kind().is_some()).min_by_key(|walk| walk.kind_at);
        let Some(walk) = next else { break };
        let Some(kind) = walk.kind() else { break };
        // The library holds the kinds before a customer, a book the others.
        let is_elsewhere = kind.is_of_customer() == (walk.stream == filling.scope.library());
        if is_elsewhere || !filling.reads(kind) {
            walk.kind_at += 1;
            continue;
        }
        let rows =
            db::load_page(connection, filling.scope, walk.stream, kind, walk.below, filling.room).await?;
        if let Some(last) = rows.last() {
            walk.at = Some(last.key());
            walk.below = last.key().id;
        }
        if rows.len() < filling.room {
            walk.kind_at += 1;
            walk.below = Uuid::max();
        }
        filling.room -= rows.len();
        walk.put.extend(rows);
    }
    for walk in walks.iter_mut() {
        let is_done = walk.kind().is_none();
        let has_gone_on = !walk.put.is_empty() || (!walk.is_new && walk.kind_at > walk.began_at);
        // Kinds it has no rows of are not looked for again with every page.
        if let Some(kind) = walk.kind().filter(|_| has_gone_on && walk.below == Uuid::max()) {
            walk.at = Some(RowKey { kind, id: walk.below });
        }
        if !is_done || walk.version < walk.state.version {
            filling.more = true;
        }
        // Nothing of it fitted: it stands where it stood.
        if !has_gone_on && !is_done {
            continue;
        }
        let at = walk.at.filter(|_| !is_done);
        filling.pages.push(walked(walk.stream, walk.is_new, std::mem::take(&mut walk.put), walk.version, at));
    }
    walks.retain(|walk| walk.kind().is_some());
    Ok(())
}

/// Rows the walks have still to send, for the progress shown.
pub(super) async fn remaining(connection: &mut Connection, walks: &[Walk]) -> Result<u64, Error> {
    let walks: Vec<_> = walks.iter().map(|walk| (walk.stream, walk.at)).collect();
    Ok(db::count_below(connection, &walks).await?)
}
