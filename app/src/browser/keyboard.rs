//! The desk's shortcuts (UX.md): `/` and Ctrl+K search from anywhere, Esc closes.

use crate::browser::listener::Listener;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, KeyboardEvent};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortcut {
    Search,
    Close,
}

/// Listens until dropped.
pub struct Shortcuts {
    _listener: Option<Listener>,
}

impl Shortcuts {
    /// `pressed` says whether it made use of the shortcut; the browser then leaves it alone.
    pub fn listen(pressed: impl Fn(Shortcut) -> bool + 'static) -> Self {
        let listener = Listener::on_window("keydown", move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            if let Some(shortcut) = shortcut(event)
                && pressed(shortcut)
            {
                event.prevent_default();
            }
        });
        Self { _listener: listener }
    }
}

/// A page's own keys. Listens until dropped.
pub struct Keys {
    _listener: Option<Listener>,
}

impl Keys {
    /// `pressed` is told the key and whether Ctrl (or ⌘) was held, and says whether it made use of it. Keys of a text being
    /// written, of an open dialog and, arrows only, of a group of choices are left alone.
    pub fn listen(pressed: impl Fn(&str, bool) -> bool + 'static) -> Self {
        let listener = Listener::on_window("keydown", move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            let key = event.key();
            let is_taken = event.is_composing()
                || event.default_prevented()
                || event.alt_key()
                || is_typing(event)
                || is_shown("dialog[open]")
                // The page lies beneath a cover.
                || is_shown(".beneath[hidden]")
                || (key.starts_with("Arrow") && is_choosing(event));
            if !is_taken && pressed(&key, event.ctrl_key() || event.meta_key()) {
                event.prevent_default();
            }
        });
        Self { _listener: listener }
    }
}

fn is_shown(selector: &str) -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| document.query_selector(selector).ok().flatten().is_some())
}

/// Whether the key moves within radios.
fn is_choosing(event: &KeyboardEvent) -> bool {
    event.target().is_some_and(|target| target.dyn_into::<HtmlInputElement>().is_ok())
}

fn shortcut(event: &KeyboardEvent) -> Option<Shortcut> {
    // Enter and Esc that end an input method's suggestion are its own.
    if event.is_composing() || event.default_prevented() {
        return None;
    }
    let is_with_control = event.ctrl_key() || event.meta_key();
    match event.key().as_str() {
        "k" | "K" if is_with_control && !event.alt_key() && !event.shift_key() => Some(Shortcut::Search),
        "/" if !is_with_control && !event.alt_key() && !is_typing(event) => Some(Shortcut::Search),
        "Escape" => Some(Shortcut::Close),
        _ => None,
    }
}

/// Whether the key belongs to a text being written.
fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    target.is_some_and(|element| match element.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => element.dyn_ref::<HtmlInputElement>().is_some_and(|input| {
            !matches!(input.type_().as_str(), "checkbox" | "radio" | "button" | "submit" | "range" | "file")
        }),
        _ => element.is_content_editable(),
    })
}
