//! 管理

use leptos::prelude::*;

#[component]
pub fn Administration() -> impl IntoView {}
