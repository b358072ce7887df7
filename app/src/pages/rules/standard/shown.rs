//! A standard as it is read.

use super::tier_name;
use crate::i18n::t;
use crate::pages::rules::desk::Desk;
use crate::words::rules::standard as words;
use domain::standard::VisitStandard;
use leptos::prelude::*;

#[component]
pub fn ShownStandard(standard: VisitStandard) -> impl IntoView {
    let desk = Desk::<VisitStandard>::expect();
    let rows = standard
        .tiers
        .iter()
        .map(|own| {
            let name = desk.rules.answer.with(|book| {
                book.as_ref()
                    .map(|book| tier_name(book, standard.effective_on, &own.tier))
                    .unwrap_or_default()
            });
            view! { <tr><th scope="row">{name}</th><td>{words::line(own)}</td></tr> }
        })
        .collect_view();
    let carried = format!("{} {}", standard.carried_periods, t(words::PERIODS));
    view! {
        <div class="shown">
            <table class="table told">
                <thead><tr><th>{t(words::TIER)}</th><th>{t(words::TIERS)}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="small quiet">{t(words::CARRIED)}" "{carried}</p>
            {standard.do_event_visits_count.then(|| view! { <p class="small quiet">{t(words::EVENTS_COUNT)}</p> })}
        </div>
    }
}
