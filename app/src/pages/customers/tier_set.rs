//! 认定等级: a tier set by hand beside the computed one, with a reason and a last day; and its end.

use super::saving::{Saving, SavingProblem};
use super::who::Subject;
use crate::components::date_choice::DateChoice;
use crate::components::{Dialog, Field, Segment, Sheet, tier_look};
use crate::i18n::t;
use crate::words::{self as shared, tiers as words};
use crate::workbench::Workbench;
use chrono::{Datelike, Duration};
use domain::ids::TierOverrideId;
use domain::limits;
use domain::mutation::{EndTierOverride, SetTier};
use domain::rejection::Rejection;
use domain::standard::Period;
use domain::tier::TierCode;
use domain::time::Date;
use leptos::prelude::*;

#[component]
pub fn SetTierSheet(subject: Subject, is_open: RwSignal<bool>) -> impl IntoView {
    let workbench = Workbench::expect();
    let today = workbench.today();
    let saving = Saving::new();
    let tier = RwSignal::new(None::<TierCode>);
    let reason = RwSignal::new(String::new());
    let until = RwSignal::new(None::<Date>);
    let quarter_end = Period::Quarter.holding(today).to;
    Effect::new(move |_| {
        if is_open.get() {
            saving.clear();
            tier.set(None);
            reason.set(String::new());
            until.set(Some(quarter_end));
        }
    });
    let rules = workbench.peek(replica::Replica::rules);
    let scheme = rules.tiers.scheme(today).cloned();
    let options: Vec<(TierCode, String)> = scheme
        .iter()
        .flat_map(|scheme| &scheme.tiers)
        .map(|own| (own.code.clone(), tier_look(scheme.as_ref(), &own.code).name))
        .collect();
    let scheme_id = scheme.as_ref().map(|scheme| scheme.id);
    let save = move || {
        let (Some(scheme_id), Some(tier)) = (scheme_id, tier.get_untracked()) else {
            return saving.fail(shared::rejection(&Rejection::Missing { field: "tier".to_owned() }));
        };
        let set = SetTier {
            override_id: workbench.new_id(),
            customer_id: subject.id,
            scheme_id,
            tier,
            reason: reason.get_untracked(),
            until: until.get_untracked().unwrap_or(quarter_end),
        };
        saving.run(set, move || is_open.set(false));
    };
    let year_end = Date::from_ymd_opt(today.year(), 12, 31).unwrap_or(today);
    let mut offers = vec![
        (t(shared::MONTH_ON), today + Duration::days(30)),
        (t(shared::QUARTER_END), quarter_end),
        (t(shared::YEAR_END), year_end),
    ];
    // In the last quarter they are one day.
    offers.dedup_by_key(|(_, on)| *on);
    view! {
        <Sheet title=t(words::SET_TIER) is_open
            foot=move || view! {
                <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(shared::CANCEL)}</button>
                <button type="button" class="btn btn-main" disabled=move || saving.is_busy() on:click=move |_| save()>{t(shared::SAVE)}</button>
            }>
            <Segment label=t(words::SET_TIER_TO) group="set-tier" class="seg-fill" options=options.clone()
                chosen=tier on_choose=move |chosen| tier.set(Some(chosen)) />
            <Field label=t(words::SET_TIER_REASON) id="set-tier-reason" value=reason rows=3 maxlength=limits::TEXT_CHARS_MAX />
            <DateChoice label=t(words::SET_TIER_UNTIL) id="set-tier-until" offers=offers.clone() chosen=until on_choose=move |on| until.set(on) />
            <p class="small quiet">{t(words::SET_TIER_SAY)}</p>
            <SavingProblem saving />
        </Sheet>
    }
}

#[component]
pub fn EndOverride(subject: Subject, ended: RwSignal<Option<TierOverrideId>>) -> impl IntoView {
    let saving = Saving::new();
    let is_open = RwSignal::new(false);
    Effect::new(move |_| {
        if ended.get().is_some() {
            saving.clear();
            is_open.set(true);
        }
    });
    let end = move || {
        if let Some(override_id) = ended.get_untracked() {
            saving.run(EndTierOverride { override_id, customer_id: subject.id }, move || {
                is_open.set(false);
                ended.set(None);
            });
        }
    };
    view! {
        <Dialog title=t(words::END_OVERRIDE) is_open
            foot=move || view! {
                <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(shared::CANCEL)}</button>
                <button type="button" class="btn btn-main" disabled=move || saving.is_busy() on:click=move |_| end()>{t(words::END_OVERRIDE)}</button>
            }>
            <p>{t(words::END_OVERRIDE_SAY)}</p>
            <SavingProblem saving />
        </Dialog>
    }
}
