//! The PIN of the warm lock: set, changed, taken away.

use crate::components::{Dialog, Field, FieldError, Icon, Toasts};
use crate::i18n::{Words, fill, t};
use crate::words::cover as words;
use crate::workbench::{SaveError, Workbench};
use domain::pin::{PIN_DIGITS_MAX, PIN_DIGITS_MIN, PinFault, check};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn PinOption() -> impl IntoView {
    let workbench = Workbench::expect();
    let is_open = RwSignal::new(false);
    view! {
        <li>
            <Icon name="lock" />
            <span>{t(words::SETTING)}<span class="small quiet">{t(words::SETTING_SAY)}</span></span>
            <button type="button" class="btn" on:click=move |_| is_open.set(true)>
                {move || t(if workbench.has_pin() { words::CHANGE } else { words::SET })}
            </button>
        </li>
        <PinDialog is_open />
    }
}

fn with_limits(words: Words) -> String {
    fill(words, &[("min", &PIN_DIGITS_MIN), ("max", &PIN_DIGITS_MAX)])
}

/// What is wrong with what was typed.
fn wrong(new: &str, again: &str) -> Option<String> {
    match check(new) {
        Err(PinFault::Digits) => Some(with_limits(words::DIGITS)),
        Err(PinFault::Plain) => Some(t(words::PLAIN).to_owned()),
        Ok(()) if new != again => Some(t(words::DIFFERS).to_owned()),
        Ok(()) => None,
    }
}

#[component]
fn PinDialog(is_open: RwSignal<bool>) -> impl IntoView {
    let workbench = Workbench::expect();
    let toasts = Toasts::expect();
    let [new, again] = [(); 2].map(|()| RwSignal::new(String::new()));
    let problem = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        if !is_open.get() {
            new.set(String::new());
            again.set(String::new());
            problem.set(None);
        }
    });
    let put = move |pin: Option<String>| {
        spawn_local(async move {
            match workbench.set_pin(pin.as_deref()).await {
                Ok(()) => {
                    let _ = is_open.try_set(false);
                    toasts.say(t(if pin.is_some() { words::DONE } else { words::REMOVED }));
                }
                Err(error) => drop(problem.try_set(Some(SaveError::words(&error)))),
            }
        });
    };
    let run = move || {
        let (typed, repeated) = (new.get_untracked(), again.get_untracked());
        problem.set(wrong(&typed, &repeated));
        if problem.with_untracked(Option::is_none) {
            put(Some(typed));
        }
    };
    let foot = move || {
        view! {
            {move || workbench.has_pin().then(|| view! {
                <button type="button" class="btn bad" on:click=move |_| put(None)>{t(words::REMOVE)}</button>
            })}
            <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(words::KEEP)}</button>
            <button type="button" class="btn btn-main" on:click=move |_| run()>
                {move || t(if workbench.has_pin() { words::CHANGE } else { words::SET })}
            </button>
        }
    };
    view! {
        <Dialog title=t(words::SETTING) is_open foot>
            <form class="door-form" on:submit=move |event| { event.prevent_default(); run() }>
                <Field label=with_limits(words::NEW) id="pin-new" value=new kind="password" inputmode="numeric" maxlength=PIN_DIGITS_MAX />
                <Field label=t(words::AGAIN) id="pin-again" value=again kind="password" inputmode="numeric" maxlength=PIN_DIGITS_MAX />
                <FieldError text=problem />
                <p class="small quiet">{t(words::SAY)}</p>
                // Enter submits; the button stands in the foot.
                <input type="submit" hidden=true />
            </form>
        </Dialog>
    }
}
