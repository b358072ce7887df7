//! The server's clock; `domain` is told the time.

use domain::time::Timestamp;

pub fn now() -> Timestamp {
    Timestamp(chrono::Utc::now().timestamp_millis())
}
