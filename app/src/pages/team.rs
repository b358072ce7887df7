//! 团队

use leptos::prelude::*;

#[component]
pub fn Team() -> impl IntoView {}
