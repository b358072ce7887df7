//! Nothing here yet, or something went wrong: why, and the next step.

use crate::components::icon::Icon;
use leptos::prelude::*;

#[component]
pub fn EmptyState(
    icon: &'static str,
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    /// The next step, as buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon name=icon />
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| view! { <div class="btns">{children()}</div> })}
        </div>
    }
}
