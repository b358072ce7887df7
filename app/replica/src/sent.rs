//! Edits the server has settled, kept for a week: a server restored from a backup has lost the latest of them, and is sent
//! again what it had applied. What it had refused is kept to be told from what is missing.
//!
//! They lie among the blobs, by day and number, and are read only then.

use crate::outbox::Record;
use crate::store::Step;
use domain::time::Timestamp;

/// How long a settled edit is kept; what a backup older than that has lost is lost.
pub(crate) const KEPT_DAYS: i64 = 7;
const DAY_MS: i64 = 24 * 3_600_000;
/// Between these lie the names of all of them.
pub const NAMES: (&str, &str) = ("sent/", "sent0");

/// Days since 1970, by the server's clock.
pub(crate) fn day(at: Timestamp) -> i64 {
    at.0.div_euclid(DAY_MS).max(0)
}

/// Names sort as days and numbers do.
fn name(day: i64, seq: u64) -> String {
    format!("sent/{day:08}/{seq:020}")
}

fn seq_of(name: &str) -> Option<u64> {
    name.rsplit('/').next()?.parse().ok()
}

/// Keeps edits settled at `now`, by the server's clock, and forgets those of more than a week ago.
pub(crate) fn keep<'a>(settled: impl IntoIterator<Item = (u64, &'a Record)>, now: Timestamp) -> Vec<Step> {
    let today = day(now);
    let mut steps: Vec<Step> =
        settled.into_iter().map(|(seq, record)| Step::PutBlob(name(today, seq), record.encode())).collect();
    if !steps.is_empty() {
        let oldest = (today - KEPT_DAYS).max(0);
        steps.push(Step::DeleteBlobsBetween(NAMES.0.to_owned(), name(oldest, 0)));
    }
    steps
}

/// Numbers and records as the store gave them, ascending; one settled twice counts once.
pub(crate) fn read(blobs: &[(String, Vec<u8>)]) -> Vec<(u64, Record)> {
    let read = |(name, bytes): &(String, Vec<u8>)| Some((seq_of(name)?, Record::decode(bytes)?));
    let mut sent: Vec<(u64, Record)> = blobs.iter().filter_map(read).collect();
    // Of one answered twice the later answer holds: its day is the later one.
    sent.reverse();
    sent.sort_by_key(|(seq, _)| *seq);
    sent.dedup_by_key(|(seq, _)| *seq);
    sent
}
