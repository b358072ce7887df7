//! The tiers of the draft, the highest first: named, moved, added, removed.

use super::faults::{TIERS, tier_name_id};
use super::look_of;
use super::preview::Preview;
use crate::components::{FieldError, Icon, TierBadge};
use crate::i18n::{fill, t};
use crate::pages::rules::desk::Desk;
use crate::words::rules as shared;
use crate::words::rules::scheme as words;
use domain::limits::{LABEL_CHARS_MAX, TIERS_MAX};
use domain::tier::{Tier, TierCode, TierScheme};
use leptos::prelude::*;
use uuid::Uuid;

#[component]
pub fn Tiers() -> impl IntoView {
    let desk = Desk::<TierScheme>::expect();
    let codes = Memo::new(move |_| {
        desk.read(|scheme| scheme.tiers.iter().map(|tier| tier.code.clone()).collect::<Vec<_>>())
    });
    let add = move || {
        let code = desk.workbench.new_id::<Uuid>().simple().to_string();
        desk.edit(|scheme| {
            let tier = Tier { code: TierCode(code), name: String::new() };
            scheme.add_tier(scheme.tiers.len(), tier);
        });
    };
    // With two standards a tier's counts belong to neither of them.
    let has_counts = Memo::new(move |_| desk.read(|scheme| scheme.ladders.len() > 1));
    view! {
        <section aria-labelledby="h-tiers">
            <div class="head"><h2 id="h-tiers">{t(words::TIERS)}</h2><span class="small faint">{t(words::TIERS_SAY)}</span></div>
            <FieldError text=desk.fault_at(TIERS) />
            <ul class="tiers">
                <For each=move || codes.get() key=|code| code.clone() let:code>
                    <OneTier code has_counts />
                </For>
            </ul>
            {move || codes.with(Vec::is_empty).then(|| view! { <p class="small quiet">{t(words::NO_TIERS_YET)}</p> })}
            <button type="button" id=TIERS class="chip chip-add" disabled=move || codes.with(|codes| codes.len() >= TIERS_MAX)
                on:click=move |_| add()><Icon name="plus" small=true />{t(words::ADD_TIER)}</button>
        </section>
    }
}

#[component]
fn OneTier(code: TierCode, has_counts: Memo<bool>) -> impl IntoView {
    let desk = Desk::<TierScheme>::expect();
    let preview = expect_context::<Preview>();
    let code = StoredValue::new(code);
    let rank =
        Memo::new(move |_| desk.read(|scheme| code.with_value(|code| scheme.rank(code))).unwrap_or_default());
    let name = Memo::new(move |_| {
        let rank = rank.get();
        desk.read(|scheme| scheme.tiers.get(rank).map(|tier| tier.name.clone())).unwrap_or_default()
    });
    let called =
        Memo::new(move |_| desk.read(|scheme| code.with_value(|code| words::tier_name(scheme, code))));
    let badge = Memo::new(move |_| code.with_value(|code| desk.read(|scheme| Some(look_of(scheme, code)))));
    let id = code.with_value(tier_name_id);
    let fault = desk.fault_at(id.clone());
    let error_id = format!("{id}-e");
    let described = error_id.clone();
    view! {
        <li>
            <span class="tiers-badge">{move || badge.get().map(|tier| view! { <TierBadge tier /> })}</span>
            <span class="tiers-name">
                <input class="input" id=id autocomplete="off" maxlength=LABEL_CHARS_MAX
                    aria-label=move || fill(words::TIER_NAME, &[("n", &(rank.get() + 1))])
                    placeholder=t(shared::BLANK) aria-describedby=described
                    aria-invalid=move || fault.with(Option::is_some).to_string()
                    prop:value=move || name.get()
                    on:input=move |event| {
                        let typed = event_target_value(&event);
                        code.with_value(|code| desk.edit(|scheme| {
                            if let Some(tier) = scheme.tiers.iter_mut().find(|tier| tier.code == *code) {
                                tier.name = typed;
                            }
                        }));
                    } />
                <FieldError id=error_id text=fault />
            </span>
            {move || has_counts.get().then(|| {
                let (now, draft) = preview.counts(&code.get_value());
                view! { <span class="small quiet tiers-count">{now}" → "{draft}</span> }
            })}
            <button type="button" class="btn btn-icon" aria-label=move || fill(words::RAISE, &[("name", &called.get())])
                disabled=move || rank.get() == 0
                on:click=move |_| code.with_value(|code| desk.edit(|scheme| scheme.raise_tier(code)))><span class="turned"><Icon name="down" /></span></button>
            <button type="button" class="btn btn-icon" aria-label=move || fill(shared::REMOVE_NAMED, &[("name", &called.get())])
                on:click=move |_| remove(desk, &code.get_value())><Icon name="x" /></button>
        </li>
    }
}

/// A tier goes with all its figures: it can be taken back.
fn remove(desk: Desk<TierScheme>, code: &TierCode) {
    let Some(before) = desk.body.get_untracked() else { return };
    let name = words::tier_name(&before, code);
    desk.edit(|scheme| scheme.remove_tier(code));
    let said = fill(words::REMOVED, &[("name", &name)]);
    desk.toasts.say_with_undo(said, t(crate::words::UNDO), move || {
        let before = before.clone();
        desk.edit(|scheme| {
            (scheme.tiers, scheme.ladders) = (before.tiers, before.ladders);
        });
    });
}
