//! How many customers of each tier a manager may hold.

use super::faults::limit_id;
use crate::components::Segment;
use crate::i18n::{fill, t};
use crate::pages::rules::amount::AmountInput;
use crate::pages::rules::desk::Desk;
use crate::pages::rules::standard::{scheme_on, tier_name};
use crate::words::rules::policy as words;
use domain::capacity::LoadLimit;
use domain::policy::Policy;
use domain::scale::Scale;
use domain::tier::TierCode;
use leptos::prelude::*;

#[component]
pub fn Limits() -> impl IntoView {
    let desk = Desk::<Policy>::expect();
    // The tiers of its first day, and whatever else it limits.
    let tiers = Memo::new(move |_| {
        let on = desk.read(|policy| policy.effective_on);
        let mut tiers: Vec<TierCode> = desk.rules.answer.with(|book| {
            let scheme = book.as_ref().and_then(|book| scheme_on(book, on));
            scheme
                .map(|scheme| scheme.tiers.iter().map(|tier| tier.code.clone()).collect())
                .unwrap_or_default()
        });
        let limited = desk.read(|policy| policy.limits.keys().cloned().collect::<Vec<_>>());
        for tier in limited {
            if !tiers.contains(&tier) {
                tiers.push(tier);
            }
        }
        tiers
    });
    view! {
        <section aria-labelledby="h-limits">
            <div class="head"><h2 id="h-limits">{t(words::LIMITS)}</h2><span class="small faint">{t(words::LIMITS_SAY)}</span></div>
            {move || tiers.with(Vec::is_empty).then(|| view! { <p class="small quiet">{t(words::LIMITS_WAIT)}</p> })}
            <For each=move || tiers.get() key=|tier| tier.clone() let:tier><OneLimit tier /></For>
        </section>
    }
}

#[component]
fn OneLimit(tier: TierCode) -> impl IntoView {
    let desk = Desk::<Policy>::expect();
    let id = limit_id(&tier);
    let fault = desk.fault_at(id.clone());
    let group = format!("{id}-kind");
    let tier = StoredValue::new(tier);
    let limit =
        Memo::new(move |_| tier.with_value(|tier| desk.read(|policy| policy.limits.get(tier).copied())));
    let name = Memo::new(move |_| {
        let on = desk.read(|policy| policy.effective_on);
        desk.rules.answer.with(|book| {
            book.as_ref().map(|book| tier.with_value(|tier| tier_name(book, on, tier))).unwrap_or_default()
        })
    });
    let kind_label = untrack(|| fill(words::LIMIT_KIND, &[("tier", &name.get())]));
    view! {
        <div class="line-field">
            <span>{move || name.get()}</span>
            <span class="limit">
                <AmountInput id label=Signal::derive(move || fill(words::LIMIT_OF, &[("tier", &name.get())])) is_narrow=true fault
                    unit=Signal::derive(|| t(words::AT_MOST)) scale=Signal::derive(|| Scale::Whole)
                    placeholder=Signal::derive(|| t(words::NO_LIMIT))
                    value=Signal::derive(move || limit.get().map(|limit| i64::from(limit.customers)))
                    on_change=move |typed| {
                        let is_hard = limit.get_untracked().is_some_and(|limit| limit.is_hard);
                        tier.with_value(|tier| desk.edit(|policy| match typed {
                            None => {
                                policy.limits.remove(tier);
                            }
                            Some(typed) => {
                                let customers = u16::try_from(typed).unwrap_or(u16::MAX);
                                policy.limits.insert(tier.clone(), LoadLimit { customers, is_hard });
                            }
                        }));
                    } />
                {move || limit.with(Option::is_some).then(|| view! {
                    <Segment label=kind_label.clone() group=group.clone() class="seg-s"
                        options=vec![(false, t(words::SOFT).to_owned()), (true, t(words::HARD).to_owned())]
                        chosen=Signal::derive(move || limit.get().map(|limit| limit.is_hard))
                        on_choose=move |is_hard| tier.with_value(|tier| desk.edit(|policy| {
                            if let Some(limit) = policy.limits.get_mut(tier) {
                                limit.is_hard = is_hard;
                            }
                        })) />
                })}
            </span>
        </div>
    }
}
