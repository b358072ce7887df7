//! How far everyone is this quarter; every figure opens into its rows.

use super::behind::{Behind, Open, What};
use super::devices::contact;
use crate::components::EmptyState;
use crate::i18n::{fill, t};
use crate::words::team as words;
use crate::workbench::Workbench;
use domain::api::{Team, TeamManager};
use domain::ids::BookId;
use domain::time::{Date, days_between};
use leptos::prelude::*;
use leptos_router::components::A;

/// One line of the table: a manager, or all of them.
#[derive(Clone)]
struct Line {
    name: String,
    employee_no: Option<String>,
    books: Option<Vec<BookId>>,
    customers: u32,
    customers_visited: u32,
    visits_done: u32,
    planned_this_week: u32,
    visits_overdue: u32,
    promises_overdue: u32,
    manager: Option<TeamManager>,
}

#[component]
pub fn Coverage(team: Team) -> impl IntoView {
    let today = Workbench::expect().today();
    let gone = share(
        days_between(team.quarter_from, today) + 1,
        days_between(team.quarter_from, team.quarter_to) + 1,
    );
    let mut lines: Vec<Line> = team.managers.iter().map(line).collect();
    if lines.len() > 1 {
        lines.push(everyone(&team.managers));
    }
    let quarter_from = team.quarter_from;
    view! {
        <section class="cover" aria-labelledby="team-coverage">
            <div class="head">
                <h2 id="team-coverage">{t(words::COVERAGE)}</h2>
                <span class="small faint aside cover-key">
                    <span class="key"><svg viewBox="0 0 12 12" aria-hidden="true"><rect class="k1" width="7" height="12" /></svg>{t(words::VISITED)}</span>
                    <span class="key"><svg viewBox="0 0 12 12" aria-hidden="true"><path d="M6 0v12" /></svg>
                        {fill(words::QUARTER_GONE, &[("percent", &format!("{gone:.0}"))])}</span>
                </span>
                <A href="/app/hand-over" attr:class="btn">{t(words::HAND_OVER)}</A>
            </div>
            {if lines.is_empty() {
                view! { <EmptyState icon="people" title=t(words::NO_MANAGERS) text=t(words::NO_MANAGERS_SAY) /> }.into_any()
            } else {
                view! {
                    <table class="table cov">
                        <thead><tr>
                            <th scope="col">{t(words::MANAGER)}</th>
                            <th scope="col">{t(words::VISITED)}</th>
                            <th scope="col" class="r">{t(words::VISITS_DONE)}</th>
                            <th scope="col" class="r">{t(words::PLANNED)}</th>
                            <th scope="col" class="r">{t(words::OVERDUE)}</th>
                            <th scope="col" class="r">{t(words::PROMISES)}</th>
                            <th scope="col" class="r">{t(words::CUSTOMERS)}</th>
                            <th scope="col" class="r">{t(words::CONTACT)}</th>
                        </tr></thead>
                        <tbody>{lines.into_iter().map(|line| view! { <Row line quarter_from gone /> }).collect_view()}</tbody>
                    </table>
                    <p class="small faint cover-foot">{t(words::HOW_TO_READ)}</p>
                }.into_any()
            }}
        </section>
    }
}

fn line(manager: &TeamManager) -> Line {
    Line {
        name: manager.name.clone(),
        employee_no: Some(manager.employee_no.clone()),
        books: Some(manager.books.clone()),
        customers: manager.customers,
        customers_visited: manager.customers_visited,
        visits_done: manager.visits_done,
        planned_this_week: manager.planned_this_week,
        visits_overdue: manager.visits_overdue,
        promises_overdue: manager.promises_overdue,
        manager: Some(manager.clone()),
    }
}

fn everyone(managers: &[TeamManager]) -> Line {
    let sum = |figure: fn(&TeamManager) -> u32| managers.iter().map(figure).sum();
    Line {
        name: t(words::EVERYONE).to_owned(),
        employee_no: None,
        books: None,
        customers: sum(|manager| manager.customers),
        customers_visited: sum(|manager| manager.customers_visited),
        visits_done: sum(|manager| manager.visits_done),
        planned_this_week: sum(|manager| manager.planned_this_week),
        visits_overdue: sum(|manager| manager.visits_overdue),
        promises_overdue: sum(|manager| manager.promises_overdue),
        manager: None,
    }
}

/// In percent, 0 to 100.
fn share(part: i64, whole: i64) -> f64 {
    let (part, whole) = (i32::try_from(part).unwrap_or(0), i32::try_from(whole).unwrap_or(0));
    if whole <= 0 { 0.0 } else { (f64::from(part) / f64::from(whole) * 100.0).clamp(0.0, 100.0) }
}

#[component]
fn Row(line: Line, quarter_from: Date, gone: f64) -> impl IntoView {
    let Open(open) = Open::expect();
    let who = line.employee_no.is_some().then(|| line.name.clone());
    let books = line.books.clone();
    let figure = move |what: What, count: u32, label: &'static str, is_late: bool| {
        let behind = Behind { what, who: who.clone(), books: books.clone() };
        let class = if is_late && count > 0 { "num hit why-late" } else { "num hit" };
        let label = format!("{} {label} {count}", who.as_deref().unwrap_or(t(words::EVERYONE)));
        view! {
            <button type="button" class=class aria-label=label on:click=move |_| open.set(Some(behind.clone()))>{count}</button>
        }
    };
    let visited = {
        let behind = Behind {
            what: What::VisitedSince(quarter_from),
            who: line.employee_no.is_some().then(|| line.name.clone()),
            books: line.books.clone(),
        };
        let percent = share(i64::from(line.customers_visited), i64::from(line.customers));
        view! {
            <button type="button" class="cell" on:click=move |_| open.set(Some(behind.clone()))>
                <span class="num">{format!("{}/{}", line.customers_visited, line.customers)}</span>
                <svg class="meter" aria-hidden="true"><rect width=format!("{percent:.1}%")></rect><rect x=format!("{gone:.1}%")></rect></svg>
            </button>
        }
    };
    let contact = line.manager.as_ref().map(|manager| {
        let last = manager.devices.iter().filter_map(|device| device.last_contact_at).max();
        contact(last, Workbench::expect().now())
    });
    view! {
        <tr class=line.employee_no.is_none().then_some("all")>
            <th scope="row">{line.name.clone()}{line.employee_no.clone().map(|no| view! { <span class="small faint">{no}</span> })}</th>
            <td class="sum">{visited}</td>
            <td class="r" data-name=t(words::VISITS_DONE)>{figure(What::VisitsSince(quarter_from), line.visits_done, t(words::VISITS_DONE), false)}</td>
            <td class="r" data-name=t(words::PLANNED)>{figure(What::Planned, line.planned_this_week, t(words::PLANNED), false)}</td>
            <td class="r" data-name=t(words::OVERDUE)>{figure(What::VisitsOverdue, line.visits_overdue, t(words::OVERDUE), true)}</td>
            <td class="r" data-name=t(words::PROMISES)>{figure(What::PromisesOverdue, line.promises_overdue, t(words::PROMISES), true)}</td>
            <td class="r" data-name=t(words::CUSTOMERS)>{figure(What::Customers, line.customers, t(words::CUSTOMERS), false)}</td>
            <td class="r small faint">{contact}</td>
        </tr>
    }
}
