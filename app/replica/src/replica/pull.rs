//! *Pull*: a page and its cookie are taken in, stored and shown together; what leaves the scope leaves the store with it.

use super::{Replica, Writes};
use crate::page;
use crate::search::SearchIndex;
use crate::store::{Committed, Step};
use crate::tables::Tables;
use domain::ids::StreamId;
use domain::limits;
use domain::row::RowKey;
use domain::wire::{Page, Pull};

/// Pages the log may grow by before it is rewritten as one snapshot.
const LOG_PAGES_MAX: usize = 64;

impl Replica {
    pub fn pull_request(&self) -> Pull {
        // The first page is small, so that a list is there at once.
        let limit = if self.cookies.is_empty() { limits::PULL_ROWS_MAX / 4 } else { limits::PULL_ROWS_MAX };
        Pull {
            device_id: self.device_id,
            cookie: self.cookies.values().cloned().collect(),
            limit,
            pending: u32::try_from(self.waiting_count()).unwrap_or(u32::MAX),
        }
    }

    /// Takes a page in. The steps store it with its cookie, and forget what it makes us forget, in one batch.
    pub fn take_page(&mut self, page: Page) -> Vec<Step> {
        self.is_astray = false;
        if self.epoch.is_some_and(|epoch| epoch != page.epoch) {
            // The server is not the one we knew: everything is fetched anew, the outbox stays.
            return self.start_over(&page);
        }
        let is_first = self.epoch.is_none();
        if is_first {
            // What was answered before the first page may have been in another life of the server.
            self.answered.clear();
            self.resends = true;
        }
        self.at_server = Some(page.last_seq);
        let leaves = self.leaves(&page);
        self.may_hold_strays |= leaves;
        let changes_nothing = !leaves
            && (page.more || page.last_seq <= self.last_seq)
            && page.actor == self.actor
            && page.streams.iter().all(|stream| {
                stream.put.is_empty() && self.cookies.get(&stream.stream) == Some(&stream.cookie)
            });
        self.more = page.more;
        self.server_time = self.server_time.max(page.server_time);
        self.remaining = page.remaining;
        if changes_nothing && !self.needs_snapshot {
            self.writes = Writes::Nothing;
            return self.settling(true);
        }
        let encoded = if leaves { None } else { page::encode(&page).ok() };
        self.revert();
        self.take_rows(page);
        self.acknowledge();
        let mut steps = match encoded {
            Some(bytes) if !self.needs_snapshot && self.log_pages < LOG_PAGES_MAX => {
                self.log_pages += 1;
                self.writes = Writes::Page;
                vec![Step::AppendPage(bytes)]
            }
            _ => vec![self.snapshot()],
        };
        steps.extend(self.settling(true));
        if is_first {
            steps.push(self.restore_record(true));
        }
        self.replay();
        steps
    }

    /// Edits that are among the server rows now are no longer pending. One whose answer was lost stays until it has been
    /// answered again: whether it was applied or refused, only the answer says.
    pub(super) fn acknowledge(&mut self) {
        let last_seq = self.last_seq;
        let answered = &mut self.answered;
        let done =
            self.pending.extract_if(.., |pending| pending.seq <= last_seq && answered.remove(&pending.seq));
        self.acknowledged.extend(done.map(|pending| (pending.seq, pending.record)));
    }

    /// The page makes us forget something the log still holds.
    pub(super) fn leaves(&self, page: &Page) -> bool {
        let begins_again = |stream| self.cookies.contains_key(&stream);
        !page.drop.is_empty()
            || page
                .streams
                .iter()
                .any(|part| !part.del.is_empty() || (part.enter && begins_again(part.stream)))
    }

    pub(super) fn start_over(&mut self, page: &Page) -> Vec<Step> {
        self.shadow.clear();
        self.tables = Tables::default();
        self.search = SearchIndex::default();
        self.cookies.clear();
        self.last_seq = 0;
        self.epoch = Some(page.epoch);
        self.actor = page.actor.clone();
        self.more = true;
        self.answered.clear();
        self.wait_again(page.last_seq);
        self.resends = true;
        self.may_hold_strays = true;
        self.at_server = Some(page.last_seq);
        let mut steps = vec![self.snapshot()];
        steps.extend(self.settling(true));
        steps.push(self.restore_record(true));
        self.replay();
        steps
    }

    /// The steps of the last page were committed.
    pub fn page_stored(&mut self, committed: &Committed) {
        self.settled.clear();
        self.acknowledged.clear();
        let is_appended =
            committed.last_page == self.last_page + 1 && committed.generation == self.generation;
        if self.writes == Writes::Page && !is_appended {
            // Another tab wrote pages this one has not read: the log must not keep what they alone hold.
            self.needs_snapshot = true;
        }
        if self.writes != Writes::Nothing {
            self.last_page = committed.last_page;
            self.generation = committed.generation;
        }
    }

    /// The steps of the last page could not be stored: the next page writes everything.
    pub fn store_fell_behind(&mut self) {
        self.needs_snapshot = true;
    }

    /// Server rows into the tables; pending edits must have been taken off before.
    pub(super) fn take_rows(&mut self, page: Page) {
        self.epoch = Some(page.epoch);
        for stream in &page.drop {
            self.forget_stream(*stream);
            self.cookies.remove(stream);
        }
        for part in page.streams {
            if part.enter {
                self.forget_stream(part.stream);
            }
            for key in part.del {
                if self.tables.entry(key).is_some_and(|entry| entry.stream == part.stream) {
                    self.remove(key);
                }
            }
            for row in part.put {
                self.write(part.stream, row);
            }
            self.cookies.insert(part.stream, part.cookie);
        }
        if !page.more {
            // Before the last page of a pull an edit's effect may still be on its way: until then it stays laid over.
            self.last_seq = self.last_seq.max(page.last_seq);
        }
        self.server_time = self.server_time.max(page.server_time);
        self.actor = page.actor;
    }

    pub(super) fn forget_stream(&mut self, stream: StreamId) {
        let keys: Vec<RowKey> =
            self.tables.entries().filter(|(_, entry)| entry.stream == stream).map(|(&key, _)| key).collect();
        for key in keys {
            self.remove(key);
        }
    }
}
