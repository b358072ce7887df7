//! A scheme as it is read: a version that cannot be changed any more, or the draft for those who only look.

use super::bar::BandBar;
use super::faults::{exact, factor_name};
use super::look_of;
use crate::components::TierBadge;
use crate::i18n::{fill, t};
use crate::words::rules as shared;
use crate::words::rules::scheme as words;
use domain::tier::{Bound, Freeze, Step, TierScheme};
use leptos::prelude::*;

#[component]
pub fn ShownScheme(#[prop(into)] scheme: Signal<TierScheme>) -> impl IntoView {
    move || {
        let now = scheme.get();
        let ladders =
            (0..now.ladders.len()).map(|at| view! { <ShownLadder scheme=now.clone() at /> }).collect_view();
        let weights = now.weights.iter().map(|(factor, weight)| {
            let share =
                weight.percent.map_or_else(|| blank().into_any(), |percent| format!("{percent}%").into_any());
            view! { <div><dt>{factor_name(&now, *factor)}</dt><dd>{share}</dd></div> }
        });
        let weights = (!now.weights.is_empty()).then(|| {
            view! {
                <section>
                    <div class="head"><h2>{t(words::SCORE)}</h2></div>
                    <dl class="facts-s">{weights.collect_view()}</dl>
                </section>
            }
        });
        view! {
            <div class="shown">
                {ladders}
                {weights}
                {(now.freeze == Freeze::Yearly).then(|| view! { <p class="small quiet">{t(words::FREEZE)}</p> })}
            </div>
        }
    }
}

fn blank() -> impl IntoView {
    view! { <span class="bad">{t(shared::BLANK)}</span> }
}

#[component]
fn ShownLadder(scheme: TierScheme, at: usize) -> impl IntoView {
    let ladder = scheme.ladders.get(at).cloned();
    let by = ladder.as_ref().map(|ladder| fill(words::BY, &[("what", &words::yardstick(&ladder.by))]));
    let whom = ladder.as_ref().map(|ladder| words::applies(ladder.applies));
    let name = ladder.as_ref().map(|ladder| ladder.name.clone()).filter(|name| !name.trim().is_empty());
    let name = name.unwrap_or_else(|| fill(words::LADDER_N, &[("n", &(at + 1))]));
    let rows = scheme.steps_of(at).into_iter().map(|step| row(&scheme, at, step)).collect_view();
    let drawn = scheme.clone();
    view! {
        <section>
            <div class="head"><h2>{name}</h2><span class="small faint">{whom}{crate::i18n::comma()}{by}</span></div>
            <BandBar ladder=at scheme=Signal::derive(move || drawn.clone()) />
            <table class="table">
                <thead><tr><th>{t(words::TIER)}</th><th>{t(words::FROM)}</th><th>{t(words::TO)}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

fn row(scheme: &TierScheme, at: usize, step: &Step) -> impl IntoView + use<> {
    let end = |bound, open| match bound {
        Bound::At(value) => exact(scheme, at, value).into_any(),
        Bound::Open => view! { <span class="faint">{t(open)}</span> }.into_any(),
        Bound::Blank => blank().into_any(),
    };
    let besides = step
        .besides
        .iter()
        .map(|demand| {
            let amount = demand.at_least.map_or_else(
                || blank().into_any(),
                |value| format!("≥ {}", words::exactly(&demand.of, value)).into_any(),
            );
            view! { <span class="small quiet">{fill(words::BESIDES_SHORT, &[("what", &words::yardstick(&demand.of))])}" "{amount}</span> }
        })
        .collect_view();
    view! {
        <tr>
            <th scope="row"><TierBadge tier=look_of(scheme, &step.tier) /></th>
            <td><span class="shown-from"><span>{end(step.floor, words::NO_FLOOR)}</span>{besides}</span></td>
            <td>{end(step.ceiling, words::NO_CEILING)}</td>
        </tr>
    }
}
