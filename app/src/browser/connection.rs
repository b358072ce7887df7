//! Whether the network is there, and whether the page is looked at: the moments to sync.

use crate::browser::listener::Listener;

/// False is certain; true says only that there is some network.
pub fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

pub fn is_visible() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_none_or(|document| !document.hidden())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Online,
    Offline,
    /// Looked at again.
    Visible,
    /// May be frozen or ended any moment.
    Hidden,
}

/// Listens until dropped.
pub struct Changes {
    _listeners: [Option<Listener>; 3],
}

impl Changes {
    pub fn listen(changed: impl Fn(Change) + Clone + 'static) -> Self {
        let (online, offline) = (changed.clone(), changed.clone());
        Self {
            _listeners: [
                Listener::on_window("online", move |_| online(Change::Online)),
                Listener::on_window("offline", move |_| offline(Change::Offline)),
                Listener::on_document("visibilitychange", move |_| {
                    changed(if is_visible() { Change::Visible } else { Change::Hidden });
                }),
            ],
        }
    }
}
