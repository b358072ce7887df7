//! Whether anybody is still there.

use crate::browser::clock;
use crate::browser::listener::Listener;
use futures::future::{AbortHandle, abortable};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

const LOOK_EVERY_MS: u32 = 15_000;
const MINUTE_MS: f64 = 60_000.0;

/// Watches until dropped.
pub struct Idle {
    watching: AbortHandle,
    _listeners: [Option<Listener>; 2],
}

impl Idle {
    /// Calls `idle` once when nobody has touched anything for `minutes`. Time the device slept counts.
    pub fn watch(minutes: u32, idle: impl FnOnce() + 'static) -> Self {
        let touched = Rc::new(Cell::new(wall_ms()));
        let listeners = ["pointerdown", "keydown"].map(|kind| {
            let touched = touched.clone();
            Listener::on_window(kind, move |_| touched.set(wall_ms()))
        });
        let (watch, watching) = abortable(async move {
            while wall_ms() - touched.get() < f64::from(minutes) * MINUTE_MS {
                clock::sleep_ms(LOOK_EVERY_MS).await;
            }
            idle();
        });
        spawn_local(async move {
            let _ = watch.await;
        });
        Self { watching, _listeners: listeners }
    }
}

impl Drop for Idle {
    fn drop(&mut self) {
        self.watching.abort();
    }
}

/// The wall clock: unlike the page's timer it goes on while the device sleeps.
fn wall_ms() -> f64 {
    js_sys::Date::now()
}
