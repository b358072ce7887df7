//! *Push*: what waits is sent in order, and each edit is settled by the answer to it.

use super::Replica;
use crate::outbox::{Pending, Record};
use crate::sent;
use crate::store::Step;
use domain::limits;
use domain::mutation::MUTATION_SCHEMA;
use domain::wire::{Pull, Push, PushAnswer};

/// What the driver should do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    Push(Box<PushRequest>),
    /// The server was restored from a backup: hand over what was sent ([`Replica::resend`]).
    Resend,
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

impl Replica {
    /// What to do next. `pull_wanted`: a poke came, or time passed.
    pub fn next(&self, pull_wanted: bool) -> Next {
        if self.resends {
            return Next::Resend;
        }
        if self.is_astray {
            return Next::Pull(Box::new(self.pull_request()));
        }
        let mut waiting = self.waiting();
        if let Some(first) = waiting.next() {
            if first.seq <= self.restored_until && self.at_server.is_none() {
                // What it follows there is not known: a page tells.
                return Next::Pull(Box::new(self.pull_request()));
            }
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
        let first = self.waiting().next()?.seq;
        let mutations: Vec<_> = self
            .waiting()
            .zip(first..)
            // Up to a number that was settled before a restore; the next batch says what it follows.
            .take_while(|(pending, seq)| pending.seq == *seq || *seq > self.restored_until + 1)
            .map(|(pending, _)| pending)
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
            follows: self.follows(first),
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
                let pending = self.pending.remove(at);
                self.acknowledged.insert(pending.seq, pending.record);
            } else {
                self.answered.insert(result.seq);
            }
        }
        self.server_time = self.server_time.max(answer.server_time);
        self.at_server = Some(answer.last_seq);
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
    pub(super) fn settling(&self, are_rows_stored: bool) -> Vec<Step> {
        let refused = self.refused.iter().filter(|refused| self.settled.contains(&refused.seq));
        let mut steps: Vec<Step> =
            refused.clone().map(|refused| Step::PutAttention(refused.seq, refused.record.encode())).collect();
        let acknowledged = self.acknowledged.iter().filter(|_| are_rows_stored);
        let acknowledged = acknowledged.map(|(seq, record)| (*seq, record));
        let settled = refused.map(|refused| (refused.seq, &refused.record)).chain(acknowledged.clone());
        steps.extend(sent::keep(settled, self.server_time));
        let done: Vec<u64> = self.settled.iter().copied().chain(acknowledged.map(|(seq, _)| seq)).collect();
        if !done.is_empty() {
            steps.push(Step::DeleteOutbox(done));
        }
        steps
    }

    /// The person has read a refused edit and lets it go.
    pub fn discard(&mut self, seq: u64) -> Vec<Step> {
        let let_go = self.refused.extract_if(.., |refused| refused.seq == seq);
        let let_go: Vec<Record> = let_go.map(|refused| refused.record).collect();
        self.discarded.insert(seq);
        self.may_hold_strays = true;
        let mut steps = vec![Step::DeleteAttention(vec![seq])];
        if self.settled.contains(&seq) {
            // Its refusal had no room on disk yet.
            steps.extend(sent::keep(let_go.iter().map(|record| (seq, record)), self.server_time));
            steps.push(Step::DeleteOutbox(vec![seq]));
        }
        steps
    }
}
