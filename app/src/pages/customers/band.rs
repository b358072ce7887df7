//! One look: the tier and how far the next is, what is owed, and how the customer's size goes.

use super::debt_cell::DebtCell;
use super::tier_cell::TierCell;
use super::trend_cell::TrendCell;
use super::who::Subject;
use crate::i18n::t;
use crate::words::customers as words;
use leptos::prelude::*;

#[component]
pub fn Band(subject: Subject) -> impl IntoView {
    view! {
        <section class="band" aria-label=t(words::AT_A_GLANCE)>
            <TierCell subject />
            <DebtCell subject />
            <TrendCell subject />
        </section>
    }
}
