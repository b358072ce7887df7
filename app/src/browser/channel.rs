//! Word between the tabs of one store. It carries no data: what happened is read from the store.

use crate::browser::listener::Listener;
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// An edit was made or left the outbox.
    OutboxChanged,
    /// Pages were pulled or compacted.
    PagesChanged,
    /// The person has signed in at the server: the session that ended with it is of no matter to any tab.
    SignedIn,
    /// The person signed out: every tab goes to the door.
    SignedOut,
    /// Locked, by idle time or by hand.
    Locked,
    /// Covered until the PIN is given; the key stays in memory.
    Covered,
}

impl Notice {
    const ALL: [Self; 6] = [
        Self::OutboxChanged,
        Self::PagesChanged,
        Self::SignedIn,
        Self::SignedOut,
        Self::Locked,
        Self::Covered,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::OutboxChanged => "outbox_changed",
            Self::PagesChanged => "pages_changed",
            Self::SignedIn => "signed_in",
            Self::SignedOut => "signed_out",
            Self::Locked => "locked",
            Self::Covered => "covered",
        }
    }

    fn read(message: &JsValue) -> Option<Self> {
        let word = message.as_string()?;
        Self::ALL.into_iter().find(|notice| notice.word() == word)
    }
}

/// Listens until dropped. Where the browser has no channels, it is silent, and tabs learn at their next sync.
pub struct Channel {
    open: Option<(BroadcastChannel, Listener)>,
}

impl Channel {
    /// `heard` hears the other tabs, not this one.
    pub fn open(store_id: Uuid, heard: impl Fn(Notice) + 'static) -> Self {
        let open = BroadcastChannel::new(&format!("rounds-{store_id}")).ok().map(|channel| {
            let listener = Listener::new(&channel, "message", move |event| {
                let message = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
                // Another version of the app may say more: passed over.
                if let Some(notice) = message.as_ref().and_then(Notice::read) {
                    heard(notice);
                }
            });
            (channel, listener)
        });
        Self { open }
    }

    pub fn post(&self, notice: Notice) {
        if let Some((channel, _)) = &self.open {
            let _ = channel.post_message(&notice.word().into());
        }
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        if let Some((channel, _)) = &self.open {
            channel.close();
        }
    }
}
