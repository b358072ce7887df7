//! What is wrong, the gravest first: one line a kind, with whose it is; each opens into its rows.

use super::behind::{Behind, Open, What, name};
use super::devices::{DevicesOpen, DevicesSeen};
use super::seen::Seen;
use crate::components::{EmptyState, Icon};
use crate::i18n::{fill, t};
use crate::words::team as words;
use crate::workbench::Workbench;
use domain::api::{TeamException, TeamExceptionKind};
use domain::customer::Customer;
use domain::promise::Promise;
use domain::team::{Case, by_manager};
use leptos::prelude::*;
use leptos_router::components::A;
use std::sync::Arc;

/// Names in one line; the rows behind have them all.
const NAMES_MAX: usize = 4;

#[derive(Clone, PartialEq)]
enum Opens {
    Rows(What),
    Devices,
    Page(String),
}

/// All exceptions of a kind.
#[derive(Clone, PartialEq)]
struct Entry {
    icon: &'static str,
    figure: usize,
    title: String,
    sub: String,
    opens: Opens,
}

#[component]
pub fn Exceptions(seen: Memo<Arc<Seen>>, devices: DevicesSeen) -> impl IntoView {
    let workbench = Workbench::expect();
    let entries = Memo::new(move |_| seen.with(|seen| entries(workbench, seen, &devices.silent())));
    view! {
        <section class="exc" aria-labelledby="team-first">
            <div class="head">
                <h2 id="team-first">{t(words::FIRST)}</h2>
                <span class="count">{move || entries.with(Vec::len)}</span>
            </div>
            {move || entries.with(Vec::is_empty).then(|| view! {
                <EmptyState icon="ok" title=t(words::ALL_WELL) text=t(words::ALL_WELL_SAY) />
            })}
            <ol class="excs">
                <For each=move || entries.get() key=|entry| (entry.icon, entry.title.clone(), entry.figure, entry.sub.clone()) let(entry)>
                    <li><Exception entry /></li>
                </For>
            </ol>
        </section>
    }
}

#[component]
fn Exception(entry: Entry) -> impl IntoView {
    let Open(open) = Open::expect();
    let DevicesOpen(is_devices_open) = DevicesOpen::expect();
    let Entry { icon, figure, title, sub, opens } = entry;
    let inner = view! {
        <Icon name=icon />
        <span class="figure num">{figure}</span>
        <span class="exc-what"><b>{title}</b><span class="small quiet">{sub}</span></span>
        <Icon name="right" small=true />
    };
    match opens {
        Opens::Page(href) => view! { <A href=href attr:class="exc-one">{inner}</A> }.into_any(),
        Opens::Rows(what) => view! {
            <button type="button" class="exc-one" on:click=move |_| open.set(Some(Behind::all(what)))>{inner}</button>
        }
        .into_any(),
        Opens::Devices => view! {
            <button type="button" class="exc-one" on:click=move |_| is_devices_open.set(true)>{inner}</button>
        }
        .into_any(),
    }
}

fn entries(workbench: Workbench, seen: &Seen, silent: &[TeamException]) -> Vec<Entry> {
    let found = &seen.exceptions;
    let rows = |icon, what, figure: usize, sub: String| {
        let title = name(what, seen.today);
        (figure > 0).then_some(Entry { icon, figure, title, sub, opens: Opens::Rows(what) })
    };
    let promises = found.promises.len();
    let of_promises = longest_promise(workbench, seen).unwrap_or_default();
    let of_pairs = first_pair(workbench, seen).unwrap_or_default();
    let entries = [
        rows("clock", What::Overdue, found.overdue.len(), whose(seen, &found.overdue)),
        rows("flag", What::Promises, promises, of_promises),
        rows("alert", What::Events, found.events.len(), whose(seen, &found.events)),
        devices(seen, silent),
        unheld(seen),
        rows("pin", What::NotVisited, found.not_visited.len(), whose(seen, &found.not_visited)),
        rows("today", What::PlannedLate, found.planned_late.len(), whose(seen, &found.planned_late)),
        rows("tier", What::Inverted, found.inverted.len(), of_pairs),
        rows("doc", What::Untiered, found.untiered.len(), whose(seen, &found.untiered)),
        rows("star", What::Ending, found.ending.len(), whose(seen, &found.ending)),
    ];
    entries.into_iter().flatten().collect()
}

/// 方屿6、何绍川4
fn whose<T>(seen: &Seen, cases: &[Case<T>]) -> String {
    let counts = by_manager(cases);
    let named: Vec<String> = counts
        .iter()
        .take(NAMES_MAX)
        .map(|(id, n)| fill(words::NAME_COUNT, &[("name", &seen.manager_name(*id)), ("n", n)]))
        .collect();
    ended(named, counts.len())
}

fn ended(named: Vec<String>, all: usize) -> String {
    let more = if all > named.len() { " …" } else { "" };
    format!("{}{more}", named.join(t(words::BETWEEN)))
}

fn longest_promise(workbench: Workbench, seen: &Seen) -> Option<String> {
    let case = seen.exceptions.promises.iter().max_by_key(|case| case.what.days)?;
    let promise = workbench.peek(|replica| replica.get::<Promise>(case.what.promise_id).cloned())?;
    let manager = seen.manager_name(case.manager_id);
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("n", &case.what.days), ("name", &manager), ("text", &promise.text)];
    Some(fill(words::LONGEST_PROMISE, &values))
}

fn first_pair(workbench: Workbench, seen: &Seen) -> Option<String> {
    let case = seen.exceptions.inverted.first()?;
    let told = |id| {
        let rank = seen.members.iter().find(|member| member.customer_id == id)?.rank;
        let customer = workbench.peek(|replica| replica.get::<Customer>(id).cloned())?;
        Some((customer.name, seen.tier_name(rank)))
    };
    let ((lower, lower_tier), (higher, higher_tier)) = (told(case.customer_id)?, told(case.what.higher_id)?);
    let values: [(&str, &dyn std::fmt::Display); 6] = [
        ("lower", &lower),
        ("lower_tier", &lower_tier),
        ("n", &case.what.visits),
        ("higher", &higher),
        ("higher_tier", &higher_tier),
        ("m", &case.what.higher_visits),
    ];
    Some(fill(words::INVERTED_PAIR, &values))
}

/// Tablets are counted, not what is on them.
fn devices(seen: &Seen, silent: &[TeamException]) -> Option<Entry> {
    let days = silent.iter().filter_map(|one| one.days).min()?;
    let named: Vec<String> = silent
        .iter()
        .take(NAMES_MAX)
        .map(|one| {
            let name = seen.manager_name(one.employee_id);
            match one.count {
                0 => name,
                n => fill(words::NAME_DAYS_UNSENT, &[("name", &name), ("n", &n)]),
            }
        })
        .collect();
    Some(Entry {
        icon: "tablet",
        figure: silent.len(),
        title: fill(words::DEVICE_SILENT, &[("days", &days)]),
        sub: ended(named, silent.len()),
        opens: Opens::Devices,
    })
}

pub fn is_silence(exception: &TeamException) -> bool {
    exception.kind == TeamExceptionKind::DeviceSilent
}

fn unheld(seen: &Seen) -> Option<Entry> {
    let (first, _) = seen.unheld.first()?;
    let href = if seen.may_hand_over {
        Opens::Page(format!("/app/hand-over?from={first}"))
    } else {
        Opens::Rows(What::Customers)
    };
    let named: Vec<String> = seen.unheld.iter().take(NAMES_MAX).map(|(_, name)| name.clone()).collect();
    Some(Entry {
        icon: "swap",
        figure: seen.unheld.len(),
        title: t(words::BOOK_WITHOUT_HOLDER).to_owned(),
        sub: ended(named, seen.unheld.len()),
        opens: href,
    })
}
