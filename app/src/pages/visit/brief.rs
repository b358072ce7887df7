//! 见面前: what is due at this customer, what was said the last times, what they promised.

use super::desk::Desk;
use crate::components::{Dot, Icon};
use crate::i18n::{day, fill, t};
use crate::pages::customers::missing_facts;
use crate::words::{customers, visit as words};
use crate::workbench::Workbench;
use domain::ids::CustomerId;
use domain::promise::{Promise, PromiseBy};
use domain::time::{Date, days_between};
use domain::visit::{Visit, VisitState};
use leptos::prelude::*;

/// Visits told of.
const LAST_VISITS: usize = 3;

fn open_promises(workbench: Workbench, customer: CustomerId, by: PromiseBy) -> Vec<Promise> {
    workbench.read(|replica| {
        let promises =
            replica.of::<Promise>(customer).filter(|promise| promise.is_open() && promise.by == by);
        let mut promises: Vec<Promise> = promises.cloned().collect();
        promises.sort_by_key(|promise| (promise.due_on, promise.id));
        promises
    })
}

fn due(due_on: Date, today: Date) -> (&'static str, String) {
    match days_between(today, due_on) {
        late @ ..=-1 => ("small due-why why-late", fill(words::PROMISE_LATE, &[("n", &-late)])),
        0 => ("small due-why why-now", t(words::PROMISE_DUE_TODAY).to_owned()),
        _ => ("small due-why faint", fill(words::PROMISE_DUE, &[("day", &day(due_on, today))])),
    }
}

#[component]
pub fn Brief(desk: Desk, is_edit_open: RwSignal<bool>) -> impl IntoView {
    let workbench = desk.workbench;
    let id = desk.customer_id;
    let today = workbench.today();
    let ours = Memo::new(move |_| open_promises(workbench, id, PromiseBy::Us));
    let theirs = Memo::new(move |_| open_promises(workbench, id, PromiseBy::Customer));
    let missing = Memo::new(move |_| {
        workbench.customer(id).map(|customer| missing_facts(&customer)).unwrap_or_default()
    });
    let last = Memo::new(move |_| {
        workbench.read(|replica| {
            let visits = replica.of::<Visit>(id).filter(|visit| visit.state == VisitState::Done);
            let mut last: Vec<Visit> = visits.cloned().collect();
            last.sort_by_key(|visit| std::cmp::Reverse((visit.on, visit.at_minute, visit.id)));
            last.truncate(LAST_VISITS);
            last
        })
    });
    let count = move || ours.with(Vec::len) + usize::from(missing.with(|missing| !missing.is_empty()));
    let sum = move || match count() {
        0 => t(words::DUE_NONE).to_owned(),
        n => fill(words::DUE_COUNT, &[("n", &n)]),
    };
    let last_on = move || {
        last.with(|last| last.first().map(|visit| fill(words::LAST_ON, &[("day", &day(visit.on, today))])))
    };
    view! {
        <section class="brief scroll" aria-label=t(words::BEFORE) tabindex="0">
            <details class="brief-in">
                <summary class="brief-sum"><b>{sum}</b><span class="quiet">{last_on}</span><Icon name="down" small=true /></summary>
                <section>
                    <h2>{t(words::DUE_HERE)}</h2>
                    {move || (count() == 0).then(|| view! { <p class="small quiet">{t(words::DUE_NONE)}</p> })}
                    <ul class="due">
                        <For each=move || ours.get() key=|promise| promise.id let(promise)>
                            <Due promise desk />
                        </For>
                        {move || missing.with(|missing| (!missing.is_empty()).then(|| {
                            let fields = customers::listed(&missing.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
                            view! {
                                <li class="due-fill">
                                    <button type="button" class="link hit" on:click=move |_| is_edit_open.set(true)>
                                        {fill(words::FILL_IN, &[("field", &fields)])}
                                    </button>
                                    <span class="small due-why faint">{fill(words::FACTS_MISSING, &[("n", &missing.len())])}</span>
                                </li>
                            }
                        }))}
                    </ul>
                </section>
                <section>
                    <h2>{t(words::LAST_THREE)}</h2>
                    {move || last.with(Vec::is_empty).then(|| view! { <p class="small quiet">{t(words::LAST_NONE)}</p> })}
                    <ol class="last">
                        <For each=move || last.get() key=|visit| (visit.id, visit.written_at) let(visit)>
                            <LastVisit visit today />
                        </For>
                    </ol>
                </section>
                {move || (!theirs.with(Vec::is_empty)).then(|| view! {
                    <section>
                        <h2>{t(words::BY_CUSTOMER)}</h2>
                        <ul class="due">
                            <For each=move || theirs.get() key=|promise| promise.id let(promise)>
                                <Due promise desk />
                            </For>
                        </ul>
                    </section>
                })}
            </details>
        </section>
    }
}

/// A promise that can be ticked as kept; recorded together with the visit.
#[component]
fn Due(promise: Promise, desk: Desk) -> impl IntoView {
    let (class, why) = due(promise.due_on, desk.workbench.today());
    let id = promise.id;
    let is_kept = desk.part(move |draft| draft.kept.contains(&id));
    let tick = move |is_ticked: bool| {
        desk.change(|draft| {
            draft.kept.retain(|kept| *kept != id);
            if is_ticked {
                draft.kept.push(id);
            }
        });
    };
    view! {
        <li>
            <label class="tick">
                <input type="checkbox" prop:checked=move || is_kept.get() on:change=move |event| tick(event_target_checked(&event)) />
                <span>{promise.text}<span class=class>{why}</span></span>
            </label>
        </li>
    }
}

#[component]
fn LastVisit(visit: Visit, today: Date) -> impl IntoView {
    let report = visit.report.unwrap_or_default();
    let minutes =
        report.minutes.map(|minutes| view! { <Dot />{fill(words::VISIT_MINUTES, &[("n", &minutes)])} });
    view! {
        <li><span class="small faint">{day(visit.on, today)}{minutes}</span><p>{report.summary}</p></li>
    }
}
