//! The rows a mutation works on: what was there, and what it changes, apart until the mutation has succeeded.

use crate::ids::CustomerId;
use crate::rejection::Rejection;
use crate::row::{FromRow, Row, RowKey};
use std::collections::BTreeMap;

/// Rows that can be looked up by key: a tablet's tables, what a server loaded, or a working set.
pub trait Rows {
    fn row(&self, key: RowKey) -> Option<&Row>;
}

impl Rows for BTreeMap<RowKey, Row> {
    fn row(&self, key: RowKey) -> Option<&Row> {
        self.get(&key)
    }
}

/// A row written, or None for a row deleted.
pub type Changes = BTreeMap<RowKey, Option<Row>>;

/// Changes laid over rows. Dropped, nothing has happened; [`WorkingSet::into_changes`] hands them on.
pub struct WorkingSet<'a> {
    base: &'a dyn Rows,
    changes: Changes,
}

impl<'a> WorkingSet<'a> {
    pub fn over(base: &'a dyn Rows) -> Self {
        Self { base, changes: Changes::new() }
    }

    pub fn get<T: FromRow>(&self, id: impl Into<RowKey>) -> Option<&T> {
        self.row(id.into()).and_then(T::from_row)
    }

    /// The row, or [`Rejection::Gone`].
    pub fn require<T: FromRow>(&self, id: impl Into<RowKey>) -> Result<&T, Rejection> {
        self.get(id).ok_or(Rejection::Gone)
    }

    /// The row if it belongs to this customer, or [`Rejection::Gone`].
    pub fn require_of<T: FromRow>(
        &self,
        id: impl Into<RowKey>,
        customer: CustomerId,
    ) -> Result<&T, Rejection> {
        let row = self.row(id.into()).ok_or(Rejection::Gone)?;
        if row.customer_id() != Some(customer) {
            return Err(Rejection::Gone);
        }
        T::from_row(row).ok_or(Rejection::Gone)
    }

    /// No row may have this key yet.
    pub fn vacant(&self, id: impl Into<RowKey>) -> Result<(), Rejection> {
        if self.row(id.into()).is_some() { Err(Rejection::IdTaken) } else { Ok(()) }
    }

    pub fn put(&mut self, row: impl Into<Row>) {
        let row = row.into();
        self.changes.insert(row.key(), Some(row));
    }

    pub fn delete(&mut self, id: impl Into<RowKey>) {
        self.changes.insert(id.into(), None);
    }

    /// Takes over the changes of a mutation that succeeded on top of this set.
    pub fn absorb(&mut self, changes: Changes) {
        self.changes.extend(changes);
    }

    pub fn into_changes(self) -> Changes {
        self.changes
    }
}

impl Rows for WorkingSet<'_> {
    fn row(&self, key: RowKey) -> Option<&Row> {
        match self.changes.get(&key) {
            Some(changed) => changed.as_ref(),
            None => self.base.row(key),
        }
    }
}
