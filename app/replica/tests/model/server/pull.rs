//! Pull: what a device has not got yet, in one snapshot.

use super::super::planted::Planted;
use super::{Mark, Server, Stream};
use domain::ids::{EmployeeId, StreamId};
use domain::row::{Row, RowKey};
use domain::time::Timestamp;
use domain::wire::{Page, Pull, StreamCookie, StreamPage};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A page being filled.
struct Filling {
    streams: Vec<StreamPage>,
    room: usize,
    more: bool,
    remaining: u64,
}

impl Server {
    /// None: nobody of that name works here.
    pub fn pull(&mut self, by: EmployeeId, pull: &Pull, now: Timestamp) -> Option<Page> {
        let actor = self.people.get(&by)?.clone();
        let mut scope = vec![self.library];
        scope.extend(actor.books.iter().map(|&book| StreamId::from(book)));
        let cookies: BTreeMap<StreamId, &StreamCookie> =
            pull.cookie.iter().map(|cookie| (cookie.stream, cookie)).collect();
        let gone = cookies.keys().copied().filter(|stream| !scope.contains(stream));
        let drop = if self.is(Planted::DropForgotten) { Vec::new() } else { gone.collect() };

        let room = self.page_rows.min(pull.limit as usize);
        let mut page = Filling { streams: Vec::new(), room, more: false, remaining: 0 };
        for id in scope {
            let Some(stream) = self.streams.get(&id) else { continue };
            let cookie = cookies
                .get(&id)
                .copied()
                .filter(|cookie| cookie.version >= stream.horizon || self.is(Planted::HorizonForgotten));
            match cookie {
                Some(cookie) if cookie.at.is_none() => self.send_changes(&mut page, id, stream, cookie),
                cookie => self.send_whole(&mut page, id, stream, cookie),
            }
        }
        let last_seq = self.devices.get(&pull.device_id).map_or(0, |device| device.last_seq);
        let page = Page {
            epoch: self.epoch,
            streams: page.streams,
            drop,
            last_seq,
            more: page.more,
            remaining: page.remaining,
            server_time: now,
            actor,
        };
        self.show_late();
        Some(page)
    }

    /// By kind, newest first, from where the cookie stands; changes since it began follow after.
    fn send_whole(&self, page: &mut Filling, id: StreamId, stream: &Stream, cookie: Option<&StreamCookie>) {
        if page.room == 0 {
            page.more = true;
            return;
        }
        let order = |key: &RowKey| (key.kind, Reverse(key.id));
        let at = cookie.and_then(|cookie| cookie.at);
        let mut keys: Vec<RowKey> =
            live(stream).filter(|key| at.is_none_or(|at| order(key) > order(&at))).collect();
        keys.sort_unstable_by_key(order);
        let taken = keys.len().min(page.room);
        let left = keys.len() - taken;
        let last = keys.get(..taken).and_then(<[RowKey]>::last).copied();
        let version = match cookie {
            Some(cookie) if !self.is(Planted::FirstSyncVersionMoves) => cookie.version,
            _ => stream.version,
        };
        let at = if left > 0 { last } else { None };
        page.room -= taken;
        page.more |= left > 0 || version < stream.version;
        page.remaining += left as u64;
        page.streams.push(StreamPage {
            stream: id,
            enter: cookie.is_none(),
            put: keys.iter().take(taken).filter_map(|key| self.rows.get(key).cloned()).collect(),
            del: Vec::new(),
            cookie: StreamCookie { stream: id, version, at },
        });
    }

    /// Whole versions only: a transaction is never half on a page.
    fn send_changes(&self, page: &mut Filling, id: StreamId, stream: &Stream, cookie: &StreamCookie) {
        let newest = if self.is(Planted::LastSeqOfLaterSnapshot) {
            stream.version.saturating_sub(1).max(cookie.version)
        } else {
            stream.version
        };
        let mut by_version: BTreeMap<u64, Vec<(RowKey, Mark)>> = BTreeMap::new();
        for (key, mark) in &stream.marks {
            if mark.version > cookie.version && mark.version <= newest {
                by_version.entry(mark.version).or_default().push((*key, *mark));
            }
        }
        let (mut put, mut del): (Vec<Row>, Vec<RowKey>) = (Vec::new(), Vec::new());
        let mut version = newest;
        for (of, marks) in by_version {
            if page.room == 0 {
                page.more = true;
                version = of - 1;
                break;
            }
            page.room = page.room.saturating_sub(marks.len());
            for (key, mark) in marks {
                match self.rows.get(&key) {
                    Some(row) if mark.deleted_at.is_none() => put.push(row.clone()),
                    _ => del.push(key),
                }
            }
        }
        let cookie = StreamCookie { stream: id, version, at: None };
        page.streams.push(StreamPage { stream: id, enter: false, put, del, cookie });
    }
}

fn live(stream: &Stream) -> impl Iterator<Item = RowKey> {
    stream.marks.iter().filter(|(_, mark)| mark.deleted_at.is_none()).map(|(&key, _)| key)
}
