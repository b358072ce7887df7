//! Rewriting the log of pages as a snapshot of what the server gave, nothing else.

use super::{Replica, Writes};
use crate::page;
use crate::store::Step;
use crate::tables::Entry;
use domain::ids::StreamId;
use domain::row::{Row, RowKey};
use domain::wire::{Page, StreamPage};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Rows of one snapshot page: large enough to be few, small enough to be sealed without a pause.
const SNAPSHOT_ROWS: usize = 4_000;

impl Replica {
    /// The step that makes the store hold exactly the server rows held here.
    pub(super) fn snapshot(&mut self) -> Step {
        let mut by_stream: BTreeMap<StreamId, BTreeMap<RowKey, Row>> = BTreeMap::new();
        for (&key, entry) in self.tables.entries() {
            if !self.shadow.contains_key(&key) {
                by_stream.entry(entry.stream).or_default().insert(key, entry.row.clone());
            }
        }
        for (&key, entry) in &self.shadow {
            if let Some(Entry { stream, row }) = entry {
                by_stream.entry(*stream).or_default().insert(key, row.clone());
            }
        }
        let mut pages = Vec::new();
        for (stream, cookie) in &self.cookies {
            let mut rows = by_stream.remove(stream).unwrap_or_default().into_values().peekable();
            let mut enter = true;
            loop {
                let put: Vec<Row> = rows.by_ref().take(SNAPSHOT_ROWS).collect();
                pages.push(self.page_of(StreamPage {
                    stream: *stream,
                    enter,
                    put,
                    del: Vec::new(),
                    cookie: cookie.clone(),
                }));
                enter = false;
                if rows.peek().is_none() {
                    break;
                }
            }
        }
        self.log_pages = pages.len();
        self.needs_snapshot = false;
        self.writes = Writes::Snapshot;
        Step::ReplacePages(pages.iter().filter_map(|page| page::encode(page).ok()).collect())
    }

    fn page_of(&self, stream: StreamPage) -> Page {
        Page {
            epoch: self.epoch.unwrap_or(Uuid::nil()),
            streams: vec![stream],
            drop: Vec::new(),
            last_seq: self.last_seq,
            more: false,
            remaining: 0,
            server_time: self.server_time,
            actor: self.actor.clone(),
        }
    }
}
