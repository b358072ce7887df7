//! A local change: run by the rules, stored, then shown.

use super::Replica;
use crate::outbox::{Pending, Record};
use crate::store::Step;
use domain::actor::Context;
use domain::customer::Customer;
use domain::ids::MutationId;
use domain::mutation::Mutation;
use domain::rejection::Rejection;
use domain::time::Timestamp;
use domain::working_set::{Changes, WorkingSet};

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

impl Replica {
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
            || self.acknowledged.contains_key(&seq);
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

    pub(super) fn run(
        &self,
        mutation: &Mutation,
        id: MutationId,
        made_at: Timestamp,
    ) -> Result<Changes, Rejection> {
        let mut set = WorkingSet::over(&self.tables);
        let context = Context { actor: &self.actor, mutation_id: id, made_at, now: made_at };
        mutation.apply(&mut set, &context)?;
        Ok(set.into_changes())
    }
}
