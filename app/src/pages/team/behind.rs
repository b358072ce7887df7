//! The rows behind a figure, from the lead's own tablet, each leading to its customer.

use crate::components::{EmptyState, Sheet};
use crate::i18n::{day, fill, t};
use crate::words::team as words;
use crate::workbench::Workbench;
use domain::customer::Customer;
use domain::ids::BookId;
use domain::organisation::{Book, Colleague};
use domain::promise::Promise;
use domain::time::{Date, days_between, monday_of};
use domain::visit::{Visit, VisitState};
use leptos::prelude::*;
use leptos_router::components::A;
use replica::Replica;
use std::collections::HashMap;

/// Rows of one sheet; the rest is told as a number.
const ROWS_MAX: usize = 300;
const WEEK_DAYS: i64 = 7;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Customers,
    /// Customers with a visit done since this day.
    VisitedSince(Date),
    VisitsSince(Date),
    /// Planned for this week and not yet done.
    Planned,
    VisitsOverdue,
    PromisesOverdue,
    /// Customers without a visit in so many days.
    NotVisited(i64),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Behind {
    pub what: What,
    /// Whose; everyone's when None.
    pub who: Option<String>,
    pub books: Option<Vec<BookId>>,
}

/// Where a figure puts what it opens.
#[derive(Clone, Copy)]
pub struct Open(pub RwSignal<Option<Behind>>);

impl Open {
    pub fn expect() -> Self {
        expect_context()
    }
}

#[derive(Clone, PartialEq)]
struct Line {
    /// Sorts: the gravest first.
    order: i64,
    href: String,
    name: String,
    what: String,
    /// Whose customer, where that is not said above.
    holder: Option<String>,
}

#[component]
pub fn BehindSheet(open: Open) -> impl IntoView {
    let workbench = Workbench::expect();
    let Open(behind) = open;
    view! {
        {move || behind.get().map(|shown| {
            let is_open = RwSignal::new(true);
            Effect::new(move |_| if !is_open.get() { behind.set(None) });
            let title = match &shown.who {
                Some(who) => fill(words::BEHIND, &[("who", who), ("what", &name(shown.what))]),
                None => name(shown.what),
            };
            view! {
                <Sheet title is_open>
                    {
                        let shown = shown.clone();
                        move || {
                            let lines = workbench.read(|replica| lines(replica, &shown, workbench.today()));
                            view! { <Lines lines /> }
                        }
                    }
                </Sheet>
            }
        })}
    }
}

#[component]
fn Lines(lines: Vec<Line>) -> impl IntoView {
    if lines.is_empty() {
        return view! { <EmptyState icon="ok" title=t(words::NO_ROWS) text=t(words::NO_ROWS_SAY) /> }
            .into_any();
    }
    let more = lines.len().saturating_sub(ROWS_MAX);
    view! {
        <ul class="rows flush behind">
            {lines.into_iter().take(ROWS_MAX).map(|line| view! {
                <li><A href=line.href attr:class="row">
                    <span class="row-body">
                        <span class="row-name"><span>{line.name}</span></span>
                        <span class="row-sub">{line.what}</span>
                    </span>
                    {line.holder.map(|holder| view! { <span class="small faint nb">{holder}</span> })}
                </A></li>
            }).collect_view()}
        </ul>
        {(more > 0).then(|| view! { <p class="small faint">{fill(words::MORE_ROWS, &[("n", &more)])}</p> })}
    }
    .into_any()
}

fn name(what: What) -> String {
    match what {
        What::Customers => t(words::CUSTOMERS).to_owned(),
        What::VisitedSince(_) => t(words::VISITED).to_owned(),
        What::VisitsSince(_) => t(words::VISITS_DONE).to_owned(),
        What::Planned => t(words::PLANNED).to_owned(),
        What::VisitsOverdue => t(words::VISITS_OVERDUE).to_owned(),
        What::PromisesOverdue => t(words::PROMISES_OVERDUE).to_owned(),
        What::NotVisited(days) => fill(words::NOT_VISITED, &[("days", &days)]),
    }
}

fn lines(replica: &Replica, behind: &Behind, today: Date) -> Vec<Line> {
    let is_theirs =
        |customer: &Customer| behind.books.as_ref().is_none_or(|books| books.contains(&customer.book_id));
    let customers: HashMap<_, _> = replica
        .all::<Customer>()
        .filter(|customer| is_theirs(customer))
        .map(|customer| (customer.id, customer))
        .collect();
    let holders: HashMap<BookId, String> = replica
        .all::<Book>()
        .filter_map(|book| {
            let holder = replica.get::<Colleague>(book.holder_id?)?;
            Some((book.id, holder.name.clone()))
        })
        .collect();
    let line = |customer: &Customer, order: i64, what: String| Line {
        order,
        href: format!("/app/customers/{}", customer.id),
        name: customer.name.clone(),
        what,
        holder: if behind.who.is_none() { holders.get(&customer.book_id).cloned() } else { None },
    };
    let of_visits = |wanted: &dyn Fn(&Visit) -> Option<(i64, String)>| {
        let visits = replica.all::<Visit>();
        visits
            .filter_map(|visit| {
                let customer = customers.get(&visit.customer_id)?;
                let (order, what) = wanted(visit)?;
                Some(line(customer, order, what))
            })
            .collect::<Vec<_>>()
    };
    let of_customers = |wanted: &dyn Fn(&Customer, Option<Date>) -> Option<i64>| {
        customers
            .values()
            .filter_map(|customer| {
                let last = last_visit(replica, customer);
                let what = match last {
                    Some(on) => fill(words::LAST_VISITED, &[("day", &day(on, today))]),
                    None => t(words::NEVER_VISITED).to_owned(),
                };
                wanted(customer, last).map(|order| line(customer, order, what))
            })
            .collect::<Vec<_>>()
    };
    let mut lines = match behind.what {
        What::Customers => of_customers(&|_, last| Some(last.map_or(i64::MIN, |on| days_between(today, on)))),
        What::VisitedSince(from) => of_customers(&|customer, _| {
            let last = replica
                .of::<Visit>(customer.id)
                .filter(|visit| is_done_since(visit, from))
                .map(|visit| visit.on);
            last.max().map(|on| days_between(on, today))
        }),
        What::NotVisited(days) => of_customers(&|_, last| match last {
            Some(on) if days_between(on, today) <= days => None,
            Some(on) => Some(days_between(today, on)),
            None => Some(i64::MIN),
        }),
        What::VisitsSince(from) => of_visits(&|visit| {
            let summary = visit.report.as_ref().map(|report| report.summary.clone()).unwrap_or_default();
            let what = format!("{} {summary}", day(visit.on, today));
            is_done_since(visit, from).then(|| (days_between(visit.on, today), what))
        }),
        What::Planned => {
            let monday = monday_of(today);
            of_visits(&|visit| {
                let ahead = days_between(monday, visit.on);
                let purpose = visit.purpose.clone().unwrap_or_default();
                (visit.state == VisitState::Planned && (0..WEEK_DAYS).contains(&ahead))
                    .then(|| (ahead, format!("{} {purpose}", day(visit.on, today))))
            })
        }
        What::VisitsOverdue => of_visits(&|visit| {
            let late = days_between(visit.on, today);
            let what = fill(words::PLANNED_FOR, &[("day", &day(visit.on, today)), ("n", &late)]);
            (visit.state == VisitState::Planned && late > 0).then_some((-late, what))
        }),
        What::PromisesOverdue => replica
            .all::<Promise>()
            .filter(|promise| promise.is_open() && promise.due_on < today)
            .filter_map(|promise| {
                let customer = customers.get(&promise.customer_id)?;
                let late = days_between(promise.due_on, today);
                let due = fill(words::DUE_SINCE, &[("day", &day(promise.due_on, today)), ("n", &late)]);
                Some(line(customer, -late, format!("{}{}{due}", promise.text, " · ")))
            })
            .collect(),
    };
    lines.sort_by(|a, b| a.order.cmp(&b.order).then_with(|| a.name.cmp(&b.name)));
    lines
}

fn is_done_since(visit: &Visit, from: Date) -> bool {
    visit.state == VisitState::Done && visit.on >= from
}

/// Ours, or the one the branch's list tells of.
fn last_visit(replica: &Replica, customer: &Customer) -> Option<Date> {
    let ours = replica
        .of::<Visit>(customer.id)
        .filter(|visit| visit.state == VisitState::Done)
        .map(|visit| visit.on);
    ours.max().max(customer.last_visited_on)
}
