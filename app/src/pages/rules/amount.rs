//! A number typed in a unit, exact to the smallest part. What is no number is said so and counts as blank: an old figure
//! must not hide behind a new text.

use crate::components::FieldError;
use crate::i18n::t;
use crate::words::rules as words;
use domain::scale::Scale;
use leptos::prelude::*;

#[component]
pub fn AmountInput(
    #[prop(into)] id: String,
    /// The whole label, with the unit.
    #[prop(into)]
    label: Signal<String>,
    /// What stands before the number: ≥ or <.
    #[prop(optional)]
    sign: &'static str,
    #[prop(into)] unit: Signal<&'static str>,
    #[prop(into)] scale: Signal<Scale>,
    #[prop(into)] value: Signal<Option<i64>>,
    on_change: impl Fn(Option<i64>) + 'static,
    /// What is wrong with it, said below it.
    #[prop(optional, into)]
    fault: Signal<Option<String>>,
    /// Something is wrong with it that is said elsewhere.
    #[prop(optional, into)]
    is_wrong: Signal<bool>,
    #[prop(optional, into)] placeholder: Option<Signal<&'static str>>,
    #[prop(optional)] is_narrow: bool,
    /// Before the first stroke.
    #[prop(optional, into)]
    on_begin: Option<Callback<()>>,
) -> impl IntoView {
    let written = move || value.get().map(|value| scale.get().write(value)).unwrap_or_default();
    let text = RwSignal::new(untrack(written));
    let is_no_number =
        Memo::new(move |_| text.with(|text| !text.trim().is_empty() && scale.get().read(text).is_none()));
    // Somebody else changed it (a hint, another draft, the unit): what stands there is written anew.
    Effect::new(move |before: Option<Scale>| {
        let (value, scale) = (value.get(), scale.get());
        let typed = text.get_untracked();
        let is_other_unit = before.is_some_and(|before| before != scale);
        if is_other_unit || scale.read(&typed) != value {
            text.set(value.map(|value| scale.write(value)).unwrap_or_default());
        }
        scale
    });
    let error_id = format!("{id}-e");
    let described = error_id.clone();
    let class = if is_narrow { "amt amt-in" } else { "amt" };
    view! {
        <span class=class class:amt-plain=sign.is_empty()>
            <span aria-hidden="true">{sign}</span>
            <input class="input" id=id inputmode="decimal" autocomplete="off" maxlength="20"
                aria-label=move || label.get()
                placeholder=move || t_placeholder(placeholder)
                aria-invalid=move || (is_no_number.get() || is_wrong.get() || fault.with(Option::is_some)).to_string()
                aria-describedby=described
                prop:value=move || text.get()
                on:focus=move |_| if let Some(on_begin) = on_begin { on_begin.run(()) }
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    let number = scale.get_untracked().read(&typed);
                    text.set(typed);
                    on_change(number);
                } />
            <span aria-hidden="true">{move || unit.get()}</span>
        </span>
        <FieldError id=error_id text=Signal::derive(move || {
            if is_no_number.get() { Some(t(words::NO_NUMBER).to_owned()) } else { fault.get() }
        }) />
    }
}

fn t_placeholder(given: Option<Signal<&'static str>>) -> &'static str {
    given.map_or_else(|| t(words::BLANK), |given| given.get())
}
