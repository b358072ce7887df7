//! 等级标准: the rules at the left, who moves at the right, the day it counts from below.

mod bar;
mod faults;
mod flow;
mod head;
mod ladder;
mod movers;
mod near;
mod preview;
mod shown;
mod start;
mod step;
mod tiers;
mod weights;

pub use preview::Preview;
pub use start::Beginning;

use super::desk::Desk;
use super::foot::{Foot, MendNote};
use super::published::PublishedNote;
use super::versions::Versions;
use crate::components::EmptyState;
use crate::components::online::{Answered, OfflineNote};
use crate::components::tier_badge::{TierLook, weight};
use crate::i18n::{fill, t};
use crate::words::rules as shared;
use crate::words::rules::scheme as words;
use domain::ids::{OrgUnitId, TierSchemeId};
use domain::tier::{Freeze, TierCode, TierScheme};
use domain::version::VersionState;
use ladder::Ladders;
use leptos::prelude::*;
use preview::PreviewPane;
use shown::ShownScheme;
use start::Start;
use std::collections::BTreeMap;
use tiers::Tiers;
use uuid::Uuid;
use weights::Weights;

/// How strong a tier is drawn, 4 the highest.
fn weight_of(rank: usize, tiers: usize) -> u8 {
    weight(rank, tiers)
}

fn fill_class(weight: u8) -> &'static str {
    match weight {
        4 => "t4",
        3 => "t3",
        2 => "t2",
        _ => "t1",
    }
}

fn look_of(scheme: &TierScheme, tier: &TierCode) -> TierLook {
    let rank = scheme.rank(tier).unwrap_or(scheme.tiers.len());
    TierLook { name: words::tier_name(scheme, tier), weight: weight_of(rank, scheme.tiers.len()) }
}

/// What stands where there is no scheme.
fn nothing() -> TierScheme {
    TierScheme {
        id: TierSchemeId(Uuid::nil()),
        org_unit_id: OrgUnitId(Uuid::nil()),
        version: 0,
        state: VersionState::Draft,
        effective_on: None,
        tiers: Vec::new(),
        ladders: Vec::new(),
        freeze: Freeze::None,
        weights: BTreeMap::new(),
    }
}

#[component]
pub fn SchemePart() -> impl IntoView {
    let desk = Desk::<TierScheme>::expect();
    let has_draft = Memo::new(move |_| desk.has_draft());
    view! {
        <div class="rules scroll">
            <OfflineNote />
            <Answered asked=desk.rules>
                <PublishedNote desk />
                {move || match (has_draft.get(), desk.may_write) {
                    (true, true) => view! { <Written /> }.into_any(),
                    (true, false) => view! {
                        <p class="small quiet">{t(shared::READ_ONLY)}</p>
                        <MendNote desk />
                        <ShownScheme scheme=Signal::derive(move || desk.body.get().unwrap_or_else(nothing)) />
                    }.into_any(),
                    (false, true) => view! { <Start /> }.into_any(),
                    (false, false) => view! { <InForce /> }.into_any(),
                }}
                <Versions desk look=|scheme| view! { <ShownScheme scheme=Signal::derive(move || scheme.clone()) /> }.into_any() />
            </Answered>
        </div>
        {move || has_draft.get().then(|| view! { <PreviewPane /> })}
        {move || (has_draft.get() && desk.may_write).then(|| view! {
            <Foot desk day_say=Signal::derive(move || if desk.read(|scheme| scheme.freeze == Freeze::Yearly) { shared::DAY_SAY_FROZEN } else { shared::DAY_SAY })>
                <Consequence />
            </Foot>
        })}
    }
}

#[component]
fn Written() -> impl IntoView {
    let desk = Desk::<TierScheme>::expect();
    view! {
        <MendNote desk />
        <Tiers />
        <Ladders />
        <Weights />
        <section aria-label=t(words::FREEZE)>
            <label class="tick">
                <input type="checkbox" prop:checked=move || desk.read(|scheme| scheme.freeze == Freeze::Yearly)
                    on:change=move |event| {
                        let freeze = if event_target_checked(&event) { Freeze::Yearly } else { Freeze::None };
                        desk.edit(|scheme| scheme.freeze = freeze);
                    } />
                <span>{t(words::FREEZE)}<span class="small quiet tick-say">{t(words::FREEZE_SAY)}</span></span>
            </label>
        </section>
    }
}

/// For those who only look, while nobody writes.
#[component]
fn InForce() -> impl IntoView {
    let desk = Desk::<TierScheme>::expect();
    let today = desk.workbench.today();
    let version = Memo::new(move |_| desk.in_force(today));
    move || match version.get() {
        None => view! { <EmptyState icon="tier" title=t(words::NO_SCHEME) text=t(words::NO_SCHEME_SAY) /> }
            .into_any(),
        Some(scheme) => view! {
            <p class="small quiet">{fill(shared::IN_FORCE_NOW, &[("n", &scheme.version)])}</p>
            <ShownScheme scheme=Signal::derive(move || scheme.clone()) />
        }
        .into_any(),
    }
}

/// What publishing does to the customers.
#[component]
fn Consequence() -> impl IntoView {
    let preview = expect_context::<Preview>();
    preview.answer.get_untracked().map(|answer| {
        view! {
            <p><b>{fill(words::FLOW, &[("n", &answer.customers), ("up", &answer.up), ("down", &answer.down), ("same", &answer.same)])}</b></p>
        }
    })
}
