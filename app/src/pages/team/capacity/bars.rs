//! What is asked for beside what there is room for, drawn; and the sum behind it.

use super::Weighed;
use super::basis::{Basis, tier_class, tier_name};
use crate::i18n::t;
use crate::pages::team::seen::Seen;
use crate::words::{capacity as words, team};
use domain::capacity::Plan;
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn Bars(weighed: Weighed, is_how_open: RwSignal<bool>) -> impl IntoView {
    let Weighed { basis, plan, .. } = weighed;
    move || {
        let (plan, basis) = (plan.get(), basis.get());
        let coverage = plan.coverage();
        let room = coverage.hours.map_or(coverage.room, |hours| hours.visits.min(coverage.room));
        let asked: Vec<(String, &'static str, u64)> = plan
            .tiers
            .iter()
            .map(|own| {
                let visits = own.services().visits.a_quarter();
                (tier_name(&basis, &own.tier), tier_class(&basis, &own.tier), visits)
            })
            .filter(|(.., visits)| *visits > 0)
            .collect();
        let sum: u64 = asked.iter().map(|(.., visits)| visits).sum();
        let scale = sum.max(room).max(1);
        let is_blank = weighed.is_week_blank();
        let mut at = 0;
        let parts = asked
            .iter()
            .map(|(_, class, visits)| {
                let x = at;
                at += visits;
                view! { <rect class=*class x=x width=*visits></rect> }
            })
            .collect_view();
        let keys = asked
            .iter()
            .map(|(name, class, visits)| {
                view! {
                    <span class="key"><svg aria-hidden="true"><rect class=*class width="12" height="12"></rect></svg>{format!("{name} {visits}")}</span>
                }
            })
            .collect_view();
        let view_box = format!("0 0 {scale} 16");
        let open = move |_| is_how_open.set(true);
        view! {
            <div class="cap-bars">
                <div>
                    <span class="small quiet">{t(words::REQUIRED)}</span>
                    <svg class="cap-bar" viewBox=view_box.clone() preserveAspectRatio="none" aria-hidden="true">
                        {parts}
                        {(!is_blank).then(|| view! { <path d=format!("M{room}-4v24")></path> })}
                    </svg>
                    <button type="button" class="num hit" aria-label=format!("{} {}", t(words::REQUIRED), coverage.visits) on:click=open>{coverage.visits}</button>
                </div>
                {(!is_blank).then(|| view! {
                    <div>
                        <span class="small quiet">{t(words::ROOM)}</span>
                        <svg class="cap-bar" viewBox=view_box preserveAspectRatio="none" aria-hidden="true">
                            <rect class="have" width=room></rect>
                            {(sum > room).then(|| view! { <rect class="gap" x=room width=sum - room></rect> })}
                        </svg>
                        <button type="button" class="num hit" aria-label=format!("{} {room}", t(words::ROOM)) on:click=open>{room}</button>
                    </div>
                })}
                <p class="keys">{keys}</p>
            </div>
        }
    }
}

/// Customers × quota by tier, and the people by their weeks.
#[component]
pub fn How(plan: Memo<Plan>, basis: Memo<Arc<Basis>>, seen: Memo<Arc<Seen>>) -> impl IntoView {
    move || {
        let (plan, basis) = (plan.get(), basis.get());
        let coverage = plan.coverage();
        let tiers = plan
            .tiers
            .iter()
            .filter(|own| own.customers > 0)
            .map(|own| {
                let visits = own.services().visits.a_quarter();
                view! {
                    <tr>
                        <th scope="row">{tier_name(&basis, &own.tier)}</th>
                        <td class="r">{own.customers}</td>
                        <td>{team::quota(own.visits)}</td>
                        <td class="r">{visits}</td>
                    </tr>
                }
            })
            .collect_view();
        let names: Vec<String> = seen.with(|seen| {
            let managers = seen.managers.iter().filter(|manager| manager.id.is_some());
            managers.map(|manager| manager.name.clone()).collect()
        });
        let staffing = plan.staffing;
        view! {
            <table class="table">
                <thead><tr>
                    <th scope="col">{t(team::TIER)}</th>
                    <th scope="col" class="r">{t(team::CUSTOMERS)}</th>
                    <th scope="col">{t(words::FREQUENCY)}</th>
                    <th scope="col" class="r">{t(words::A_QUARTER)}</th>
                </tr></thead>
                <tbody>{tiers}</tbody>
                <tfoot><tr><th scope="row" colspan="3">{t(words::REQUIRED)}</th><td class="r">{coverage.visits}</td></tr></tfoot>
            </table>
            <p class="small faint">{t(words::ROUNDED)}</p>
            <dl class="facts-s">
                <div><dt>{t(words::ROOM)}</dt>
                    <dd>{format!("{} × {} × {} = {}", staffing.managers, staffing.visits_a_week, staffing.weeks, coverage.room)}</dd></div>
                {coverage.hours.map(|hours| view! {
                    <div><dt>{t(words::BY_HOURS).split("{n}").next().unwrap_or_default()}</dt><dd>{hours.visits}</dd></div>
                })}
            </dl>
            <p class="small quiet">{words::listed(&names)}</p>
        }
    }
}
