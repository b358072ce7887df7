//! The week by columns.

use super::{Look, VisitLine};
use crate::components::Icon;
use crate::i18n::{day, fill, t, weekday_short};
use crate::pages::today::done_width;
use crate::words::{today, visits as words};
use crate::workbench::Workbench;
use chrono::{Datelike, Weekday};
use domain::agenda::{self, DayCount};
use domain::time::Date;
use domain::visit::{Visit, VisitState};
use leptos::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq)]
struct Column {
    date: Date,
    count: DayCount,
    visits: Vec<VisitLine>,
}

impl Column {
    /// A weekend day without visits stands narrow.
    fn is_rest(&self) -> bool {
        self.visits.is_empty() && matches!(self.date.weekday(), Weekday::Sat | Weekday::Sun)
    }
}

#[component]
pub fn Week(look: Look) -> impl IntoView {
    let workbench = Workbench::expect();
    let columns = Memo::new(move |_| {
        let (week, visitor) = (agenda::week_of(look.day.get()), look.visitor.get());
        workbench.read(|replica| {
            let days = agenda::by_day(replica.all::<Visit>(), visitor, week[0], week[6]);
            week.map(|date| {
                let visits = days.get(&date).map(Vec::as_slice).unwrap_or_default();
                Column {
                    date,
                    count: agenda::count(visits.iter().copied()),
                    visits: visits.iter().map(|visit| VisitLine::of(replica, visit)).collect(),
                }
            })
        })
    });
    view! {
        <div class="cal-week scroll">
            {move || columns.get().into_iter().map(|column| view! { <DayColumn column look /> }).collect_view()}
        </div>
    }
}

#[component]
fn DayColumn(column: Column, look: Look) -> impl IntoView {
    let is_rest = column.is_rest();
    let Column { date, count, visits } = column;
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
        <section class="day" class:day-rest=is_rest class:day-on=is_chosen>
            <a class="day-head" href=move || look.href(date) aria-current=current>
                <span class="vh">{label}</span>
                <span class="day-w" aria-hidden="true">{weekday_short(date)}</span>
                <b aria-hidden="true">{date.day()}</b>
                <svg class="meter" aria-hidden="true">{done_width(count).map(|width| view! { <rect width=width></rect> })}</svg>
                <span class="day-n" aria-hidden="true">
                    {if count.wanted() == 0 { t(today::FREE).to_owned() } else { format!("{}/{}", count.done, count.wanted()) }}
                </span>
            </a>
            <ol>
                {visits.into_iter().map(|visit| {
                    let is_next = date == look.today && next == Some(visit.id);
                    view! { <Event visit is_next /> }
                }).collect_view()}
            </ol>
        </section>
    }
}

#[component]
fn Event(visit: VisitLine, is_next: bool) -> impl IntoView {
    let (class, icon) = match visit.state {
        VisitState::Done => ("ev-d", None),
        VisitState::Skipped => ("ev-s", Some("skip")),
        VisitState::Cancelled => ("ev-x", Some("x")),
        VisitState::Planned if is_next => ("ev-n", None),
        VisitState::Planned => ("ev-p", None),
    };
    let time = if visit.at_minute.is_some() { visit.time() } else { t(today::ANY_TIME).to_owned() };
    view! {
        <li class=class>
            <a href=visit.customer_href()>
                <time>{icon.map(|name| view! { <Icon name /> })}{time}</time>
                <b>{visit.name.clone()}</b>
                <small>{visit.fact()}</small>
            </a>
        </li>
    }
}
