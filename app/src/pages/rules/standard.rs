//! 走访标准: what each tier is owed, in numbers and in words.

mod events;
mod faults;
mod row;
mod shown;

use super::amount::AmountInput;
use super::desk::Desk;
use super::foot::{Foot, MendNote};
use super::published::PublishedNote;
use super::scheme::Beginning;
use super::versions::Versions;
use crate::components::online::{Answered, OfflineNote};
use crate::components::{EmptyState, FieldError, Icon};
use crate::i18n::{fill, t};
use crate::words::rules as shared;
use crate::words::rules::scheme;
use crate::words::rules::standard as words;
use domain::api::RuleBook;
use domain::ids::{OrgUnitId, VisitStandardId};
use domain::scale::Scale;
use domain::standard::{Period, Quota, TierStandard, VisitStandard, telecom};
use domain::tier::{TierCode, TierScheme};
use domain::time::Date;
use domain::version::{VersionState, in_force};
use faults::{CARRIED, TIERS};
use leptos::prelude::*;
use row::TierRow;
use shown::ShownStandard;
use uuid::Uuid;

/// The tiers that will hold on a standard's first day; while that is blank, those that take effect last.
pub fn scheme_on(book: &RuleBook, on: Option<Date>) -> Option<&TierScheme> {
    in_force(&book.tier_schemes, on.unwrap_or(Date::MAX))
}

/// As the scheme of that day calls it, or the last that ever did.
pub fn tier_name(book: &RuleBook, on: Option<Date>, tier: &TierCode) -> String {
    let of_day = scheme_on(book, on).filter(|scheme| scheme.rank(tier).is_some());
    let ever = || book.tier_schemes.iter().rev().find(|scheme| scheme.rank(tier).is_some());
    of_day.or_else(ever).map_or_else(|| tier.0.clone(), |known| scheme::tier_name(known, tier))
}

/// The tiers of the draft's first day, the highest first.
fn tiers_of(desk: Desk<VisitStandard>) -> Vec<TierCode> {
    let on = desk.read(|standard| standard.effective_on);
    desk.rules.answer.with(|book| {
        let scheme = book.as_ref().and_then(|book| scheme_on(book, on));
        scheme.map(|scheme| scheme.tiers.iter().map(|tier| tier.code.clone()).collect()).unwrap_or_default()
    })
}

fn blank_tier(tier: TierCode) -> TierStandard {
    TierStandard {
        tier,
        visits: Quota { count: None, per: Period::Quarter },
        calls: Quota { count: None, per: Period::Month },
        on_event: Vec::new(),
    }
}

#[component]
pub fn StandardPart() -> impl IntoView {
    let desk = Desk::<VisitStandard>::expect();
    let has_draft = Memo::new(move |_| desk.has_draft());
    let shown = move || desk.body.get().or_else(|| desk.in_force(desk.workbench.today()));
    view! {
        <div class="rules rules-narrow scroll">
            <OfflineNote />
            <Answered asked=desk.rules>
                <PublishedNote desk />
                {move || match (has_draft.get(), desk.may_write) {
                    (true, true) => view! { <Written /> }.into_any(),
                    (false, true) => view! { <Start /> }.into_any(),
                    (is_draft, false) => view! {
                        <p class="small quiet">{t(shared::READ_ONLY)}</p>
                        {is_draft.then(|| view! { <MendNote desk /> })}
                        {move || match shown() {
                            Some(standard) => view! { <ShownStandard standard /> }.into_any(),
                            None => view! { <EmptyState icon="pin" title=t(words::NO_STANDARD) text=t(words::NO_STANDARD_SAY) /> }.into_any(),
                        }}
                    }.into_any(),
                }}
                <Versions desk look=|standard| view! { <ShownStandard standard /> }.into_any() />
            </Answered>
        </div>
        {move || (has_draft.get() && desk.may_write).then(|| view! {
            <Foot desk day_say=Signal::derive(|| shared::DAY_SAY)>""</Foot>
        })}
    }
}

#[component]
fn Start() -> impl IntoView {
    let desk = Desk::<VisitStandard>::expect();
    let today = desk.workbench.today();
    let version = Memo::new(move |_| desk.in_force(today));
    let scheme = Memo::new(move |_| {
        desk.rules.answer.with(|book| book.as_ref().and_then(|book| scheme_on(book, None)).cloned())
    });
    let blank = move |scheme: &TierScheme| VisitStandard {
        id: VisitStandardId(Uuid::nil()),
        org_unit_id: OrgUnitId(Uuid::nil()),
        version: 1,
        state: VersionState::Draft,
        effective_on: None,
        carried_periods: telecom(VisitStandardId(Uuid::nil()), OrgUnitId(Uuid::nil()), scheme)
            .carried_periods,
        do_event_visits_count: false,
        tiers: scheme.tiers.iter().map(|tier| blank_tier(tier.code.clone())).collect(),
    };
    // The source's numbers fit where its tiers are: 水晶, 商业A.
    let fits = |draft: &VisitStandard| draft.tiers.iter().any(|own| own.visits.count.is_some());
    move || match scheme.get() {
        None => {
            view! { <EmptyState icon="tier" title=t(words::NEEDS_SCHEME) text=t(words::NEEDS_SCHEME_SAY) /> }
                .into_any()
        }
        Some(scheme) => {
            let preset = telecom(VisitStandardId(Uuid::nil()), OrgUnitId(Uuid::nil()), &scheme);
            let preset = fits(&preset).then(|| view! {
                <Beginning icon="plus" name=t(words::START_TELECOM) say=t(words::START_TELECOM_SAY) on_choose=move || desk.begin(preset.clone()) />
            });
            let copy = version.get().map(|version| {
                let say = fill(shared::COPY_SAY, &[("n", &version.version)]);
                view! { <Beginning icon="edit" name=t(shared::COPY) say on_choose=move || desk.begin(version.clone()) /> }
            });
            view! {
                <section aria-labelledby="h-start">
                    <div class="head"><h2 id="h-start">{t(shared::START)}</h2></div>
                    <p class="small quiet">{t(shared::START_SAY)}</p>
                    <ul class="rows flush beginnings">
                        {copy}
                        {preset}
                        <Beginning icon="plus" name=t(words::START_BLANK) say=t(words::START_BLANK_SAY) on_choose=move || desk.begin(blank(&scheme)) />
                    </ul>
                </section>
            }.into_any()
        }
    }
}

#[component]
fn Written() -> impl IntoView {
    let desk = Desk::<VisitStandard>::expect();
    let codes = Memo::new(move |_| {
        desk.read(|standard| standard.tiers.iter().map(|own| own.tier.clone()).collect::<Vec<_>>())
    });
    let missing = Memo::new(move |_| {
        codes
            .with(|codes| tiers_of(desk).into_iter().filter(|tier| !codes.contains(tier)).collect::<Vec<_>>())
    });
    let add_missing = move || {
        let order = tiers_of(desk);
        desk.edit(|standard| {
            standard.tiers.extend(missing.get_untracked().into_iter().map(blank_tier));
            standard.tiers.sort_by_key(|own| order.iter().position(|tier| *tier == own.tier));
        });
    };
    view! {
        <MendNote desk />
        <section aria-labelledby="h-owed">
            <div class="head"><h2 id="h-owed">{t(words::TIERS)}</h2></div>
            <FieldError id=TIERS text=desk.fault_at(TIERS) />
            {move || missing.with(|missing| !missing.is_empty()).then(|| view! {
                <button type="button" class="chip chip-add" on:click=move |_| untrack(add_missing)><Icon name="plus" small=true />{t(words::ADD_MISSING)}</button>
            })}
            <ul class="owed">
                <For each=move || codes.get() key=|code| code.clone() let:code><TierRow code /></For>
            </ul>
        </section>
        <section aria-labelledby="h-counting">
            <div class="head"><h2 id="h-counting">{t(words::RULES)}</h2></div>
            <div class="line-field">
                <span>{t(words::CARRIED)}<span class="small quiet tick-say">{t(words::CARRIED_SAY)}</span></span>
                <span><AmountInput id=CARRIED label=Signal::derive(|| t(words::CARRIED).to_owned()) is_narrow=true
                    unit=Signal::derive(|| t(words::PERIODS)) scale=Signal::derive(|| Scale::Whole) fault=desk.fault_at(CARRIED)
                    value=Signal::derive(move || desk.read(|standard| Some(i64::from(standard.carried_periods))))
                    on_change=move |typed| desk.edit(|standard| {
                        standard.carried_periods = typed.map_or(0, |typed| u8::try_from(typed).unwrap_or(u8::MAX));
                    }) /></span>
            </div>
            <label class="tick">
                <input type="checkbox" prop:checked=move || desk.read(|standard| standard.do_event_visits_count)
                    on:change=move |event| {
                        let does = event_target_checked(&event);
                        desk.edit(|standard| standard.do_event_visits_count = does);
                    } />
                <span>{t(words::EVENTS_COUNT)}</span>
            </label>
        </section>
    }
}
