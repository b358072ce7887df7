//! 自己试: people, visits a week, how often each tier is visited, and limits, by taps (R094).

use super::Weighed;
use super::basis::tier_name;
use crate::components::Icon;
use crate::components::stepper::Stepper;
use crate::i18n::{fill, t};
use crate::words::{capacity as words, team};
use domain::capacity::{Change, LoadLimit, VisitChange};
use domain::limits::VISITS_A_WEEK_MAX;
use domain::standard::{Period, Quota};
use domain::tier::TierCode;
use leptos::prelude::*;

const LIMIT_STEP: u16 = 5;
/// Where trying begins while nobody has said: two a day.
const VISITS_A_WEEK_FIRST: u16 = 10;

/// What a tier may be visited by instead.
const OFTEN: [(u16, Period); 6] = [
    (1, Period::Month),
    (3, Period::Quarter),
    (2, Period::Quarter),
    (1, Period::Quarter),
    (1, Period::HalfYear),
    (1, Period::Year),
];

#[component]
pub fn TryOut(weighed: Weighed) -> impl IntoView {
    let Weighed { basis, what_if, plan } = weighed;
    let managers = move || plan.with_untracked(|plan| plan.staffing.managers);
    let week = move || plan.with_untracked(|plan| plan.staffing.visits_a_week);
    let set_managers = move |to: u16| what_if.update(|now| now.managers = Some(to));
    let set_week = move |to: u16| what_if.update(|now| now.visits_a_week = Some(to));
    let tiers = Memo::new(move |_| {
        basis.with(|basis| {
            let peopled = basis.plan.tiers.iter().filter(|own| own.customers > 0);
            let rows =
                peopled.map(|own| (own.tier.clone(), tier_name(basis, &own.tier), own.visits, own.limit));
            rows.collect::<Vec<_>>()
        })
    });
    view! {
        <h3 class="label">{t(words::TRY)}</h3>
        <div class="tries">
            <div><span>{t(words::MANAGERS)}</span>
                <Stepper label=t(words::MANAGERS) less=t(words::FEWER) more=t(words::MORE)
                    value=Signal::derive(move || plan.with(|plan| plan.staffing.managers.to_string()))
                    on_less=move || set_managers(managers().saturating_sub(1))
                    on_more=move || set_managers(managers().saturating_add(1)) /></div>
            <div><span>{t(words::VISITS_A_WEEK)}</span>
                <Stepper label=t(words::VISITS_A_WEEK) less=t(words::VISIT_LESS) more=t(words::VISIT_MORE)
                    value=Signal::derive(move || match weighed.is_week_blank() {
                        true => "—".to_owned(),
                        false => fill(words::TIMES, &[("n", &plan.with(|plan| plan.staffing.visits_a_week))]),
                    })
                    on_less=move || set_week(if untrack(|| weighed.is_week_blank()) { VISITS_A_WEEK_FIRST } else { week().saturating_sub(1) })
                    on_more=move || set_week(if untrack(|| weighed.is_week_blank()) { VISITS_A_WEEK_FIRST } else { (week() + 1).min(VISITS_A_WEEK_MAX) }) /></div>
            {move || tiers.get().into_iter().map(|(tier, name, visits, _)| view! { <Often weighed tier name visits /> }).collect_view()}
        </div>
        {move || {
            let limited: Vec<_> = tiers.get().into_iter().filter_map(|(tier, name, _, limit)| Some((tier, name, limit?))).collect();
            (!limited.is_empty()).then(|| view! {
                <h3 class="label">{t(words::LIMITS)}</h3>
                <div class="tries">
                    {limited.into_iter().map(|(tier, name, limit)| view! { <Limit weighed tier name limit /> }).collect_view()}
                </div>
            })
        }}
    }
}

#[component]
fn Often(weighed: Weighed, tier: TierCode, name: String, visits: Quota) -> impl IntoView {
    let Weighed { basis, what_if, .. } = weighed;
    let mut offers: Vec<VisitChange> =
        OFTEN.map(|(count, per)| VisitChange::Quota(Quota { count: Some(count), per })).to_vec();
    // What a remedy makes of this tier can be shown too.
    let remedies = basis.with_untracked(|basis| basis.plan.remedies());
    let halved = remedies.into_iter().find_map(|remedy| match remedy.change {
        Change::HalfAsOften { tier: of, visits } if of == tier => Some(VisitChange::Quota(visits)),
        _ => None,
    });
    offers.extend(halved.filter(|halved| !offers.contains(halved)));
    offers.retain(|offer| *offer != VisitChange::Quota(visits));
    offers.push(VisitChange::CallsOnly);
    let said = |offer: &VisitChange| match offer {
        VisitChange::Quota(quota) => team::quota(*quota),
        VisitChange::CallsOnly => t(words::CALLS_ONLY).to_owned(),
    };
    let options = offers
        .iter()
        .enumerate()
        .map(|(at, offer)| view! { <option value=at.to_string()>{said(offer)}</option> })
        .collect_view();
    let as_now = fill(words::AS_NOW, &[("quota", &team::quota(visits))]);
    let (shown, changed) = (tier.clone(), tier);
    let known = offers.clone();
    let chosen = move || {
        let now = what_if.with(|what_if| what_if.visits.get(&shown).copied());
        let at = now.and_then(|now| known.iter().position(|offer| *offer == now));
        at.map(|at| at.to_string()).unwrap_or_default()
    };
    let choose = move |value: String| {
        let offer = value.parse::<usize>().ok().and_then(|at| offers.get(at).copied());
        what_if.update(|what_if| {
            match offer {
                Some(offer) => what_if.visits.insert(changed.clone(), offer),
                None => what_if.visits.remove(&changed),
            };
        });
    };
    view! {
        <div><span>{name.clone()}</span>
            <label class="pick">
                <span class="vh">{fill(words::OFTEN, &[("tier", &name)])}</span>
                <select class="input" prop:value=chosen on:change=move |event| choose(event_target_value(&event))>
                    <option value="">{as_now}</option>
                    {options}
                </select>
                <Icon name="down" />
            </label></div>
    }
}

#[component]
fn Limit(weighed: Weighed, tier: TierCode, name: String, limit: LoadLimit) -> impl IntoView {
    let Weighed { what_if, .. } = weighed;
    let own = tier.clone();
    let tried = Memo::new(move |_| {
        let tried = what_if.with(|what_if| what_if.limits.get(&own).copied().flatten());
        tried.map_or(limit.customers, |limit| limit.customers)
    });
    let set = move |tier: &TierCode, customers: u16| {
        what_if.update(|what_if| {
            what_if.limits.insert(tier.clone(), Some(LoadLimit { customers: customers.max(1), ..limit }));
        });
    };
    let (less, more) = (tier.clone(), tier);
    view! {
        <div><span>{name.clone()}</span>
            <Stepper label=fill(words::LIMIT_OF, &[("tier", &name)]) less=t(words::LIMIT_LESS) more=t(words::LIMIT_MORE)
                value=Signal::derive(move || fill(words::PEOPLE_N, &[("n", &tried.get())]))
                on_less=move || set(&less, tried.get_untracked().saturating_sub(LIMIT_STEP))
                on_more=move || set(&more, tried.get_untracked().saturating_add(LIMIT_STEP)) /></div>
    }
}
