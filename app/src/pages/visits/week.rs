//! The week by columns.

use super::day_stops::{DayTotal, stops_by_day};
use super::owed::SlotBox;
use super::placing::{Piece, Placing, drop_name};
use super::{Asking, Look, VisitLine};
use crate::browser::drag;
use crate::components::{Dot, Icon};
use crate::i18n::{clock, day, fill, t, weekday_short};
use crate::pages::today::done_width;
use crate::words::{plan, today, visits as words};
use crate::workbench::Workbench;
use chrono::{Datelike, Weekday};
use domain::agenda::{self, DayCount};
use domain::call::Call;
use domain::customer::Customer;
use domain::ids::{CallId, CustomerId};
use domain::time::Date;
use domain::visit::{Visit, VisitState};
use leptos::prelude::*;
use replica::Replica;

#[derive(Clone, Debug, PartialEq, Eq)]
struct Column {
    date: Date,
    count: DayCount,
    total: DayTotal,
    visits: Vec<VisitLine>,
    calls: Vec<CallLine>,
}

impl Column {
    /// A weekend day without visits stands narrow.
    fn is_rest(&self) -> bool {
        self.visits.is_empty()
            && self.calls.is_empty()
            && matches!(self.date.weekday(), Weekday::Sat | Weekday::Sun)
    }
}

/// A call that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallLine {
    pub id: CallId,
    pub customer_id: CustomerId,
    pub name: String,
    pub at_minute: Option<u16>,
    minutes: Option<u16>,
}

impl CallLine {
    pub fn of(replica: &Replica, call: &Call) -> Self {
        let customer = replica.get::<Customer>(call.customer_id);
        Self {
            id: call.id,
            customer_id: call.customer_id,
            name: customer.map(|customer| customer.name.clone()).unwrap_or_default(),
            at_minute: call.at_minute,
            minutes: call.minutes,
        }
    }

    /// 电访6分
    pub fn fact(&self) -> String {
        let minutes = self.minutes.map(|n| fill(words::MINUTES, &[("n", &n)])).unwrap_or_default();
        format!("{} {minutes}", t(plan::CALL)).trim_end().to_owned()
    }
}

#[component]
pub fn Week(look: Look, placing: Placing, asking: Asking, may_plan: bool) -> impl IntoView {
    let workbench = Workbench::expect();
    let columns = Memo::new(move |_| {
        let (week, visitor) = (agenda::week_of(look.day.get()), look.visitor.get());
        workbench.read(|replica| {
            let days = agenda::by_day(replica.all::<Visit>(), visitor, week[0], week[6]);
            let calls = agenda::calls_by_day(replica.all::<Call>(), visitor, week[0], week[6]);
            let stops = stops_by_day(replica, visitor, week[0], week[6]);
            week.map(|date| {
                let calls = calls.get(&date).map(Vec::as_slice).unwrap_or_default();
                let visits = days.get(&date).map(Vec::as_slice).unwrap_or_default();
                Column {
                    date,
                    count: agenda::count(visits.iter().copied()),
                    total: stops.get(&date).map(|stops| DayTotal::of(stops)).unwrap_or_default(),
                    visits: visits.iter().map(|visit| VisitLine::of(replica, visit)).collect(),
                    calls: calls.iter().map(|call| CallLine::of(replica, call)).collect(),
                }
            })
        })
    });
    view! {
        <div class="cal-week scroll">
            {move || columns.get().into_iter().map(|column| view! { <DayColumn column look placing asking may_plan /> }).collect_view()}
        </div>
    }
}

#[component]
fn DayColumn(column: Column, look: Look, placing: Placing, asking: Asking, may_plan: bool) -> impl IntoView {
    let is_rest = column.is_rest();
    let Column { date, count, total, visits, calls } = column;
    let is_chosen = move || look.day.get() == date;
    let next = visits.iter().find(|visit| visit.is_planned()).map(|visit| visit.id);
    let label = fill(
        words::DAY_SUM,
        &[("day", &day(date, look.today)), ("done", &count.done), ("planned", &count.planned)],
    );
    let current = move || match (is_chosen(), date == look.today) {
        (_, true) => Some("date"),
        (true, false) => Some("true"),
        (false, false) => None,
    };
    view! {
        <section class="day" class:day-rest=is_rest class:day-on=is_chosen class:drop-on=move || placing.is_over(date)
            data-drop=drop_name(date, None)>
            <a class="day-head" href=move || look.href(date) aria-current=current>
                <span class="vh">{label}</span>
                <span class="day-w" aria-hidden="true">{weekday_short(date)}</span>
                <b aria-hidden="true">{date.day()}</b>
                <svg class="meter" aria-hidden="true">{done_width(count).map(|width| view! { <rect width=width></rect> })}</svg>
                <span class="day-n" aria-hidden="true">
                    {if count.wanted() == 0 { t(today::FREE).to_owned() } else { format!("{}/{}", count.done, count.wanted()) }}
                    {(total.visit_minutes > 0).then(|| view! { <span class="wide"><Dot />{plan::duration(total.visit_minutes)}</span> })}
                </span>
            </a>
            <ol>
                {visits.into_iter().map(|visit| {
                    let is_next = date == look.today && next == Some(visit.id);
                    view! { <Event visit is_next placing asking may_plan /> }
                }).collect_view()}
                {calls.into_iter().map(|call| view! {
                    <li class="ev-d">
                        <a href=format!("/app/customers/{}", call.customer_id)>
                            <time><Icon name="phone" />{call.at_minute.map(clock)}</time>
                            <b>{call.name.clone()}</b>
                            <small>{call.fact()}</small>
                        </a>
                    </li>
                }).collect_view()}
            </ol>
            {may_plan.then(|| view! { <SlotBox on=date placing /> })}
        </section>
    }
}

#[component]
fn Event(visit: VisitLine, is_next: bool, placing: Placing, asking: Asking, may_plan: bool) -> impl IntoView {
    let workbench = Workbench::expect();
    let (class, icon) = match visit.state {
        VisitState::Done => ("ev-d", None),
        VisitState::Skipped => ("ev-s", Some("skip")),
        VisitState::Cancelled => ("ev-x", Some("x")),
        VisitState::Planned if is_next => ("ev-n", None),
        VisitState::Planned => ("ev-p", None),
    };
    let (id, customer_id) = (visit.id, visit.customer_id);
    let pick_up = move |press: leptos::ev::PointerEvent| {
        if let Some(piece) = workbench.peek(|replica| Piece::of(replica, customer_id, Some(id))) {
            placing.pick_up(&press, piece);
        }
    };
    let move_label = fill(words::RESCHEDULE_NAMED, &[("name", &visit.name)]);
    let time = if visit.at_minute.is_some() { visit.time() } else { t(today::ANY_TIME).to_owned() };
    view! {
        <li class=class>
            <a href=visit.customer_href()>
                <time>{icon.map(|name| view! { <Icon name /> })}{time}</time>
                <b>{visit.name.clone()}</b>
                <small>{visit.fact()}</small>
            </a>
            {(may_plan && visit.is_planned()).then(|| view! {
                <button type="button" class="grip" aria-label=move_label on:pointerdown=pick_up
                    on:click=move |_| if !drag::ended_just_now() { asking.reschedule(id) }></button>
            })}
        </li>
    }
}
