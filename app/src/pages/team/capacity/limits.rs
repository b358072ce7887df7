//! Who holds more than the limit (R090), how many people the limits ask for (R091), and what it costs (R096).

use super::basis::{Basis, tier_name};
use super::{RULES, Weighed, may_see_rules};
use crate::i18n::{amount, fill, t};
use crate::pages::team::behind::{Behind, Open, What};
use crate::pages::team::seen::Seen;
use crate::words::capacity as words;
use domain::capacity::{LoadLimit, OverLimit, Plan, cost, over_limit};
use domain::money::Fen;
use domain::tier::TierCode;
use leptos::prelude::*;
use leptos_router::components::A;
use std::collections::BTreeMap;
use std::sync::Arc;

const MINUTES_AN_HOUR: u64 = 60;

#[component]
pub fn Limits(weighed: Weighed, seen: Memo<Arc<Seen>>, open: Open) -> impl IntoView {
    let Weighed { basis, plan, .. } = weighed;
    let over = move || {
        let (basis, plan) = (basis.get(), plan.get());
        let limits: BTreeMap<TierCode, LoadLimit> =
            plan.tiers.iter().filter_map(|own| Some((own.tier.clone(), own.limit?))).collect();
        if limits.is_empty() {
            return ().into_any();
        }
        let over = over_limit(&basis.held, &limits);
        if over.is_empty() {
            return view! { <p class="small quiet">{t(words::NOBODY_OVER)}</p> }.into_any();
        }
        let rows =
            over.iter().map(|over| seen.with(|seen| over_row(over, &basis, seen, open))).collect_view();
        view! { <ul class="overs">{rows}</ul> }.into_any()
    };
    view! {
        <h3 class="label">{t(words::OVER)}</h3>
        {over}
        {move || staff(&plan.get(), &basis.get())}
        <h3 class="label">{t(words::COST)}</h3>
        <Money weighed />
    }
}

fn over_row(over: &OverLimit, basis: &Basis, seen: &Seen, open: Open) -> impl IntoView + use<> {
    let name = seen.manager_name(Some(over.manager_id));
    let values: [(&str, &dyn std::fmt::Display); 4] = [
        ("tier", &tier_name(basis, &over.tier)),
        ("held", &over.held),
        ("limit", &over.limit.customers),
        ("by", &over.by()),
    ];
    let said = fill(words::OVER_BY, &values);
    let rank = seen.tiers.iter().position(|(code, _)| *code == over.tier);
    let behind = Behind { what: What::Customers, manager: Some(Some(over.manager_id)), rank: Some(rank) };
    let is_hard = over.limit.is_hard;
    view! {
        <li>
            <span>{name}</span>
            <button type="button" class="num hit small" on:click=move |_| open.0.set(Some(behind))>{said}</button>
            {is_hard.then(|| view! { <span class="small why-late">{t(words::HARD)}</span> })}
        </li>
    }
}

fn staff(plan: &Plan, basis: &Basis) -> impl IntoView + use<> {
    let need = plan.staff_need();
    let names = |tiers: &[TierCode]| {
        let peopled = |tier: &&TierCode| plan.tiers.iter().any(|own| own.tier == **tier && own.customers > 0);
        let names: Vec<String> = tiers.iter().filter(peopled).map(|tier| tier_name(basis, tier)).collect();
        (!names.is_empty()).then(|| words::listed(&names))
    };
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("required", &need.required), ("present", &need.present), ("gap", &need.gap)];
    let says = if need.gap > 0 { words::STAFF_SHORT } else { words::STAFF_ENOUGH };
    let class = if need.gap > 0 { "small why-late" } else { "small quiet" };
    let has_limits = !need.by_tier.is_empty();
    let closed = names(&need.not_to_be_held).map(|tiers| fill(words::NOT_TO_BE_HELD, &[("tiers", &tiers)]));
    let open_ended = names(&need.without_limit).map(|tiers| fill(words::NO_LIMIT, &[("tiers", &tiers)]));
    view! {
        {has_limits.then(|| view! { <p class=class>{fill(says, &values)}</p> })}
        {closed.map(|said| view! { <p class="small why-late">{said}</p> })}
        {open_ended.map(|said| view! {
            <p class="small quiet">{said}
                {may_see_rules().then(|| view! { <A href=RULES attr:class="link hit">{t(words::SET_IN_RULES)}</A> })}</p>
        })}
    }
}

#[component]
fn Money(weighed: Weighed) -> impl IntoView {
    let Weighed { basis, plan, .. } = weighed;
    let typed = RwSignal::new(String::new());
    let rate = Memo::new(move |_| basis.with(|basis| basis.rate_an_hour));
    let costs = move |rate: Fen, revenue: Fen| {
        let plan = plan.get();
        let minutes = plan.services().minutes(basis.with(|basis| basis.hours));
        let customers = plan.tiers.iter().fold(0_u32, |sum, own| sum.saturating_add(own.customers));
        (minutes, cost(minutes, rate, customers, revenue))
    };
    let left = move |rate: Fen| {
        let text = typed.get();
        if text.trim().is_empty() {
            return None;
        }
        let Some(revenue) = fen(&text) else {
            return Some((true, t(words::REVENUE_WRONG).to_owned()));
        };
        let left = costs(rate, revenue).1.left_per_customer?;
        let (says, is_lost) = if left.0 < 0 { (words::LOST, true) } else { (words::LEFT, false) };
        Some((is_lost, fill(says, &[("left", &Fen(left.0.saturating_abs()).exact())])))
    };
    move || {
        match rate.get() {
        None => view! {
            <p class="small quiet">{t(words::NO_RATE)}
                {may_see_rules().then(|| view! { <A href=RULES attr:class="link hit">{t(words::SET_IN_RULES)}</A> })}</p>
        }
        .into_any(),
        Some(rate) => {
            let say = move || {
                let (minutes, cost) = costs(rate, Fen(0));
                let each = cost.per_customer.map(amount).unwrap_or_default();
                let values: [(&str, &dyn std::fmt::Display); 3] = [
                    ("hours", &minutes.div_ceil(MINUTES_AN_HOUR)),
                    ("total", &amount(cost.total)),
                    ("each", &each),
                ];
                fill(words::COST_SAY, &values)
            };
            view! {
                <p class="small quiet">{say}</p>
                <div class="tries">
                    <div><label for="team-revenue">{t(words::REVENUE)}</label>
                        <input class="input" id="team-revenue" inputmode="decimal" autocomplete="off" maxlength="12"
                            prop:value=move || typed.get()
                            on:input=move |event| typed.set(event_target_value(&event)) /></div>
                </div>
                <p class="small" role="status">
                    {move || left(rate).map(|(is_bad, said)| view! { <span class=if is_bad { "why-late" } else { "quiet" }>{said}</span> })}
                </p>
            }
            .into_any()
        }
    }
    }
}

/// Whole yuan, or with one or two places; commas between thousands are passed over.
fn fen(text: &str) -> Option<Fen> {
    let text = text.trim().replace([',', '，'], "");
    let (yuan, rest) = text.split_once('.').unwrap_or((&text, "0"));
    let places = match rest.len() {
        1 => rest.parse::<u8>().ok()? * 10,
        2 => rest.parse::<u8>().ok()?,
        _ => return None,
    };
    if !yuan.bytes().all(|byte| byte.is_ascii_digit()) || !rest.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    yuan.parse::<i64>().ok()?.checked_mul(100)?.checked_add(i64::from(places)).map(Fen)
}
