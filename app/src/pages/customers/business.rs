//! 任务, 合同 and 事件: what is open at a customer besides promises, how it is added and how it ends.

use super::promises::due;
use super::saving::{Saving, SavingProblem};
use super::who::Subject;
use crate::components::date_choice::{DateChoice, next_days};
use crate::components::{Field, Segment, Sheet, Toasts};
use crate::i18n::{amount, day, fill, t};
use crate::words::{self as shared, customers as words};
use crate::workbench::Workbench;
use chrono::Duration;
use domain::contract::{Contract, ContractState};
use domain::event::Event;
use domain::ids::{ContractId, EventId, TaskId};
use domain::import::{Unit, money_fen};
use domain::limits;
use domain::mutation::{
    AddContract, AddTask, Mutation, RemoveEvent, ReportEvent, SettleContract, SettleTask,
};
use domain::organisation::Colleague;
use domain::rejection::Rejection;
use domain::standard::EventCode;
use domain::task::{Task, TaskState};
use domain::time::Date;
use leptos::prelude::*;
use leptos::task::spawn_local;
use replica::Replica;

/// What a line stands for, and what can be done with it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Task(TaskId),
    Contract(ContractId),
    Event(EventId),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    kind: Kind,
    text: String,
    aside: String,
    due_on: Date,
    is_answered: bool,
}

fn lines(replica: &Replica, subject: Subject, today: Date) -> Vec<Line> {
    let name_of = |id| replica.get::<Colleague>(id).map(|who| who.name.clone()).unwrap_or_default();
    let tasks = replica.of::<Task>(subject.id).filter(|task| task.is_open()).map(|task| Line {
        kind: Kind::Task(task.id),
        text: task.text.clone(),
        aside: format!("{} · {}", t(words::TASK), name_of(task.owner_id)),
        due_on: task.due_on,
        is_answered: false,
    });
    let running = replica.of::<Contract>(subject.id).filter(|contract| contract.is_running());
    let contracts = running.map(|contract| Line {
        kind: Kind::Contract(contract.id),
        text: contract.name.clone(),
        aside: match contract.amount {
            Some(sum) => format!("{} · {}", t(words::CONTRACT), amount(sum)),
            None => t(words::CONTRACT).to_owned(),
        },
        due_on: contract.ends_on,
        is_answered: false,
    });
    let debt = replica.rated(subject.id, today);
    let events = replica.of::<Event>(subject.id).map(|event| {
        let own = debt.iter().flat_map(|rated| &rated.debt.events).find(|own| own.event_id == event.id);
        Line {
            kind: Kind::Event(event.id),
            text: event_name(replica, &event.event, today),
            aside: match &event.note {
                Some(note) => {
                    format!("{} · {note}", fill(words::HAPPENED_ON, &[("day", &day(event.on, today))]))
                }
                None => fill(words::HAPPENED_ON, &[("day", &day(event.on, today))]),
            },
            due_on: own.map_or(event.on, |own| own.due_on),
            is_answered: own.is_none_or(|own| own.owed == 0),
        }
    });
    let mut lines: Vec<Line> =
        tasks.chain(contracts).chain(events.filter(|line| !line.is_answered)).collect();
    lines.sort_by_key(|line| line.due_on);
    lines
}

/// As the standard in force calls it.
pub fn event_name(replica: &Replica, event: &EventCode, today: Date) -> String {
    let rules = replica.rules();
    let standard = rules.standard(today);
    let rules_of = standard.iter().flat_map(|standard| &standard.tiers).flat_map(|tier| &tier.on_event);
    let found = rules_of.into_iter().find(|rule| rule.event == *event);
    found.map_or_else(|| event.0.clone(), |rule| rule.name.clone())
}

/// Events the standard in force knows, each once.
fn event_choices(replica: &Replica, today: Date) -> Vec<(EventCode, String)> {
    let rules = replica.rules();
    let mut choices: Vec<(EventCode, String)> = Vec::new();
    for rule in rules.standard(today).iter().flat_map(|own| &own.tiers).flat_map(|tier| &tier.on_event) {
        if choices.iter().all(|(code, _)| *code != rule.event) {
            choices.push((rule.event.clone(), rule.name.clone()));
        }
    }
    choices
}

#[component]
pub fn OpenBusiness(subject: Subject) -> impl IntoView {
    let workbench = Workbench::expect();
    let today = workbench.today();
    let open = Memo::new(move |_| workbench.read(|replica| lines(replica, subject, today)));
    let is_new_open = RwSignal::new(false);
    view! {
        <section aria-labelledby="h-business">
            <div class="head">
                <h3 id="h-business">{t(words::BUSINESS)}</h3><span class="count">{move || open.with(Vec::len)}</span>
                {subject.may_keep.then(|| view! {
                    <button type="button" class="link small aside hit" on:click=move |_| is_new_open.set(true)>{t(words::ADD_BUSINESS)}</button>
                })}
            </div>
            {move || open.with(Vec::is_empty).then(|| view! { <p class="small quiet">{t(words::BUSINESS_NONE)}</p> })}
            <ul class="promises">
                <For each=move || open.get() key=|line| (line.kind.clone(), line.due_on, line.text.clone()) let(line)>
                    <OpenLine line subject />
                </For>
            </ul>
        </section>
        <NewBusiness subject is_open=is_new_open />
    }
}

#[component]
fn OpenLine(line: Line, subject: Subject) -> impl IntoView {
    let workbench = Workbench::expect();
    let toasts = Toasts::expect();
    let (class, when) = due(line.due_on, workbench.today());
    let customer_id = subject.id;
    let save = move |mutation: Mutation| {
        spawn_local(async move {
            if let Err(error) = workbench.save(mutation).await {
                toasts.say(error.words());
            }
        });
    };
    let actions: Vec<(&'static str, Mutation)> = match line.kind {
        Kind::Task(task_id) => vec![
            (t(words::TASK_DONE), SettleTask { task_id, customer_id, state: TaskState::Done }.into()),
            (t(words::WITHDRAWN), SettleTask { task_id, customer_id, state: TaskState::Dropped }.into()),
        ],
        Kind::Contract(contract_id) => vec![
            (
                t(words::CONTRACT_RENEWED),
                SettleContract { contract_id, customer_id, state: ContractState::Renewed }.into(),
            ),
            (
                t(words::CONTRACT_OVER),
                SettleContract { contract_id, customer_id, state: ContractState::Ended }.into(),
            ),
        ],
        Kind::Event(event_id) => vec![(t(words::EVENT_WRONG), RemoveEvent { event_id, customer_id }.into())],
    };
    view! {
        <li>
            <div><p>{line.text}</p><p class="small quiet">{line.aside}</p></div>
            <span class=class>{when}</span>
            {subject.may_keep.then(|| view! {
                <div class="btns promise-do">
                    {actions.into_iter().enumerate().map(|(at, (label, mutation))| {
                        let class = if at == 0 { "btn" } else { "btn btn-bare" };
                        view! { <button type="button" class=class on:click=move |_| save(mutation.clone())>{label}</button> }
                    }).collect_view()}
                </div>
            })}
        </li>
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Adding {
    Task,
    Contract,
    Event,
}

#[component]
fn NewBusiness(subject: Subject, is_open: RwSignal<bool>) -> impl IntoView {
    let workbench = Workbench::expect();
    let today = workbench.today();
    let saving = Saving::new();
    let adding = RwSignal::new(Adding::Task);
    let text = RwSignal::new(String::new());
    let sum = RwSignal::new(String::new());
    let on = RwSignal::new(None::<Date>);
    let event = RwSignal::new(None::<EventCode>);
    let events = workbench.peek(|replica| event_choices(replica, today));
    Effect::new(move |_| {
        if is_open.get() {
            saving.clear();
            text.set(String::new());
            sum.set(String::new());
            event.set(None);
        }
    });
    Effect::new(move |_| {
        let ahead = if adding.get() == Adding::Event { 0 } else { 7 };
        on.set(Some(today + Duration::days(ahead)));
    });
    let save = move || match mutation(
        workbench,
        subject,
        adding.get_untracked(),
        &text.get_untracked(),
        &sum.get_untracked(),
        on.get_untracked().unwrap_or(today),
        event.get_untracked(),
    ) {
        Ok(mutation) => saving.run(mutation, move || is_open.set(false)),
        Err(rejection) => saving.fail(shared::rejection(&rejection)),
    };
    let kinds: Vec<(Adding, String)> = [
        Some((Adding::Task, t(words::TASK).to_owned())),
        Some((Adding::Contract, t(words::CONTRACT).to_owned())),
        (!events.is_empty()).then(|| (Adding::Event, t(words::EVENT).to_owned())),
    ]
    .into_iter()
    .flatten()
    .collect();
    view! {
        <Sheet title=t(words::ADD_BUSINESS) is_open
            foot=move || view! {
                <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(shared::CANCEL)}</button>
                <button type="button" class="btn btn-main" disabled=move || saving.is_busy() on:click=move |_| save()>{t(shared::SAVE)}</button>
            }>
            <Segment label=t(words::ADD_BUSINESS) group="business-kind" class="seg-fill"
                options=kinds.clone()
                chosen=Signal::derive(move || Some(adding.get())) on_choose=move |chosen| adding.set(chosen) />
            {move || {
                let label = match adding.get() {
                    Adding::Task => words::TASK_WHAT,
                    Adding::Contract => words::CONTRACT_NAME,
                    Adding::Event => words::EVENT_NOTE,
                };
                view! { <Field label=t(label) id="business-text" value=text rows=2 maxlength=limits::NAME_CHARS_MAX /> }
            }}
            {move || (adding.get() == Adding::Contract).then(|| view! {
                <Field label=t(words::CONTRACT_AMOUNT) id="business-sum" value=sum inputmode="decimal" />
            })}
            {
                let events = events.clone();
                move || (adding.get() == Adding::Event).then(|| view! {
                    <Segment label=t(words::EVENT_KIND) group="business-event" class="seg-fill" options=events.clone()
                        chosen=event on_choose=move |chosen| event.set(Some(chosen)) />
                })
            }
            {move || {
                let (label, offers) = match adding.get() {
                    Adding::Event => (words::EVENT_ON, vec![(t(shared::TODAY), today), (t(shared::YESTERDAY), today - Duration::days(1))]),
                    Adding::Task => (words::TASK_DUE, next_days(today)),
                    Adding::Contract => (words::CONTRACT_ENDS, next_days(today)),
                };
                view! { <DateChoice label=t(label) id="business-on" offers chosen=on on_choose=move |chosen| on.set(chosen) /> }
            }}
            <SavingProblem saving />
        </Sheet>
    }
}

fn mutation(
    workbench: Workbench,
    subject: Subject,
    adding: Adding,
    text: &str,
    sum: &str,
    on: Date,
    event: Option<EventCode>,
) -> Result<Mutation, Rejection> {
    let customer_id = subject.id;
    match adding {
        Adding::Task => Ok(AddTask {
            task_id: workbench.new_id(),
            customer_id,
            owner_id: workbench.peek(|replica| replica.actor().employee_id),
            text: text.to_owned(),
            due_on: on,
        }
        .into()),
        Adding::Contract => {
            let amount = match sum.trim() {
                "" => None,
                typed => Some(money_fen(typed, Unit::Yuan).map_err(|_| Rejection::invalid("amount"))?),
            };
            Ok(AddContract {
                contract_id: workbench.new_id(),
                customer_id,
                name: text.to_owned(),
                amount,
                ends_on: on,
            }
            .into())
        }
        Adding::Event => {
            let event = event.ok_or_else(|| Rejection::Missing { field: "event".to_owned() })?;
            let note = Some(text.to_owned()).filter(|note| !note.trim().is_empty());
            Ok(ReportEvent { event_id: workbench.new_id(), customer_id, event, on, note }.into())
        }
    }
}
