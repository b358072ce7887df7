//! Failed sign-ins by address: slows down whoever tries one password on many numbers, on top of the count by number.
//! Both are counted in the database, so that they hold however many servers stand side by side.

use crate::db::{self, Connection, session};
use crate::token;
use axum::http::HeaderMap;
use domain::time::Timestamp;
use std::net::{IpAddr, SocketAddr};

/// A whole branch may sit behind one address.
const FAILURES_MAX: u32 = 60;
/// Counted by the quarter of an hour on the clock.
const WINDOW_MS: i64 = 15 * 60 * 1000;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// Who asks: the other end of the connection, or, where that is one of our proxies, whom the proxy names. Each proxy adds
/// the address it was asked from at the end; what stands before the first that is not ours anybody can have written.
pub fn asker(peer: IpAddr, headers: &HeaderMap, proxies: &[IpAddr]) -> IpAddr {
    let named = headers.get_all(FORWARDED_FOR).iter().filter_map(|named| named.to_str().ok());
    let named: Vec<&str> = named.flat_map(|named| named.split(',')).map(str::trim).collect();
    // A socket of both families says ::ffff:10.0.0.1 for 10.0.0.1.
    let mut asker = peer.to_canonical();
    for named in named.iter().rev() {
        if !proxies.contains(&asker) {
            break;
        }
        let Some(before) = read(named) else { break };
        asker = before;
    }
    asker
}

/// Some write the port as well.
fn read(named: &str) -> Option<IpAddr> {
    let address = named.parse::<IpAddr>().or_else(|_| named.parse::<SocketAddr>().map(|named| named.ip()));
    address.ok().map(|address| address.to_canonical())
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_proxies_are_believed() {
        let proxies = ["10.0.0.1", "10.0.0.2"].map(|proxy| proxy.parse().unwrap());
        for (peer, named, expected) in [
            ("192.0.2.7", &["192.0.2.8"][..], "192.0.2.7"),
            ("10.0.0.1", &["192.0.2.8"], "192.0.2.8"),
            ("10.0.0.1", &["198.51.100.1, 192.0.2.8"], "192.0.2.8"),
            ("10.0.0.1", &["198.51.100.1", "192.0.2.8, 10.0.0.2"], "192.0.2.8"),
            ("10.0.0.1", &["2001:db8::1"], "2001:db8::1"),
            ("::ffff:10.0.0.1", &["[2001:db8::1]:51234"], "2001:db8::1"),
            ("10.0.0.1", &["::ffff:192.0.2.8, 10.0.0.2:443"], "192.0.2.8"),
            ("10.0.0.1", &["somewhere"], "10.0.0.1"),
            ("10.0.0.1", &[], "10.0.0.1"),
        ] {
            let mut headers = HeaderMap::new();
            for &named in named {
                headers.append(FORWARDED_FOR, named.parse().unwrap());
            }
            let asker = asker(peer.parse().unwrap(), &headers, &proxies);
            assert_eq!(asker, expected.parse::<IpAddr>().unwrap(), "{peer} {named:?}");
        }
    }
}
