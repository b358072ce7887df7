//! *Rebase*: pending edits are taken off the server rows, and laid over them again.

use super::Replica;
use crate::outbox::Pending;
use crate::tables::Entry;
use domain::ids::{CustomerId, StreamId};
use domain::row::{Kind, Row, RowKey};

impl Replica {
    pub(super) fn write(&mut self, stream: StreamId, row: Row) -> Option<Entry> {
        if let Row::Customer(customer) = &row {
            self.search.put(customer);
        }
        self.tables.put(stream, row)
    }

    pub(super) fn remove(&mut self, key: RowKey) -> Option<Entry> {
        if key.kind == Kind::Customer {
            self.search.remove(CustomerId(key.id));
        }
        self.tables.delete(key)
    }

    /// Takes the pending edits off the server rows.
    pub(super) fn revert(&mut self) {
        for (key, entry) in std::mem::take(&mut self.shadow) {
            match entry {
                Some(entry) => self.write(entry.stream, entry.row),
                None => self.remove(key),
            };
        }
    }

    /// Lays the pending edits over the server rows again.
    pub(super) fn replay(&mut self) {
        self.pending_customers.clear();
        let pending = std::mem::take(&mut self.pending);
        for edit in &pending {
            self.replay_one(edit);
        }
        self.pending = pending;
    }

    /// An edit whose rule fails here stays in the outbox without effect: only the server refuses.
    pub(super) fn replay_one(&mut self, pending: &Pending) {
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

    pub(super) fn stream_of(&self, row: &Row) -> Option<StreamId> {
        if let Row::Customer(customer) = row {
            return Some(customer.book_id.into());
        }
        let customer = row.customer_id()?;
        self.tables.entry(customer.into()).map(|entry| entry.stream)
    }
}
