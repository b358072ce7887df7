//! Customers the draft moves, the nearest to a line first.

use super::movers::badge;
use super::preview::exact_of;
use crate::components::Icon;
use crate::i18n::{fill, t};
use crate::words::rules::scheme as words;
use domain::api::Mover;
use domain::tier::TierScheme;
use leptos::prelude::*;

#[component]
pub fn Near(movers: Vec<Mover>, has_moves: bool, now: TierScheme, draft: TierScheme) -> impl IntoView {
    if movers.is_empty() {
        return has_moves
            .then(|| view! { <p class="small quiet see-more">{t(words::NEAR_NOT_YOURS)}</p> })
            .into_any();
    }
    let rows = movers
        .into_iter()
        .map(|mover| {
            let say = told(&mover, &draft);
            view! {
                <li>
                    <a class="row" href=format!("/app/customers/{}", mover.customer_id)>
                        <span class="row-body"><span class="row-name"><span>{mover.name}</span></span><span class="row-sub">{say}</span></span>
                        <span class="mv">{badge(&now, &mover.from)}<Icon name="arrow" small=true />{badge(&draft, &mover.to)}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <h3 class="label">{t(words::NEAR)}</h3>
        <ul class="rows movers">{rows}</ul>
    }
    .into_any()
}

fn told(mover: &Mover, draft: &TierScheme) -> String {
    let exactly = |value| exact_of(draft, mover.floor, value);
    let value = exactly(mover.value);
    let Some(floor) = mover.floor else { return fill(words::NEAR_NONE, &[("value", &value)]) };
    let by = exactly(mover.value.saturating_sub(floor).saturating_abs());
    match mover.value.cmp(&floor) {
        std::cmp::Ordering::Equal => fill(words::NEAR_ON, &[("value", &value)]),
        std::cmp::Ordering::Greater => fill(words::NEAR_OVER, &[("value", &value), ("by", &by)]),
        std::cmp::Ordering::Less => fill(words::NEAR_SHORT, &[("value", &value), ("by", &by)]),
    }
}
