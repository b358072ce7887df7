//! 价值分: five factors whose weights must total exactly 100.

use super::faults::{WEIGHTS, factor_name, factor_name_id, weight_id};
use super::fill_class;
use crate::components::{FieldError, Icon};
use crate::i18n::{fill, t};
use crate::pages::rules::amount::AmountInput;
use crate::pages::rules::desk::Desk;
use crate::words::rules::scheme as words;
use domain::limits::LABEL_CHARS_MAX;
use domain::scale::Scale;
use domain::tier::{Measure, TierScheme, Weight};
use leptos::prelude::*;

const TOTAL: u32 = 100;
const STEP: u8 = 5;

/// The drawing's class of a factor: five that can be told apart.
fn class_of(at: usize) -> &'static str {
    match at {
        4.. => "t0",
        at => fill_class(u8::try_from(4 - at).unwrap_or(1)),
    }
}

fn percent(scheme: &TierScheme, factor: Measure) -> Option<u8> {
    scheme.weights.get(&factor).and_then(|weight| weight.percent)
}

#[component]
pub fn Weights() -> impl IntoView {
    let desk = Desk::<TierScheme>::expect();
    let is_kept = Memo::new(move |_| desk.read(|scheme| !scheme.weights.is_empty()));
    let keep = move |is_kept: bool| {
        desk.edit(|scheme| {
            scheme.weights.clear();
            if is_kept {
                let factors = Measure::FACTORS.into_iter();
                scheme.weights = factors
                    .map(|factor| (factor, Weight { name: words::measure(factor).to_owned(), percent: None }))
                    .collect();
            }
        });
    };
    let toggle = move |is_chosen: bool| {
        let before = desk.read(|scheme| scheme.weights.clone());
        keep(is_chosen);
        if !is_chosen {
            let said = fill(words::REMOVED, &[("name", &t(words::SCORE))]);
            desk.toasts.say_with_undo(said, t(crate::words::UNDO), move || {
                let before = before.clone();
                desk.edit(|scheme| scheme.weights = before);
            });
        }
    };
    view! {
        <section aria-labelledby="h-weights" id=WEIGHTS>
            <div class="head"><h2 id="h-weights">{t(words::SCORE)}</h2><span class="small faint">{t(words::SCORE_SAY)}</span></div>
            <label class="tick">
                <input type="checkbox" prop:checked=move || is_kept.get() on:change=move |event| untrack(|| toggle(event_target_checked(&event))) />
                <span>{t(words::KEEP_SCORE)}</span>
            </label>
            {move || is_kept.get().then(|| view! { <Total /><ul class="weights">{
                Measure::FACTORS.into_iter().enumerate().map(|(at, factor)| view! { <OneWeight at factor /> }).collect_view()
            }</ul> })}
        </section>
    }
}

#[component]
fn Total() -> impl IntoView {
    let desk = Desk::<TierScheme>::expect();
    let shares = Memo::new(move |_| {
        desk.read(|scheme| {
            Measure::FACTORS.map(|factor| percent(scheme, factor).map_or(0, u32::from)).to_vec()
        })
    });
    let total = Memo::new(move |_| shares.with(|shares| shares.iter().sum::<u32>()));
    let words = move || match total.get() {
        TOTAL => fill(words::TOTAL_IS, &[("n", &TOTAL)]),
        less if less < TOTAL => fill(words::TOTAL_SHORT, &[("n", &less), ("rest", &(TOTAL - less))]),
        more => fill(words::TOTAL_OVER, &[("n", &more), ("rest", &(more - TOTAL))]),
    };
    let drawn = move || {
        let mut from = 0;
        let pieces = shares.get().into_iter().enumerate().map(|(at, share)| {
            let x = from;
            from += share;
            view! { <rect class=class_of(at) x=x.to_string() width=share.to_string() height="12" /> }
        });
        let pieces = pieces.collect::<Vec<_>>();
        let rest = TOTAL.saturating_sub(from);
        let gap = (rest > 0)
            .then(|| view! { <rect class="w-gap" x=from.to_string() width=rest.to_string() height="12" /> });
        view! { {pieces}{gap} }
    };
    view! {
        <div class="sum100">
            <svg class="w-bar" viewBox="0 0 100 12" preserveAspectRatio="none" role="img" aria-label=words>{drawn}</svg>
            <b class="nb" class:why-late=move || total.get() != TOTAL>{words}</b>
        </div>
        <FieldError text=desk.fault_at(WEIGHTS) />
    }
}

#[component]
fn OneWeight(at: usize, factor: Measure) -> impl IntoView {
    let desk = Desk::<TierScheme>::expect();
    let weight = Memo::new(move |_| desk.read(|scheme| percent(scheme, factor)));
    let name = Memo::new(move |_| {
        desk.read(|scheme| scheme.weights.get(&factor).map(|weight| weight.name.clone()).unwrap_or_default())
    });
    let called = Memo::new(move |_| desk.read(|scheme| factor_name(scheme, factor)));
    let set = move |percent: Option<u8>| {
        desk.edit(|scheme| {
            if let Some(weight) = scheme.weights.get_mut(&factor) {
                weight.percent = percent;
            }
        });
    };
    let by = move |up: bool| {
        let now = weight.get_untracked().unwrap_or(0);
        let then = if up { now.saturating_add(STEP).min(100) } else { now.saturating_sub(STEP) };
        set(Some(then));
    };
    let fault = desk.fault_at(weight_id(factor));
    let name_fault = desk.fault_at(factor_name_id(factor));
    view! {
        <li>
            <svg aria-hidden="true"><rect class=class_of(at) width="12" height="12" /></svg>
            <span>
                <input class="input" id=factor_name_id(factor) autocomplete="off" maxlength=LABEL_CHARS_MAX aria-label=t(words::FACTOR_NAME)
                    aria-invalid=move || name_fault.with(Option::is_some).to_string()
                    prop:value=move || name.get()
                    on:input=move |event| {
                        let typed = event_target_value(&event);
                        desk.edit(|scheme| if let Some(weight) = scheme.weights.get_mut(&factor) { weight.name = typed; });
                    } />
                <FieldError text=name_fault />
            </span>
            <span class="stepper">
                <button type="button" aria-label=move || fill(words::WEIGHT_LESS, &[("name", &called.get())]) on:click=move |_| by(false)><Icon name="minus" small=true /></button>
                <AmountInput id=weight_id(factor) sign="" scale=Signal::derive(|| Scale::Whole) unit=Signal::derive(|| "")
                    label=Signal::derive(move || fill(words::WEIGHT_OF, &[("name", &called.get())]))
                    placeholder=Signal::derive(|| "–")
                    value=Signal::derive(move || weight.get().map(i64::from))
                    on_change=move |typed| set(typed.and_then(|typed| u8::try_from(typed).ok()))
                    is_wrong=Signal::derive(move || fault.with(Option::is_some)) />
                <button type="button" aria-label=move || fill(words::WEIGHT_MORE, &[("name", &called.get())]) on:click=move |_| by(true)><Icon name="plus" small=true /></button>
            </span>
        </li>
    }
}
