//! A number by taps.

use crate::components::icon::Icon;
use leptos::prelude::*;

#[component]
pub fn Stepper(
    #[prop(into)] label: String,
    /// As shown between the two buttons.
    #[prop(into)]
    value: Signal<String>,
    less: &'static str,
    more: &'static str,
    on_less: impl Fn() + 'static,
    on_more: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <div class="stepper" role="group" aria-label=label>
            <button type="button" aria-label=less on:click=move |_| on_less()><Icon name="minus" /></button>
            <output>{move || value.get()}</output>
            <button type="button" aria-label=more on:click=move |_| on_more()><Icon name="plus" /></button>
        </div>
    }
}
