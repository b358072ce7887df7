//! Choose before you type: chips and segments over real radios and checkboxes, and labelled fields.

use leptos::prelude::*;

/// A labelled text field. `kind` is the input's type; textarea when `rows` is given.
#[component]
pub fn Field(
    #[prop(into)] label: String,
    #[prop(into)] id: String,
    value: RwSignal<String>,
    #[prop(optional)] kind: Option<&'static str>,
    #[prop(optional)] rows: Option<u32>,
    #[prop(optional)] inputmode: Option<&'static str>,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional, into)] placeholder: String,
    #[prop(optional)] maxlength: Option<usize>,
) -> impl IntoView {
    let input_id = id.clone();
    let control = match rows {
        Some(rows) => view! {
            <textarea class="input" id=input_id rows=rows autocomplete="off" placeholder=placeholder maxlength=maxlength
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))></textarea>
        }
        .into_any(),
        None => view! {
            <input class="input" id=input_id type=kind.unwrap_or("text") inputmode=inputmode autocomplete=autocomplete.unwrap_or("off")
                placeholder=placeholder maxlength=maxlength
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event)) />
        }
        .into_any(),
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            {control}
        </div>
    }
}

/// One chip; a checkbox when `is_many`, otherwise one of a radio group.
#[component]
pub fn Chip(
    #[prop(into)] label: String,
    #[prop(into)] group: String,
    #[prop(into)] is_chosen: Signal<bool>,
    on_choose: impl Fn(bool) + 'static,
    #[prop(optional)] is_many: bool,
    /// A small figure behind the label.
    #[prop(optional, into)]
    count: Option<String>,
) -> impl IntoView {
    view! {
        <label class="chip">
            <input type=if is_many { "checkbox" } else { "radio" } name=group
                prop:checked=move || is_chosen.get()
                on:change=move |event| on_choose(event_target_checked(&event)) />
            {label}
            {count.map(|count| view! { <span class="n">{count}</span> })}
        </label>
    }
}

/// One of a few, all in sight. `options` are (value, label).
#[component]
pub fn Segment<T: Clone + PartialEq + Send + Sync + 'static>(
    #[prop(into)] label: String,
    #[prop(into)] group: String,
    options: Vec<(T, String)>,
    #[prop(into)] chosen: Signal<Option<T>>,
    on_choose: impl Fn(T) + Clone + 'static,
    /// Further classes: `seg-s`, `seg-fill`, `seg-accent`.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let options = options
        .into_iter()
        .map(|(value, text)| {
            let on_choose = on_choose.clone();
            let (group, shown) = (group.clone(), value.clone());
            view! {
                <label>
                    <input type="radio" name=group
                        prop:checked=move || chosen.get().as_ref() == Some(&shown)
                        on:change=move |_| on_choose(value.clone()) />
                    {text}
                </label>
            }
        })
        .collect_view();
    view! { <div class=format!("seg {class}") role="radiogroup" aria-label=label>{options}</div> }
}
