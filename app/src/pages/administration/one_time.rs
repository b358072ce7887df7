//! A password shown once, to be handed to the person.

use crate::browser::screen;
use crate::components::{Dialog, Icon};
use crate::i18n::{fill, t};
use crate::words::administration as words;
use domain::api::OneTimePassword;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[derive(Clone, Copy)]
pub struct OneTime(RwSignal<Option<OneTimePassword>>);

impl OneTime {
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }

    pub fn show(self, password: OneTimePassword) {
        self.0.set(Some(password));
    }
}

#[component]
pub fn OneTimeDialog(one_time: OneTime) -> impl IntoView {
    let OneTime(shown) = one_time;
    move || {
        shown.get().map(|given| {
            let is_open = RwSignal::new(true);
            // Closed, it is forgotten.
            Effect::new(move |_| {
                if !is_open.get() {
                    shown.set(None);
                }
            });
            let title = fill(words::ONE_TIME, &[("name", &given.employee.name)]);
            let say =
                fill(words::ONE_TIME_SAY, &[("name", &given.employee.name), ("no", &given.employee.employee_no)]);
            let password = given.password.0;
            view! {
                <Dialog title is_open
                    foot=move || view! {
                        <button type="button" class="btn btn-main" on:click=move |_| is_open.set(false)>{t(words::HANDED_OVER)}</button>
                    }>
                    <p>{say.clone()}</p>
                    <Copied password=password.clone() />
                </Dialog>
            }
        })
    }
}

#[component]
fn Copied(password: String) -> impl IntoView {
    let copied = RwSignal::new(None::<bool>);
    let shown = password.clone();
    let copy = move |_| {
        let password = password.clone();
        spawn_local(async move {
            let is_copied = screen::copy(&password).await;
            copied.try_set(Some(is_copied));
        });
    };
    view! {
        <p class="one-time">
            <code>{shown}</code>
            <button type="button" class="btn" on:click=copy>
                {move || match copied.get() {
                    Some(true) => view! { <Icon name="check" small=true />{t(words::COPIED)} }.into_any(),
                    _ => t(words::COPY).into_any(),
                }}
            </button>
        </p>
        {move || (copied.get() == Some(false)).then(|| view! { <p class="small quiet" role="status">{t(words::COPY_BY_HAND)}</p> })}
    }
}
