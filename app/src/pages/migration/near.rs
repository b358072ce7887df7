//! Who stands near a boundary: one tap sets the tier above as the goal for the end of the quarter.

use super::edit::{Editing, save_goal};
use super::lines::{Lines, NearLine, WIDE_PERCENT};
use crate::components::TierBadge;
use crate::i18n::{Words, day, fill, t};
use crate::pages::customers::href;
use crate::words::migration as words;
use crate::workbench::Workbench;
use domain::migration::{DOWN_PERCENT, UP_PERCENT};
use domain::mutation::Goal;
use domain::standard::Period;
use leptos::prelude::*;
use leptos_router::components::A;
use std::sync::Arc;

#[component]
pub fn Near(lines: Memo<Arc<Lines>>, is_wide: RwSignal<bool>) -> impl IntoView {
    let percent = move || if is_wide.get() { WIDE_PERCENT } else { UP_PERCENT };
    let further = move || if is_wide.get() { words::NEARER } else { words::FURTHER };
    view! {
        <section aria-labelledby="moves-up">
            <Head id="moves-up" title=words::NEAR_UP
                count=Signal::derive(move || lines.with(|lines| lines.up.len()))
                say=Signal::derive(move || fill(words::NEAR_UP_SAY, &[("percent", &percent())])) />
            <ul class="rows flush">
                <For each=move || lines.with(|lines| lines.up.clone()) key=NearLine::clone let(line)>
                    <NearRow line is_up=true />
                </For>
            </ul>
            {move || lines.with(|lines| lines.up.is_empty()).then(|| view! { <p class="small quiet">{t(words::NOBODY_NEAR)}</p> })}
            <button type="button" class="btn btn-bare moves-more" on:click=move |_| is_wide.update(|wide| *wide = !*wide)>
                {move || t(further())}
            </button>
        </section>
        <section aria-labelledby="moves-down">
            <Head id="moves-down" title=words::NEAR_DOWN
                count=Signal::derive(move || lines.with(|lines| lines.down.len()))
                say=Signal::derive(move || fill(words::NEAR_DOWN_SAY, &[("percent", &DOWN_PERCENT)])) />
            <ul class="rows flush">
                <For each=move || lines.with(|lines| lines.down.clone()) key=NearLine::clone let(line)>
                    <NearRow line is_up=false />
                </For>
            </ul>
            {move || lines.with(|lines| lines.down.is_empty()).then(|| view! { <p class="small quiet">{t(words::NOBODY_NEAR)}</p> })}
        </section>
    }
}

#[component]
fn Head(id: &'static str, title: Words, count: Signal<usize>, say: Signal<String>) -> impl IntoView {
    view! {
        <div class="head">
            <h2 id=id>{t(title)}</h2>
            <span class="count">{move || count.get()}</span>
            <span class="small faint aside">{move || say.get()}</span>
        </div>
    }
}

#[component]
fn NearRow(line: NearLine, is_up: bool) -> impl IntoView {
    let editing = Editing::expect();
    let workbench = Workbench::expect();
    let today = workbench.today();
    let end = Period::Quarter.holding(today).to;
    // Towards the tier below there is nothing to aim at.
    let action = match (&line.goal, is_up && line.may_change) {
        (Some((_, by)), _) => {
            let said = fill(words::HAS_GOAL, &[("day", &day(*by, today))]);
            view! { <span class="small quiet nb">{said}</span> }.into_any()
        }
        (None, false) => ().into_any(),
        (None, true) => {
            let values: [(&str, &dyn std::fmt::Display); 2] = [("name", &line.name), ("tier", &line.to_name)];
            let label = fill(words::SET_FOR, &values);
            let (id, name, tier_name) = (line.id, line.name.clone(), line.to_name.clone());
            let goal = Goal { scheme_id: line.scheme_id, tier: line.to.clone(), by: end };
            let set = move |_| {
                let values: [(&str, &dyn std::fmt::Display); 3] =
                    [("name", &name), ("day", &day(end, today)), ("tier", &tier_name)];
                save_goal(workbench, id, Some(goal.clone()), fill(words::GOAL_IS_SET, &values), editing);
            };
            view! { <button type="button" class="btn" aria-label=label on:click=set>{t(words::SET)}</button> }
                .into_any()
        }
    };
    view! {
        <li class="moves-row">
            <A href=href(line.id) attr:class="row">
                <span class="row-body">
                    <span class="row-name"><span>{line.name.clone()}</span>{line.tier.clone().map(|tier| view! { <TierBadge tier /> })}</span>
                    <span class="row-sub moves-why">{line.said.clone()}</span>
                </span>
                {line.holder.clone().map(|holder| view! { <span class="small faint nb">{holder}</span> })}
            </A>
            {action}
        </li>
    }
}
