//! 客户迁徙计划 (R047): who stands near a boundary, who moved this month and by what, who is to be brought up by when, and
//! what came of it. A manager sees their own book, a lead all of them.

mod edit;
mod lines;
mod near;

pub use edit::{Aim, EditGoal, Editing};

use crate::components::{Bar, EmptyState, Icon, TierBadge};
use crate::i18n::{day, fill, t};
use crate::pages::customers::href;
use crate::words::migration as words;
use crate::workbench::Workbench;
use domain::tier_goal::Outcome;
use leptos::prelude::*;
use leptos_router::components::A;
use lines::{GoalLine, Lines, MovedLine};
use near::Near;
use std::sync::Arc;

#[component]
pub fn Migration() -> impl IntoView {
    let workbench = Workbench::expect();
    let is_wide = RwSignal::new(false);
    let lines = Memo::new(move |_| {
        let is_wide = is_wide.get();
        workbench.read(|replica| Lines::of(replica, workbench.today(), is_wide))
    });
    let editing = Editing::new();
    provide_context(editing);
    let aside = Signal::derive(move || {
        lines.with(|lines| {
            let near = lines.up.len() + lines.down.len();
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("near", &near), ("goals", &lines.goals.len())];
            lines.has_scheme.then(|| fill(words::COUNTS, &values))
        })
    });
    let has_scheme = Memo::new(move |_| lines.with(|lines| lines.has_scheme));
    view! {
        <Bar title=t(words::TITLE) aside without_search=true />
        <main class="page moves scroll">
            {move || editing.problem.get().map(|said| view! {
                <div class="note note-danger moves-over" role="alert"><Icon name="alert" /><p>{said}</p></div>
            })}
            {move || if has_scheme.get() {
                view! {
                    <div class="moves-near"><Near lines is_wide /></div>
                    <div class="moves-rest">
                        <Goals lines />
                        <Moved lines />
                        <WouldMove lines />
                    </div>
                }.into_any()
            } else {
                view! { <EmptyState icon="tier" title=t(words::NO_SCHEME) text=t(words::NO_SCHEME_SAY) /> }.into_any()
            }}
        </main>
        <EditGoal editing />
    }
}

#[component]
fn Goals(lines: Memo<Arc<Lines>>) -> impl IntoView {
    view! {
        <section aria-labelledby="moves-goals">
            <div class="head"><h2 id="moves-goals">{t(words::GOALS)}</h2>
                <span class="count">{move || lines.with(|lines| lines.goals.len())}</span></div>
            {move || lines.with(|lines| lines.goals.is_empty()).then(|| view! { <p class="small quiet">{t(words::NO_GOALS)}</p> })}
            <ul class="rows flush">
                <For each=move || lines.with(|lines| lines.goals.clone()) key=GoalLine::clone let(line)>
                    <Goal line />
                </For>
            </ul>
        </section>
    }
}

#[component]
fn Goal(line: GoalLine) -> impl IntoView {
    let editing = Editing::expect();
    let workbench = Workbench::expect();
    let today = workbench.today();
    let near = |on| day(on, today);
    let (class, outcome) = match line.outcome {
        Outcome::Reached { on, is_held: true } => ("ok-words", fill(words::REACHED, &[("day", &near(on))])),
        Outcome::Reached { on, is_held: false } => {
            ("warn-words", fill(words::REACHED_LOST, &[("day", &near(on))]))
        }
        Outcome::Open { days_left: 0 } => ("warn-words", t(words::OPEN_TODAY).to_owned()),
        Outcome::Open { days_left } => ("quiet", fill(words::OPEN_DAYS, &[("n", &days_left)])),
        Outcome::Missed => ("warn-words", t(words::MISSED).to_owned()),
    };
    let values: [(&str, &dyn std::fmt::Display); 2] = [("day", &near(line.by)), ("tier", &line.goal_name)];
    let goal = fill(words::GOAL_OF, &values);
    let change = fill(words::CHANGE_FOR, &[("name", &line.name)]);
    let id = line.id;
    let edit = move |_| editing.aim.set(workbench.peek(|replica| Aim::of(replica, id, today)));
    view! {
        <li class="moves-row">
            <A href=href(line.id) attr:class="row">
                <span class="row-body">
                    <span class="row-name"><span>{line.name.clone()}</span>{line.tier.clone().map(|tier| view! { <TierBadge tier /> })}</span>
                    <span class="row-sub">{goal}" · "<span class=class>{outcome}</span></span>
                </span>
                {line.holder.clone().map(|holder| view! { <span class="small faint nb">{holder}</span> })}
            </A>
            {line.may_change.then(|| view! {
                <button type="button" class="btn btn-bare" aria-label=change on:click=edit>{t(words::CHANGE)}</button>
            })}
        </li>
    }
}

#[component]
fn Moved(lines: Memo<Arc<Lines>>) -> impl IntoView {
    view! {
        <section aria-labelledby="moves-moved">
            <div class="head"><h2 id="moves-moved">{t(words::MOVED)}</h2>
                <span class="count">{move || lines.with(|lines| lines.moved.len())}</span></div>
            {move || lines.with(|lines| lines.moved.is_empty()).then(|| view! { <p class="small quiet">{t(words::MOVED_NONE)}</p> })}
            <ul class="rows flush">
                <For each=move || lines.with(|lines| lines.moved.clone()) key=MovedLine::clone let(line)>
                    <MovedRow line />
                </For>
            </ul>
        </section>
    }
}

/// The provisional movements while the year's list is frozen (R046).
#[component]
fn WouldMove(lines: Memo<Arc<Lines>>) -> impl IntoView {
    let count = Memo::new(move |_| lines.with(|lines| lines.would_move.len()));
    let is_frozen = Memo::new(move |_| lines.with(|lines| lines.is_frozen));
    view! {
        {move || is_frozen.get().then(|| view! {
            <section aria-labelledby="moves-would">
                <div class="head"><h2 id="moves-would">{t(words::WOULD)}</h2><span class="count">{count}</span></div>
                <p class="small quiet">{t(words::WOULD_SAY)}</p>
                <ul class="rows flush">
                    <For each=move || lines.with(|lines| lines.would_move.clone()) key=MovedLine::clone let(line)>
                        <MovedRow line />
                    </For>
                </ul>
            </section>
        })}
    }
}

#[component]
fn MovedRow(line: MovedLine) -> impl IntoView {
    let sign = match line.is_up {
        Some(true) => view! { <span class="move-up" aria-hidden="true">"↑"</span> }.into_any(),
        Some(false) => view! { <span class="move-down" aria-hidden="true">"↓"</span> }.into_any(),
        None => view! { <span class="faint" aria-hidden="true">"·"</span> }.into_any(),
    };
    view! {
        <li><A href=href(line.id) attr:class="row">
            {sign}
            <span class="row-body">
                <span class="row-name"><span>{line.name}</span>{line.to.map(|tier| view! { <TierBadge tier /> })}</span>
                <span class="row-sub">{line.said}</span>
            </span>
            {line.holder.map(|holder| view! { <span class="small faint nb">{holder}</span> })}
        </A></li>
    }
}
