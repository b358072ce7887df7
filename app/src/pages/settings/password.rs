//! Another password: at the server, and for the key of the store here.

use crate::browser::screen;
use crate::components::{Dialog, Field, FieldError, Toasts};
use crate::i18n::{Words, fill, t};
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

/// What is typed, and how the change stands.
#[derive(Clone, Copy)]
struct Change {
    current: RwSignal<String>,
    new: RwSignal<String>,
    again: RwSignal<String>,
    problem: RwSignal<Option<String>>,
    is_busy: RwSignal<bool>,
}

impl Change {
    fn new() -> Self {
        let [current, new, again] = [(); 3].map(|()| RwSignal::new(String::new()));
        Self { current, new, again, problem: RwSignal::new(None), is_busy: RwSignal::new(false) }
    }

    /// Nothing typed here outlives the form.
    fn clear(self) {
        for field in [self.current, self.new, self.again] {
            field.set(String::new());
        }
        self.problem.set(None);
    }

    fn run(self, done: impl FnOnce() + 'static) {
        if self.is_busy.get_untracked() {
            return;
        }
        let [current, new, again] = [self.current, self.new, self.again].map(|field| field.get_untracked());
        if let Some(words) = wrong(&current, &new, &again) {
            return self.problem.set(Some(words));
        }
        self.problem.set(None);
        self.is_busy.set(true);
        let entrance = Entrance::expect();
        spawn_local(async move {
            let changed = entrance.change_password(&current, &new).await;
            let _ = self.is_busy.try_set(false);
            match changed {
                Ok(()) => done(),
                Err(error) => {
                    let _ = self.problem.try_set(Some(error.words()));
                }
            }
        });
    }
}

#[component]
fn Fields(change: Change, current_label: Words) -> impl IntoView {
    view! {
        <Field label=t(current_label) id="password-current" value=change.current kind="password" autocomplete="current-password" />
        <Field label=t(words::PASSWORD_NEW) id="password-new" value=change.new kind="password" autocomplete="new-password" />
        <Field label=t(words::PASSWORD_AGAIN) id="password-again-new" value=change.again kind="password" autocomplete="new-password" />
        <p class="small quiet">{fill(words::PASSWORD_RULE, &[("n", &PASSWORD_CHARS_MIN)])}</p>
        <FieldError text=change.problem />
    }
}

#[component]
pub fn PasswordDialog(is_open: RwSignal<bool>) -> impl IntoView {
    let toasts = Toasts::expect();
    let change = Change::new();
    Effect::new(move |_| {
        if !is_open.get() {
            change.clear();
        }
    });
    let run = move || {
        change.run(move || {
            is_open.set(false);
            toasts.say(t(words::PASSWORD_CHANGED));
        });
    };
    let foot = move || {
        view! {
            <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(words::PASSWORD_NOT)}</button>
            <button type="button" class="btn btn-main" disabled=move || change.is_busy.get() on:click=move |_| run()>{t(words::PASSWORD_DO)}</button>
        }
    };
    view! {
        <Dialog title=t(words::PASSWORD_CHANGE) is_open foot>
            <form class="door-form" on:submit=move |event| { event.prevent_default(); run() }>
                <Fields change current_label=words::PASSWORD_CURRENT />
                // Enter submits; the button stands in the foot.
                <input type="submit" hidden=true />
            </form>
        </Dialog>
    }
}

/// In place of every page while the password is one somebody else knows.
#[component]
pub fn FirstPassword() -> impl IntoView {
    let toasts = Toasts::expect();
    let entrance = Entrance::expect();
    let change = Change::new();
    screen::set_title(t(words::PASSWORD_FIRST));
    view! {
        <main class="door door-alone">
            <section class="door-main"><div class="door-in">
                <form class="door-form" on:submit=move |event| {
                    event.prevent_default();
                    change.run(move || toasts.say(t(words::PASSWORD_CHANGED)));
                }>
                    <h1>{t(words::PASSWORD_FIRST)}</h1>
                    <p class="quiet">{t(words::PASSWORD_FIRST_SAY)}</p>
                    <Fields change current_label=words::PASSWORD_ONE_TIME />
                    <button type="submit" class="btn btn-main" aria-busy=move || change.is_busy.get().to_string()>{t(words::PASSWORD_DO)}</button>
                    <button type="button" class="btn" on:click=move |_| entrance.lock()>{t(words::PASSWORD_LATER)}</button>
                </form>
            </div></section>
        </main>
    }
}
