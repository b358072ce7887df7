//! 今天

use leptos::prelude::*;

#[component]
pub fn Today() -> impl IntoView {}
