//! What only the server knows, on a page that says so: asked for while there is a network, kept in sight when it goes.

use crate::browser::network::{self, NetworkError};
use crate::components::icon::Icon;
use crate::i18n::t;
use crate::words::{self, online};
use crate::workbench::{Link, Workbench};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;

/// Bones shown while the first answer is on its way.
const BONES: [&str; 4] = ["bone bone-m", "bone bone-l", "bone bone-s", "bone bone-m"];

/// Says in the person's words what went wrong; an ended session also asks for the password.
pub fn told(workbench: Workbench, error: &NetworkError) -> String {
    if *error == NetworkError::Unauthorized {
        workbench.link().set(Link::SignedOut);
    }
    online::told(error)
}

/// A question to the server and its latest answer. Asked again when the path changes, the network comes back, or
/// somebody wants to know; an answer that comes late for an older question is not taken.
pub struct Asked<T: Send + Sync + 'static> {
    pub answer: RwSignal<Option<T>>,
    pub problem: RwSignal<Option<String>>,
    pub is_asking: RwSignal<bool>,
    wanted: RwSignal<u32>,
    turn: StoredValue<u32>,
}

impl<T: Send + Sync + 'static> Clone for Asked<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Asked<T> {}

impl<T: DeserializeOwned + Clone + Send + Sync + 'static> Asked<T> {
    /// `path` None: nothing to ask yet.
    pub fn new(path: impl Fn() -> Option<String> + 'static) -> Self {
        let workbench = Workbench::expect();
        // The link is set with every sync; only a change of it matters here.
        let is_online = Memo::new(move |_| workbench.is_online());
        let asked = Self {
            answer: RwSignal::new(None),
            problem: RwSignal::new(None),
            is_asking: RwSignal::new(false),
            wanted: RwSignal::new(0),
            turn: StoredValue::new(0),
        };
        Effect::new(move |_| {
            asked.wanted.track();
            let (path, is_online) = (path(), is_online.get());
            let (Some(path), true) = (path, is_online) else { return };
            let turn = asked.turn.get_value() + 1;
            asked.turn.set_value(turn);
            asked.is_asking.set(true);
            spawn_local(async move {
                let answer = network::get::<T>(&path).await;
                if asked.turn.try_get_value() != Some(turn) {
                    return;
                }
                asked.is_asking.set(false);
                match answer {
                    Ok(answer) => {
                        asked.problem.set(None);
                        asked.answer.set(Some(answer));
                    }
                    Err(error) => asked.problem.set(Some(told(workbench, &error))),
                }
            });
        });
        asked
    }

    pub fn again(self) {
        self.wanted.update(|wanted| *wanted += 1);
    }
}

/// Stands over an online-only page while there is no network, before anything is tapped.
#[component]
pub fn OfflineNote() -> impl IntoView {
    let workbench = Workbench::expect();
    move || {
        (!workbench.is_online()).then(|| {
            view! {
                <div class="note note-offline" role="status"><Icon name="off" /><p>{t(words::ONLINE_ONLY)}</p></div>
            }
        })
    }
}

/// Shows its children once there is an answer; bones while the first is on its way, or why there is none with another try.
#[component]
pub fn Answered<T: DeserializeOwned + Clone + Send + Sync + 'static>(
    asked: Asked<T>,
    children: ChildrenFn,
) -> impl IntoView {
    let workbench = Workbench::expect();
    // A later answer changes what the children show, not the children: what was typed into them stays.
    let is_here = Memo::new(move |_| asked.answer.with(Option::is_some));
    view! {
        <Trouble text=asked.problem on_retry=move || asked.again() />
        {move || {
            if is_here.get() {
                children().into_any()
            } else if asked.problem.get().is_some() || !workbench.is_online() {
                ().into_any()
            } else {
                view! { <Bones /> }.into_any()
            }
        }}
    }
}

/// The place of rows that are being read.
#[component]
pub fn Bones() -> impl IntoView {
    let rows = BONES.map(|class| view! { <span class=class></span> }).collect_view();
    view! { <div class="bones" role="status"><span class="vh">{t(online::READING)}</span>{rows}</div> }
}

/// What went wrong and another try.
#[component]
pub fn Trouble(
    #[prop(into)] text: Signal<Option<String>>,
    #[prop(optional, into)] on_retry: Option<Callback<()>>,
) -> impl IntoView {
    move || {
        text.get().map(|text| {
            view! {
                <div class="note note-danger" role="alert">
                    <Icon name="alert" />
                    <p>{text}</p>
                    {on_retry.map(|on_retry| view! {
                        <button type="button" class="btn" on:click=move |_| on_retry.run(())>{t(words::RETRY)}</button>
                    })}
                </div>
            }
        })
    }
}
