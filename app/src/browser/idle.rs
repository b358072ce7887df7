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
    /// Calls `idle` when nobody has touched anything for `minutes`, and not again before somebody has: a page that is
    /// told to load anew while it does so already can crash with its whole process in Chromium. Time the device slept
    /// counts; touches while `is_away` do not, so that whoever tries a PIN keeps no key in memory.
    pub fn watch(
        minutes: u32,
        is_away: impl Fn() -> bool + Clone + 'static,
        idle: impl Fn() + 'static,
    ) -> Self {
        let touched = Rc::new(Cell::new(wall_ms()));
        let listeners = ["pointerdown", "keydown"].map(|kind| {
            let (touched, is_away) = (touched.clone(), is_away.clone());
            Listener::on_window(kind, move |_| {
                if !is_away() {
                    touched.set(wall_ms());
                }
            })
        });
        let (watch, watching) = abortable(async move {
            let mut was_away = false;
            let mut told_of = None;
            loop {
                clock::sleep_ms(LOOK_EVERY_MS).await;
                let is_back = was_away && !is_away();
                was_away = is_away();
                if is_back {
                    touched.set(wall_ms());
                }
                let last_touch = touched.get();
                let is_idle = wall_ms() - last_touch >= f64::from(minutes) * MINUTE_MS;
                if is_idle && told_of != Some(last_touch) {
                    told_of = Some(last_touch);
                    idle();
                }
            }
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
