//! The chosen day's visits, the next one open with its verbs.

use super::{Asking, Look, VisitLine};
use crate::components::{Dot, EmptyState, Icon};
use crate::i18n::{comma, day, fill, near_day, t, weekday};
use crate::words::{self as common, today, visits as words};
use crate::workbench::Workbench;
use domain::agenda;
use domain::ids::VisitId;
use domain::time::days_between;
use domain::visit::{Visit, VisitState};
use leptos::prelude::*;

#[component]
pub fn DayList(look: Look, asking: Asking, may_plan: bool) -> impl IntoView {
    let workbench = Workbench::expect();
    let lines = Memo::new(move |_| {
        let (on, visitor) = (look.day.get(), look.visitor.get());
        workbench.read(|replica| {
            let days = agenda::by_day(replica.all::<Visit>(), visitor, on, on);
            days.into_values().flatten().map(|visit| VisitLine::of(replica, visit)).collect::<Vec<_>>()
        })
    });
    let opened = RwSignal::new(None::<VisitId>);
    let open = Memo::new(move |_| {
        lines.with(|lines| {
            let first = || lines.iter().find(|line| line.is_planned()).map(|line| line.id);
            opened
                .get()
                .filter(|id| lines.iter().any(|line| line.id == *id && line.is_planned()))
                .or_else(first)
        })
    });
    let title = move || {
        let on = look.day.get();
        match days_between(look.today, on) {
            -1..=1 => format!("{}{}{}", near_day(on, look.today), comma(), day(on, look.today)),
            _ => format!("{} {}", day(on, look.today), weekday(on)),
        }
    };
    view! {
        <section class="dl" aria-labelledby="h-day">
            <div class="head">
                <h2 id="h-day">{title}</h2>
                <span class="count">{move || lines.with(Vec::len)}</span>
            </div>
            {move || {
                let lines = lines.get();
                if lines.is_empty() {
                    return view! { <EmptyState icon="pin" title=t(words::DAY_FREE) text=t(words::DAY_FREE_SAY) /> }.into_any();
                }
                let open = open.get();
                view! {
                    <ol class="rows">
                        {lines.into_iter().map(|line| {
                            let is_open = may_plan && open == Some(line.id);
                            view! { <DayRow line is_open opened asking may_plan is_due=look.day.get() <= look.today /> }
                        }).collect_view()}
                    </ol>
                }
                .into_any()
            }}
        </section>
    }
}

#[component]
fn DayRow(
    line: VisitLine,
    is_open: bool,
    opened: RwSignal<Option<VisitId>>,
    asking: Asking,
    may_plan: bool,
    is_due: bool,
) -> impl IntoView {
    let id = line.id;
    let name = line.name.clone();
    let sign = match line.state {
        VisitState::Done => Some("check"),
        VisitState::Skipped => Some("skip"),
        VisitState::Cancelled => Some("x"),
        VisitState::Planned => None,
    };
    let about = view! {
        <span class="row-name"><span>{line.name.clone()}</span>{sign.map(|name| view! { <Icon name small=true /> })}</span>
        <span class="row-sub">
            <span class="one">{line.fact()}{line.visitor.clone().map(|visitor| view! { <Dot />{visitor} })}</span>
            {line.is_pending.then(|| view! { <span class="unsent"><Icon name="up" />{t(common::PENDING)}</span> })}
        </span>
    };
    let time = if line.at_minute.is_some() { line.time() } else { t(today::ANY_TIME).to_owned() };
    let can_open = may_plan && line.is_planned() && !is_open;
    let body = if can_open {
        view! {
            <button type="button" class="row-body" aria-expanded="false" on:click=move |_| opened.set(Some(id))>{about}</button>
        }
        .into_any()
    } else {
        view! { <a class="row-body" href=line.customer_href()>{about}</a> }.into_any()
    };
    view! {
        <li class="dl-row" class:dl-open=is_open class:dl-past=!line.is_planned()>
            <time>{time}</time>
            {body}
            {can_open.then(|| view! { <MoveButton id name=name.clone() asking /> })}
            {is_open.then(|| view! {
                <div class="dl-do">
                    <button type="button" class="btn" aria-label=fill(words::RESCHEDULE_NAMED, &[("name", &name)])
                        on:click=move |_| asking.reschedule(id)>{t(words::RESCHEDULE)}</button>
                    <button type="button" class="btn" aria-label=fill(words::SKIP_NAMED, &[("name", &name)])
                        on:click=move |_| asking.skip(id)>{t(words::SKIP)}</button>
                    <button type="button" class="btn" aria-label=fill(words::CANCEL_NAMED, &[("name", &name)])
                        on:click=move |_| asking.cancel(id)>{t(words::CANCEL)}</button>
                    {is_due.then(|| view! { <a class="btn dl-record" href=line.record_href()>{t(common::RECORD_VISIT)}</a> })}
                </div>
            })}
        </li>
    }
}

/// 改期 at the end of a row.
#[component]
pub fn MoveButton(id: VisitId, name: String, asking: Asking) -> impl IntoView {
    view! {
        <button type="button" class="btn" aria-label=fill(words::RESCHEDULE_NAMED, &[("name", &name)])
            on:click=move |_| asking.reschedule(id)>{t(words::RESCHEDULE)}</button>
    }
}
