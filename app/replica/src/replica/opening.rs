//! From the store: opened at the start, caught up with when another tab wrote.

use super::Replica;
use crate::outbox::{Pending, Refused};
use crate::page;
use crate::search::SearchIndex;
use crate::store::Stored;
use crate::tables::Tables;
use domain::actor::Actor;
use domain::ids::DeviceId;
use domain::wire::Page;
use std::collections::BTreeSet;

impl Replica {
    /// Opens what a store held. Pages of another schema are left out: their rows come again with the next pull.
    pub fn open(device_id: DeviceId, actor: Actor, stored: &Stored) -> Self {
        let mut replica = Self::new(device_id, actor);
        replica.read_restore(stored);
        replica.read_log(stored);
        replica.read_edits(stored);
        replica.replay();
        replica
    }

    /// Takes in what another tab wrote: everything when the log was rewritten, otherwise what is new. `stored` may have
    /// been read some moments ago: what this tab did since stands.
    pub fn catch_up(&mut self, stored: &Stored) {
        if stored.generation < self.generation {
            return;
        }
        self.revert();
        self.read_restore(stored);
        if stored.generation == self.generation {
            let known = self.last_page;
            for (no, bytes) in stored.pages.iter().filter(|(no, _)| *no > known) {
                // Nothing after a page this version cannot read: rows between would be missed for good.
                let Ok(page) = page::decode(bytes) else { break };
                self.take_rows(page);
                self.log_pages += 1;
                self.last_page = *no;
            }
        } else {
            self.read_log(stored);
            // Rows that had no room here are gone again, and with them what they acknowledged.
            self.acknowledged.clear();
        }
        self.read_edits(stored);
        self.replay();
    }

    /// The log of pages, from its beginning.
    pub(super) fn read_log(&mut self, stored: &Stored) {
        self.tables = Tables::default();
        self.search = SearchIndex::default();
        self.shadow.clear();
        self.cookies.clear();
        self.last_seq = 0;
        self.log_pages = stored.pages.len();
        self.last_page = stored.pages.last().map_or(0, |(no, _)| *no);
        self.generation = stored.generation;
        let pages: Result<Vec<Page>, _> = stored.pages.iter().map(|(_, bytes)| page::decode(bytes)).collect();
        self.needs_snapshot = pages.is_err();
        for page in pages.unwrap_or_default() {
            // Two tabs wrote to one log, and the rewriting that would have followed was lost with the power.
            self.needs_snapshot |= self.leaves(&page);
            self.take_rows(page);
        }
    }

    /// Outbox and attention as stored, but for what this tab has already gone beyond.
    pub(super) fn read_edits(&mut self, stored: &Stored) {
        let in_outbox: BTreeSet<u64> = stored.outbox.iter().map(|(seq, _)| *seq).collect();
        let in_attention: BTreeSet<u64> = stored.attention.iter().map(|(seq, _)| *seq).collect();
        self.discarded.retain(|seq| in_outbox.contains(seq) || in_attention.contains(seq));
        // Refused here, perhaps not yet so in the store.
        self.refused.retain(|Refused { seq, .. }| {
            !in_attention.contains(seq) && (in_outbox.contains(seq) || self.settled.contains(seq))
        });
        let refused = stored.attention.iter().filter(|(seq, _)| !self.discarded.contains(seq));
        self.refused.extend(refused.filter_map(|(seq, bytes)| Refused::read(*seq, bytes)));
        self.refused.sort_by_key(|refused| refused.seq);
        // Saved here after the store was read.
        let newest = in_outbox.last().max(in_attention.last()).copied().unwrap_or(0).max(self.last_seq);
        let again = &self.again;
        self.pending
            .retain(|Pending { seq, .. }| *seq > newest || (again.contains(seq) && !in_outbox.contains(seq)));
        let is_settled = |seq: u64| {
            self.settled.contains(&seq)
                || self.acknowledged.contains_key(&seq)
                || self.discarded.contains(&seq)
                || self.refused.iter().any(|refused| refused.seq == seq)
        };
        let waiting = stored.outbox.iter().filter(|(seq, _)| !is_settled(*seq));
        self.pending.extend(waiting.filter_map(|(seq, bytes)| Pending::read(*seq, bytes)));
        self.pending.sort_by_key(|pending| pending.seq);
    }
}
