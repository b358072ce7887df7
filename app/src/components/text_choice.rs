//! Words by chips, with a line for any other. One value behind both.

use crate::components::field::Chip;
use crate::workbench::Workbench;
use domain::choice::{Choice, ChoiceList};
use leptos::prelude::*;

/// What the organisation offers in a list, in its order.
pub fn offered(workbench: Workbench, list: ChoiceList) -> Vec<String> {
    workbench.peek(|replica| {
        let mut choices: Vec<&Choice> =
            replica.all::<Choice>().filter(|choice| choice.list == list).collect();
        choices.sort_by_key(|choice| (choice.position, choice.id));
        choices.into_iter().map(|choice| choice.label.clone()).collect()
    })
}

/// `label` names both the group of chips and the line, `id` the line.
#[component]
pub fn TextChoice(
    #[prop(into)] label: String,
    #[prop(into)] id: String,
    list: ChoiceList,
    #[prop(into)] value: Signal<String>,
    on_change: impl Fn(String) + Clone + Send + Sync + 'static,
    #[prop(optional, into)] placeholder: String,
    chars_max: usize,
) -> impl IntoView {
    let group = format!("{id}-chips");
    let chips = offered(Workbench::expect(), list)
        .into_iter()
        .map(|offer| {
            let (shown, change) = (offer.clone(), on_change.clone());
            view! {
                <Chip label=offer.clone() group=group.clone()
                    is_chosen=Signal::derive(move || value.with(|value| *value == shown))
                    on_choose=move |_| change(offer.clone()) />
            }
        })
        .collect_view();
    view! {
        <fieldset class="text-choice">
            <legend class="label">{label.clone()}</legend>
            <div class="chips">{chips}</div>
            <label>
                <span class="vh">{label}</span>
                <input class="input" type="text" id=id autocomplete="off" placeholder=placeholder maxlength=chars_max
                    prop:value=move || value.get()
                    on:input=move |event| on_change(event_target_value(&event)) />
            </label>
        </fieldset>
    }
}
