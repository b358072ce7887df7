//! Rounds in the browser: the whole book offline, changed by the rules of `domain`, kept in step by `replica`.
//!
//! Invariants:
//! - Only `browser` touches web-sys; no `cfg(feature)` in pages and components.
//! - A page never awaits the network to show what the replica holds.
//! - Built only for wasm, client-rendered: the server cannot render what only the tablet holds.

mod browser;
mod components;
mod i18n;
mod pages;
mod words;
mod workbench;

use browser::{entry, screen};
use components::icon::Sprite;
use leptos::prelude::*;
use workbench::Entrance;

/// Raised to build the view anew, in another language. What is open stays open.
#[derive(Clone, Copy)]
pub struct Rebuild(RwSignal<u32>);

impl Rebuild {
    pub fn expect() -> Self {
        expect_context::<Self>()
    }

    pub fn now(self) {
        self.0.update(|count| *count += 1);
    }
}

fn main() {
    console_error_panic_hook::set_once();
    i18n::set_language(screen::language());
    let typed = entry::take_static_door();
    let focused = typed.focused;
    mount_to_body(move || {
        let rebuild = Rebuild(RwSignal::new(0));
        provide_context(rebuild);
        provide_context(Entrance::new());
        provide_context(typed.clone());
        view! {
            <Sprite />
            {move || {
                rebuild.0.track();
                view! { <pages::Pages /> }.into_any()
            }}
        }
    });
    if let Some(entry) = focused {
        pages::door::focus_entry(entry);
    }
}
