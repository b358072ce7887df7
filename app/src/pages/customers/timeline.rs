//! 走访记录: what is planned, what happened, what did not and why; newest first.

use super::plan::PlannedActions;
use super::who::Subject;
use crate::components::{Dot, Icon};
use crate::i18n::{clock, day, fill, t};
use crate::words::{self as shared, customers as words};
use crate::workbench::Workbench;
use domain::call::{Call, CallOutcome, Channel};
use domain::organisation::Colleague;
use domain::photo::Photo;
use domain::row::RowKey;
use domain::time::Date;
use domain::visit::{ProductTold, Visit, VisitReport, VisitState};
use leptos::prelude::*;
use uuid::Uuid;

/// Shown before the person asks for all.
const FIRST_VISITS: usize = 8;

#[derive(Clone, PartialEq)]
enum Told {
    Visit(Box<Visit>, usize),
    Call(Call),
}

/// A visit or a call, with who made it.
#[derive(Clone, PartialEq)]
struct Entry {
    told: Told,
    by: String,
    is_pending: bool,
}

impl Entry {
    fn key(&self) -> (Uuid, i64, usize, bool) {
        match &self.told {
            Told::Visit(visit, photos) => (visit.id.0, visit.written_at.0, *photos, self.is_pending),
            Told::Call(call) => (call.id.0, call.written_at.0, 0, self.is_pending),
        }
    }

    fn when(&self) -> (Date, Option<u16>, Uuid) {
        match &self.told {
            Told::Visit(visit, _) => (visit.on, visit.at_minute, visit.id.0),
            Told::Call(call) => (call.on, call.at_minute, call.id.0),
        }
    }
}

#[component]
pub fn Timeline(subject: Subject) -> impl IntoView {
    let workbench = Workbench::expect();
    let entries = Memo::new(move |_| {
        workbench.read(|replica| {
            let name_of = |id| replica.get::<Colleague>(id).map(|who| who.name.clone()).unwrap_or_default();
            let visits = replica.of::<Visit>(subject.id).map(|visit| {
                let photos = replica.of::<Photo>(subject.id);
                let photos = photos.filter(|photo| photo.visit_id == Some(visit.id)).count();
                Entry {
                    by: name_of(visit.visitor_id),
                    is_pending: replica.is_row_pending(RowKey::from(visit.id)),
                    told: Told::Visit(Box::new(visit.clone()), photos),
                }
            });
            let calls = replica.of::<Call>(subject.id).map(|call| Entry {
                by: name_of(call.caller_id),
                is_pending: replica.is_row_pending(RowKey::from(call.id)),
                told: Told::Call(call.clone()),
            });
            let mut entries: Vec<Entry> = visits.chain(calls).collect();
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.when()));
            entries
        })
    });
    let is_whole = RwSignal::new(false);
    let count = Memo::new(move |_| entries.with(Vec::len));
    let shown = move || {
        entries.with(|entries| {
            let limit = if is_whole.get() { entries.len() } else { FIRST_VISITS };
            entries.iter().take(limit).cloned().collect::<Vec<_>>()
        })
    };
    view! {
        <section id="visits" aria-labelledby="h-time">
            <div class="head">
                <h3 id="h-time">{t(shared::VISIT_HISTORY)}</h3><span class="count">{move || count.get()}</span>
                {move || (count.get() > FIRST_VISITS && !is_whole.get()).then(|| view! {
                    <button type="button" class="link small aside hit" on:click=move |_| is_whole.set(true)>
                        {fill(words::SHOW_ALL_OF, &[("n", &count.get())])}
                    </button>
                })}
            </div>
            {move || (count.get() == 0).then(|| view! { <p class="small quiet">{t(words::NO_VISITS)}</p> })}
            <ol class="time">
                <For each=shown key=Entry::key let(entry)>
                    {match entry.told {
                        Told::Visit(visit, photos) => {
                            view! { <VisitEntry visit=*visit photos visitor=entry.by is_pending=entry.is_pending subject /> }.into_any()
                        }
                        Told::Call(call) => view! { <CallEntry call by=entry.by is_pending=entry.is_pending /> }.into_any(),
                    }}
                </For>
            </ol>
        </section>
    }
}

#[component]
fn VisitEntry(
    visit: Visit,
    photos: usize,
    visitor: String,
    is_pending: bool,
    subject: Subject,
) -> impl IntoView {
    let today = Workbench::expect().today();
    let icon = match visit.state {
        VisitState::Planned => "today",
        VisitState::Done => "pin",
        VisitState::Skipped => "skip",
        VisitState::Cancelled => "x",
    };
    let is_planned = visit.state == VisitState::Planned;
    let title = match (&visit.purpose, visit.state) {
        (Some(purpose), _) => purpose.clone(),
        (None, VisitState::Done) => t(words::VISIT).to_owned(),
        (None, state) => shared::visit_state(state).to_owned(),
    };
    let mut asides = Vec::new();
    if visit.state != VisitState::Done && visit.purpose.is_some() {
        asides.push(shared::visit_state(visit.state).to_owned());
    }
    if let Some(minute) = visit.at_minute.filter(|_| is_planned) {
        asides.push(clock(minute));
    }
    if let Some(minutes) = visit.report.as_ref().and_then(|report| report.minutes) {
        asides.push(fill(words::MINUTES, &[("n", &minutes)]));
    }
    if !visitor.is_empty() {
        asides.push(visitor);
    }
    if photos > 0 {
        asides.push(fill(words::PHOTOS_COUNT, &[("n", &photos)]));
    }
    let asides = asides
        .into_iter()
        .enumerate()
        .map(|(at, text)| view! { {(at > 0).then(|| view! { <Dot /> })}{text} })
        .collect_view();
    let reason = visit.not_held.as_ref().map(|not_held| fill(words::REASON, &[("reason", &not_held.reason)]));
    let report = visit.report.clone();
    view! {
        <li>
            // A year before the day may stand over it, but not be torn.
            <time class="time-when" datetime=visit.on.to_string()>{day(visit.on, today).replacen('年', "年\u{200b}", 1)}</time>
            <Icon name=icon />
            <div>
                <p class="time-what">
                    <b>{title}</b><span class="small faint">{asides}</span>
                    {is_pending.then(|| view! {
                        <span class="unsent"><Icon name="up" /><span class="vh">{t(shared::PENDING)}</span></span>
                    })}
                </p>
                {report.map(|report| view! { <Report report today /> })}
                {reason.map(|reason| view! { <p>{reason}</p> })}
                {(is_planned && subject.may_keep).then(|| view! { <PlannedActions visit=visit.id asking=subject.asking /> })}
            </div>
        </li>
    }
}

#[component]
fn CallEntry(call: Call, by: String, is_pending: bool) -> impl IntoView {
    let today = Workbench::expect().today();
    let title = match (call.outcome, call.channel) {
        (CallOutcome::CalledUs, _) => shared::call_outcome(call.outcome),
        (_, Channel::Phone) => t(words::CALLED),
        (_, Channel::Message) => t(words::MESSAGED),
    };
    let outcome = (call.outcome == CallOutcome::NoAnswer).then(|| shared::call_outcome(call.outcome));
    let minutes = call.minutes.map(|minutes| fill(words::MINUTES, &[("n", &minutes)]));
    let asides = outcome.map(str::to_owned).into_iter().chain(minutes).chain([by]);
    let asides = asides
        .enumerate()
        .map(|(at, text)| view! { {(at > 0).then(|| view! { <Dot /> })}{text} })
        .collect_view();
    view! {
        <li>
            <time class="time-when" datetime=call.on.to_string()>{day(call.on, today).replacen('年', "年\u{200b}", 1)}</time>
            <Icon name="phone" />
            <div>
                <p class="time-what">
                    <b>{title}</b><span class="small faint">{asides}</span>
                    {is_pending.then(|| view! {
                        <span class="unsent"><Icon name="up" /><span class="vh">{t(shared::PENDING)}</span></span>
                    })}
                </p>
                <p class="time-sum">{call.summary}</p>
            </div>
        </li>
    }
}

fn product(told: &ProductTold) -> String {
    format!("{} {}", told.name, shared::product_outcome(told.outcome))
}

#[component]
fn Report(report: VisitReport, today: Date) -> impl IntoView {
    let mut more = Vec::new();
    if !report.met.is_empty() {
        more.push(fill(words::MET, &[("list", &words::listed(&report.met))]));
    }
    if !report.needs.is_empty() {
        more.push(fill(words::NEEDS, &[("list", &words::listed(&report.needs))]));
    }
    if !report.products.is_empty() {
        let products: Vec<String> = report.products.iter().map(product).collect();
        more.push(fill(words::PRODUCTS, &[("list", &words::listed(&products))]));
    }
    if let Some(mood) = report.mood {
        more.push(fill(words::MOOD, &[("mood", &shared::mood(mood))]));
    }
    let next = report.next_step.map(|step| {
        let on = step.on.map(|on| day(on, today)).unwrap_or_default();
        fill(words::NEXT_STEP, &[("what", &format!("{on} {}", step.what).trim())])
    });
    view! {
        <p class="time-sum">{report.summary}</p>
        {(!more.is_empty()).then(|| view! {
            <p class="time-more">{more.into_iter().map(|part| view! { <span class="time-part">{part}</span> }).collect_view()}</p>
        })}
        {next.map(|next| view! { <p class="time-more">{next}</p> })}
    }
}
