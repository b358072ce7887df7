//! 走访: the week by columns or the month by marks; the chosen day and what comes next at the right. The address holds the
//! day and the span, so that coming back from a customer finds them again.

mod asking;
mod day_list;
mod line;
mod month;
mod not_held;
mod plan;
mod reschedule;
mod shelf;
mod week;
mod when;

pub use asking::{Asking, VisitAsks};
pub use line::{VisitLine, whose_agenda};
pub use when::{Chosen, When, WhenFields};

use crate::components::{Bar, Icon, Segment};
use crate::i18n::{self, Language, day, fill, t};
use crate::pages::whole_address;
use crate::words::{self as common, visits as words};
use crate::workbench::Workbench;
use chrono::{Datelike, Duration};
use day_list::DayList;
use domain::agenda;
use domain::authorize::{Act, may};
use domain::ids::EmployeeId;
use domain::organisation::{Colleague, Role};
use domain::time::Date;
use domain::visit::Visit;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use month::Month;
use plan::PlanDialog;
use replica::Replica;
use shelf::Shelf;
use week::Week;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    Week,
    Month,
}

/// Where the page looks: what the address says, and whose visits.
#[derive(Clone, Copy)]
pub struct Look {
    pub day: Signal<Date>,
    pub span: Signal<Span>,
    /// One manager's, where more than one can be seen.
    pub visitor: RwSignal<Option<EmployeeId>>,
    pub today: Date,
}

impl Look {
    /// The address of another day in the same span.
    pub fn href(self, day: Date) -> String {
        href(day, self.span.get())
    }

    /// First and last day shown.
    fn range(self) -> (Date, Date) {
        let day = self.day.get();
        match self.span.get() {
            Span::Week => {
                let [first, .., last] = agenda::week_of(day);
                (first, last)
            }
            Span::Month => {
                let first = agenda::add_months(day, 0);
                (first, agenda::add_months(day, 1) - Duration::days(1))
            }
        }
    }

    /// A day one span before or after.
    fn step(self, forward: bool) -> Date {
        let day = self.day.get();
        let sign = if forward { 1 } else { -1 };
        match self.span.get() {
            Span::Week => day + Duration::days(7 * sign),
            Span::Month => agenda::add_months(day, if forward { 1 } else { -1 }),
        }
    }
}

/// `11月16日至22日`, `30 Nov to 6 Dec`: what both ends share is said once, where the language lets it.
fn days(from: Date, to: Date, today: Date) -> String {
    let is_one_month = (from.year(), from.month()) == (to.year(), to.month());
    let until = match i18n::language() {
        Language::ZhCn if is_one_month => format!("{}日", to.day()),
        _ => day(to, today),
    };
    fill(words::RANGE, &[("from", &day(from, today)), ("to", &until)])
}

fn href(day: Date, span: Span) -> String {
    match span {
        Span::Week => format!("/app/visits?day={day}"),
        Span::Month => format!("/app/visits?day={day}&span=month"),
    }
}

#[component]
pub fn Visits() -> impl IntoView {
    let workbench = Workbench::expect();
    let today = workbench.today();
    let query = use_query_map();
    let day = Memo::new(move |_| {
        query.with(|query| query.get_str("day").and_then(|day| day.parse().ok())).unwrap_or(today)
    });
    let span = Memo::new(move |_| {
        let is_month = query.with(|query| query.get_str("span") == Some("month"));
        if is_month { Span::Month } else { Span::Week }
    });
    let look = Look { day: day.into(), span: span.into(), visitor: RwSignal::new(None), today };
    let asking = Asking::new();
    let is_planning = RwSignal::new(false);
    let may_plan = workbench.peek(|replica| may(replica.actor().role, Act::KeepCustomer));
    let navigate = use_navigate();
    let choose_span = move |span| {
        let replace = NavigateOptions { replace: true, ..whole_address() };
        navigate(&href(day.get_untracked(), span), replace);
    };
    let range = move || {
        let (from, to) = look.range();
        days(from, to, today)
    };
    view! {
        <Bar title=t(common::VISITS) aside=Signal::derive(range) without_search=true>
            <Segment label=t(words::SPAN) group="span" class="cal-seg"
                options=vec![(Span::Week, t(words::WEEK).to_owned()), (Span::Month, t(words::MONTH).to_owned())]
                chosen=Signal::derive(move || Some(span.get())) on_choose=choose_span />
        </Bar>
        <main class="page visits">
            <section class="cal" aria-label=t(words::CALENDAR)>
                <CalendarBar look is_planning may_plan />
                {move || match span.get() {
                    Span::Week => view! { <Week look /> }.into_any(),
                    Span::Month => view! { <Month look /> }.into_any(),
                }}
            </section>
            <aside class="side scroll">
                <DayList look asking may_plan />
                <Shelf look asking may_plan />
            </aside>
        </main>
        <VisitAsks asking />
        <PlanDialog is_open=is_planning on=look.day />
    }
}

/// Back, today, forward; whose visits; how the span stands; planning.
#[component]
fn CalendarBar(look: Look, is_planning: RwSignal<bool>, may_plan: bool) -> impl IntoView {
    let workbench = Workbench::expect();
    let count = Memo::new(move |_| {
        let ((from, to), visitor) = (look.range(), look.visitor.get());
        workbench.read(|replica| {
            let days = agenda::by_day(replica.all::<Visit>(), visitor, from, to);
            agenda::count(days.values().flatten().copied())
        })
    });
    let sum = move || {
        let count = count.get();
        let mut sum = fill(words::SUM, &[("planned", &count.wanted()), ("done", &count.done)]);
        if count.skipped > 0 {
            sum.push_str(&fill(words::SUM_SKIPPED, &[("n", &count.skipped)]));
        }
        if count.cancelled > 0 {
            sum.push_str(&fill(words::SUM_CANCELLED, &[("n", &count.cancelled)]));
        }
        sum
    };
    view! {
        <div class="cal-bar">
            <a class="btn btn-icon" aria-label=t(words::BACKWARD) href=move || look.href(look.step(false))><Icon name="left" /></a>
            <a class="btn" href=move || look.href(look.today)>{t(common::TODAY)}</a>
            <a class="btn btn-icon" aria-label=t(words::FORWARD) href=move || look.href(look.step(true))><Icon name="right" /></a>
            <ManagerPick chosen=look.visitor />
            <p class="small quiet cal-sum wide">{sum}</p>
            {may_plan.then(|| view! {
                <button type="button" class="btn btn-main cal-out" on:click=move |_| is_planning.set(true)>
                    <Icon name="plus" small=true />{t(common::PLAN_VISIT)}
                </button>
            })}
        </div>
    }
}

/// Managers a desk or a lead can look at; a manager sees their own book anyway.
#[component]
fn ManagerPick(chosen: RwSignal<Option<EmployeeId>>) -> impl IntoView {
    let workbench = Workbench::expect();
    let managers = Memo::new(move |_| workbench.read(managers));
    let is_manager = workbench.peek(|replica| replica.actor().role == Role::Manager);
    (!is_manager).then(|| view! {
        <label class="pick cal-who">
            <span class="vh">{t(words::MANAGER)}</span>
            <select class="input" on:change=move |event| chosen.set(event_target_value(&event).parse().ok())>
                <option value="" selected=true>{t(words::EVERYONE)}</option>
                {move || managers.get().into_iter().map(|(id, name)| view! {
                    <option value=id.to_string()>{name}</option>
                }).collect_view()}
            </select>
            <Icon name="down" />
        </label>
    })
}

/// Everyone who went or is to go to a customer held here.
fn managers(replica: &Replica) -> Vec<(EmployeeId, String)> {
    let mut ids: Vec<EmployeeId> = replica.all::<Visit>().map(|visit| visit.visitor_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut people: Vec<&Colleague> = ids.into_iter().filter_map(|id| replica.get(id)).collect();
    people.sort_by(|a, b| a.employee_no.cmp(&b.employee_no));
    people.into_iter().map(|person| (person.id, format!("{} {}", person.employee_no, person.name))).collect()
}
