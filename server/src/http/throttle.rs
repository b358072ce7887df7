//! Failed sign-ins by address: slows down whoever tries one password on many numbers, on top of the count by number.
//! Both are counted in the database, so that they hold however many servers stand side by side.

use crate::db::{self, Connection, session};
use crate::token;
use domain::time::Timestamp;
use std::net::IpAddr;

/// A whole branch may sit behind one address.
const FAILURES_MAX: u32 = 60;
/// Counted by the quarter of an hour on the clock.
const WINDOW_MS: i64 = 15 * 60 * 1000;

/// Seconds to wait, if this address has failed too often.
pub async fn wait_s(connection: &mut Connection, address: IpAddr, now: Timestamp) -> db::Result<Option<u32>> {
    let failures = session::failures(connection, &key(address, now)).await?;
    let left_ms = WINDOW_MS - now.0.rem_euclid(WINDOW_MS);
    let has_failed = failures.is_some_and(|failures| failures.count >= FAILURES_MAX);
    Ok(has_failed.then(|| u32::try_from(left_ms.div_euclid(1000) + 1).unwrap_or(u32::MAX)))
}

pub async fn count_failure(connection: &mut Connection, address: IpAddr, now: Timestamp) -> db::Result<()> {
    session::count_failure(connection, &key(address, now), now, now.plus_ms(-WINDOW_MS)).await?;
    Ok(())
}

/// Stands beside the hashes of numbers, and begins as none of them can: numbers are trimmed.
fn key(address: IpAddr, now: Timestamp) -> Vec<u8> {
    token::hash(&format!(" {address} {}", now.0.div_euclid(WINDOW_MS)))
}
