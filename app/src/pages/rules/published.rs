//! Said after something was published, until something else is begun.

use super::desk::{Desk, Kept};
use crate::components::Icon;
use crate::i18n::fill;
use crate::words::rules as words;
use leptos::prelude::*;

#[component]
pub fn PublishedNote<T: Kept>(desk: Desk<T>) -> impl IntoView {
    move || {
        desk.published.get().map(|(version, day)| {
            let day = day.map(words::whole_day).unwrap_or_default();
            view! {
                <div class="note" role="status">
                    <Icon name="check" />
                    <p>{fill(words::PUBLISHED, &[("n", &version), ("day", &day)])}</p>
                </div>
            }
        })
    }
}
