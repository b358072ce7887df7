//! 待处理

use leptos::prelude::*;

#[component]
pub fn Attention() -> impl IntoView {}
