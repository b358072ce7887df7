//! Failed sign-ins by address: slows down whoever tries one password on many numbers. Per process, on top of the count
//! by number, which is in the database.

use domain::time::Timestamp;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// A whole branch may sit behind one address.
const FAILURES_MAX: u32 = 60;
const WINDOW_MS: i64 = 15 * 60 * 1000;
const ADDRESSES_MAX: usize = 10_000;

#[derive(Clone, Copy)]
struct Window {
    began_at: Timestamp,
    failures: u32,
}

pub struct AddressThrottle(Mutex<HashMap<IpAddr, Window>>);

impl AddressThrottle {
    #[expect(clippy::new_without_default, reason = "an empty throttle is made in one place")]
    pub fn new() -> Self {
        Self(Mutex::new(HashMap::new()))
    }

    /// Seconds to wait, if this address has failed too often.
    pub fn wait_s(&self, address: IpAddr, now: Timestamp) -> Option<u32> {
        let windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let window = windows.get(&address).filter(|window| window.failures >= FAILURES_MAX)?;
        let left_ms = window.began_at.plus_ms(WINDOW_MS).0 - now.0;
        u32::try_from(left_ms.div_euclid(1000) + 1).ok().filter(|_| left_ms > 0)
    }

    pub fn count_failure(&self, address: IpAddr, now: Timestamp) {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if windows.len() >= ADDRESSES_MAX {
            windows.retain(|_, window| now.0 - window.began_at.0 < WINDOW_MS);
        }
        let window = windows.entry(address).or_insert(Window { began_at: now, failures: 0 });
        if now.0 - window.began_at.0 >= WINDOW_MS {
            *window = Window { began_at: now, failures: 0 };
        }
        window.failures += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_waits_after_too_many_failures_and_then_may_again() {
        let throttle = AddressThrottle::new();
        let address = IpAddr::from([127, 0, 0, 1]);
        for _ in 0..FAILURES_MAX {
            assert_eq!(throttle.wait_s(address, Timestamp(0)), None);
            throttle.count_failure(address, Timestamp(0));
        }
        assert_eq!(throttle.wait_s(address, Timestamp(0)), Some(901));
        assert_eq!(throttle.wait_s(IpAddr::from([127, 0, 0, 2]), Timestamp(0)), None);
        assert_eq!(throttle.wait_s(address, Timestamp(WINDOW_MS)), None);
    }
}
