//! 移交

use leptos::prelude::*;

#[component]
pub fn HandOver() -> impl IntoView {}
