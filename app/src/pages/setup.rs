//! The first administrator.

use leptos::prelude::*;

#[component]
pub fn Setup() -> impl IntoView {}
