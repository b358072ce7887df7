//! What the person sees while it works: a line per step, with the time since the start.

use std::{sync::OnceLock, time::Instant};

static START: OnceLock<Instant> = OnceLock::new();

pub fn begin() {
    START.get_or_init(Instant::now);
}

/// Seconds since the command began.
pub fn elapsed_s() -> f64 {
    START.get_or_init(Instant::now).elapsed().as_secs_f64()
}

/// Says what is done next. To stderr, so that a command's own output stays clean.
pub fn step(what: &str) {
    eprintln!("[{:6.1} s] {what}", elapsed_s());
}
