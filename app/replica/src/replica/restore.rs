//! *Restore*: the server was set up from a backup and has lost the latest edits. What this device sent of them, it sends
//! again, under the numbers it had; edits the server refused before are not sent a second time.

use super::Replica;
use crate::outbox::Pending;
use crate::sent;
use crate::store::{Step, Stored};
use serde::{Deserialize, Serialize};

/// The record that carries a restore over a crash.
const RECORD: &str = "restore";

#[derive(Serialize, Deserialize)]
struct Restore {
    resends: bool,
    restored_until: u64,
    /// What the server still had.
    at_server: u64,
}

impl Replica {
    pub(super) fn read_restore(&mut self, stored: &Stored) {
        let record = stored.records.iter().find(|(name, _)| name == RECORD);
        let restore = record.and_then(|(_, bytes)| serde_json::from_slice::<Restore>(bytes).ok());
        if let Some(restore) = restore {
            // Never unlearned from a store: what this tab found may have had no room on disk.
            self.resends |= restore.resends;
            self.restored_until = self.restored_until.max(restore.restored_until);
            if restore.resends {
                self.at_server = Some(restore.at_server);
            }
        }
    }

    pub(super) fn restore_record(&self, resends: bool) -> Step {
        let restore =
            Restore { resends, restored_until: self.restored_until, at_server: self.at_server.unwrap_or(0) };
        Step::PutRecord(RECORD.to_owned(), serde_json::to_vec(&restore).ok())
    }

    /// What the server has lost of the edits that were acknowledged, but have not left the outbox on disk yet.
    pub(super) fn wait_again(&mut self, had: u64) {
        let lost = self.acknowledged.split_off(&had.saturating_add(1));
        self.pending.extend(lost.into_iter().map(|(seq, record)| Pending::of(seq, record)));
        self.pending.sort_by_key(|pending| pending.seq);
    }

    /// Answers [`Next::Resend`](super::Next::Resend) with the blobs between [`sent::NAMES`]. The steps put what the server
    /// lost into the outbox again; committed strictly, [`Replica::resent`] shows it.
    pub fn resend(&mut self, sent: &[(String, Vec<u8>)]) -> Vec<Step> {
        let had = self.at_server.unwrap_or(0);
        let sent = sent::read(sent);
        let highest = sent.last().map_or(0, |(seq, _)| *seq);
        let refused = self.refused.iter().map(|refused| refused.seq).max().unwrap_or(0);
        self.restored_until = self.restored_until.max(highest).max(refused).max(had);
        let is_known = |seq: u64| {
            self.pending.iter().any(|pending| pending.seq == seq)
                || self.refused.iter().any(|refused| refused.seq == seq)
        };
        let lost = sent
            .into_iter()
            .filter(|(seq, record)| *seq > had && record.refused.is_none() && !is_known(*seq));
        let mut steps: Vec<Step> = lost.map(|(seq, record)| Step::PutOutbox(seq, record.encode())).collect();
        steps.push(self.restore_record(false));
        steps
    }

    /// The steps of [`Replica::resend`] were committed.
    pub fn resent(&mut self, steps: &[Step]) {
        self.resends = false;
        self.revert();
        let again = steps.iter().filter_map(|step| match step {
            Step::PutOutbox(seq, bytes) => Pending::read(*seq, bytes),
            _ => None,
        });
        for pending in again {
            if !self.pending.iter().any(|known| known.seq == pending.seq) {
                self.again.insert(pending.seq);
                self.pending.push(pending);
            }
        }
        self.pending.sort_by_key(|pending| pending.seq);
        self.replay();
    }

    /// The server saw a gap: it has less than was thought, and a page tells whether it begins anew. Or another tab saved an
    /// edit this one has not heard of: catch up as well.
    pub fn gap_seen(&mut self) {
        self.is_astray = true;
    }

    /// What a batch that begins at `first` follows, where numbers before it are missing that were settled before a
    /// restore. Any other gap is not ours to explain: the server has to see it.
    pub(super) fn follows(&self, first: u64) -> Option<u64> {
        let had = self.at_server?;
        (had.saturating_add(1) < first && first <= self.restored_until.saturating_add(1)).then_some(had)
    }
}
