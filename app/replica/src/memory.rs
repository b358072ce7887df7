//! A store in memory: for simulations, and for a browser that lets nothing be stored.

use crate::store::{Committed, Durability, Step, Store, StoreError, Stored};
use std::cell::RefCell;
use std::collections::BTreeMap;

#[derive(Debug, Default)]
struct Content {
    generation: u64,
    last_page: u64,
    last_seq: u64,
    pages: BTreeMap<u64, Vec<u8>>,
    outbox: BTreeMap<u64, Vec<u8>>,
    attention: BTreeMap<u64, Vec<u8>>,
    records: BTreeMap<String, Vec<u8>>,
    blobs: BTreeMap<String, Vec<u8>>,
}

#[derive(Debug, Default)]
pub struct MemoryStore {
    content: RefCell<Content>,
    /// What the next commit fails with, whole.
    failure: RefCell<Option<StoreError>>,
}

impl MemoryStore {
    /// Lets the next commit fail, as a full disk does.
    pub fn fail_next(&self, error: StoreError) {
        *self.failure.borrow_mut() = Some(error);
    }
}

impl Store for MemoryStore {
    async fn load(&self) -> Result<Stored, StoreError> {
        let content = self.content.borrow();
        let list =
            |map: &BTreeMap<u64, Vec<u8>>| map.iter().map(|(&no, bytes)| (no, bytes.clone())).collect();
        Ok(Stored {
            generation: content.generation,
            pages: list(&content.pages),
            outbox: list(&content.outbox),
            attention: list(&content.attention),
            records: content.records.clone().into_iter().collect(),
        })
    }

    async fn commit(&self, batch: Vec<Step>, _durability: Durability) -> Result<Committed, StoreError> {
        if let Some(error) = self.failure.borrow_mut().take() {
            return Err(error);
        }
        let mut content = self.content.borrow_mut();
        let content = &mut *content;
        let mut committed = Committed::default();
        for step in batch {
            match step {
                Step::AppendPage(bytes) => {
                    content.last_page += 1;
                    content.pages.insert(content.last_page, bytes);
                }
                Step::ReplacePages(pages) => {
                    content.generation += 1;
                    content.pages.clear();
                    for bytes in pages {
                        content.last_page += 1;
                        content.pages.insert(content.last_page, bytes);
                    }
                }
                Step::AppendOutbox(bytes) => {
                    content.last_seq += 1;
                    content.outbox.insert(content.last_seq, bytes);
                    committed.outbox.push(content.last_seq);
                }
                Step::DeleteOutbox(seqs) => {
                    for seq in seqs {
                        content.outbox.remove(&seq);
                    }
                }
                Step::PutAttention(seq, bytes) => {
                    content.attention.insert(seq, bytes);
                }
                Step::DeleteAttention(seqs) => {
                    for seq in seqs {
                        content.attention.remove(&seq);
                    }
                }
                Step::PutRecord(name, Some(bytes)) => {
                    content.records.insert(name, bytes);
                }
                Step::PutRecord(name, None) => {
                    content.records.remove(&name);
                }
                Step::PutBlob(name, bytes) => {
                    content.blobs.insert(name, bytes);
                }
                Step::DeleteBlobs(names) => {
                    for name in names {
                        content.blobs.remove(&name);
                    }
                }
                Step::DeleteBlobsBetween(from, to) => {
                    content.blobs.retain(|name, _| *name < from || *name >= to);
                }
                Step::PutOutbox(seq, bytes) => {
                    content.outbox.insert(seq, bytes);
                    content.last_seq = content.last_seq.max(seq);
                }
            }
        }
        committed.last_page = content.last_page;
        committed.generation = content.generation;
        Ok(committed)
    }

    async fn blob(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.content.borrow().blobs.get(name).cloned())
    }

    async fn blobs(&self, from: &str, to: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let content = self.content.borrow();
        let within = content.blobs.iter().filter(|(name, _)| name.as_str() >= from && name.as_str() < to);
        Ok(within.map(|(name, bytes)| (name.clone(), bytes.clone())).collect())
    }

    async fn blob_names(&self, from: &str, to: &str) -> Result<Vec<String>, StoreError> {
        let content = self.content.borrow();
        Ok(content.blobs.keys().filter(|name| name.as_str() >= from && name.as_str() < to).cloned().collect())
    }
}
