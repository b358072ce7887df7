//! The month by marks: a square a visit, full when done, hollow while planned; a dot a call.

use super::Look;
use super::care::care_days;
use super::care_month::beside;
use crate::i18n::{day, fill, t, weekday_short};
use crate::words::{plan, visits as words};
use crate::workbench::Workbench;
use chrono::{Datelike, Weekday};
use domain::agenda;
use domain::call::Call;
use domain::time::Date;
use domain::visit::{Visit, VisitState};
use leptos::prelude::*;

/// Marks a cell has room for; the figure tells of all.
const MARKS_MAX: usize = 6;
/// Order in which marks stand within a day.
const ORDER: [Mark; 5] = [
    Mark::Visit(VisitState::Done),
    Mark::Visit(VisitState::Skipped),
    Mark::Call,
    Mark::Visit(VisitState::Cancelled),
    Mark::Visit(VisitState::Planned),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Visit(VisitState),
    /// A call that was made; calls are not planned.
    Call,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Cell {
    date: Date,
    marks: Vec<Mark>,
    /// Birthdays and the like, in words.
    care: Option<String>,
}

impl Cell {
    fn count(&self, state: VisitState) -> usize {
        self.marks.iter().filter(|other| **other == Mark::Visit(state)).count()
    }

    /// What stands out in words.
    fn warning(&self) -> Option<(&'static str, String)> {
        let (skipped, cancelled) = (self.count(VisitState::Skipped), self.count(VisitState::Cancelled));
        if skipped > 0 {
            Some(("mo-warn", fill(words::SKIPPED_ONE, &[("n", &skipped)])))
        } else if cancelled > 0 {
            Some(("", fill(words::CANCELLED_ONE, &[("n", &cancelled)])))
        } else {
            self.care.clone().map(|care| ("", care))
        }
    }
}

/// The class and path of a mark at a place of the row.
fn drawn(mark: Mark, place: usize) -> (&'static str, String) {
    let x = place * 10 + 1;
    let state = match mark {
        Mark::Call => return ("m-c", format!("M{}.5 5h0.1", x + 3)),
        Mark::Visit(state) => state,
    };
    match state {
        VisitState::Done => ("m-v", format!("M{x} 5h7")),
        VisitState::Skipped => ("m-s", format!("M{x} 5h7")),
        VisitState::Planned => ("m-p", format!("M{x} 1.5h7v7h-7z")),
        VisitState::Cancelled => ("m-x", format!("M{} 2l5 6m0-6l-5 6", x + 1)),
    }
}

#[component]
pub fn Month(look: Look) -> impl IntoView {
    let workbench = Workbench::expect();
    let cells = Memo::new(move |_| {
        let (weeks, visitor) = (agenda::month_weeks(look.day.get()), look.visitor.get());
        let (Some(&from), Some(&to)) = (weeks.first(), weeks.last()) else { return Vec::new() };
        workbench.read(|replica| {
            let days = agenda::by_day(replica.all::<Visit>(), visitor, from, to);
            let calls = agenda::calls_by_day(replica.all::<Call>(), visitor, from, to);
            let care = care_days(replica, from, to, look.today);
            weeks
                .into_iter()
                .map(|date| {
                    let visits = days.get(&date).into_iter().flatten().map(|visit| Mark::Visit(visit.state));
                    let calls = calls.get(&date).into_iter().flatten().map(|_| Mark::Call);
                    let marks: Vec<Mark> = visits.chain(calls).collect();
                    let sorted = ORDER
                        .into_iter()
                        .flat_map(|mark| marks.iter().copied().filter(move |other| *other == mark));
                    Cell { date, marks: sorted.collect(), care: care.get(&date).and_then(beside) }
                })
                .collect::<Vec<_>>()
        })
    });
    let head = agenda::week_of(look.today);
    let keys = [
        (Mark::Visit(VisitState::Done), words::KEY_DONE),
        (Mark::Call, plan::KEY_CALLED),
        (Mark::Visit(VisitState::Planned), words::KEY_PLANNED),
        (Mark::Visit(VisitState::Skipped), words::KEY_SKIPPED),
        (Mark::Visit(VisitState::Cancelled), words::KEY_CANCELLED),
    ];
    view! {
        <div class="cal-month">
            <ol class="mo-head" aria-hidden="true">
                {head.into_iter().map(|date| view! { <li>{weekday_short(date)}</li> }).collect_view()}
            </ol>
            <ol class="mo-grid">
                {move || cells.get().into_iter().map(|cell| view! { <DayCell cell look /> }).collect_view()}
            </ol>
            <p class="keys">
                {keys.into_iter().map(|(mark, name)| {
                    let (class, path) = drawn(mark, 0);
                    view! {
                        <span class="key"><svg viewBox="0 0 10 10" aria-hidden="true"><path class=class d=path></path></svg>{t(name)}</span>
                    }
                }).collect_view()}
            </p>
        </div>
    }
}

#[component]
fn DayCell(cell: Cell, look: Look) -> impl IntoView {
    let date = cell.date;
    let total = cell.marks.len();
    let label = fill(
        words::DAY_SUM,
        &[
            ("day", &day(date, look.today)),
            ("done", &cell.count(VisitState::Done)),
            ("planned", &cell.count(VisitState::Planned)),
        ],
    );
    let is_out = move || look.day.with(|shown| (shown.year(), shown.month()) != (date.year(), date.month()));
    let is_rest = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    let current = move || {
        let is_chosen = look.day.get() == date;
        if is_chosen { Some("true") } else { (date == look.today).then_some("date") }
    };
    view! {
        <li class:mo-out=is_out class:mo-rest=is_rest>
            <a href=move || look.href(date) aria-current=current>
                <span class="vh">{label}</span>
                <b aria-hidden="true">{date.day()}</b>
                <span aria-hidden="true">{(total > 0).then_some(total)}</span>
                <svg class="marks" viewBox="0 0 60 10" aria-hidden="true">
                    {cell.marks.iter().take(MARKS_MAX).enumerate().map(|(place, mark)| {
                        let (class, path) = drawn(*mark, place);
                        view! { <path class=class d=path></path> }
                    }).collect_view()}
                </svg>
                {cell.warning().map(|(class, text)| view! { <small class=class>{text}</small> })}
            </a>
        </li>
    }
}
