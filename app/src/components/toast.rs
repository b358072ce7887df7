//! Says what was done and takes it back. Never for a plain save.

use crate::browser::clock;
use leptos::prelude::*;
use leptos::task::spawn_local;

const SHOWN_MS: u32 = 6_000;

type Undo = StoredValue<Box<dyn Fn()>, LocalStorage>;

#[derive(Clone)]
struct Toast {
    no: u64,
    text: String,
    undo: Option<(String, Undo)>,
}

/// Where pages put a toast.
#[derive(Clone, Copy)]
pub struct Toasts(RwSignal<Option<Toast>>, RwSignal<u64>);

impl Toasts {
    pub fn new() -> Self {
        Self(RwSignal::new(None), RwSignal::new(0))
    }

    pub fn expect() -> Self {
        expect_context::<Self>()
    }

    pub fn say(self, text: impl Into<String>) {
        self.show(text.into(), None);
    }

    /// With a button that takes it back.
    pub fn say_with_undo(self, text: impl Into<String>, label: impl Into<String>, undo: impl Fn() + 'static) {
        self.show(text.into(), Some((label.into(), StoredValue::new_local(Box::new(undo)))));
    }

    fn show(self, text: String, undo: Option<(String, Undo)>) {
        let no = self.1.get_untracked() + 1;
        self.1.set(no);
        self.0.set(Some(Toast { no, text, undo }));
        spawn_local(async move {
            clock::sleep_ms(SHOWN_MS).await;
            self.0.update(|toast| {
                if toast.as_ref().is_some_and(|toast| toast.no == no) {
                    *toast = None;
                }
            });
        });
    }
}

/// The one place toasts appear.
#[component]
pub fn ToastPlace() -> impl IntoView {
    let toasts = Toasts::expect();
    view! {
        {move || toasts.0.get().map(|toast| view! {
            <div class="toast" role="status">
                <span>{toast.text}</span>
                {toast.undo.map(|(label, undo)| view! {
                    <button type="button" on:click=move |_| {
                        undo.with_value(|undo| undo());
                        toasts.0.set(None);
                    }>{label}</button>
                })}
            </div>
        })}
    }
}
