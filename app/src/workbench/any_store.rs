//! The store of either kind, so that what is open need not know which.

use crate::browser::indexed_db::IndexedDbStore;
use replica::memory::MemoryStore;
use replica::store::{Committed, Durability, Step, Store, StoreError, Stored};

/// A person's store, or memory where the browser lets nothing be stored.
pub(crate) enum AnyStore {
    IndexedDb(IndexedDbStore),
    Memory(MemoryStore),
}

impl Store for AnyStore {
    async fn load(&self) -> Result<Stored, StoreError> {
        match self {
            Self::IndexedDb(store) => store.load().await,
            Self::Memory(store) => store.load().await,
        }
    }
    async fn commit(&self, batch: Vec<Step>, durability: Durability) -> Result<Committed, StoreError> {
        match self {
            Self::IndexedDb(store) => store.commit(batch, durability).await,
            Self::Memory(store) => store.commit(batch, durability).await,
        }
    }
    async fn blob(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        match self {
            Self::IndexedDb(store) => store.blob(name).await,
            Self::Memory(store) => store.blob(name).await,
        }
    }
    async fn blobs(&self, from: &str, to: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        match self {
            Self::IndexedDb(store) => store.blobs(from, to).await,
            Self::Memory(store) => store.blobs(from, to).await,
        }
    }
    async fn blob_names(&self, from: &str, to: &str) -> Result<Vec<String>, StoreError> {
        match self {
            Self::IndexedDb(store) => store.blob_names(from, to).await,
            Self::Memory(store) => store.blob_names(from, to).await,
        }
    }
}

impl From<IndexedDbStore> for AnyStore {
    fn from(store: IndexedDbStore) -> Self {
        Self::IndexedDb(store)
    }
}

impl From<MemoryStore> for AnyStore {
    fn from(store: MemoryStore) -> Self {
        Self::Memory(store)
    }
}
