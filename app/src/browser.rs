//! The only place that touches the browser: thin adapters over its interfaces, each with typed errors and no panic.
//!
//! Nothing here knows a page or a rule. Guards ([`listener::Listener`], [`locks::Held`], [`pokes::Pokes`] …) undo on
//! drop what they did; [`listener::until_cleanup`] ties one to the component that made it.
//!
//! | module | what it adapts |
//! |---|---|
//! | [`clock`], [`timing`] | time, ids, waiting for a frame; marks for the benchmark |
//! | [`crypto`], [`keyring`] | the key a person's store is sealed with, and who is on this tablet |
//! | [`database`], [`indexed_db`] | IndexedDB; `replica`'s store on it |
//! | [`network`], [`upload`], [`pokes`], [`connection`] | requests, progress, server-sent events, online and offline |
//! | [`locks`], [`channel`] | one tab syncs, the others hear of it |
//! | [`file`], [`photo`] | files picked, shown and saved; photos made small |
//! | [`drag`] | things dragged by mouse or finger |
//! | [`dialog`], [`entry`] | modal dialogs; the static door and what this device is called |
//! | [`leaving`] | asks before what is not stored anywhere is left |
//! | [`scroll`] | where a scrolled box stands |
//! | [`screen`], [`shell`], [`storage`], [`keyboard`], [`listener`] | theme, language, title, install and update, room, shortcuts |

pub mod channel;
pub mod clock;
pub mod connection;
pub mod crypto;
pub mod database;
pub mod dialog;
pub mod drag;
pub mod entry;
pub mod file;
pub mod idle;
pub mod indexed_db;
pub mod keyboard;
pub mod keyring;
pub mod leaving;
pub mod listener;
pub mod locks;
pub mod looks;
pub mod network;
pub mod photo;
pub mod pokes;
pub mod screen;
pub mod scroll;
pub mod shell;
pub mod storage;
pub mod timing;
pub mod upload;

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// `object[name]`, None when it is not there.
fn property(object: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(object, &name.into()).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

/// A method that this browser may not have.
fn method(object: &JsValue, name: &str) -> Option<js_sys::Function> {
    property(object, name)?.dyn_into().ok()
}

/// A dictionary such as the browser's interfaces take.
fn dictionary(entries: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in entries {
        // A fresh object refuses nothing.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}

/// `QuotaExceededError`, `AbortError` …; empty when the value is no error.
fn error_name(error: &JsValue) -> String {
    property(error, "name").and_then(|name| name.as_string()).unwrap_or_default()
}

/// The browser's numbers are doubles. Counters, sizes and milliseconds stay far below 2^53.
#[expect(clippy::cast_precision_loss, reason = "exact up to 2^53, and nothing counted here gets there")]
fn to_double(number: u64) -> f64 {
    number as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` saturates, and a counter has no fraction"
)]
fn from_double(number: f64) -> u64 {
    number as u64
}
