//! 走访

use leptos::prelude::*;

#[component]
pub fn Visits() -> impl IntoView {}
