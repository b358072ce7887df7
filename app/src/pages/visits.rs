//! 走访: the week by columns or the month by marks, of visits or of care; the chosen day, what is owed and what comes next
//! at the right. The address holds the day, the span and what is shown, so that coming back from a customer finds them
//! again.

mod asking;
mod by_distance;
mod call;
mod care;
mod care_list;
mod care_month;
mod day_list;
mod day_order;
mod day_stops;
mod export;
mod line;
mod month;
mod not_held;
mod owed;
mod pack;
mod placing;
mod plan;
mod reschedule;
mod shelf;
mod week;
mod when;

pub use asking::{Asking, VisitAsks};
pub use by_distance::ByDistance;
pub use day_order::{DayOrder, OrderButtons, OrderGrip};
pub use day_stops::{DayTotal, stops_by_day};
pub use line::{VisitLine, whose_agenda};
pub use pack::{Pack, StopFacts};
pub use when::{Chosen, When, WhenFields};

use crate::components::{Bar, Icon, Segment};
use crate::i18n::{self, Language, comma, day, fill, near_day, t, weekday};
use crate::pages::whole_address;
use crate::words::{self as common, plan as plan_words, visits as words};
use crate::workbench::Workbench;
use call::{CallDialog, Calling};
use care_list::{CareBeside, CareList, CareVerbs};
use care_month::{CareMonth, care_sum};
use chrono::{Datelike, Duration};
use day_list::DayList;
use domain::agenda;
use domain::authorize::{Act, may};
use domain::ids::{CustomerId, EmployeeId, VisitId};
use domain::organisation::{Colleague, Role};
use domain::time::{Date, days_between, monday_of};
use domain::visit::Visit;
use export::ExportDialog;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use month::Month;
use owed::{Owed, shelved};
use placing::Placing;
use plan::PlanDialog;
use replica::Replica;
use shelf::Shelf;
use week::Week;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    Week,
    Month,
}

/// What the calendar tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    Visits,
    Care,
}

/// Where the page looks: what the address says, and whose visits.
#[derive(Clone, Copy)]
pub struct Look {
    pub day: Signal<Date>,
    pub span: Signal<Span>,
    pub show: Signal<Show>,
    /// One manager's, where more than one can be seen.
    pub visitor: RwSignal<Option<EmployeeId>>,
    pub today: Date,
}

impl Look {
    /// The address of another day in the same span.
    pub fn href(self, day: Date) -> String {
        href(day, self.span.get(), self.show.get())
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

fn href(day: Date, span: Span, show: Show) -> String {
    let span = if span == Span::Month { "&span=month" } else { "" };
    let show = if show == Show::Care { "&show=care" } else { "" };
    format!("/app/visits?day={day}{span}{show}")
}

/// 明天，11月19日: the chosen day as a heading.
fn day_title(look: Look) -> String {
    let on = look.day.get();
    match days_between(look.today, on) {
        -1..=1 => format!("{}{}{}", near_day(on, look.today), comma(), day(on, look.today)),
        _ => format!("{} {}", day(on, look.today), weekday(on)),
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
    let show = Memo::new(move |_| {
        let is_care = query.with(|query| query.get_str("show") == Some("care"));
        if is_care { Show::Care } else { Show::Visits }
    });
    let look =
        Look { day: day.into(), span: span.into(), show: show.into(), visitor: RwSignal::new(None), today };
    let asking = Asking::new();
    let placing = Placing::new();
    let calling = Calling::new();
    let opened =
        Opened { planning: RwSignal::new(false), whom: RwSignal::new(None), exporting: RwSignal::new(false) };
    let ordering = RwSignal::new(false);
    let may_plan = workbench.peek(|replica| may(replica.actor().role, Act::KeepCustomer));
    let navigate = use_navigate();
    let choose_span = move |span| {
        let replace = NavigateOptions { replace: true, ..whole_address() };
        navigate(&href(day.get_untracked(), span, show.get_untracked()), replace);
    };
    let order = DayOrder::new(look.day, look.visitor.into());
    let plan_for = Callback::new(move |customer: CustomerId| opened.plan(Some(customer)));
    let shelf = Memo::new(move |_| workbench.read(|replica| shelved(replica, today)));
    let moved_there = Memo::new(move |_| {
        shelf.with(|shelf| shelf.iter().filter_map(|own| own.missed).collect::<Vec<VisitId>>())
    });
    let verbs = CareVerbs { calling, on_plan: plan_for, may_plan };
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
                <CalendarBar look opened may_plan />
                {move || match (show.get(), span.get()) {
                    (Show::Care, _) => view! { <CareMonth look /> }.into_any(),
                    (Show::Visits, Span::Week) => view! { <Week look placing asking may_plan /> }.into_any(),
                    (Show::Visits, Span::Month) => view! { <Month look /> }.into_any(),
                }}
            </section>
            <aside class="side scroll">
                {move || match show.get() {
                    Show::Care => view! { <CareList look verbs /> }.into_any(),
                    Show::Visits => view! {
                        <DayList look asking may_plan order on_distance=Callback::new(move |()| ordering.set(true)) />
                        <CareBeside look verbs />
                        {may_plan.then(|| view! { <Owed look shelf placing on_other=plan_for /> })}
                        <Shelf look asking may_plan moved_there />
                    }
                    .into_any(),
                }}
            </aside>
        </main>
        <VisitAsks asking />
        <PlanDialog is_open=opened.planning on=look.day whom=opened.whom />
        <ExportDialog look is_open=opened.exporting />
        <ByDistance order is_open=ordering />
        <CallDialog calling />
    }
}

/// Which of the page's dialogs is open.
#[derive(Clone, Copy)]
struct Opened {
    planning: RwSignal<bool>,
    whom: RwSignal<Option<CustomerId>>,
    exporting: RwSignal<bool>,
}

impl Opened {
    fn plan(self, whom: Option<CustomerId>) {
        self.whom.set(whom);
        self.planning.set(true);
    }
}

/// What of a week's hours nothing is planned into, in minutes; None for anything but one manager's week.
fn still_free(replica: &Replica, look: Look) -> Option<u64> {
    let is_one = look.visitor.get().is_some() || replica.actor().role == Role::Manager;
    let (from, to) = look.range();
    if !is_one || look.span.get() != Span::Week || from < monday_of(look.today) {
        return None;
    }
    let rules = replica.rules();
    let hours = u64::from(rules.policy(from).hours.hours_a_week);
    let stops = stops_by_day(replica, look.visitor.get(), from, to);
    let taken: u64 = stops.values().flatten().map(|stop| u64::from(stop.minutes)).sum();
    (hours * 60).checked_sub(taken).filter(|left| *left > 0)
}

/// Back, today, forward; whose visits; how the span stands; planning.
#[component]
fn CalendarBar(look: Look, opened: Opened, may_plan: bool) -> impl IntoView {
    let workbench = Workbench::expect();
    let count = Memo::new(move |_| {
        let ((from, to), visitor) = (look.range(), look.visitor.get());
        workbench.read(|replica| {
            let days = agenda::by_day(replica.all::<Visit>(), visitor, from, to);
            agenda::count(days.values().flatten().copied())
        })
    });
    let free = Memo::new(move |_| workbench.read(|replica| still_free(replica, look)));
    let navigate = use_navigate();
    let choose_show = move |show| {
        let replace = NavigateOptions { replace: true, ..whole_address() };
        navigate(&href(look.day.get_untracked(), look.span.get_untracked(), show), replace);
    };
    let shows =
        vec![(Show::Visits, t(common::VISITS).to_owned()), (Show::Care, t(plan_words::CARE).to_owned())];
    let sum = move || {
        if look.show.get() == Show::Care {
            return care_sum(look);
        }
        let count = count.get();
        let mut sum = fill(words::SUM, &[("planned", &count.wanted()), ("done", &count.done)]);
        if count.skipped > 0 {
            sum.push_str(&fill(words::SUM_SKIPPED, &[("n", &count.skipped)]));
        }
        if count.cancelled > 0 {
            sum.push_str(&fill(words::SUM_CANCELLED, &[("n", &count.cancelled)]));
        }
        if let Some(free) = free.get() {
            sum.push_str(&fill(plan_words::STILL_FREE, &[("time", &plan_words::duration(free))]));
        }
        sum
    };
    view! {
        <div class="cal-bar">
            <a class="btn btn-icon" aria-label=t(words::BACKWARD) href=move || look.href(look.step(false))><Icon name="left" /></a>
            <a class="btn" href=move || look.href(look.today)>{t(common::TODAY)}</a>
            <a class="btn btn-icon" aria-label=t(words::FORWARD) href=move || look.href(look.step(true))><Icon name="right" /></a>
            <Segment label=t(plan_words::SHOW) group="show" class="seg-s" options=shows
                chosen=Signal::derive(move || Some(look.show.get())) on_choose=choose_show />
            <ManagerPick chosen=look.visitor />
            <p class="small quiet cal-sum wide">{sum}</p>
            <button type="button" class="btn cal-out" aria-label=t(plan_words::EXPORT) on:click=move |_| opened.exporting.set(true)>
                <Icon name="export" small=true /><span class="cal-verb">{t(plan_words::EXPORT)}</span>
            </button>
            {may_plan.then(|| view! {
                <button type="button" class="btn btn-main" aria-label=t(common::PLAN_VISIT) on:click=move |_| opened.plan(None)>
                    <Icon name="plus" small=true /><span class="cal-verb">{t(common::PLAN_VISIT)}</span>
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
