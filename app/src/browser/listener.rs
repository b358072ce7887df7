//! Event listeners that end when they are dropped.

use leptos::prelude::{StoredValue, UpdateValue, on_cleanup};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

/// Listens until dropped.
pub struct Listener {
    target: EventTarget,
    kind: String,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    pub fn new(target: &EventTarget, kind: &str, heard: impl FnMut(Event) + 'static) -> Self {
        let closure = Closure::<dyn FnMut(Event)>::new(heard);
        let _ = target.add_event_listener_with_callback(kind, closure.as_ref().unchecked_ref());
        Self { target: target.clone(), kind: kind.to_owned(), closure }
    }

    /// On `window`; None outside a page.
    pub fn on_window(kind: &str, heard: impl FnMut(Event) + 'static) -> Option<Self> {
        Some(Self::new(web_sys::window()?.as_ref(), kind, heard))
    }

    /// On `document`; None outside a page.
    pub fn on_document(kind: &str, heard: impl FnMut(Event) + 'static) -> Option<Self> {
        Some(Self::new(web_sys::window()?.document()?.as_ref(), kind, heard))
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let callback = self.closure.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback(&self.kind, callback);
    }
}

/// Keeps a guard of this folder (not `Send`, as all that belongs to a page) until the component around it is gone.
pub fn until_cleanup<T: 'static>(guard: T) {
    let kept = StoredValue::new_local(Some(guard));
    on_cleanup(move || drop(kept.try_update_value(Option::take)));
}
