//! The replica: server rows, pending edits over them, and what has to be written to the store for each change.
//!
//! The protocol's words are SYNC.md's: *push*, *pull*, *page*, *cookie*, *rebase*. Each step returns the
//! [`Step`](crate::store::Step)s to be committed; whoever drives commits them, tells so by [`Replica::stored`],
//! [`Replica::answer_stored`] or [`Replica::page_stored`], and shows the new view. If a commit of pulled pages fails,
//! [`Replica::store_fell_behind`] makes the next one a whole snapshot.

mod edit;
mod opening;
mod pull;
mod push;
mod rebase;
mod restore;
mod snapshot;
mod strays;

pub use edit::Edit;
pub use push::{Next, PushRequest};

use crate::outbox::{Pending, Record, Refused};
use crate::search::SearchIndex;
use crate::tables::{Entry, Tables};
use domain::actor::Actor;
use domain::conflict::Conflict;
use domain::customer::Customer;
use domain::ids::{CustomerId, DeviceId, StreamId};
use domain::organisation::Role;
use domain::rating::{CustomerRows, Rated, Rules};
use domain::row::{FromRow, Kind, Row, RowKey};
use domain::time::{Date, Timestamp};
use domain::wire::StreamCookie;
use domain::working_set::Rows;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Writes {
    Nothing,
    /// One page is appended.
    Page,
    /// The log is rewritten.
    Snapshot,
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
    /// Among the server rows, but perhaps still in the store's outbox: moved to what was sent together with those rows.
    acknowledged: BTreeMap<u64, Record>,
    /// The server has begun anew, and what it lost has not been looked for yet ([`Next::Resend`]).
    resends: bool,
    /// After a restore of the server: the highest number that was settled before it. Up to there numbers may be missing.
    restored_until: u64,
    /// The server saw a gap: the next thing is a page, before any push.
    is_astray: bool,
    /// Edits in the outbox again after a restore; a store read earlier may not show them.
    again: BTreeSet<u64>,
    /// The last number of this device the server is known to have.
    at_server: Option<u64>,
    /// Let go here; a store read earlier may still show them.
    discarded: BTreeSet<u64>,
    more: bool,
    remaining: u64,
    server_time: Timestamp,
    log_pages: usize,
    last_page: u64,
    generation: u64,
    needs_snapshot: bool,
    /// Rows have left, or the store was opened, and photos' bytes without a row have not been looked for since.
    may_hold_strays: bool,
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
            acknowledged: BTreeMap::new(),
            resends: false,
            restored_until: 0,
            is_astray: false,
            again: BTreeSet::new(),
            at_server: None,
            discarded: BTreeSet::new(),
            more: false,
            remaining: 0,
            server_time: Timestamp::default(),
            log_pages: 0,
            last_page: 0,
            generation: 0,
            needs_snapshot: false,
            may_hold_strays: true,
            writes: Writes::Nothing,
            search: SearchIndex::default(),
            pending_customers: HashSet::new(),
        }
    }

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

    /// What the organisation has published: tiers, standards, policy.
    pub fn rules(&self) -> Arc<Rules> {
        self.tables.rules()
    }

    /// What the rules say of a customer on a day.
    pub fn rated(&self, id: CustomerId, today: Date) -> Option<Arc<Rated>> {
        self.tables.rated(id, today)
    }

    /// The rows that answer is computed from.
    pub fn rows_of<'a>(&'a self, customer: &'a Customer) -> CustomerRows<'a> {
        self.tables.rows_of(customer)
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
}

impl Rows for Replica {
    fn row(&self, key: RowKey) -> Option<&Row> {
        self.tables.row(key)
    }
}
