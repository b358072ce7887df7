//! Signs, drawn from one sprite that is in the page once.

use leptos::prelude::*;

const SPRITE: &str = include_str!("icon/sprite.svg");

/// The sprite; put once at the top of the page.
#[component]
pub fn Sprite() -> impl IntoView {
    view! { <div class="sprite" aria-hidden="true" inner_html=SPRITE></div> }
}

/// One sign by its name in the sprite, without `i-`. Decoration: the words beside it say what it means.
#[component]
pub fn Icon(name: &'static str, #[prop(optional)] small: bool) -> impl IntoView {
    let class = if small { "i i-s" } else { "i" };
    view! {
        <svg class=class aria-hidden="true">
            <use href=format!("#i-{name}")></use>
        </svg>
    }
}

/// The dot between two facts.
#[component]
pub fn Dot() -> impl IntoView {
    view! { <i>" · "</i> }
}
