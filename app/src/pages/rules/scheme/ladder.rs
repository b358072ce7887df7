//! One ladder: whom it speaks of and by what, drawn as a line, and a row a tier.

use super::bar::BandBar;
use super::faults::{LADDERS, exact, ladder_id};
use super::head::LadderHead;
use super::step::StepRows;
use crate::components::{FieldError, Segment};
use crate::i18n::{Language, fill, language, t};
use crate::pages::rules::desk::Desk;
use crate::words::rules::scheme as words;
use domain::scale::Scale;
use domain::tier::{Bound, TierCode, TierScheme, Unit};
use leptos::prelude::*;

/// In what unit a ladder's money reads best.
fn fitting(scheme: &TierScheme, ladder: usize) -> Scale {
    const WAN: i64 = 1_000_000; // fen
    let is_small = |bound: Bound| matches!(bound, Bound::At(value) if value != 0 && value.abs() < WAN);
    let mut steps = scheme.steps_of(ladder).into_iter();
    // English does not count in ten thousands.
    if language() == Language::En || steps.any(|step| is_small(step.floor) || is_small(step.ceiling)) {
        Scale::Yuan
    } else {
        Scale::Wan
    }
}

#[component]
pub fn Ladders() -> impl IntoView {
    let desk = Desk::<TierScheme>::expect();
    let count = Memo::new(move |_| desk.read(|scheme| scheme.ladders.len()));
    view! {
        <FieldError id=LADDERS text=desk.fault_at(LADDERS) />
        <For each=move || 0..count.get() key=|at| *at let:at><OneLadder at /></For>
    }
}

#[component]
fn OneLadder(at: usize) -> impl IntoView {
    let desk = Desk::<TierScheme>::expect();
    let scheme = Memo::new(move |_| desk.body.get());
    let drawn = move || {
        scheme.get().map(|_| view! {
        <BandBar ladder=at scheme=Signal::derive(move || scheme.get().unwrap_or_else(super::nothing)) />
    })
    };
    let has_scheme = Memo::new(move |_| scheme.with(Option::is_some));
    let money =
        RwSignal::new(untrack(|| desk.read(|scheme| Some(fitting(scheme, at))).unwrap_or(Scale::Yuan)));
    let is_money = Memo::new(move |_| {
        desk.read(|scheme| scheme.ladders.get(at).is_some_and(|ladder| ladder.by.unit() == Some(Unit::Fen)))
    });
    let codes = Memo::new(move |_| {
        desk.read(|scheme| {
            scheme.steps_of(at).iter().map(|step| step.tier.clone()).collect::<Vec<TierCode>>()
        })
    });
    let has_counts = Memo::new(move |_| desk.read(|scheme| scheme.ladders.len() == 1));
    let id = ladder_id(at);
    let heading = format!("h-ladder-{at}");
    let labelled = heading.clone();
    view! {
        <section aria-labelledby=labelled>
            <LadderHead at heading />
            <FieldError id=id text=desk.fault_at(ladder_id(at)) />
            {move || has_scheme.get().then(|| untrack(drawn))}
            {move || is_money.get().then(|| view! {
                <div class="money-in">
                    <Segment label=t(words::MONEY_IN) group=format!("money-{at}") class="seg-s"
                        options=vec![(Scale::Yuan, t(words::YUAN).to_owned()), (Scale::Wan, t(words::WAN).to_owned())]
                        chosen=Signal::derive(move || Some(money.get())) on_choose=move |chosen| money.set(chosen) />
                </div>
            })}
            <table class="table rule" class:rule-counts=move || has_counts.get()>
                <thead><tr>
                    <th>{t(words::TIER)}</th><th>{t(words::FROM)}</th><th>{t(words::TO)}</th>
                    {move || has_counts.get().then(|| view! { <th class="r">{t(words::NOW)}</th><th class="r">{t(words::DRAFT)}</th> })}
                </tr></thead>
                <tbody>
                    <For each=move || codes.get() key=|code| code.clone() let:code>
                        <StepRows at code money has_counts />
                    </For>
                </tbody>
            </table>
            <p class="small faint">{move || desk.read(|scheme| exactness(scheme, at))}</p>
        </section>
    }
}

/// What lies on a line and a hair below it, told at the highest line: 99万9999.99元是金，100万整是白金。
fn exactness(scheme: &TierScheme, ladder: usize) -> Option<String> {
    let steps = scheme.steps_of(ladder);
    let (upper, lower, at) =
        steps.iter().zip(steps.iter().skip(1)).rev().find_map(|(upper, lower)| {
            match (upper.floor, lower.ceiling) {
                (Bound::At(floor), Bound::At(ceiling)) if floor == ceiling => Some((upper, lower, floor)),
                _ => None,
            }
        })?;
    let values = [
        ("below", exact(scheme, ladder, at.checked_sub(1)?)),
        ("at", exact(scheme, ladder, at)),
        ("lower", words::tier_name(scheme, &lower.tier)),
        ("upper", words::tier_name(scheme, &upper.tier)),
    ];
    let values: Vec<(&str, &dyn std::fmt::Display)> =
        values.iter().map(|(name, value)| (*name, value as &dyn std::fmt::Display)).collect();
    Some(fill(words::EXACT, &values))
}
