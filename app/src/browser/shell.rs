//! Word between the app and what keeps it on the device (`public/boot.js`): ready offline, a new version, install.
//!
//! Each is said twice: as an event, and as a mark on `<html>` for an app that started later.

use crate::browser::listener::Listener;
use web_sys::CustomEvent;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Announcement {
    /// The app and all it needs are kept on this device.
    OfflineReady,
    /// A new version waits; [`apply_update`] when the person agrees and the outbox is flushed.
    UpdateReady,
    /// The browser offers to install the app: [`install`].
    Installable,
}

impl Announcement {
    const ALL: [Self; 3] = [Self::OfflineReady, Self::UpdateReady, Self::Installable];

    fn event(self) -> &'static str {
        match self {
            Self::OfflineReady => "rounds:offline-ready",
            Self::UpdateReady => "rounds:update-ready",
            Self::Installable => "rounds:installable",
        }
    }

    fn mark(self) -> &'static str {
        match self {
            Self::OfflineReady => "data-offline",
            Self::UpdateReady => "data-update",
            Self::Installable => "data-installable",
        }
    }

    pub fn is_known(self) -> bool {
        let document = web_sys::window().and_then(|window| window.document());
        let root = document.and_then(|document| document.document_element());
        root.is_some_and(|root| root.has_attribute(self.mark()))
    }
}

/// Listens until dropped.
pub struct Announcements {
    _listeners: [Option<Listener>; 3],
}

impl Announcements {
    /// Hears at once what is known already.
    pub fn listen(heard: impl Fn(Announcement) + Clone + 'static) -> Self {
        let listeners = Announcement::ALL.map(|announcement| {
            if announcement.is_known() {
                heard(announcement);
            }
            let heard = heard.clone();
            Listener::on_window(announcement.event(), move |_| heard(announcement))
        });
        Self { _listeners: listeners }
    }
}

/// Lets the waiting version take over and loads the page anew.
pub fn apply_update() {
    say("rounds:apply-update");
}

/// Shows the browser's own question; once per offer.
pub fn install() {
    say("rounds:install");
}

/// The build that runs, as the boot script noted it.
pub fn version() -> Option<String> {
    let document = web_sys::window()?.document()?;
    document.document_element()?.get_attribute("data-version")
}

/// Opened from the home screen, not in a browser's tab.
pub fn is_installed() -> bool {
    let query = web_sys::window().and_then(|window| window.match_media("(display-mode: standalone)").ok());
    query.flatten().is_some_and(|query| query.matches())
}

fn say(event: &str) {
    if let (Some(window), Ok(event)) = (web_sys::window(), CustomEvent::new(event)) {
        let _ = window.dispatch_event(&event);
    }
}
