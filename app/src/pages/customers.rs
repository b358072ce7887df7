//! 客户: the book at the left, one customer at the right.

use leptos::prelude::*;

/// Sets what the list searches for.
pub fn search_for(_query: &str) {}

#[component]
pub fn Customers() -> impl IntoView {}
