//! Another password: at the server, and for the key of the store here.

use crate::components::{Dialog, Field, FieldError, Toasts};
use crate::i18n::{fill, t};
use crate::words::settings as words;
use crate::workbench::Entrance;
use domain::limits::{PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is wrong with what was typed, before anyone is asked.
fn wrong(current: &str, new: &str, again: &str) -> Option<String> {
    let chars = new.chars().count();
    if current.is_empty() {
        Some(t(words::PASSWORD_MISSING).to_owned())
    } else if chars < PASSWORD_CHARS_MIN {
        Some(fill(words::PASSWORD_SHORT, &[("n", &PASSWORD_CHARS_MIN)]))
    } else if chars > PASSWORD_CHARS_MAX {
        Some(fill(words::PASSWORD_LONG, &[("n", &PASSWORD_CHARS_MAX)]))
    } else if new == current {
        Some(t(words::PASSWORD_SAME).to_owned())
    } else if new != again {
        Some(t(words::PASSWORD_DIFFERS).to_owned())
    } else {
        None
    }
}

#[component]
pub fn PasswordDialog(is_open: RwSignal<bool>) -> impl IntoView {
    let entrance = Entrance::expect();
    let toasts = Toasts::expect();
    let [current, new, again] = [(); 3].map(|()| RwSignal::new(String::new()));
    let problem = RwSignal::new(None::<String>);
    let is_busy = RwSignal::new(false);
    // Nothing typed here outlives the dialog.
    Effect::new(move |_| {
        if !is_open.get() {
            for field in [current, new, again] {
                field.set(String::new());
            }
            problem.set(None);
        }
    });
    let change = move || {
        if is_busy.get_untracked() {
            return;
        }
        let typed = (current.get_untracked(), new.get_untracked(), again.get_untracked());
        if let Some(words) = wrong(&typed.0, &typed.1, &typed.2) {
            return problem.set(Some(words));
        }
        problem.set(None);
        is_busy.set(true);
        spawn_local(async move {
            let changed = entrance.change_password(&typed.0, &typed.1).await;
            let _ = is_busy.try_set(false);
            match changed {
                Ok(()) => {
                    is_open.set(false);
                    toasts.say(t(words::PASSWORD_CHANGED));
                }
                Err(error) => {
                    let _ = problem.try_set(Some(error.words()));
                }
            }
        });
    };
    let foot = move || {
        view! {
            <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(words::PASSWORD_NOT)}</button>
            <button type="button" class="btn btn-main" disabled=move || is_busy.get() on:click=move |_| change()>{t(words::PASSWORD_DO)}</button>
        }
    };
    view! {
        <Dialog title=t(words::PASSWORD_CHANGE) is_open foot>
            <form class="door-form" on:submit=move |event| { event.prevent_default(); change() }>
                <Field label=t(words::PASSWORD_CURRENT) id="password-current" value=current kind="password" autocomplete="current-password" />
                <Field label=t(words::PASSWORD_NEW) id="password-new" value=new kind="password" autocomplete="new-password" />
                <Field label=t(words::PASSWORD_AGAIN) id="password-again-new" value=again kind="password" autocomplete="new-password" />
                <p class="small quiet">{fill(words::PASSWORD_RULE, &[("n", &PASSWORD_CHARS_MIN)])}</p>
                <FieldError text=problem />
                // Enter submits; the button stands in the foot.
                <input type="submit" hidden=true />
            </form>
        </Dialog>
    }
}
