//! Time, ids and waiting. What `domain` and `replica` are given as arguments comes from here.

use domain::time::Timestamp;
use js_sys::{Date, Promise};
use uuid::Uuid;
use wasm_bindgen_futures::JsFuture;

/// The longest wait for a frame: a hidden tab is drawn none.
const FRAME_MS_MAX: u32 = 100;

/// The tablet's clock, right or wrong.
#[expect(clippy::cast_possible_truncation, reason = "whole milliseconds within ±8.64e15")]
pub fn now() -> Timestamp {
    Timestamp(Date::now() as i64)
}

/// Milliseconds since the page was opened, with a fraction; never goes back. For measuring.
pub fn timer_ms() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |performance| performance.now())
}

/// A UUIDv7 of now; later ones sort after earlier ones also within a millisecond.
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}

/// A random UUID that tells nothing, not even when it was made.
pub fn opaque_id() -> Uuid {
    Uuid::new_v4()
}

pub async fn sleep_ms(ms: u32) {
    let promise = Promise::new(&mut |resolve, _| {
        let ms = i32::try_from(ms).unwrap_or(i32::MAX);
        if let Some(window) = web_sys::window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// Until what was changed on the page has been drawn (or the tab is hidden and nothing is).
pub async fn next_frame() {
    let promise = Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.request_animation_frame(&resolve);
            let ms = i32::try_from(FRAME_MS_MAX).unwrap_or(i32::MAX);
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
        }
    });
    let _ = JsFuture::from(promise).await;
    // The callback runs before the frame is painted; the next task runs after.
    sleep_ms(0).await;
}

/// `base_ms` doubled by every failed attempt up to `max_ms`, of which a random half is left off so that tablets that
/// lost their server together do not come back together.
pub fn backoff_ms(attempt: u32, base_ms: u32, max_ms: u32) -> u32 {
    let full = base_ms.saturating_mul(1 << attempt.min(16)).min(max_ms);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a u32 lies within a u32"
    )]
    let left_off = (js_sys::Math::random() * f64::from(full / 2)) as u32;
    full - left_off
}
