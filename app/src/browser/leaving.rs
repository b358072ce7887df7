//! Asks before a page is left on which something stands that is stored nowhere.

use crate::browser::listener::Listener;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

/// Listens until dropped.
pub struct Leaving {
    _unload: Option<Listener>,
    _link: Option<Listener>,
}

impl Leaving {
    /// `is_lost` tells whether closing the tab would lose something: then the browser asks, in its own words. `stays` is
    /// asked about every address of ours that is tapped; if it says yes, the tap leads nowhere.
    pub fn watch(is_lost: impl Fn() -> bool + 'static, stays: impl Fn(String) -> bool + 'static) -> Self {
        let unload = Listener::on_window("beforeunload", move |event| {
            if is_lost() {
                event.prevent_default();
            }
        });
        // Before the router, which listens on the window.
        let link = Listener::on_document("click", move |event| {
            if let Some(address) = tapped(&event)
                && stays(address)
            {
                event.prevent_default();
            }
        });
        Self { _unload: unload, _link: link }
    }
}

/// The address a tap leads to inside this page; None for a part of the page, another tab, or no link.
fn tapped(event: &Event) -> Option<String> {
    if event.default_prevented() {
        return None;
    }
    let element = event.target()?.dyn_into::<Element>().ok()?;
    let link = element.closest("a[href]").ok().flatten()?;
    let address = link.get_attribute("href")?;
    (address.starts_with('/') && !link.has_attribute("target")).then_some(address)
}
