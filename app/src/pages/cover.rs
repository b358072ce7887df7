//! What stands in place of every page while the tablet is locked warm: the PIN, or the way to the door.

use crate::browser::{dialog, screen};
use crate::components::{Field, FieldError};
use crate::i18n::{fill, t};
use crate::words::cover as words;
use crate::workbench::{Entrance, PinAnswer, Workbench};
use domain::pin::PIN_DIGITS_MAX;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

const FIELD: &str = "cover-pin";

#[component]
pub fn Cover() -> impl IntoView {
    let workbench = Workbench::expect();
    let entrance = Entrance::expect();
    let actor = workbench.peek(|replica| replica.actor().clone());
    let face: String = actor.name.chars().take(1).collect();
    let pin = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    let is_busy = RwSignal::new(false);
    // The title may have named a customer.
    let former_title = screen::title();
    screen::set_title(t(words::LOCKED));
    on_cleanup(move || screen::set_title(&former_title));
    // A modal dialog of its own: one that lies open beneath would keep everything else from being used, hidden or not.
    let node: NodeRef<html::Dialog> = NodeRef::new();
    let stand = move || {
        if let Some(dialog) = node.get_untracked() {
            dialog::show_modal(&dialog);
            screen::focus(FIELD);
        }
    };
    Effect::new(move |_| {
        node.track();
        stand();
    });
    let submit = move || {
        let typed = pin.get_untracked();
        if is_busy.get_untracked() || typed.is_empty() {
            return;
        }
        is_busy.set(true);
        spawn_local(async move {
            let answer = workbench.try_pin(&typed).await;
            if answer == PinAnswer::Over {
                entrance.lock();
            }
            // Uncovered, this is gone.
            let _ = is_busy.try_set(false);
            let _ = pin.try_set(String::new());
            if let PinAnswer::Wrong { tries_left } = answer {
                let _ = wrong.try_set(Some(fill(words::WRONG, &[("n", &tries_left)])));
                screen::focus(FIELD);
            }
        });
    };
    view! {
        <dialog class="door door-alone cover" node_ref=node aria-labelledby="cover-title"
            // Esc takes no cover off; a browser that closes it all the same finds it back.
            on:cancel=|event: leptos::ev::Event| event.prevent_default()
            on:close=move |_| stand()>
            <section class="door-main"><div class="door-in">
                <form class="door-form" on:submit=move |event| { event.prevent_default(); submit() }>
                    <h1 id="cover-title">{t(words::LOCKED)}</h1>
                    <p class="door-who">
                        <span class="face" aria-hidden="true">{face}</span>
                        <span><b>{actor.name}</b><span class="small quiet">{actor.employee_no}</span></span>
                    </p>
                    <Field label=t(words::PIN) id=FIELD value=pin kind="password" inputmode="numeric" maxlength=PIN_DIGITS_MAX />
                    <FieldError text=wrong />
                    <button type="submit" class="btn btn-main" aria-busy=move || is_busy.get().to_string()>{t(words::UNLOCK)}</button>
                    <button type="button" class="btn" on:click=move |_| entrance.lock()>{t(words::BY_PASSWORD)}</button>
                    <p class="small quiet">{t(words::SAY)}</p>
                </form>
            </div></section>
        </dialog>
    }
}

/// Shows what lies beneath, or the cover. What was being written beneath stays as it is.
#[component]
pub fn Covered(children: Children) -> impl IntoView {
    let workbench = Workbench::expect();
    let is_covered = workbench.is_covered();
    view! {
        <div class="beneath" hidden=move || is_covered.get()>{children()}</div>
        {move || is_covered.get().then(|| view! { <Cover /> })}
    }
}
