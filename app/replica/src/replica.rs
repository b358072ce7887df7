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
use std::collections::{BTreeMap, HashSet};
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
    /// Last mutation of this device whose effect is among the server rows.
    last_seq: u64,
    /// Last mutation the server has answered; its effect arrives with a later page.
    answered_seq: u64,
    more: bool,
    remaining: u64,
    server_time: Timestamp,
    log_pages: usize,
    last_page: u64,
    generation: u64,
    needs_snapshot: bool,
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
            answered_seq: 0,
            more: false,
            remaining: 0,
            server_time: Timestamp::default(),
            log_pages: 0,
            last_page: 0,
            generation: 0,
            needs_snapshot: false,
            search: SearchIndex::default(),
            pending_customers: HashSet::new(),
        }
    }

    /// Opens what a store held. Pages of another schema are left out: their rows come again with the next pull.
    pub fn open(device_id: DeviceId, actor: Actor, stored: &Stored) -> Self {
        let mut replica = Self::new(device_id, actor);
        replica.generation = stored.generation;
        let pages: Result<Vec<Page>, _> = stored.pages.iter().map(|(_, bytes)| page::decode(bytes)).collect();
        match pages {
            Ok(pages) => {
                for page in pages {
                    replica.take_rows(page);
                    replica.log_pages += 1;
                }
            }
            Err(_) => replica.needs_snapshot = !stored.pages.is_empty(),
        }
        replica.last_page = stored.pages.last().map_or(0, |(no, _)| *no);
        replica.pending =
            stored.outbox.iter().filter_map(|(seq, bytes)| Pending::read(*seq, bytes)).collect();
        replica.pending.retain(|pending| pending.seq > replica.last_seq);
        replica.refused =
            stored.attention.iter().filter_map(|(seq, bytes)| Refused::read(*seq, bytes)).collect();
        replica.replay();
        replica
    }

    /// Takes in what another tab wrote: everything when the log was rewritten, otherwise what is new.
    pub fn catch_up(&mut self, stored: &Stored) {
        if stored.generation == self.generation {
            self.revert();
            for (no, bytes) in &stored.pages {
                if *no > self.last_page
                    && let Ok(page) = page::decode(bytes)
                {
                    self.take_rows(page);
                    self.log_pages += 1;
                    self.last_page = *no;
                }
            }
            let last_seq = self.last_seq;
            self.pending = stored
                .outbox
                .iter()
                .filter(|(seq, _)| *seq > last_seq)
                .filter_map(|(seq, bytes)| Pending::read(*seq, bytes))
                .collect();
            self.refused =
                stored.attention.iter().filter_map(|(seq, bytes)| Refused::read(*seq, bytes)).collect();
            self.replay();
        } else {
            *self = Self::open(self.device_id, self.actor.clone(), stored);
        }
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
        self.pending.iter().filter(|pending| pending.seq > self.answered_seq)
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
        let pending = Pending { seq, record: edit.record, mutation: Some(edit.mutation) };
        self.replay_one(&pending);
        self.pending.push(pending);
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
        } else if pull_wanted || self.more || self.cookies.is_empty() {
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
    /// until a page brings their effect.
    pub fn take_answer(&mut self, answer: &PushAnswer) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut removed = Vec::new();
        for result in &answer.results {
            let Some(rejection) = &result.refused else { continue };
            let Some(at) = self.pending.iter().position(|pending| pending.seq == result.seq) else {
                continue;
            };
            let refused = self.pending.remove(at).refuse(rejection.clone());
            steps.push(Step::PutAttention(refused.seq, refused.record.encode()));
            removed.push(refused.seq);
            self.refused.push(refused);
        }
        if !removed.is_empty() {
            steps.push(Step::DeleteOutbox(removed));
            self.revert();
            self.replay();
        }
        let last = answer.results.iter().map(|result| result.seq).max().unwrap_or(0);
        self.answered_seq = self.answered_seq.max(last.min(answer.last_seq));
        self.server_time = self.server_time.max(answer.server_time);
        self.more = true;
        steps
    }

    /// The person has read a refused edit and lets it go.
    pub fn discard(&mut self, seq: u64) -> Vec<Step> {
        self.refused.retain(|refused| refused.seq != seq);
        vec![Step::DeleteAttention(vec![seq])]
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
        let leaves = !page.drop.is_empty()
            || page.streams.iter().any(|stream| {
                !stream.del.is_empty() || (stream.enter && self.cookies.contains_key(&stream.stream))
            });
        let changes_nothing = !leaves
            && page.last_seq == self.last_seq
            && page.actor == self.actor
            && page.streams.iter().all(|stream| {
                stream.put.is_empty() && self.cookies.get(&stream.stream) == Some(&stream.cookie)
            });
        self.more = page.more;
        self.server_time = self.server_time.max(page.server_time);
        self.remaining = page.remaining;
        if changes_nothing && !self.needs_snapshot {
            return Vec::new();
        }
        let encoded = if leaves { None } else { page::encode(&page).ok() };
        self.revert();
        self.take_rows(page);
        let acknowledged: Vec<u64> =
            self.pending.iter().map(|pending| pending.seq).filter(|&seq| seq <= self.last_seq).collect();
        self.pending.retain(|pending| pending.seq > self.last_seq);
        let mut steps = match encoded {
            Some(bytes) if !self.needs_snapshot && self.log_pages < LOG_PAGES_MAX => {
                self.log_pages += 1;
                vec![Step::AppendPage(bytes)]
            }
            _ => vec![self.snapshot()],
        };
        if !acknowledged.is_empty() {
            steps.push(Step::DeleteOutbox(acknowledged));
        }
        self.replay();
        steps
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
        vec![self.snapshot()]
    }

    /// The steps of the last page were committed.
    pub fn page_stored(&mut self, committed: &Committed) {
        self.last_page = committed.last_page;
        self.generation = committed.generation;
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
        self.last_seq = self.last_seq.max(page.last_seq);
        self.answered_seq = self.answered_seq.max(self.last_seq);
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
        let Some(mutation) = &pending.mutation else { return };
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
