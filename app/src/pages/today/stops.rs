//! The day's stops in their order, one of them open with what to bring and its verbs.

use crate::components::{Dot, EmptyState, Icon};
use crate::i18n::{day, fill, t};
use crate::pages::visits::{
    Asking, DayOrder, OrderButtons, OrderGrip, Pack, StopFacts, VisitLine, whose_agenda,
};
use crate::words::{self as common, today as words, visits};
use crate::workbench::Workbench;
use domain::agenda::{self, DayCount};
use domain::authorize::{Act, may};
use domain::ids::{CustomerId, VisitId};
use domain::promise::{Promise, PromiseBy};
use domain::time::Date;
use domain::visit::{Visit, VisitState};
use leptos::prelude::*;
use replica::Replica;

/// Promises named at an open stop.
const PROMISES_SHOWN_MAX: usize = 3;

/// Stops in their order. Skipped ones have no number, cancelled ones no place.
pub fn numbered<'a>(visits: &[&'a Visit]) -> Vec<(Option<usize>, &'a Visit)> {
    let mut no = 0;
    visits
        .iter()
        .filter(|visit| visit.state != VisitState::Cancelled)
        .map(|visit| {
            let counts = visit.state != VisitState::Skipped;
            no += usize::from(counts);
            (counts.then_some(no), *visit)
        })
        .collect()
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StopLine {
    no: Option<usize>,
    pub visit: VisitLine,
}

pub fn stop_lines(replica: &Replica, on: Date) -> Vec<StopLine> {
    let days = agenda::by_day(replica.all::<Visit>(), whose_agenda(replica), on, on);
    numbered(days.get(&on).map(Vec::as_slice).unwrap_or_default())
        .into_iter()
        .map(|(no, visit)| StopLine { no, visit: VisitLine::of(replica, visit) })
        .collect()
}

/// What was promised to the customer and agreed last time: what to bring, in words.
fn to_bring(replica: &Replica, customer: CustomerId, today: Date) -> Vec<String> {
    let mut promises: Vec<&Promise> = replica
        .of::<Promise>(customer)
        .filter(|promise| promise.is_open() && promise.by == PromiseBy::Us)
        .collect();
    promises.sort_by_key(|promise| (promise.due_on, promise.id));
    let mut lines: Vec<String> = promises
        .into_iter()
        .take(PROMISES_SHOWN_MAX)
        .map(|promise| {
            fill(words::OPEN_PROMISE, &[("text", &promise.text), ("day", &day(promise.due_on, today))])
        })
        .collect();
    let last = replica
        .of::<Visit>(customer)
        .filter(|visit| visit.state == VisitState::Done)
        .max_by_key(|visit| (visit.on, visit.written_at));
    let next = last.and_then(|visit| visit.report.as_ref()).and_then(|report| report.next_step.as_ref());
    lines.extend(next.map(|step| fill(words::LAST_NEXT_STEP, &[("text", &step.what)])));
    lines
}

#[component]
pub fn Stops(
    #[prop(into)] on: Signal<Date>,
    asking: Asking,
    /// The stop that is open; the first one to do when none was chosen.
    opened: RwSignal<Option<VisitId>>,
    order: DayOrder,
) -> impl IntoView {
    let workbench = Workbench::expect();
    let lines = Memo::new(move |_| {
        let on = on.get();
        workbench.read(|replica| stop_lines(replica, on))
    });
    let open = Memo::new(move |_| {
        lines.with(|lines| {
            let to_do = || lines.iter().find(|line| line.visit.is_planned()).map(|line| line.visit.id);
            let chosen = opened.get().filter(|id| lines.iter().any(|line| line.visit.id == *id));
            chosen.or_else(to_do)
        })
    });
    let may_plan = workbench.peek(|replica| may(replica.actor().role, Act::KeepCustomer));
    view! {
        {move || {
            let lines = lines.get();
            if lines.is_empty() {
                return view! {
                    <EmptyState icon="today" title=t(words::DAY_FREE) text=t(words::DAY_FREE_SAY)>
                        <a class="btn" href="/app/visits">{t(common::VISITS)}</a>
                    </EmptyState>
                }
                .into_any();
            }
            let is_open = open.get();
            view! {
                <ol class="stops scroll">
                    {lines.into_iter().map(|line| {
                        let is_open = may_plan && line.visit.is_planned() && is_open == Some(line.visit.id);
                        view! { <Stop line is_open opened asking may_plan order /> }
                    }).collect_view()}
                </ol>
            }
            .into_any()
        }}
    }
}

#[component]
fn Stop(
    line: StopLine,
    is_open: bool,
    opened: RwSignal<Option<VisitId>>,
    asking: Asking,
    may_plan: bool,
    order: DayOrder,
) -> impl IntoView {
    let StopLine { no, visit } = line;
    let id = visit.id;
    let class = match visit.state {
        VisitState::Done => "stop stop-done",
        VisitState::Skipped | VisitState::Cancelled => "stop stop-block",
        VisitState::Planned if is_open => "stop stop-now",
        VisitState::Planned => "stop",
    };
    let number = match visit.state {
        VisitState::Done => view! { <Icon name="check" small=true /> }.into_any(),
        VisitState::Skipped | VisitState::Cancelled => view! { <Icon name="skip" small=true /> }.into_any(),
        VisitState::Planned => no.map(|no| no.to_string()).into_any(),
    };
    let about = view! {
        <span class="row-name"><span>{visit.name.clone()}</span></span>
        <span class="row-sub">
            <span class="one">
                {visit.fact()}
                {visit.visitor.clone().map(|visitor| view! { <Dot />{visitor} })}
            </span>
            {visit.is_planned().then(|| view! { <StopFacts visit_id=id /> })}
            {visit.is_pending.then(|| view! {
                <span class="unsent"><Icon name="up" />{t(common::PENDING)}</span>
            })}
        </span>
    };
    let can_open = may_plan && visit.is_planned() && !is_open;
    let body = if can_open {
        view! {
            <button type="button" class="stop-body" aria-expanded="false" on:click=move |_| opened.set(Some(id))>{about}</button>
        }
        .into_any()
    } else {
        view! { <a class="stop-body" href=visit.customer_href()>{about}</a> }.into_any()
    };
    let is_planned = visit.is_planned();
    let skip_label = fill(words::SKIP_NAMED, &[("name", &visit.name)]);
    view! {
        <li class=class id=format!("stop-{id}") class:drop-on=move || order.is_over(id)
            data-drop=is_planned.then(|| DayOrder::drop_name(id))>
            <time>{visit.time()}</time>
            <span class="stop-no">{number}</span>
            {body}
            {can_open.then(|| view! {
                <button type="button" class="btn btn-icon" aria-label=skip_label on:click=move |_| asking.skip(id)>
                    <Icon name="skip" />
                </button>
            })}
            {(may_plan && is_planned).then(|| view! { <OrderGrip id name=visit.name.clone() order /> })}
            {is_open.then(|| view! { <OpenStop visit asking order /> })}
        </li>
    }
}

#[component]
fn OpenStop(visit: VisitLine, asking: Asking, order: DayOrder) -> impl IntoView {
    let workbench = Workbench::expect();
    let today = workbench.today();
    let id = visit.id;
    let bring = workbench.peek(|replica| to_bring(replica, visit.customer_id, today));
    let is_due = visit.on <= today;
    let record_href = visit.record_href();
    let label = |words| fill(words, &[("name", &visit.name)]);
    view! {
        <div class="stop-open">
            {(!bring.is_empty()).then(|| view! {
                <ul class="pack">
                    {bring.into_iter().map(|text| view! { <li><Icon name="flag" small=true /><span>{text}</span></li> }).collect_view()}
                </ul>
            })}
            <Pack visit_id=id customer_id=visit.customer_id />
            <div class="btns">
                <OrderButtons id name=visit.name.clone() order />
                <button type="button" class="btn" aria-label=label(visits::SKIP_NAMED) on:click=move |_| asking.skip(id)>{t(visits::SKIP)}</button>
                <button type="button" class="btn" aria-label=label(visits::RESCHEDULE_NAMED) on:click=move |_| asking.reschedule(id)>
                    {t(visits::RESCHEDULE)}
                </button>
                {if is_due {
                    view! { <a class="btn btn-main" href=record_href>{t(common::RECORD_VISIT)}</a> }.into_any()
                } else {
                    view! {
                        <button type="button" class="btn" aria-label=label(visits::CANCEL_NAMED) on:click=move |_| asking.cancel(id)>{t(visits::CANCEL)}</button>
                    }.into_any()
                }}
            </div>
        </div>
    }
}

/// How the stops of a day stand.
pub fn count_of(replica: &Replica, on: Date) -> DayCount {
    let days = agenda::by_day(replica.all::<Visit>(), whose_agenda(replica), on, on);
    agenda::count(days.values().flatten().copied())
}
