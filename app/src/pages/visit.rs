//! 记录走访

use leptos::prelude::*;

#[component]
pub fn VisitForm() -> impl IntoView {}
