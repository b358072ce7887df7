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
