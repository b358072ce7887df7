//! A policy as it is read.

use crate::i18n::{comma, t};
use crate::pages::rules::desk::Desk;
use crate::pages::rules::standard::tier_name;
use crate::words::rules as shared;
use crate::words::rules::policy as words;
use domain::care::LeadOf;
use domain::policy::Policy;
use leptos::prelude::*;

#[component]
pub fn ShownPolicy(policy: Policy) -> impl IntoView {
    let desk = Desk::<Policy>::expect();
    let gap = shared::gap();
    let with = |number: String, unit| format!("{number}{gap}{}", t(unit));
    let blank = || t(shared::BLANK).to_owned();
    let lead = [
        (LeadOf::Birthday, policy.lead.birthday_days),
        (LeadOf::Festival, policy.lead.festival_days),
        (LeadOf::Contract, policy.lead.contract_days),
    ]
    .map(|(of, days)| (words::lead(of).to_owned(), with(days.to_string(), words::DAYS)));
    let festivals =
        policy.festivals.iter().map(|festival| (festival.name.clone(), words::festival_day(festival.rule)));
    let fall = [
        (t(words::FALL_PERCENT).to_owned(), format!("{}%", policy.fall.percent)),
        (t(words::FALL_MONTHS).to_owned(), with(policy.fall.months.to_string(), words::MONTHS)),
        (t(words::FALL_LEAST).to_owned(), with(policy.fall.at_least.exact(), words::YUAN)),
    ];
    let limits = policy.limits.iter().map(|(tier, limit)| {
        let name = desk.rules.answer.with(|book| {
            book.as_ref().map(|book| tier_name(book, policy.effective_on, tier)).unwrap_or_default()
        });
        let kind = t(if limit.is_hard { words::HARD } else { words::SOFT });
        (name, format!("{}{}{kind}", with(limit.customers.to_string(), words::CUSTOMERS), comma()))
    });
    let hours = policy.hours;
    let time = [
        (
            t(words::VISITS_A_WEEK).to_owned(),
            policy.visits_a_week.map_or_else(blank, |visits| with(visits.to_string(), words::TIMES)),
        ),
        (t(words::HOURS_A_WEEK).to_owned(), with(hours.hours_a_week.to_string(), words::HOURS_UNIT)),
        (t(words::VISIT_MINUTES).to_owned(), with(hours.minutes_per_visit.to_string(), words::MINUTES)),
        (t(words::CALL_MINUTES).to_owned(), with(hours.minutes_per_call.to_string(), words::MINUTES)),
        (
            t(words::RATE).to_owned(),
            policy.rate_an_hour.map_or_else(blank, |rate| with(rate.exact(), words::YUAN)),
        ),
    ];
    let parts: [(_, Vec<(String, String)>); 5] = [
        (words::LEAD, lead.to_vec()),
        (words::FESTIVALS, festivals.collect()),
        (words::FALL, fall.to_vec()),
        (words::LIMITS, limits.collect()),
        (words::HOURS, time.to_vec()),
    ];
    let parts = parts
        .into_iter()
        .map(|(title, facts)| {
            let is_none = facts.is_empty();
            let facts = facts
                .into_iter()
                .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
                .collect_view();
            view! {
                <section>
                    <div class="head"><h2>{t(title)}</h2></div>
                    {is_none.then(|| view! { <p class="small quiet">{t(crate::words::NONE)}</p> })}
                    <dl class="facts-s">{facts}</dl>
                </section>
            }
        })
        .collect_view();
    view! { <div class="shown">{parts}</div> }
}
