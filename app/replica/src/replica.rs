//! The replica: server rows, pending edits over them, and what has to be written to the store for each change.
//!
//! The protocol's words are SYNC.md's: *push*, *pull*, *page*, *cookie*, *rebase*. Each step returns the [`Step`]s to be
//! committed; whoever drives commits them and shows the new view afterwards. If a commit of pulled pages fails,
//! [`Replica::store_fell_behind`] makes the next one a whole snapshot.

mod snapshot;

use crate::outbox::{Pending, Record, Refused};
use crate::page;
use crate::search::SearchIndex;
use crate::store::{Committed, Step, Stored};
use crate::tables::{Entry, Tables};
use domain::actor::{Actor, Context};
use domain::conflict::Conflict;
use domain::customer::Customer;
use domain::ids::{CustomerId, DeviceId, MutationId, StreamId};
use domain::limits;
use domain::mutation::{MUTATION_SCHEMA, Mutation};
use domain::organisation::Role;
use domain::rejection::Rejection;
use domain::row::{FromRow, Kind, Row, RowKey};
use domain::time::Timestamp;
use domain::wire::{Page, Pull, Push, PushAnswer, StreamCookie};
use domain::working_set::{Changes, Rows, WorkingSet};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use uuid::Uuid;

/// Pages the log may grow by before it is rewritten as one snapshot.
const LOG_PAGES_MAX: usize = 64;

/// What the driver should do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    Push(Box<PushRequest>),
    Pull(Box<Pull>),
    /// Nothing to send, nothing known to fetch.
    Idle,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Writes {
    Nothing,
    /// One page is appended.
    Page,
    /// The log is rewritten.
    Snapshot,
}

/// A push, comparable for tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushRequest {
    pub first_seq: u64,
    pub count: usize,
}

/// An edit that has passed the rules here and waits to be stored.
#[derive(Clone, Debug)]
pub struct Edit {
    record: Record,
    mutation: Mutation,
}

impl Edit {
    /// To be committed strictly; the store answers with the sequence number [`Replica::stored`] wants.
    pub fn step(&self) -> Step {
        Step::AppendOutbox(self.record.encode())
    }

    pub fn mutation(&self) -> &Mutation {
        &self.mutation
    }
}

pub struct Replica {
    device_id: DeviceId,
    actor: Actor,
    epoch: Option<Uuid>,
    tables: Tables,
    /// What the server has for every row the pending edits changed.
    shadow: BTreeMap<RowKey, Option<Entry>>,
    pending: Vec<Pending>,
    refused: Vec<Refused>,
    cookies: BTreeMap<StreamId, StreamCookie>,
    /// Last mutation of this device the server rows take account of.
    last_seq: u64,
    /// Pending edits the server has answered as applied; their effect arrives with a later page.
    answered: BTreeSet<u64>,
    /// Refused, but perhaps still in the store's outbox: moved to attention again with the next steps.
    settled: BTreeSet<u64>,
    /// Among the server rows, but perhaps still in the store's outbox: deleted there together with those rows.
    acknowledged: BTreeSet<u64>,
    /// Let go here; a store read earlier may still show them.
    discarded: BTreeSet<u64>,
    more: bool,
    remaining: u64,
    server_time: Timestamp,
    log_pages: usize,
    last_page: u64,
    generation: u64,
    needs_snapshot: bool,
    /// What the steps of the last page do to the log.
    writes: Writes,
    search: SearchIndex,
    pending_customers: HashSet<CustomerId>,
}

impl Replica {
    pub fn new(device_id: DeviceId, actor: Actor) -> Self {
        Self {
            device_id,
            actor,
            epoch: None,
            tables: Tables::default(),
            shadow: BTreeMap::new(),
            pending: Vec::new(),
            refused: Vec::new(),
            cookies: BTreeMap::new(),
            last_seq: 0,
            answered: BTreeSet::new(),
            settled: BTreeSet::new(),
            acknowledged: BTreeSet::new(),
            discarded: BTreeSet::new(),
            more: false,
            remaining: 0,
            server_time: Timestamp::default(),
            log_pages: 0,
            last_page: 0,
            generation: 0,
            needs_snapshot: false,
            writes: Writes::Nothing,
            search: SearchIndex::default(),
            pending_customers: HashSet::new(),
        }
    }

    /// Opens what a store held. Pages of another schema are left out: their rows come again with the next pull.
    pub fn open(device_id: DeviceId, actor: Actor, stored: &Stored) -> Self {
        let mut replica = Self::new(device_id, actor);
        replica.read_log(stored);
        replica.read_edits(stored);
        replica.replay();
        replica
    }

    /// Takes in what another tab wrote: everything when the log was rewritten, otherwise what is new. `stored` may have
    /// been read some moments ago: what this tab did since stands.
    pub fn catch_up(&mut self, stored: &Stored) {
        if stored.generation < self.generation {
            return;
        }
        self.revert();
        if stored.generation == self.generation {
            let known = self.last_page;
            for (no, bytes) in stored.pages.iter().filter(|(no, _)| *no > known) {
                // Nothing after a page this version cannot read: rows between would be missed for good.
                let Ok(page) = page::decode(bytes) else { break };
                self.take_rows(page);
                self.log_pages += 1;
                self.last_page = *no;
            }
        } else {
            self.read_log(stored);
            // Rows that had no room here are gone again, and with them what they acknowledged.
            self.acknowledged.clear();
        }
        self.read_edits(stored);
        self.replay();
    }

    /// The log of pages, from its beginning.
    fn read_log(&mut self, stored: &Stored) {
        self.tables = Tables::default();
        self.search = SearchIndex::default();
        self.shadow.clear();
        self.cookies.clear();
        self.last_seq = 0;
        self.log_pages = stored.pages.len();
        self.last_page = stored.pages.last().map_or(0, |(no, _)| *no);
        self.generation = stored.generation;
        let pages: Result<Vec<Page>, _> = stored.pages.iter().map(|(_, bytes)| page::decode(bytes)).collect();
        self.needs_snapshot = pages.is_err();
        for page in pages.unwrap_or_default() {
            // Two tabs wrote to one log, and the rewriting that would have followed was lost with the power.
            self.needs_snapshot |= self.leaves(&page);
            self.take_rows(page);
        }
    }

    /// Outbox and attention as stored, but for what this tab has already gone beyond.
    fn read_edits(&mut self, stored: &Stored) {
        let in_outbox: BTreeSet<u64> = stored.outbox.iter().map(|(seq, _)| *seq).collect();
        let in_attention: BTreeSet<u64> = stored.attention.iter().map(|(seq, _)| *seq).collect();
        self.discarded.retain(|seq| in_outbox.contains(seq) || in_attention.contains(seq));
        // Refused here, perhaps not yet so in the store.
        self.refused.retain(|Refused { seq, .. }| {
            !in_attention.contains(seq) && (in_outbox.contains(seq) || self.settled.contains(seq))
        });
        let refused = stored.attention.iter().filter(|(seq, _)| !self.discarded.contains(seq));
        self.refused.extend(refused.filter_map(|(seq, bytes)| Refused::read(*seq, bytes)));
        self.refused.sort_by_key(|refused| refused.seq);
        // Saved here after the store was read.
        let newest = in_outbox.last().max(in_attention.last()).copied().unwrap_or(0).max(self.last_seq);
        self.pending.retain(|pending| pending.seq > newest);
        let is_settled = |seq: u64| {
            self.settled.contains(&seq)
                || self.acknowledged.contains(&seq)
                || self.discarded.contains(&seq)
                || self.refused.iter().any(|refused| refused.seq == seq)
        };
        let waiting = stored.outbox.iter().filter(|(seq, _)| !is_settled(*seq));
        self.pending.extend(waiting.filter_map(|(seq, bytes)| Pending::read(*seq, bytes)));
        self.pending.sort_by_key(|pending| pending.seq);
    }

    // ---- what pages read -------------------------------------------------------------------------------------------

    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    pub fn device_id(&self) -> DeviceId {
        self.device_id
    }

    pub fn get<T: FromRow>(&self, id: impl Into<RowKey>) -> Option<&T> {
        self.tables.get(id)
    }

    pub fn all<T: FromRow>(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.tables.all()
    }

    pub fn of<T: FromRow>(&self, customer: CustomerId) -> impl DoubleEndedIterator<Item = &T> {
        self.tables.of(customer)
    }

    pub fn count(&self, kind: Kind) -> usize {
        self.tables.count(kind)
    }

    pub fn search(&self) -> &SearchIndex {
        &self.search
    }

    /// Edits the server has not answered yet: the pill's 待同步.
    pub fn waiting(&self) -> impl Iterator<Item = &Pending> {
        self.pending.iter().filter(|pending| !self.answered.contains(&pending.seq))
    }

    pub fn waiting_count(&self) -> usize {
        self.waiting().count()
    }

    /// Edits the server refused, oldest first.
    pub fn refused(&self) -> &[Refused] {
        &self.refused
    }

    /// Open conflicts this person is asked about: their own edits', and those in a book they hold.
    pub fn conflicts(&self) -> impl Iterator<Item = &Conflict> {
        let me = self.actor.employee_id;
        let holds = self.actor.role == Role::Manager;
        self.all::<Conflict>().filter(move |conflict| {
            let is_party = conflict.standing.by == Some(me) || conflict.proposed.by == Some(me);
            conflict.is_open() && (is_party || holds)
        })
    }

    /// The pill's 待处理.
    pub fn attention_count(&self) -> usize {
        self.refused.len() + self.conflicts().count()
    }

    /// Whether edits on this customer are still on their way.
    pub fn is_pending(&self, customer: CustomerId) -> bool {
        self.pending_customers.contains(&customer)
    }

    /// Whether this row as shown is not yet what the server has.
    pub fn is_row_pending(&self, key: RowKey) -> bool {
        self.shadow.contains_key(&key)
    }

    /// Nothing has ever been pulled.
    pub fn is_empty(&self) -> bool {
        self.cookies.is_empty()
    }

    /// Rows of a first sync still to come; 0 when it is done.
    pub fn remaining(&self) -> u64 {
        self.remaining
    }

    /// A stream is still being sent whole.
    pub fn is_first_sync(&self) -> bool {
        self.cookies.is_empty() || self.cookies.values().any(|cookie| cookie.at.is_some())
    }

    /// Highest server time seen: the offline lease counts from here.
    pub fn server_time(&self) -> Timestamp {
        self.server_time
    }

    pub fn row_count(&self) -> usize {
        self.tables.len()
    }

    // ---- a local change ---------------------------------------------------------------------------------------------

    /// Runs the rules on the view. `Ok` is to be stored, then shown by [`Replica::stored`].
    pub fn prepare(&self, mutation: Mutation, id: MutationId, now: Timestamp) -> Result<Edit, Rejection> {
        self.run(&mutation, id, now)?;
        let customer = self.get::<Customer>(mutation.customer_id());
        let about = match (&mutation, customer) {
            (Mutation::AddCustomer(new), _) => new.name.clone(),
            (_, Some(customer)) => customer.name.clone(),
            (_, None) => String::new(),
        };
        let (name, args) = mutation.encode().map_err(|_| Rejection::NotUnderstood)?;
        Ok(Edit { record: Record { id, made_at: now, name, args, about, refused: None }, mutation })
    }

    /// The edit is in the store under `seq`: show it.
    pub fn stored(&mut self, edit: Edit, seq: u64) {
        let is_known = self.pending.iter().any(|pending| pending.seq == seq)
            || self.refused.iter().any(|refused| refused.seq == seq)
            || self.acknowledged.contains(&seq);
        if is_known {
            // The store was read between its commit and this call.
            return;
        }
        let pending = Pending { seq, record: edit.record, mutation: Some(edit.mutation) };
        let at = self.pending.partition_point(|earlier| earlier.seq < seq);
        if at == self.pending.len() {
            self.replay_one(&pending);
            self.pending.push(pending);
        } else {
            self.pending.insert(at, pending);
            self.revert();
            self.replay();
        }
    }

    fn run(&self, mutation: &Mutation, id: MutationId, made_at: Timestamp) -> Result<Changes, Rejection> {
        let mut set = WorkingSet::over(&self.tables);
        let context = Context { actor: &self.actor, mutation_id: id, made_at, now: made_at };
        mutation.apply(&mut set, &context)?;
        Ok(set.into_changes())
    }

    // ---- push -------------------------------------------------------------------------------------------------------

    /// What to do next. `pull_wanted`: a poke came, or time passed.
    pub fn next(&self, pull_wanted: bool) -> Next {
        let mut waiting = self.waiting();
        if let Some(first) = waiting.next() {
            let count = (1 + waiting.count()).min(limits::PUSH_MUTATIONS_MAX);
            Next::Push(Box::new(PushRequest { first_seq: first.seq, count }))
        } else if pull_wanted || self.more || self.is_first_sync() {
            Next::Pull(Box::new(self.pull_request()))
        } else {
            Next::Idle
        }
    }

    /// The next batch, oldest first, bounded in number and bytes.
    pub fn push_request(&self) -> Option<Push> {
        let mut bytes = 0;
        let mutations: Vec<_> = self
            .waiting()
            .take(limits::PUSH_MUTATIONS_MAX)
            .take_while(|pending| {
                let fits = bytes == 0 || bytes < limits::PUSH_BODY_BYTES_MAX / 2;
                bytes += pending.record.encode().len();
                fits
            })
            .map(Pending::pushed)
            .collect();
        let left = self.waiting_count().saturating_sub(mutations.len());
        (!mutations.is_empty()).then(|| Push {
            device_id: self.device_id,
            schema: MUTATION_SCHEMA,
            pending_after: u32::try_from(left).unwrap_or(u32::MAX),
            mutations,
        })
    }

    /// Takes the server's answer. Refused edits leave the view and wait under 待处理; applied ones stay in the outbox
    /// until a page brings their effect. If the steps find no room, the next page's bring them again.
    pub fn take_answer(&mut self, answer: &PushAnswer) -> Vec<Step> {
        let before = self.pending.len();
        for result in &answer.results {
            let Some(at) = self.pending.iter().position(|pending| pending.seq == result.seq) else {
                continue;
            };
            if let Some(rejection) = &result.refused {
                let refused = self.pending.remove(at).refuse(rejection.clone());
                self.settled.insert(refused.seq);
                self.refused.push(refused);
            } else if result.seq <= self.last_seq {
                self.pending.remove(at);
                self.acknowledged.insert(result.seq);
            } else {
                self.answered.insert(result.seq);
            }
        }
        self.server_time = self.server_time.max(answer.server_time);
        self.more = true;
        if self.pending.len() == before {
            return Vec::new();
        }
        self.revert();
        self.replay();
        // Without their rows, acknowledged edits stay in the outbox: reopened, it would show neither.
        self.settling(!self.needs_snapshot)
    }

    /// The steps of the last answer were committed.
    pub fn answer_stored(&mut self) {
        self.settled.clear();
        if !self.needs_snapshot {
            self.acknowledged.clear();
        }
    }

    /// Steps that bring the store's outbox to where this replica is.
    fn settling(&self, are_rows_stored: bool) -> Vec<Step> {
        let refused = self.refused.iter().filter(|refused| self.settled.contains(&refused.seq));
        let mut steps: Vec<Step> =
            refused.map(|refused| Step::PutAttention(refused.seq, refused.record.encode())).collect();
        let acknowledged = self.acknowledged.iter().filter(|_| are_rows_stored);
        let done: Vec<u64> = self.settled.iter().chain(acknowledged).copied().collect();
        if !done.is_empty() {
            steps.push(Step::DeleteOutbox(done));
        }
        steps
    }

    /// The person has read a refused edit and lets it go.
    pub fn discard(&mut self, seq: u64) -> Vec<Step> {
        self.refused.retain(|refused| refused.seq != seq);
        self.discarded.insert(seq);
        let mut steps = vec![Step::DeleteAttention(vec![seq])];
        if self.settled.contains(&seq) {
            steps.push(Step::DeleteOutbox(vec![seq]));
        }
        steps
    }

    // ---- pull -------------------------------------------------------------------------------------------------------

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
        if self.epoch.is_some_and(|epoch| epoch != page.epoch) {
            // The server is not the one we knew: everything is fetched anew, the outbox stays.
            return self.start_over(&page);
        }
        let leaves = self.leaves(&page);
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
        self.replay();
        steps
    }

    /// Edits that are among the server rows now are no longer pending. One whose answer was lost stays until it has been
    /// answered again: whether it was applied or refused, only the answer says.
    fn acknowledge(&mut self) {
        let last_seq = self.last_seq;
        self.pending.retain(|pending| {
            let is_done = pending.seq <= last_seq && self.answered.remove(&pending.seq);
            if is_done {
                self.acknowledged.insert(pending.seq);
            }
            !is_done
        });
    }

    /// The page makes us forget something the log still holds.
    fn leaves(&self, page: &Page) -> bool {
        let begins_again = |stream| self.cookies.contains_key(&stream);
        !page.drop.is_empty()
            || page
                .streams
                .iter()
                .any(|part| !part.del.is_empty() || (part.enter && begins_again(part.stream)))
    }

    fn start_over(&mut self, page: &Page) -> Vec<Step> {
        self.shadow.clear();
        self.tables = Tables::default();
        self.search = SearchIndex::default();
        self.cookies.clear();
        self.last_seq = 0;
        self.epoch = Some(page.epoch);
        self.actor = page.actor.clone();
        self.more = true;
        self.answered.clear();
        let mut steps = vec![self.snapshot()];
        steps.extend(self.settling(true));
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
    fn take_rows(&mut self, page: Page) {
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

    fn forget_stream(&mut self, stream: StreamId) {
        let keys: Vec<RowKey> =
            self.tables.entries().filter(|(_, entry)| entry.stream == stream).map(|(&key, _)| key).collect();
        for key in keys {
            self.remove(key);
        }
    }

    fn write(&mut self, stream: StreamId, row: Row) -> Option<Entry> {
        if let Row::Customer(customer) = &row {
            self.search.put(customer);
        }
        self.tables.put(stream, row)
    }

    fn remove(&mut self, key: RowKey) -> Option<Entry> {
        if key.kind == Kind::Customer {
            self.search.remove(CustomerId(key.id));
        }
        self.tables.delete(key)
    }

    // ---- rebase -----------------------------------------------------------------------------------------------------

    /// Takes the pending edits off the server rows.
    fn revert(&mut self) {
        for (key, entry) in std::mem::take(&mut self.shadow) {
            match entry {
                Some(entry) => self.write(entry.stream, entry.row),
                None => self.remove(key),
            };
        }
    }

    /// Lays the pending edits over the server rows again.
    fn replay(&mut self) {
        self.pending_customers.clear();
        let pending = std::mem::take(&mut self.pending);
        for edit in &pending {
            self.replay_one(edit);
        }
        self.pending = pending;
    }

    /// An edit whose rule fails here stays in the outbox without effect: only the server refuses.
    fn replay_one(&mut self, pending: &Pending) {
        let Some(mutation) = pending.mutation.as_ref().filter(|_| pending.seq > self.last_seq) else {
            return;
        };
        self.pending_customers.insert(mutation.customer_id());
        let Ok(changes) = self.run(mutation, pending.record.id, pending.record.made_at) else { return };
        for (key, row) in changes {
            let stream = row.as_ref().and_then(|row| self.stream_of(row));
            let before = match (row, stream) {
                (Some(row), Some(stream)) => self.write(stream, row),
                (Some(_), None) => continue,
                (None, _) => self.remove(key),
            };
            self.shadow.entry(key).or_insert(before);
        }
    }

    fn stream_of(&self, row: &Row) -> Option<StreamId> {
        if let Row::Customer(customer) = row {
            return Some(customer.book_id.into());
        }
        let customer = row.customer_id()?;
        self.tables.entry(customer.into()).map(|entry| entry.stream)
    }
}

impl Rows for Replica {
    fn row(&self, key: RowKey) -> Option<&Row> {
        self.tables.row(key)
    }
}
