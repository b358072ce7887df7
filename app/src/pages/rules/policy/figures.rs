//! The figures of a policy that stand alone: lead times, the fall, hours and minutes, the rate.

use super::faults::{
    CALL_MINUTES, FALL_LEAST, FALL_MONTHS, FALL_PERCENT, HOURS_A_WEEK, RATE, VISIT_MINUTES, VISITS_A_WEEK,
    lead_id,
};
use crate::i18n::{Words, t};
use crate::pages::rules::amount::AmountInput;
use crate::pages::rules::desk::Desk;
use crate::words::rules as shared;
use crate::words::rules::policy as words;
use domain::care::LeadOf;
use domain::money::Fen;
use domain::policy::Policy;
use domain::scale::Scale;
use leptos::prelude::*;

/// A figure beyond its type is kept as the largest, which the rules refuse in words; nothing is forgotten.
fn short(typed: Option<i64>) -> u16 {
    typed.map_or(0, |typed| u16::try_from(typed).unwrap_or(u16::MAX))
}

fn tiny(typed: Option<i64>) -> u8 {
    typed.map_or(0, |typed| u8::try_from(typed).unwrap_or(u8::MAX))
}

/// One figure on its line.
#[component]
fn Figure(
    id: &'static str,
    name: &'static str,
    unit: Words,
    scale: Scale,
    read: fn(&Policy) -> Option<i64>,
    write: fn(&mut Policy, Option<i64>),
    /// Says that it may stay blank.
    #[prop(optional)]
    is_optional: bool,
) -> impl IntoView {
    let desk = Desk::<Policy>::expect();
    let placeholder = if is_optional { words::OPTIONAL } else { shared::BLANK };
    view! {
        <div class="line-field">
            <span>{name}</span>
            <span><AmountInput id label=Signal::derive(move || format!("{name}{}{}", crate::i18n::comma(), t(unit)))
                unit=Signal::derive(move || t(unit)) scale=Signal::derive(move || scale) fault=desk.fault_at(id)
                placeholder=Signal::derive(move || t(placeholder))
                value=Signal::derive(move || desk.read(read))
                on_change=move |typed| desk.edit(|policy| write(policy, typed)) /></span>
        </div>
    }
}

#[component]
pub fn Lead() -> impl IntoView {
    view! {
        <section aria-labelledby="h-lead">
            <div class="head"><h2 id="h-lead">{t(words::LEAD)}</h2><span class="small faint">{t(words::LEAD_SAY)}</span></div>
            <Figure id=lead_id(LeadOf::Birthday) name=words::lead(LeadOf::Birthday) unit=words::DAYS scale=Scale::Whole
                read=|policy| Some(policy.lead.birthday_days.into()) write=|policy, typed| policy.lead.birthday_days = short(typed) />
            <Figure id=lead_id(LeadOf::Festival) name=words::lead(LeadOf::Festival) unit=words::DAYS scale=Scale::Whole
                read=|policy| Some(policy.lead.festival_days.into()) write=|policy, typed| policy.lead.festival_days = short(typed) />
            <Figure id=lead_id(LeadOf::Contract) name=words::lead(LeadOf::Contract) unit=words::DAYS scale=Scale::Whole
                read=|policy| Some(policy.lead.contract_days.into()) write=|policy, typed| policy.lead.contract_days = short(typed) />
        </section>
    }
}

#[component]
pub fn Fall() -> impl IntoView {
    view! {
        <section aria-labelledby="h-fall">
            <div class="head"><h2 id="h-fall">{t(words::FALL)}</h2><span class="small faint">{t(words::FALL_SAY)}</span></div>
            <Figure id=FALL_PERCENT name=t(words::FALL_PERCENT) unit=PERCENT scale=Scale::Whole
                read=|policy| Some(policy.fall.percent.into()) write=|policy, typed| policy.fall.percent = tiny(typed) />
            <Figure id=FALL_MONTHS name=t(words::FALL_MONTHS) unit=words::MONTHS scale=Scale::Whole
                read=|policy| Some(policy.fall.months.into()) write=|policy, typed| policy.fall.months = tiny(typed) />
            <Figure id=FALL_LEAST name=t(words::FALL_LEAST) unit=words::YUAN scale=Scale::Yuan
                read=|policy| Some(policy.fall.at_least.0) write=|policy, typed| policy.fall.at_least = Fen(typed.unwrap_or_default()) />
        </section>
    }
}

const PERCENT: Words = Words { zh: "%", en: "%" };

#[component]
pub fn Hours() -> impl IntoView {
    view! {
        <section aria-labelledby="h-hours">
            <div class="head"><h2 id="h-hours">{t(words::HOURS)}</h2><span class="small faint">{t(words::HOURS_SAY)}</span></div>
            <Figure id=VISITS_A_WEEK name=t(words::VISITS_A_WEEK) unit=words::TIMES scale=Scale::Whole is_optional=true
                read=|policy| policy.visits_a_week.map(i64::from) write=|policy, typed| policy.visits_a_week = typed.map(|typed| short(Some(typed))) />
            <Figure id=HOURS_A_WEEK name=t(words::HOURS_A_WEEK) unit=words::HOURS_UNIT scale=Scale::Whole
                read=|policy| Some(policy.hours.hours_a_week.into()) write=|policy, typed| policy.hours.hours_a_week = short(typed) />
            <Figure id=VISIT_MINUTES name=t(words::VISIT_MINUTES) unit=words::MINUTES scale=Scale::Whole
                read=|policy| Some(policy.hours.minutes_per_visit.into()) write=|policy, typed| policy.hours.minutes_per_visit = short(typed) />
            <Figure id=CALL_MINUTES name=t(words::CALL_MINUTES) unit=words::MINUTES scale=Scale::Whole
                read=|policy| Some(policy.hours.minutes_per_call.into()) write=|policy, typed| policy.hours.minutes_per_call = short(typed) />
            <Figure id=RATE name=t(words::RATE) unit=words::YUAN scale=Scale::Yuan is_optional=true
                read=|policy| policy.rate_an_hour.map(|rate| rate.0) write=|policy, typed| policy.rate_an_hour = typed.map(Fen) />
        </section>
    }
}
