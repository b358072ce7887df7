//! The session has ended while work is pending: it stays pending, the person signs in again, it goes on.

use crate::components::{Dialog, Field, FieldError};
use crate::i18n::{fill, t};
use crate::words::{door, frame};
use crate::workbench::{Entrance, Link, Workbench};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn SignInAgain() -> impl IntoView {
    let workbench = Workbench::expect();
    let entrance = Entrance::expect();
    let is_open = RwSignal::new(false);
    Effect::new(move |_| {
        let is_over = workbench.link().get() == Link::SignedOut;
        // It goes by itself when another tab has signed in.
        if is_over || is_open.get_untracked() {
            is_open.set(is_over);
        }
    });
    let password = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    let submit = move || {
        let typed = password.get_untracked();
        spawn_local(async move {
            match entrance.sign_in_again(&typed).await {
                // All of it may have gone meanwhile: a device that was revoked learns it here.
                Ok(()) => {
                    let _ = password.try_set(String::new());
                    let _ = wrong.try_set(None);
                    let _ = is_open.try_set(false);
                }
                Err(error) => {
                    let _ = wrong.try_set(Some(error.words()));
                }
            }
        });
    };
    view! {
        <Dialog title=t(frame::SESSION_ENDED) is_open
            foot=move || view! {
                <button type="button" class="btn btn-main" on:click=move |_| submit()>{t(door::SIGN_IN)}</button>
            }>
            <form class="door-form" on:submit=move |event| { event.prevent_default(); submit() }>
                <p>{move || fill(frame::SESSION_ENDED_SAY, &[("n", &workbench.waiting_count())])}</p>
                <Field label=t(door::PASSWORD) id="password-again" value=password kind="password" autocomplete="current-password" />
                <FieldError text=wrong />
            </form>
        </Dialog>
    }
}
