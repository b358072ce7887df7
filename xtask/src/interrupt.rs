//! Ctrl+C ends everything that was started, and waits for it.
//!
//! Every program runs in a process group of its own, so that the terminal's Ctrl+C reaches only this one, which passes
//! it on: a build ends whole, a server is asked first and stops its PostgreSQL itself. A second Ctrl+C kills.

use std::{
    process::Child,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use anyhow::Result;
use nix::{
    sys::signal::{Signal, kill, killpg},
    unistd::Pid,
};
use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGTERM},
    iterator::Signals,
};

/// Who is told to stop: a build with all it started, or one program that ends its own children in order.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    Group,
    Alone,
}

static STARTED: Mutex<Vec<(Pid, Reach)>> = Mutex::new(Vec::new());
static ASKED: AtomicUsize = AtomicUsize::new(0);

fn started() -> MutexGuard<'static, Vec<(Pid, Reach)>> {
    STARTED.lock().unwrap_or_else(PoisonError::into_inner)
}

fn pid(child: &Child) -> Pid {
    Pid::from_raw(child.id().cast_signed())
}

/// Starts listening for SIGINT, SIGTERM and SIGHUP.
pub fn listen() -> Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    thread::spawn(move || {
        for _ in signals.forever() {
            let is_first = ASKED.fetch_add(1, Ordering::SeqCst) == 0;
            for &(pid, reach) in started().iter() {
                // One that has just ended is no error: that is what was asked for.
                let _ = match (is_first, reach) {
                    (true, Reach::Alone) => kill(pid, Signal::SIGINT),
                    (true, Reach::Group) => killpg(pid, Signal::SIGINT),
                    (false, _) => killpg(pid, Signal::SIGKILL),
                };
            }
        }
    });
    Ok(())
}

/// Whether somebody asked to stop.
pub fn is_asked() -> bool {
    ASKED.load(Ordering::SeqCst) > 0
}

pub fn watch(child: &Child, reach: Reach) {
    started().push((pid(child), reach));
    if is_asked() {
        stop(child, Signal::SIGINT, reach);
    }
}

pub fn forget(child: &Child) {
    let pid = pid(child);
    started().retain(|(watched, _)| *watched != pid);
}

pub fn stop(child: &Child, signal: Signal, reach: Reach) {
    // As above: it may have ended by itself.
    let _ = match reach {
        Reach::Alone => kill(pid(child), signal),
        Reach::Group => killpg(pid(child), signal),
    };
}
