//! How much the browser lets us keep, and for how long.

use crate::browser::{from_double, property};
use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageManager;

/// Asks that nothing be evicted when room gets short. None where it cannot be asked; false is an answer to expect.
pub async fn persist() -> Option<bool> {
    settled(manager()?.persist().ok()?).await?.as_bool()
}

/// Whether it has been granted; asks nobody anything.
pub async fn is_persisted() -> Option<bool> {
    settled(manager()?.persisted().ok()?).await?.as_bool()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    pub used_bytes: u64,
    /// What the browser would allow us, not what is free on the device.
    pub quota_bytes: u64,
}

pub async fn room() -> Option<Room> {
    let estimate = settled(manager()?.estimate().ok()?).await?;
    let bytes = |name| property(&estimate, name)?.as_f64().map(from_double);
    Some(Room { used_bytes: bytes("usage")?, quota_bytes: bytes("quota")? })
}

/// Missing without https.
fn manager() -> Option<StorageManager> {
    let navigator = web_sys::window()?.navigator();
    property(&navigator, "storage").map(JsCast::unchecked_into)
}

async fn settled(promise: Promise) -> Option<wasm_bindgen::JsValue> {
    JsFuture::from(promise).await.ok()
}
