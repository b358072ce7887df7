//! How far everyone is, by tier; every figure opens into its rows.

use super::behind::{Behind, Open, What, name};
use super::devices::{DevicesLine, DevicesSeen, contact};
use super::seen::{Manager, Seen};
use crate::components::EmptyState;
use crate::i18n::{fill, t};
use crate::words::team as words;
use crate::workbench::Workbench;
use domain::ids::EmployeeId;
use domain::standard::Period;
use domain::team::Cell;
use domain::time::{Date, days_between};
use leptos::prelude::*;
use leptos_router::components::A;
use std::sync::Arc;

#[component]
pub fn Coverage(seen: Memo<Arc<Seen>>, devices: DevicesSeen) -> impl IntoView {
    view! {
        <section class="coverage" aria-labelledby="team-coverage">
            {move || {
                let seen = seen.get();
                let gone = gone_percent(seen.today);
                view! {
                    <div class="head">
                        <h2 id="team-coverage">{t(words::COVERAGE)}</h2>
                        <span class="small faint aside cover-key">
                            <span class="key"><svg viewBox="0 0 12 12" aria-hidden="true"><rect class="k1" width="7" height="12" /></svg>{t(words::VISITED)}</span>
                            <span class="key"><svg viewBox="0 0 12 12" aria-hidden="true"><path d="M6 0v12" /></svg>
                                {fill(words::TIME_GONE, &[("percent", &gone)])}</span>
                        </span>
                        <span class="cover-do">
                            <A href="/app/migration" attr:class="btn">{t(words::MIGRATION)}</A>
                            {seen.may_hand_over.then(|| view! { <A href="/app/hand-over" attr:class="btn">{t(words::HAND_OVER)}</A> })}
                        </span>
                    </div>
                    <Table seen devices />
                }
            }}
            <DevicesLine devices />
        </section>
    }
}

#[component]
fn Table(seen: Arc<Seen>, devices: DevicesSeen) -> impl IntoView {
    if seen.managers.is_empty() {
        return view! { <EmptyState icon="people" title=t(words::NO_MANAGERS) text=t(words::NO_MANAGERS_SAY) /> }
            .into_any();
    }
    let ranks = seen.ranks();
    let heads = ranks
        .iter()
        .map(|rank| {
            // Which period is counted, where it is not the quarter.
            let period = rank.and_then(|rank| seen.periods.get(rank).copied().flatten());
            let period = period.filter(|period| *period != Period::Quarter).map(words::period);
            view! {
                <th scope="col">{seen.tier_name(*rank)}{period.map(|name| view! { <span class="cov-per">{name}</span> })}</th>
            }
        })
        .collect_view();
    let rows = seen.managers.iter().map(|manager| row(&seen, Some(manager), &ranks, devices)).collect_view();
    let all = (seen.managers.len() > 1).then(|| row(&seen, None, &ranks, devices));
    let say = if seen.has_standard { words::HOW_TO_READ } else { words::NO_STANDARD_READ };
    view! {
        <div class="cov-box"><table class="table cov">
            <thead><tr>
                <th scope="col">{t(words::MANAGER)}</th>
                {heads}
                <th scope="col">{t(words::TOTAL)}</th>
                <th scope="col" class="r cov-behind">{t(words::BEHIND)}</th>
                <th scope="col" class="r cov-count">{t(words::CUSTOMERS)}</th>
                <th scope="col" class="r cov-contact">{t(words::CONTACT)}</th>
            </tr></thead>
            <tbody>{rows}{all}</tbody>
        </table></div>
        <p class="small faint cover-foot">{t(say)}</p>
    }
    .into_any()
}

/// One manager's, or everyone's.
fn row(
    seen: &Seen,
    manager: Option<&Manager>,
    ranks: &[Option<usize>],
    devices: DevicesSeen,
) -> impl IntoView + use<> {
    let id: Option<Option<EmployeeId>> = manager.map(|manager| manager.id);
    let who = manager.map_or_else(|| t(words::EVERYONE).to_owned(), |manager| manager.name.clone());
    let employee_no = manager.and_then(|manager| manager.employee_no.clone());
    let cells = ranks
        .iter()
        .map(|rank| {
            let cell = match id {
                Some(id) => seen.coverage.cell(id, *rank),
                None => seen.coverage.of_rank(*rank),
            };
            let tier = seen.tier_name(*rank);
            let label = format!("{who} {tier}");
            let behind = Behind { what: What::Covered, manager: id, rank: Some(*rank) };
            view! { <td data-name=tier>{figure(cell, behind, label)}</td> }
        })
        .collect_view();
    let sum = id.map_or_else(|| seen.coverage.all(), |id| seen.coverage.of_manager(id));
    let count = |what: What, n: u32, is_late: bool| {
        let class = if is_late && n > 0 { "num hit why-late" } else { "num hit" };
        number(
            class,
            format!("{who} {} {n}", name(what, seen.today)),
            n,
            Behind { what, manager: id, rank: None },
        )
    };
    let total = figure(
        sum,
        Behind { what: What::Covered, manager: id, rank: None },
        format!("{who} {}", t(words::TOTAL)),
    );
    let holds_devices = manager.is_some_and(|manager| manager.id.is_some());
    let last = move || {
        let own = id.flatten();
        let now = Workbench::expect().now();
        devices.contact_of(own).filter(|_| holds_devices).map(|last| contact(last, now))
    };
    view! {
        <tr class=manager.is_none().then_some("all")>
            <th scope="row">{who.clone()}{employee_no.map(|no| view! { <span class="small faint">{no}</span> })}</th>
            {cells}
            <td class="sum">{total}</td>
            <td class="r cov-behind" data-name=t(words::BEHIND)>{count(What::BehindTime, sum.behind, true)}</td>
            <td class="r cov-count" data-name=t(words::CUSTOMERS)>{count(What::Customers, sum.customers, false)}</td>
            <td class="r small faint cov-contact" data-name=t(words::CONTACT)>{last}</td>
        </tr>
    }
}

fn number(class: &'static str, label: String, n: u32, behind: Behind) -> impl IntoView {
    let Open(open) = Open::expect();
    view! {
        <button type="button" class=class aria-label=label on:click=move |_| open.set(Some(behind))>{n}</button>
    }
}

/// 6/9 with its bar and where the time stands; only the customers where nothing is asked for.
fn figure(cell: Cell, behind: Behind, label: String) -> AnyView {
    let Open(open) = Open::expect();
    let (Some(done), Some(expected)) = (cell.done_permille(), cell.expected_permille()) else {
        return match cell.customers {
            0 => view! { <span class="faint" aria-hidden="true">"—"</span> }.into_any(),
            n => {
                let behind = Behind { what: What::Customers, ..behind };
                let said = format!("{label} {} {n}", t(words::CUSTOMERS));
                view! {
                    <button type="button" class="cell cell-bare" aria-label=said on:click=move |_| open.set(Some(behind))>
                        <span class="num faint">"—"</span>
                    </button>
                }
                .into_any()
            }
        };
    };
    let meter = if cell.is_late() { "meter meter-late" } else { "meter" };
    view! {
        <button type="button" class="cell" aria-label=format!("{label} {}/{}", cell.done, cell.required)
            on:click=move |_| open.set(Some(behind))>
            <span class="num">{format!("{}/{}", cell.done, cell.required)}</span>
            <svg class=meter aria-hidden="true">
                <rect width=percent(done)></rect>
                <rect x=percent(expected)></rect>
            </svg>
        </button>
    }
    .into_any()
}

/// 53.3%
pub fn percent(permille: u64) -> String {
    format!("{}.{}%", permille / 10, permille % 10)
}

/// Of the quarter.
fn gone_percent(today: Date) -> i64 {
    let quarter = Period::Quarter.holding(today);
    days_between(quarter.from, today) * 100 / (days_between(quarter.from, quarter.to) + 1).max(1)
}
