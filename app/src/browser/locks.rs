//! Web Locks: of all tabs of one store, one syncs.

use crate::browser::{dictionary, method, property};
use futures::channel::oneshot;
use js_sys::{Function, Object, Promise};
use std::cell::Cell;
use std::rc::Rc;
use uuid::Uuid;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::AbortController;

/// The lock of the tab that syncs `store_id`.
pub fn sync_lock(store_id: Uuid) -> String {
    format!("rounds-sync-{store_id}")
}

/// A lock held until this is dropped, or the tab ends. Where the browser has no locks, it is always granted: two tabs
/// then sync one after the other's answer, which the server's sequence numbers bear.
#[derive(Debug)]
pub struct Held {
    release: Option<Function>,
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(release) = &self.release {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Waits for the lock, for ever if need be. Dropping the future gives up the wait.
pub async fn hold(name: &str) -> Held {
    let Some(waiting) = Waiting::new() else { return Held { release: None } };
    let options = dictionary(&[("signal", waiting.0.signal().into())]);
    let held = request(name, &options).await;
    held.unwrap_or(Held { release: None })
}

/// None when another tab has the lock.
async fn request(name: &str, options: &Object) -> Option<Held> {
    let always = Some(Held { release: None });
    let navigator = web_sys::window()?.navigator();
    let Some(locks) = property(&navigator, "locks") else { return always };
    let Some(request) = method(&locks, "request") else { return always };

    let (sender, granted) = oneshot::channel::<Option<Held>>();
    let sender = Rc::new(Cell::new(Some(sender)));
    // What nobody waits for any more is dropped, and thereby released.
    let grant = |sender: &Cell<Option<oneshot::Sender<_>>>, held| {
        if let Some(sender) = sender.take() {
            let _ = sender.send(held);
        }
    };
    // The lock is held for as long as the promise returned here is open.
    let callback = Closure::once_into_js({
        let sender = sender.clone();
        move |lock: JsValue| -> JsValue {
            if lock.is_null() {
                grant(&sender, None);
                return JsValue::UNDEFINED;
            }
            let mut release = None;
            let held = Promise::new(&mut |resolve, _| release = Some(resolve));
            grant(&sender, Some(Held { release }));
            held.into()
        }
    });
    let Ok(requested) = request.call3(&locks, &name.into(), options, &callback) else { return always };
    let requested: Promise = requested.unchecked_into();
    spawn_local(async move {
        // Rejected when the wait was given up, or when locks are forbidden here.
        if JsFuture::from(requested).await.is_err() {
            grant(&sender, Some(Held { release: None }));
        }
    });
    granted.await.ok().flatten()
}

/// A request not yet granted ends with this.
struct Waiting(AbortController);

impl Waiting {
    fn new() -> Option<Self> {
        AbortController::new().ok().map(Self)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.abort();
    }
}
