//! Pull: what changed since a device's cookies, from one snapshot. A stream it does not know is sent whole, in pages.

mod walk;

use crate::clock;
use crate::db::session::Caller;
use crate::db::stream::{self, Changed, StreamState};
use crate::db::{self, Connection, Scope};
use crate::http::Error;
use domain::ids::StreamId;
use domain::limits;
use domain::row::{Kind, Row, RowKey};
use domain::wire::{Page, Pull, StreamCookie, StreamPage};
use std::collections::HashMap;
pub use walk::Walk;

/// The page for a device that has everything already; None when there is something to send. Needs no database beyond
/// what told `who`.
pub fn quiet(who: &Caller, pull: &Pull) -> Result<Option<Page>, Error> {
    check(who, pull)?;
    let is_quiet = pull.cookie.len() == who.streams.len()
        && pull.cookie.iter().all(|cookie| {
            let state = who.streams.get(&cookie.stream);
            cookie.at.is_none() && state.is_some_and(|state| state.version == cookie.version)
        });
    Ok(is_quiet.then(|| page(who, Vec::new(), Vec::new())))
}

fn check(who: &Caller, pull: &Pull) -> Result<(), Error> {
    if pull.device_id != who.device_id {
        return Err(Error::OtherDevice);
    }
    if pull.cookie.len() > limits::SCOPE_STREAMS_MAX * 2 {
        return Err(Error::Malformed);
    }
    Ok(())
}

fn page(who: &Caller, streams: Vec<StreamPage>, drop: Vec<StreamId>) -> Page {
    Page {
        epoch: who.epoch,
        streams,
        drop,
        last_seq: who.last_seq,
        more: false,
        remaining: 0,
        server_time: clock::now(),
        actor: who.scope.actor().clone(),
    }
}

/// One page. `connection` is in the snapshot `who` was read from. Kinds an app of `schema` does not know are left out:
/// once it is updated it fetches everything anew.
pub async fn pull(
    connection: &mut Connection,
    who: &Caller,
    pull: &Pull,
    schema: u32,
) -> Result<Page, Error> {
    check(who, pull)?;
    if knows_more(&who.streams, &pull.cookie) {
        tracing::warn!(
            "a tablet knows more than this database; if it was restored from a backup, `server begin-epoch` has to follow"
        );
    }
    let scope = &who.scope;
    let streams = scope.streams();
    let limit = usize::try_from(pull.limit.clamp(1, limits::PULL_ROWS_MAX)).unwrap_or(1);
    let mut filling = Filling { scope, schema, room: limit, pages: Vec::new(), more: false };
    let (follow, mut walks) = decide(&streams, &who.streams, &pull.cookie);
    for (cookie, state) in follow {
        filling.follow(connection, cookie, state).await?;
    }
    walk::fill(connection, &mut filling, &mut walks).await?;
    let remaining = walk::remaining(connection, &walks).await?;
    let gone =
        pull.cookie.iter().map(|cookie| cookie.stream).filter(|stream| !who.streams.contains_key(stream));
    let drop = gone.collect();
    Ok(Page { more: filling.more, remaining, ..page(who, filling.pages, drop) })
}

/// Whether a device was told of changes this database has not made.
fn knows_more(states: &HashMap<StreamId, StreamState>, cookies: &[StreamCookie]) -> bool {
    let is_ahead = |cookie: &StreamCookie| {
        states.get(&cookie.stream).is_some_and(|state| cookie.version > state.version)
    };
    cookies.iter().any(is_ahead)
}

/// Which streams a device follows from its cookie, and which it walks through from the beginning or goes on walking.
pub fn decide(
    streams: &[StreamId],
    states: &HashMap<StreamId, StreamState>,
    cookies: &[StreamCookie],
) -> (Vec<(StreamCookie, StreamState)>, Vec<Walk>) {
    let cookies: HashMap<StreamId, &StreamCookie> =
        cookies.iter().map(|cookie| (cookie.stream, cookie)).collect();
    let mut follow = Vec::new();
    let mut walks = Vec::new();
    for &stream in streams {
        let Some(&state) = states.get(&stream) else { continue };
        // Older than the tombstones kept, or from a later life of the database: begin anew.
        let cookie =
            cookies.get(&stream).filter(|cookie| (state.pruned_to..=state.version).contains(&cookie.version));
        match cookie {
            None => walks.push(Walk::begin(stream, state)),
            Some(cookie) => match cookie.at {
                Some(at) => walks.push(Walk::go_on(stream, state, cookie.version, at)),
                None if cookie.version < state.version => follow.push(((*cookie).clone(), state)),
                None => {}
            },
        }
    }
    (follow, walks)
}

/// A page being filled.
struct Filling<'a> {
    scope: &'a Scope,
    schema: u32,
    /// Rows that still fit.
    room: usize,
    pages: Vec<StreamPage>,
    more: bool,
}

impl Filling<'_> {
    /// Adds the changes since a cookie: whole versions only, so that the cookie can say where it stopped.
    async fn follow(
        &mut self,
        connection: &mut Connection,
        cookie: StreamCookie,
        state: StreamState,
    ) -> Result<(), Error> {
        let wanted = self.room.max(stream::VERSION_ROWS_MAX);
        let mut changed = stream::changes(connection, cookie.stream, cookie.version, wanted + 1).await?;
        let mut version = state.version;
        if changed.len() > wanted {
            version = cut_last_version(&mut changed);
        }
        while changed.len() > self.room && (self.has_rows() || has_two_versions(&changed)) {
            version = cut_last_version(&mut changed);
        }
        if version < state.version {
            self.more = true;
        }
        if changed.is_empty() && version < state.version {
            return Ok(());
        }
        changed.retain(|change| self.reads(change.key.kind));
        let keys = changed.iter().filter(|change| !change.is_deleted).map(|change| change.key);
        let mut rows = db::load(connection, self.scope, keys).await?;
        let mut page = StreamPage {
            stream: cookie.stream,
            enter: false,
            put: Vec::with_capacity(rows.len()),
            del: Vec::new(),
            cookie: StreamCookie { stream: cookie.stream, version, at: None },
        };
        self.room = self.room.saturating_sub(changed.len());
        changed.sort_by_key(|change| change.key);
        for change in changed {
            match rows.remove(&change.key) {
                Some(row) => page.put.push(row),
                None => page.del.push(change.key),
            }
        }
        self.pages.push(page);
        Ok(())
    }

    /// Whether the app that asks knows rows of this kind.
    fn reads(&self, kind: Kind) -> bool {
        kind.since_schema() <= self.schema
    }

    fn has_rows(&self) -> bool {
        self.pages.iter().any(|page| !page.put.is_empty() || !page.del.is_empty())
    }
}

fn has_two_versions(changed: &[Changed]) -> bool {
    changed.first().map(|change| change.version) != changed.last().map(|change| change.version)
}

/// Takes away the rows of the last version; answers the version that is then complete.
fn cut_last_version(changed: &mut Vec<Changed>) -> u64 {
    let Some(last) = changed.last().map(|change| change.version) else { return 0 };
    let complete = changed.partition_point(|change| change.version < last);
    changed.truncate(complete);
    last - 1
}

/// Rows of a page in a stream that is walked.
fn walked(stream: StreamId, enter: bool, put: Vec<Row>, version: u64, at: Option<RowKey>) -> StreamPage {
    StreamPage { stream, enter, put, del: Vec::new(), cookie: StreamCookie { stream, version, at } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn stream(n: u128) -> StreamId {
        StreamId(Uuid::from_u128(n))
    }

    #[test]
    fn a_cookie_decides_between_following_and_walking() {
        let state = StreamState { version: 10, pruned_to: 4 };
        let at = RowKey { kind: Kind::Visit, id: Uuid::from_u128(9) };
        for (version, at, follows, walks) in [
            (10, None, 0, 0),
            (7, None, 1, 0),
            (4, None, 1, 0),
            (3, None, 0, 1),
            (11, None, 0, 1),
            (7, Some(at), 0, 1),
            (3, Some(at), 0, 1),
        ] {
            let cookies = [StreamCookie { stream: stream(1), version, at }];
            let states = HashMap::from([(stream(1), state)]);
            let (follow, walk) = decide(&[stream(1)], &states, &cookies);
            assert_eq!((follow.len(), walk.len()), (follows, walks), "{version} {at:?}");
            assert_eq!(knows_more(&states, &cookies), version > state.version);
        }
        let (follow, walk) = decide(&[stream(1), stream(2)], &HashMap::from([(stream(1), state)]), &[]);
        assert_eq!((follow.len(), walk.len()), (0, 1), "a stream that is nowhere is not sent");
    }

    #[test]
    fn a_page_of_changes_ends_between_two_versions() {
        let key = RowKey { kind: Kind::Note, id: Uuid::nil() };
        let mut changed: Vec<Changed> =
            [5, 6, 6, 8, 8].map(|version| Changed { version, key, is_deleted: false }).to_vec();
        assert_eq!(cut_last_version(&mut changed), 7);
        assert_eq!(changed.len(), 3);
        assert!(has_two_versions(&changed));
        assert_eq!(cut_last_version(&mut changed), 5);
        assert!(!has_two_versions(&changed));
    }
}
