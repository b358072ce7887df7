//! The server as SYNC.md describes it, over maps: streams with versions and tombstones, results by device and number,
//! scope by person. Rules are `domain`'s; each request is one transaction that is there whole or not at all.

mod administration;
mod pull;

use super::planted::Planted;
use domain::actor::{Actor, Context};
use domain::customer::Customer;
use domain::ids::{DeviceId, EmployeeId, MutationId, StreamId};
use domain::mutation::Mutation;
use domain::rejection::Rejection;
use domain::row::{FromRow, Kind, Row, RowKey};
use domain::time::Timestamp;
use domain::wire::{MutationResult, Push, PushAnswer, PushedMutation};
use domain::working_set::{Changes, WorkingSet};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

#[derive(Clone, Default)]
struct Stream {
    version: u64,
    /// The newest tombstone that was forgotten; an older cookie has missed it.
    horizon: u64,
    marks: BTreeMap<RowKey, Mark>,
}

#[derive(Clone, Copy)]
struct Mark {
    version: u64,
    deleted_at: Option<Timestamp>,
}

#[derive(Clone, Default)]
struct Device {
    last_seq: u64,
    results: BTreeMap<u64, (MutationId, Option<Rejection>)>,
}

/// One committed transaction, for the oracle: what was asked, not what became of streams.
pub enum Committed {
    Mutation(Box<Decided>),
    Administration(Changes),
}

pub struct Decided {
    pub actor: Actor,
    pub device: DeviceId,
    pub pushed: PushedMutation,
    pub now: Timestamp,
    pub refused: Option<Rejection>,
}

/// What was copied aside.
struct Backup {
    at: Timestamp,
    people: BTreeMap<EmployeeId, Actor>,
    rows: BTreeMap<RowKey, Row>,
    journal: usize,
    streams: BTreeMap<StreamId, Stream>,
    devices: BTreeMap<DeviceId, Device>,
}

/// The batch does not begin where the device's last one ended.
#[derive(Debug)]
pub struct Gap;

/// What a device hears of its push. None: the server died.
pub type Pushed = Option<Result<PushAnswer, Gap>>;

pub struct Server {
    pub epoch: Uuid,
    pub library: StreamId,
    pub people: BTreeMap<EmployeeId, Actor>,
    pub rows: BTreeMap<RowKey, Row>,
    pub journal: Vec<Committed>,
    /// How often it was set up from a backup.
    pub restores: usize,
    streams: BTreeMap<StreamId, Stream>,
    devices: BTreeMap<DeviceId, Device>,
    backup: Option<Backup>,
    /// Rows of one page, whatever the tablet asks for.
    page_rows: usize,
    planted: Option<Planted>,
    /// Marks that become visible too late ([`Planted::LateVersionBump`]).
    late: Vec<(StreamId, RowKey, Mark)>,
}

impl Server {
    pub fn new(epoch: Uuid, library: StreamId, page_rows: usize, planted: Option<Planted>) -> Self {
        Self {
            epoch,
            library,
            people: BTreeMap::new(),
            rows: BTreeMap::new(),
            journal: Vec::new(),
            restores: 0,
            streams: BTreeMap::from([(library, Stream::default())]),
            devices: BTreeMap::new(),
            backup: None,
            page_rows,
            planted,
            late: Vec::new(),
        }
    }

    /// What was answered to the mutation a device sent under this number.
    pub fn result(&self, device: DeviceId, seq: u64) -> Option<&(MutationId, Option<Rejection>)> {
        self.devices.get(&device)?.results.get(&seq)
    }

    pub fn result_count(&self, device: DeviceId) -> usize {
        self.devices.get(&device).map_or(0, |device| device.results.len())
    }

    fn is(&self, planted: Planted) -> bool {
        self.planted == Some(planted)
    }

    /// `dies_after`: the server dies when it has committed that many mutations, and answers nothing.
    pub fn push(&mut self, by: EmployeeId, push: &Push, now: Timestamp, dies_after: Option<usize>) -> Pushed {
        self.show_late();
        let actor = self.people.get(&by)?.clone();
        let last_seq = self.devices.entry(push.device_id).or_default().last_seq;
        // After a restore the device says what its batch follows.
        let follows = push.follows == Some(last_seq);
        let first = push.mutations.first().map(|pushed| pushed.seq).filter(|_| follows);
        let mut expected = first.unwrap_or(0).max(last_seq + 1);
        for pushed in &push.mutations {
            if pushed.seq > expected && !self.is(Planted::GapTaken) {
                return Some(Err(Gap));
            }
            expected = expected.max(pushed.seq + 1);
        }
        let mut results = Vec::new();
        for (at, pushed) in push.mutations.iter().enumerate() {
            if dies_after == Some(at) {
                return self.die(&actor, push, pushed, now);
            }
            let last_seq = self.devices.get(&push.device_id).map_or(0, |device| device.last_seq);
            let refused = if pushed.seq <= last_seq && !self.is(Planted::RepeatApplied) {
                self.result(push.device_id, pushed.seq).and_then(|(_, refused)| refused.clone())
            } else {
                self.take(&actor, push.device_id, pushed, now)
            };
            results.push(MutationResult { seq: pushed.seq, refused });
        }
        if dies_after.is_some() {
            return None;
        }
        let last_seq = self.devices.get(&push.device_id).map_or(0, |device| device.last_seq);
        Some(Ok(PushAnswer { results, last_seq, server_time: now }))
    }

    fn die(&mut self, actor: &Actor, push: &Push, pushed: &PushedMutation, now: Timestamp) -> Pushed {
        if self.is(Planted::ResultCommittedApart)
            && let Ok(changes) = self.decide(actor, pushed, now)
        {
            self.write(&changes, now);
        }
        let answered = push.mutations.iter().map(|pushed| MutationResult { seq: pushed.seq, refused: None });
        self.is(Planted::AckBeforeCommit).then(|| {
            let last_seq = push.mutations.last().map_or(0, |pushed| pushed.seq);
            Ok(PushAnswer { results: answered.collect(), last_seq, server_time: now })
        })
    }

    /// One mutation, its rows, its result and the device's number, in one transaction.
    fn take(
        &mut self,
        actor: &Actor,
        device: DeviceId,
        pushed: &PushedMutation,
        now: Timestamp,
    ) -> Option<Rejection> {
        let refused = match self.decide(actor, pushed, now) {
            Ok(changes) => {
                self.write(&changes, now);
                None
            }
            Err(rejection) => Some(rejection),
        };
        let forgets = self.is(Planted::ResultNotStored);
        let entry = self.devices.entry(device).or_default();
        entry.last_seq = entry.last_seq.max(pushed.seq);
        if !(forgets && refused.is_some()) {
            entry.results.insert(pushed.seq, (pushed.id, refused.clone()));
        }
        self.journal.push(Committed::Mutation(Box::new(Decided {
            actor: actor.clone(),
            device,
            pushed: pushed.clone(),
            now,
            refused: refused.clone(),
        })));
        refused
    }

    /// Runs the rule over the rows it says it reads, and nothing else, as the real server does.
    fn decide(&self, actor: &Actor, pushed: &PushedMutation, now: Timestamp) -> Result<Changes, Rejection> {
        let mutation = Mutation::decode(&pushed.name, &pushed.args)?;
        let loaded: BTreeMap<RowKey, Row> = mutation
            .reads()
            .into_iter()
            .filter_map(|key| Some((key, self.rows.get(&key)?.clone())))
            .collect();
        let mut set = WorkingSet::over(&loaded);
        let made_at = pushed.made_at.min(now);
        mutation.apply(&mut set, &Context { actor, mutation_id: pushed.id, made_at, now })?;
        if let Mutation::AddCustomer(new) = &mutation
            && self.customers().any(|customer| customer.customer_no == new.customer_no)
        {
            return Err(Rejection::NumberTaken);
        }
        Ok(set.into_changes())
    }

    pub fn customers(&self) -> impl Iterator<Item = &Customer> {
        let first = RowKey { kind: Kind::Customer, id: Uuid::nil() };
        let last = RowKey { kind: Kind::Customer, id: Uuid::max() };
        self.rows.range(first..=last).filter_map(|(_, row)| Customer::from_row(row))
    }

    fn stream_of(&self, key: RowKey) -> Option<StreamId> {
        let row = self.rows.get(&key)?;
        match row.customer_id() {
            None => Some(self.library),
            Some(customer) => {
                self.rows.get(&customer.into()).and_then(Customer::from_row).map(|row| row.book_id.into())
            }
        }
    }

    /// Writes rows and marks them in the streams they lie in, left and entered, each stream one version on.
    fn write(&mut self, changes: &Changes, now: Timestamp) {
        let mut keys: BTreeSet<RowKey> = BTreeSet::new();
        for (key, row) in changes {
            if self.rows.get(key) == row.as_ref() {
                continue;
            }
            keys.insert(*key);
            let before = self.rows.get(key).and_then(Customer::from_row);
            let after = row.as_ref().and_then(Customer::from_row);
            if let (Some(before), Some(after)) = (before, after)
                && before.book_id != after.book_id
                && !self.is(Planted::HandOverLeavesRows)
            {
                let id = before.id;
                keys.extend(self.rows.values().filter(|row| row.customer_id() == Some(id)).map(Row::key));
            }
        }
        let before: BTreeMap<RowKey, Option<StreamId>> =
            keys.iter().map(|&key| (key, self.stream_of(key))).collect();
        for key in &keys {
            match changes.get(key) {
                Some(Some(row)) => drop(self.rows.insert(*key, row.clone())),
                Some(None) => drop(self.rows.remove(key)),
                None => {}
            }
        }
        let mut marks: BTreeMap<StreamId, Vec<(RowKey, bool)>> = BTreeMap::new();
        for (key, before) in before {
            let after = self.stream_of(key);
            let moves = after.is_some();
            if let Some(left) = before.filter(|_| before != after)
                && !(moves && self.is(Planted::HandOverWithoutTombstone))
            {
                marks.entry(left).or_default().push((key, true));
            }
            if let Some(entered) = after {
                marks.entry(entered).or_default().push((key, false));
            }
        }
        for (stream, marks) in marks {
            self.mark(stream, marks, now);
        }
    }

    fn mark(&mut self, id: StreamId, marks: Vec<(RowKey, bool)>, now: Timestamp) {
        let is_late = self.is(Planted::LateVersionBump);
        let drops_tombstones = self.is(Planted::TombstoneDropped);
        let stream = self.streams.entry(id).or_default();
        stream.version += 1;
        for (key, is_deleted) in marks {
            let mark = Mark { version: stream.version, deleted_at: is_deleted.then_some(now) };
            if is_late {
                self.late.push((id, key, mark));
            } else if is_deleted && drops_tombstones {
                stream.marks.remove(&key);
            } else {
                stream.marks.insert(key, mark);
            }
        }
    }

    fn show_late(&mut self) {
        for (stream, key, mark) in std::mem::take(&mut self.late) {
            self.streams.entry(stream).or_default().marks.insert(key, mark);
        }
    }
}
