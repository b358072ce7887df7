//! What one tier is owed: visits and calls a period, what an event adds, and all of it in words.

use super::events::Events;
use super::faults::{count_id, row_id};
use super::{scheme_on, tier_name};
use crate::components::tier_badge::{TierLook, weight};
use crate::components::{FieldError, Icon, TierBadge};
use crate::i18n::{fill, t};
use crate::pages::rules::amount::AmountInput;
use crate::pages::rules::desk::Desk;
use crate::words::rules as shared;
use crate::words::rules::standard as words;
use domain::scale::Scale;
use domain::standard::{Period, Quota, ServiceKind, TierStandard, VisitStandard};
use domain::tier::TierCode;
use leptos::prelude::*;

/// Changes what the draft says of a tier.
pub fn edit(desk: Desk<VisitStandard>, tier: &TierCode, change: impl FnOnce(&mut TierStandard)) {
    desk.edit(|standard| {
        if let Some(own) = standard.tiers.iter_mut().find(|own| own.tier == *tier) {
            change(own);
        }
    });
}

#[component]
pub fn TierRow(code: TierCode) -> impl IntoView {
    let desk = Desk::<VisitStandard>::expect();
    let fault = desk.fault_at(row_id(&code));
    let id = row_id(&code);
    let code = StoredValue::new(code);
    let own =
        Memo::new(move |_| code.with_value(|code| desk.read(|standard| standard.of_tier(code).cloned())));
    let look = Memo::new(move |_| {
        let on = desk.read(|standard| standard.effective_on);
        desk.rules.answer.with(|book| {
            let book = book.as_ref()?;
            code.with_value(|code| {
                let scheme = scheme_on(book, on);
                let place = scheme.and_then(|scheme| Some((scheme.rank(code)?, scheme.tiers.len())));
                let weight = place.map_or(1, |(rank, tiers)| weight(rank, tiers));
                Some(TierLook { name: tier_name(book, on, code), weight })
            })
        })
    });
    let name =
        Memo::new(move |_| look.with(|look| look.as_ref().map(|look| look.name.clone()).unwrap_or_default()));
    let line = move || own.with(|own| own.as_ref().map(words::line).unwrap_or_default());
    view! {
        <li>
            <div class="owed-head">
                {move || look.get().map(|tier| view! { <TierBadge tier /> })}
                <span class="small quiet owed-line">{line}</span>
                {move || fault.with(Option::is_some).then(|| view! {
                    <button type="button" class="btn btn-icon" aria-label=move || fill(shared::REMOVE_NAMED, &[("name", &name.get())])
                        on:click=move |_| code.with_value(|code| desk.edit(|standard| standard.tiers.retain(|own| own.tier != *code)))><Icon name="x" /></button>
                })}
            </div>
            <FieldError id=id text=fault />
            <div class="owed-quotas">
                {ServiceKind::ALL.map(|kind| view! { <QuotaField code kind own name /> }).collect_view()}
            </div>
            <Events code name own />
        </li>
    }
}

#[component]
fn QuotaField(
    code: StoredValue<TierCode>,
    kind: ServiceKind,
    own: Memo<Option<TierStandard>>,
    name: Memo<String>,
) -> impl IntoView {
    let desk = Desk::<VisitStandard>::expect();
    let quota = Memo::new(move |_| own.with(|own| own.as_ref().map(|own| own.quota(kind))));
    let set = move |change: &dyn Fn(&mut Quota)| {
        code.with_value(|code| {
            edit(desk, code, |own| {
                change(match kind {
                    ServiceKind::Visit => &mut own.visits,
                    ServiceKind::Call => &mut own.calls,
                });
            });
        });
    };
    let id = code.with_value(|code| count_id(code, kind));
    let fault = desk.fault_at(id.clone());
    let label = move |words| {
        Signal::derive(move || fill(words, &[("tier", &name.get()), ("kind", &words::kind(kind))]))
    };
    let period_label = label(words::PERIOD_OF);
    let options = Period::ALL
        .into_iter()
        .map(|per| view! {
            <option value=format!("{per:?}") selected=move || quota.get().is_some_and(|quota| quota.per == per)>{words::period(per)}</option>
        })
        .collect_view();
    view! {
        <div class="quota">
            <span class="label">{words::kind(kind)}</span>
            <span class="pick">
                <select class="input" aria-label=move || period_label.get() on:change=move |event| {
                    let typed = event_target_value(&event);
                    if let Some(per) = Period::ALL.into_iter().find(|per| format!("{per:?}") == typed) {
                        set(&|quota| quota.per = per);
                    }
                }>{options}</select>
                <Icon name="down" />
            </span>
            <span class="quota-count">
                <AmountInput id label=label(words::COUNT_OF) is_narrow=true fault
                    unit=Signal::derive(|| t(words::TIMES)) scale=Signal::derive(|| Scale::Whole)
                    value=Signal::derive(move || quota.get().and_then(|quota| quota.count).map(i64::from))
                    on_change=move |typed| {
                        // A number beyond the type is told as too many, not forgotten.
                        let count = typed.map(|typed| u16::try_from(typed).unwrap_or(u16::MAX));
                        set(&|quota| quota.count = count);
                    } />
            </span>
        </div>
    }
}
