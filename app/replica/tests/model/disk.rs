//! A tablet's disk: the store in memory, which can be full, and loses what was not yet flushed when the power goes.

use super::planted::Planted;
use super::random::Random;
use domain::wire::PAGE_SCHEMA;
use replica::memory::MemoryStore;
use replica::page;
use replica::sent::NAMES;
use replica::store::{Committed, Durability, Step, Store, StoreError, Stored};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// The store in memory is ready at once; anything else here is a mistake.
pub fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the store in memory kept us waiting"),
    }
}

#[derive(Default)]
pub struct Disk {
    store: MemoryStore,
    /// Every batch since the store began.
    written: Vec<(Vec<Step>, Durability)>,
    planted: Option<Planted>,
}

impl Disk {
    pub fn new(planted: Option<Planted>) -> Self {
        Self { planted, ..Self::default() }
    }

    pub fn load(&self) -> Stored {
        at_once(self.store.load()).expect("the store in memory can be read")
    }

    pub fn sent(&self) -> Vec<(String, Vec<u8>)> {
        at_once(self.store.blobs(NAMES.0, NAMES.1)).expect("the store in memory can be read")
    }

    pub fn commit(&mut self, batch: Vec<Step>, durability: Durability) -> Committed {
        self.written.push((batch.clone(), durability));
        at_once(self.store.commit(batch, durability)).expect("the store in memory has room")
    }

    /// A commit for which there is no room: nothing of it may be there afterwards.
    pub fn commit_full(&mut self, batch: Vec<Step>) -> StoreError {
        self.store.fail_next(StoreError::Full);
        at_once(self.store.commit(batch, Durability::Strict)).expect_err("the disk is full")
    }

    /// The device dies within a commit: the batch is there whole or not at all.
    pub fn commit_and_die(&mut self, random: &mut Random, mut batch: Vec<Step>, durability: Durability) {
        if self.planted == Some(Planted::CookieStoredApart)
            && let Some(Step::AppendPage(bytes)) = batch.first()
            && let Ok(mut page) = page::decode(bytes)
        {
            for part in &mut page.streams {
                part.put.clear();
            }
            let cookie = page::encode(&page).expect("a page can be encoded");
            self.commit(vec![Step::AppendPage(cookie)], durability);
        } else if self.planted == Some(Planted::BatchHalfWritten) {
            let kept = random.below(batch.len() + 1);
            batch.truncate(kept);
            self.commit(batch, durability);
        } else if random.chance(50) {
            self.commit(batch, durability);
        }
    }

    /// Batches that were not flushed may be lost, the newest first; what a person entered never is.
    pub fn lose_power(&mut self, random: &mut Random) -> usize {
        let flushed = self
            .written
            .iter()
            .rposition(|(_, durability)| *durability == Durability::Strict)
            .map_or(0, |at| at + 1);
        let kept = random.between(flushed, self.written.len());
        let lost = self.written.len() - kept;
        self.written.truncate(kept);
        self.store = MemoryStore::default();
        for (batch, durability) in self.written.clone() {
            at_once(self.store.commit(batch, durability)).expect("the store in memory has room");
        }
        if self.planted == Some(Planted::SeqGivenTwice) {
            self.count_from_one();
        }
        lost
    }

    fn count_from_one(&mut self) {
        let stored = self.load();
        let mut batch = vec![Step::ReplacePages(stored.pages.into_iter().map(|(_, bytes)| bytes).collect())];
        batch.extend(stored.outbox.into_iter().map(|(_, bytes)| Step::AppendOutbox(bytes)));
        batch.extend(self.sent().into_iter().map(|(name, bytes)| Step::PutBlob(name, bytes)));
        batch.extend(stored.records.into_iter().map(|(name, bytes)| Step::PutRecord(name, Some(bytes))));
        batch.extend(stored.attention.into_iter().map(|(seq, bytes)| Step::PutAttention(seq, bytes)));
        self.store = MemoryStore::default();
        self.written.clear();
        self.commit(batch, Durability::Strict);
    }

    /// The app was updated: the pages on disk are of a schema it does not read.
    pub fn age_pages(&mut self) {
        let pages = self.load().pages.into_iter().map(|(_, mut bytes)| {
            bytes.splice(..4, (PAGE_SCHEMA + 1).to_le_bytes());
            bytes
        });
        self.commit(vec![Step::ReplacePages(pages.collect())], Durability::Strict);
    }
}
