//! What is wrong, under the field or above the form.

use crate::components::icon::Icon;
use leptos::prelude::*;

/// Shown while there is something to say; read out when it appears.
#[component]
pub fn FieldError(
    #[prop(into)] text: Signal<Option<String>>,
    #[prop(into, optional)] id: String,
) -> impl IntoView {
    view! {
        {move || {
            let id = id.clone();
            text.get().map(|text| view! {
                <p class="field-error" role="alert" id=id><Icon name="alert" />{text}</p>
            })
        }}
    }
}
