//! 见面前: everything that is due at this customer in one list, and what was said the last times.

use super::desk::Desk;
use super::draft::Draft;
use crate::components::{Dot, Icon};
use crate::i18n::{comma, day, fill, near_day, t};
use crate::pages::customers::{event_name, missing_facts};
use crate::words::{customers, today as today_words, visit as words};
use domain::contract::Contract;
use domain::customer::Customer;
use domain::due::{Business, Due, due_here, minutes};
use domain::event::Event;
use domain::ids::CustomerId;
use domain::promise::{Promise, PromiseBy};
use domain::task::Task;
use domain::time::{Date, days_between};
use domain::visit::{Visit, VisitState};
use leptos::prelude::*;
use replica::Replica;

/// Visits told of.
const LAST_VISITS: usize = 3;

fn due_at(replica: &Replica, id: CustomerId, today: Date) -> Vec<Due> {
    let (Some(customer), Some(rated)) = (replica.get::<Customer>(id), replica.rated(id, today)) else {
        return Vec::new();
    };
    let promises: Vec<&Promise> = replica.of(id).collect();
    let tasks: Vec<&Task> = replica.of(id).collect();
    let events: Vec<&Event> = replica.of(id).collect();
    let contracts: Vec<&Contract> = replica.of(id).collect();
    let business = Business {
        promises: &promises,
        tasks: &tasks,
        events: &events,
        contracts: &contracts,
        missing_facts: u32::try_from(missing_facts(customer).len()).unwrap_or(u32::MAX),
    };
    due_here(&rated, &business, today)
}

/// How pressing a day is, in a class and words.
fn when(due_on: Date, today: Date) -> (&'static str, String) {
    match days_between(today, due_on) {
        late @ ..=-1 => ("small due-why why-late", fill(words::LATE_BY, &[("n", &-late)])),
        0 => ("small due-why why-now", t(words::DUE_TODAY).to_owned()),
        _ => ("small due-why faint", fill(words::DUE_BY, &[("day", &near_day(due_on, today))])),
    }
}

#[component]
pub fn Brief(desk: Desk, is_edit_open: RwSignal<bool>) -> impl IntoView {
    let workbench = desk.workbench;
    let id = desk.customer_id;
    let today = workbench.today();
    let due = Memo::new(move |_| workbench.read(|replica| due_at(replica, id, today)));
    let last = Memo::new(move |_| {
        workbench.read(|replica| {
            let visits = replica.of::<Visit>(id).filter(|visit| visit.state == VisitState::Done);
            let mut last: Vec<Visit> = visits.cloned().collect();
            last.sort_by_key(|visit| std::cmp::Reverse((visit.on, visit.at_minute, visit.id)));
            last.truncate(LAST_VISITS);
            last
        })
    });
    let sum = move || {
        due.with(|due| match due.len() {
            0 => t(words::DUE_NONE).to_owned(),
            n => fill(words::DUE_COUNT, &[("n", &n), ("minutes", &minutes(due))]),
        })
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
                    {move || due.with(Vec::is_empty).then(|| view! { <p class="small quiet">{t(words::DUE_NONE)}</p> })}
                    <ul class="due">
                        <For each=move || due.get() key=|due| format!("{due:?}") let(due)>
                            <DueLine due desk is_edit_open />
                        </For>
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
            </details>
        </section>
    }
}

/// One thing to do here. What the visit itself settles can be ticked, and is recorded together with it.
#[component]
fn DueLine(due: Due, desk: Desk, is_edit_open: RwSignal<bool>) -> impl IntoView {
    let workbench = desk.workbench;
    let today = workbench.today();
    let (class, by) = due.due_on().map_or(("small due-why faint", String::new()), |on| when(on, today));
    let takes = fill(words::TAKES, &[("n", &due.minutes())]);
    let takes_said = takes.clone();
    let why = move |kind: &str| {
        let parts = [kind.to_owned(), by.clone(), takes_said.clone()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(comma())
    };
    match due {
        Due::Promise { promise_id, by, text, .. } => {
            let kind = match by {
                PromiseBy::Us => t(words::PROMISE),
                PromiseBy::Customer => t(words::BY_CUSTOMER),
            };
            let tick = Tick {
                is_ticked: |draft, id| draft.kept.contains(id),
                set: |draft, id, is_ticked| toggle(&mut draft.kept, id, is_ticked),
            };
            view! { <Ticked desk id=promise_id tick text why=why(kind) class /> }.into_any()
        }
        Due::Task { task_id, text, .. } => {
            let tick = Tick {
                is_ticked: |draft, id| draft.tasks_done.contains(id),
                set: |draft, id, is_ticked| toggle(&mut draft.tasks_done, id, is_ticked),
            };
            view! { <Ticked desk id=task_id tick text why=why(t(customers::TASK)) class /> }.into_any()
        }
        Due::Event { event_id, event, .. } => {
            let text = workbench.peek(|replica| event_name(replica, &event, today));
            let tick = Tick {
                is_ticked: |draft, id| draft.answered.contains(id),
                set: |draft, id, is_ticked| toggle(&mut draft.answered, id, is_ticked),
            };
            view! { <Ticked desk id=event_id tick text why=why(t(words::ANSWERS_EVENT)) class /> }.into_any()
        }
        Due::Contract { name, .. } => {
            view! { <li class="due-tell"><span>{name}</span><span class=class>{why(t(customers::CONTRACT))}</span></li> }
                .into_any()
        }
        Due::Birthday { on, turns, is_lunar } => {
            let kind = if is_lunar { t(today_words::BIRTHDAY_LUNAR) } else { "" };
            let told = [kind.to_owned(), near_day(on, today), takes];
            let told: Vec<String> = told.into_iter().filter(|part| !part.is_empty()).collect();
            let text = match turns {
                Some(n) => fill(words::BIRTHDAY_TURNS, &[("n", &n)]),
                None => t(today_words::BIRTHDAY_TODAY).to_owned(),
            };
            let class = if on == today { "small due-why why-now" } else { "small due-why faint" };
            view! { <li class="due-tell"><span>{text}</span><span class=class>{told.join(comma())}</span></li> }.into_any()
        }
        Due::Facts { missing } => {
            let fields = workbench.customer(desk.customer_id).map(|customer| missing_facts(&customer));
            let fields: Vec<String> = fields.unwrap_or_default().into_iter().map(str::to_owned).collect();
            view! {
                <li class="due-fill">
                    <button type="button" class="link hit" on:click=move |_| is_edit_open.set(true)>
                        {fill(words::FILL_IN, &[("field", &customers::listed(&fields))])}
                    </button>
                    <span class="small due-why faint">{why(&fill(words::FACTS_MISSING, &[("n", &missing)]))}</span>
                </li>
            }
            .into_any()
        }
    }
}

/// Where in the draft a tick is kept.
struct Tick<I> {
    is_ticked: fn(&Draft, &I) -> bool,
    set: fn(&mut Draft, I, bool),
}

fn toggle<I: PartialEq>(ids: &mut Vec<I>, id: I, is_ticked: bool) {
    ids.retain(|own| *own != id);
    if is_ticked {
        ids.push(id);
    }
}

#[component]
fn Ticked<I: Copy + Send + Sync + 'static>(
    desk: Desk,
    id: I,
    tick: Tick<I>,
    text: String,
    why: String,
    class: &'static str,
) -> impl IntoView {
    let Tick { is_ticked, set } = tick;
    let is_on = desk.part(move |draft| is_ticked(draft, &id));
    view! {
        <li>
            <label class="tick">
                <input type="checkbox" prop:checked=move || is_on.get()
                    on:change=move |event| desk.change(|draft| set(draft, id, event_target_checked(&event))) />
                <span>{text}<span class=class>{why}</span></span>
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
