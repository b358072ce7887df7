//! The chosen day's visits, the next one open with its verbs.

use super::day_order::{DayOrder, OrderButtons, OrderGrip};
use super::day_stops::{DayTotal, stops_by_day};
use super::pack::{Pack, StopFacts};
use super::week::CallLine;
use super::{Asking, Look, VisitLine, day_title};
use crate::components::{Dot, EmptyState, Icon, Standing, TierBadge};
use crate::i18n::{clock, fill, t};
use crate::words::{self as common, plan, today as words_today, visits as words};
use crate::workbench::Workbench;
use domain::agenda;
use domain::call::Call;
use domain::ids::VisitId;
use domain::time::Date;
use domain::visit::{Visit, VisitState};
use leptos::prelude::*;

#[component]
pub fn DayList(
    look: Look,
    asking: Asking,
    may_plan: bool,
    order: DayOrder,
    /// 按距离排 was asked for.
    on_distance: Callback<()>,
) -> impl IntoView {
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
    let calls = Memo::new(move |_| {
        let (on, visitor) = (look.day.get(), look.visitor.get());
        workbench.read(|replica| {
            let days = agenda::calls_by_day(replica.all::<Call>(), visitor, on, on);
            days.into_values().flatten().map(|call| CallLine::of(replica, call)).collect::<Vec<_>>()
        })
    });
    let total = Memo::new(move |_| {
        let (on, visitor) = (look.day.get(), look.visitor.get());
        workbench.read(|replica| {
            let stops = stops_by_day(replica, visitor, on, on).remove(&on).unwrap_or_default();
            DayTotal::of(&stops).words()
        })
    });
    let can_order = Memo::new(move |_| may_plan && order.stops().len() > 1);
    view! {
        <section class="dl" aria-labelledby="h-day">
            <div class="head">
                <h2 id="h-day">{move || day_title(look)}</h2>
                <span class="count">{move || lines.with(Vec::len)}</span>
                {move || can_order.get().then(|| view! {
                    <button type="button" class="btn btn-bare aside dl-sort" on:click=move |_| on_distance.run(())>{t(plan::BY_DISTANCE)}</button>
                })}
            </div>
            {move || total.with(|total| (!total.is_empty()).then(|| view! { <p class="small quiet dl-total">{total.clone()}</p> }))}
            {move || {
                let lines = lines.get();
                if lines.is_empty() && calls.with(Vec::is_empty) {
                    return view! { <EmptyState icon="pin" title=t(words::DAY_FREE) text=t(words::DAY_FREE_SAY) /> }.into_any();
                }
                let open = open.get();
                view! {
                    <ol class="rows">
                        {lines.into_iter().map(|line| {
                            let is_open = may_plan && open == Some(line.id);
                            view! { <DayRow line is_open opened asking may_plan order today=look.today /> }
                        }).collect_view()}
                        {calls.get().into_iter().map(|call| view! {
                            <li class="dl-row dl-past">
                                <time>{call.at_minute.map(clock)}</time>
                                <a class="row-body" href=format!("/app/customers/{}", call.customer_id)>
                                    <span class="row-name"><span>{call.name.clone()}</span><Icon name="phone" small=true /></span>
                                    <span class="row-sub">{call.fact()}</span>
                                </a>
                            </li>
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
    order: DayOrder,
    today: Date,
) -> impl IntoView {
    let workbench = Workbench::expect();
    let id = line.id;
    let customer_id = line.customer_id;
    let is_due = line.on <= today;
    let tier = workbench.peek(|replica| Standing::of(replica, customer_id, today).tier);
    let name = line.name.clone();
    let sign = match line.state {
        VisitState::Done => Some("check"),
        VisitState::Skipped => Some("skip"),
        VisitState::Cancelled => Some("x"),
        VisitState::Planned => None,
    };
    let about = view! {
        <span class="row-name"><span>{line.name.clone()}</span>{tier.map(|tier| view! { <TierBadge tier /> })}{sign.map(|name| view! { <Icon name small=true /> })}</span>
        <span class="row-sub">
            <span class="one">{line.fact()}{line.visitor.clone().map(|visitor| view! { <Dot />{visitor} })}</span>
            {line.is_planned().then(|| view! { <StopFacts visit_id=id /> })}
            {line.is_pending.then(|| view! { <span class="unsent"><Icon name="up" />{t(common::PENDING)}</span> })}
        </span>
    };
    let time = if line.at_minute.is_some() { line.time() } else { t(words_today::ANY_TIME).to_owned() };
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
        <li class="dl-row" class:dl-open=is_open class:dl-past=!line.is_planned() class:drop-on=move || order.is_over(id)
            data-drop=line.is_planned().then(|| DayOrder::drop_name(id))>
            <time>{time}</time>
            {body}
            {(may_plan && line.is_planned()).then(|| view! { <OrderGrip id name=name.clone() order /> })}
            {is_open.then(|| view! {
                <div class="dl-pack"><Pack visit_id=id customer_id /></div>
                <div class="dl-do">
                    <OrderButtons id name=name.clone() order />
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
