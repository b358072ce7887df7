//! The rows in memory, with the indexes pages read by. Knows nothing of pending edits: [`crate::Replica`] lays them over.

use crate::ratings::Ratings;
use domain::ids::{CustomerId, StreamId};
use domain::row::{FromRow, Kind, Row, RowKey};
use domain::working_set::Rows;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use uuid::Uuid;

/// A row and the stream it came by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub stream: StreamId,
    pub row: Row,
}

#[derive(Debug, Default)]
pub struct Tables {
    entries: FxHashMap<RowKey, Entry>,
    /// Rows of a customer, the customer itself left out, in order of kind and id.
    of_customer: FxHashMap<CustomerId, BTreeSet<RowKey>>,
    /// Every key of a kind.
    of_kind: FxHashMap<Kind, BTreeSet<Uuid>>,
    ratings: Ratings,
}

impl Tables {
    /// Writes a row and returns what was there before.
    pub fn put(&mut self, stream: StreamId, row: Row) -> Option<Entry> {
        let key = row.key();
        self.ratings.forget(&row);
        let customer = row.customer_id().filter(|_| key.kind != Kind::Customer);
        let before = self.entries.insert(key, Entry { stream, row });
        if let Some(before) = &before {
            self.ratings.forget(&before.row);
            let former = before.row.customer_id().filter(|_| key.kind != Kind::Customer);
            if former != customer {
                self.unlink(key, former);
            }
        } else {
            self.of_kind.entry(key.kind).or_default().insert(key.id);
        }
        if let Some(customer) = customer {
            self.of_customer.entry(customer).or_default().insert(key);
        }
        before
    }

    pub fn delete(&mut self, key: RowKey) -> Option<Entry> {
        let before = self.entries.remove(&key)?;
        self.ratings.forget(&before.row);
        if let Some(ids) = self.of_kind.get_mut(&key.kind) {
            ids.remove(&key.id);
        }
        self.unlink(key, before.row.customer_id());
        Some(before)
    }

    fn unlink(&mut self, key: RowKey, customer: Option<CustomerId>) {
        if let Some(customer) = customer
            && let Some(keys) = self.of_customer.get_mut(&customer)
        {
            keys.remove(&key);
            if keys.is_empty() {
                self.of_customer.remove(&customer);
            }
        }
    }

    pub(crate) fn ratings(&self) -> &Ratings {
        &self.ratings
    }

    pub fn entry(&self, key: RowKey) -> Option<&Entry> {
        self.entries.get(&key)
    }

    pub fn entries(&self) -> impl Iterator<Item = (&RowKey, &Entry)> {
        self.entries.iter()
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub fn get<T: FromRow>(&self, id: impl Into<RowKey>) -> Option<&T> {
        self.row(id.into()).and_then(T::from_row)
    }

    pub fn count(&self, kind: Kind) -> usize {
        self.of_kind.get(&kind).map_or(0, BTreeSet::len)
    }

    /// All rows of a type, oldest id first.
    pub fn all<T: FromRow>(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.of_kind
            .get(&T::KIND)
            .into_iter()
            .flatten()
            .filter_map(|&id| self.row(RowKey { kind: T::KIND, id }).and_then(T::from_row))
    }

    /// All rows of a type that belong to a customer, oldest id first.
    pub fn of<T: FromRow>(&self, customer: CustomerId) -> impl DoubleEndedIterator<Item = &T> {
        let first = RowKey { kind: T::KIND, id: Uuid::nil() };
        let last = RowKey { kind: T::KIND, id: Uuid::max() };
        self.of_customer
            .get(&customer)
            .into_iter()
            .flat_map(move |keys| keys.range(first..=last))
            .filter_map(|&key| self.row(key).and_then(T::from_row))
    }
}

impl Rows for Tables {
    fn row(&self, key: RowKey) -> Option<&Row> {
        self.entries.get(&key).map(|entry| &entry.row)
    }
}
