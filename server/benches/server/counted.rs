//! How many statements the server sends: the driver logs each of them.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Event, Metadata, Subscriber};

static IS_COUNTING: AtomicBool = AtomicBool::new(false);
static STATEMENTS: AtomicU64 = AtomicU64::new(0);

struct Counter;

impl Subscriber for Counter {
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query" && IS_COUNTING.load(Ordering::Relaxed)
    }
    fn event(&self, _: &Event<'_>) {
        STATEMENTS.fetch_add(1, Ordering::Relaxed);
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

pub fn install() {
    tracing::subscriber::set_global_default(Counter).unwrap();
}

/// What it does, and the statements it took; beginning and ending a transaction are not among them.
pub async fn counted<T>(work: impl Future<Output = T>) -> (T, u64) {
    let before = STATEMENTS.load(Ordering::Relaxed);
    IS_COUNTING.store(true, Ordering::Relaxed);
    let done = work.await;
    IS_COUNTING.store(false, Ordering::Relaxed);
    (done, STATEMENTS.load(Ordering::Relaxed) - before)
}
