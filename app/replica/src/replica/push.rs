//! *Push*: what waits is sent in order, and each edit is settled by the answer to it.

use super::Replica;
use crate::outbox::Pending;
use crate::store::Step;
use domain::limits;
use domain::mutation::MUTATION_SCHEMA;
use domain::wire::{Pull, Push, PushAnswer};

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

impl Replica {
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
    pub(super) fn settling(&self, are_rows_stored: bool) -> Vec<Step> {
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
}
