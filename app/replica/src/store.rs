//! Where a replica keeps itself: sealed pages and an outbox. The memory implementation here drives the simulations, the
//! browser's lives in the app; both pass the same tests.
//!
//! What is handed over is plain; a store seals every record before it is written and opens it when it is read. A batch
//! is one transaction: all of it is there afterwards, or none.

use std::future::Future;
use thiserror::Error;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum StoreError {
    /// No room on the device: 未能保存.
    #[error("storage is full")]
    Full,
    /// The store was closed or taken away under us; opening it again may help.
    #[error("storage is gone")]
    Gone,
    /// A record could not be opened with this key, or is damaged.
    #[error("a stored record cannot be read")]
    Unreadable,
    #[error("storage failed")]
    Failed,
}

/// One step of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Append a page to the log; pages are numbered upwards by the store.
    AppendPage(Vec<u8>),
    /// Forget all pages and write these instead: compaction, and the only way rows that left the scope leave the disk.
    ReplacePages(Vec<Vec<u8>>),
    /// Append to the outbox; the store gives the next sequence number of this device, from 1, never one twice.
    AppendOutbox(Vec<u8>),
    DeleteOutbox(Vec<u64>),
    /// An edit that needs attention (待处理), under its former outbox number.
    PutAttention(u64, Vec<u8>),
    DeleteAttention(Vec<u64>),
    /// A draft or another small record by name; None deletes it.
    PutRecord(String, Option<Vec<u8>>),
    /// A photo's bytes, waiting for upload or kept for reading.
    PutBlob(String, Vec<u8>),
    DeleteBlobs(Vec<String>),
    /// Deletes every blob whose name is not below the first and below the second.
    DeleteBlobsBetween(String, String),
    /// An edit of this device again, under the number it had before.
    PutOutbox(u64, Vec<u8>),
}

/// How long the store may hold a batch back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// On disk before the future resolves: what a person entered.
    Strict,
    /// May be lost with the machine; the server still has it: pulled pages.
    Relaxed,
}

/// Everything a store holds but its blobs, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stored {
    /// Raised by every [`Step::ReplacePages`].
    pub generation: u64,
    /// Page number and content, ascending.
    pub pages: Vec<(u64, Vec<u8>)>,
    pub outbox: Vec<(u64, Vec<u8>)>,
    pub attention: Vec<(u64, Vec<u8>)>,
    pub records: Vec<(String, Vec<u8>)>,
}

impl Stored {
    /// Nothing was ever stored but photos' bytes, which are nothing without a record of them.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
            && self.outbox.is_empty()
            && self.attention.is_empty()
            && self.records.is_empty()
    }
}

/// What a committed batch was given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Committed {
    /// Sequence numbers of [`Step::AppendOutbox`], in order.
    pub outbox: Vec<u64>,
    /// Number of the last page after the batch.
    pub last_page: u64,
    pub generation: u64,
}

pub trait Store {
    fn load(&self) -> impl Future<Output = Result<Stored, StoreError>>;
    fn commit(
        &self,
        batch: Vec<Step>,
        durability: Durability,
    ) -> impl Future<Output = Result<Committed, StoreError>>;
    fn blob(&self, name: &str) -> impl Future<Output = Result<Option<Vec<u8>>, StoreError>>;
    /// Name and content of every blob whose name is not below `from` and below `to`, in order.
    fn blobs(&self, from: &str, to: &str)
    -> impl Future<Output = Result<Vec<(String, Vec<u8>)>, StoreError>>;
    /// The names alone.
    fn blob_names(&self, from: &str, to: &str) -> impl Future<Output = Result<Vec<String>, StoreError>>;
}
