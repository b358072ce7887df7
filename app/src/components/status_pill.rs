//! The one place that says how things stand with the network and the outbox.

use crate::components::icon::Icon;
use crate::i18n::{fill, t};
use crate::words::frame as words;
use crate::workbench::{Link, Workbench};
use leptos::prelude::*;
use replica::Replica;

/// What the pill shows, in order of weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    NotSaved,
    SignedOut,
    Attention(usize),
    Syncing,
    OfflineWaiting(usize),
    Offline,
    Waiting(usize),
    Synced,
}

fn standing(workbench: Workbench) -> Standing {
    let (waiting, attention) = (workbench.waiting_count(), workbench.read(Replica::attention_count));
    // From the first moment on: before a page has come there is nothing that could be synced.
    let is_syncing = workbench.is_syncing().get() || workbench.read(Replica::is_first_sync);
    let link = workbench.link().get();
    if workbench.is_save_failed().get() {
        Standing::NotSaved
    } else if matches!(link, Link::SignedOut | Link::Revoked) {
        Standing::SignedOut
    } else if link == Link::Online && is_syncing {
        Standing::Syncing
    } else if link == Link::Offline && waiting > 0 {
        Standing::OfflineWaiting(waiting)
    } else if attention > 0 {
        Standing::Attention(attention)
    } else if link == Link::Offline {
        Standing::Offline
    } else if waiting > 0 {
        Standing::Waiting(waiting)
    } else {
        Standing::Synced
    }
}

impl Standing {
    fn class_icon_text(self) -> (&'static str, &'static str, String) {
        match self {
            Self::NotSaved => ("pill pill-fail", "alert", t(words::NOT_SAVED).to_owned()),
            Self::SignedOut => ("pill pill-ask", "key", t(words::SIGN_IN_AGAIN).to_owned()),
            Self::Attention(n) => ("pill pill-ask", "alert", fill(words::ATTENTION_COUNT, &[("n", &n)])),
            Self::Syncing => ("pill pill-busy", "sync", t(words::SYNCING).to_owned()),
            Self::OfflineWaiting(n) => ("pill pill-wait", "off", fill(words::OFFLINE_WAITING, &[("n", &n)])),
            Self::Offline => ("pill pill-off", "off", t(words::OFFLINE).to_owned()),
            Self::Waiting(n) => ("pill pill-wait", "up", fill(words::WAITING, &[("n", &n)])),
            Self::Synced => ("pill pill-ok", "ok", t(words::ONLINE_SYNCED).to_owned()),
        }
    }
}

/// A button over the status; opens the outbox.
#[component]
pub fn StatusPill(is_outbox_open: RwSignal<bool>) -> impl IntoView {
    let workbench = Workbench::expect();
    let standing = Memo::new(move |_| standing(workbench));
    view! {
        <button type="button" class=move || standing.get().class_icon_text().0 aria-haspopup="dialog"
            on:click=move |_| is_outbox_open.set(true)>
            <span role="status" class="pill-in">
                {move || {
                    let (_, icon, text) = standing.get().class_icon_text();
                    view! { <Icon name=icon />{text} }
                }}
            </span>
        </button>
    }
}
