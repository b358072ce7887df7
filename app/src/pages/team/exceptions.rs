//! What is wrong, the gravest first: one line a kind, with whose it is; each opens into its rows.

use super::behind::{Behind, Open, What};
use crate::components::{EmptyState, Icon};
use crate::i18n::{clock, fill, t};
use crate::words::team as words;
use crate::workbench::Workbench;
use domain::api::{Team, TeamException, TeamExceptionKind};
use leptos::prelude::*;
use leptos_router::components::A;

/// Names in one line; the rows behind have them all.
const NAMES_MAX: usize = 4;

/// All exceptions of a kind.
#[derive(Clone)]
struct Group {
    kind: TeamExceptionKind,
    exceptions: Vec<TeamException>,
}

#[component]
pub fn Exceptions(team: Team, on_again: Callback<()>) -> impl IntoView {
    let workbench = Workbench::expect();
    let at = clock(team.as_of.minute_of_day());
    let groups = grouped(&team.exceptions);
    let count = groups.len();
    view! {
        <section class="exc" aria-labelledby="team-first">
            <div class="head">
                <h2 id="team-first">{t(words::FIRST)}</h2>
                <span class="count">{count}</span>
                <span class="small faint aside">{fill(words::AS_OF, &[("at", &at)])}</span>
                <button type="button" class="btn btn-icon exc-again" aria-label=t(words::AGAIN)
                    disabled=move || !workbench.is_online() on:click=move |_| on_again.run(())><Icon name="sync" small=true /></button>
            </div>
            {if groups.is_empty() {
                view! { <EmptyState icon="ok" title=t(words::ALL_WELL) text=t(words::ALL_WELL_SAY) /> }.into_any()
            } else {
                view! {
                    <ol class="excs">{groups.into_iter().map(|group| view! { <li><Exception group team=team.clone() /></li> }).collect_view()}</ol>
                }.into_any()
            }}
        </section>
    }
}

fn grouped(exceptions: &[TeamException]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for exception in exceptions {
        match groups.iter_mut().find(|group| group.kind == exception.kind) {
            Some(group) => group.exceptions.push(exception.clone()),
            None => groups.push(Group { kind: exception.kind, exceptions: vec![exception.clone()] }),
        }
    }
    groups
}

#[component]
fn Exception(group: Group, team: Team) -> impl IntoView {
    use TeamExceptionKind::{BookWithoutHolder, DeviceSilent, NotVisited, PromisesOverdue, VisitsOverdue};
    let workbench = Workbench::expect();
    let Open(open) = Open::expect();
    let days_min = group.exceptions.iter().filter_map(|one| one.days).min().unwrap_or_default();
    let total: u32 = group.exceptions.iter().map(|one| one.count).sum();
    let (icon, figure, title) = match group.kind {
        PromisesOverdue => ("flag", total, t(words::PROMISES_OVERDUE).to_owned()),
        // Tablets are counted, not what is on them.
        DeviceSilent => {
            let devices = u32::try_from(group.exceptions.len()).unwrap_or(u32::MAX);
            ("tablet", devices, fill(words::DEVICE_SILENT, &[("days", &days_min)]))
        }
        NotVisited => ("clock", total, fill(words::NOT_VISITED, &[("days", &days_min)])),
        VisitsOverdue => ("today", total, t(words::VISITS_OVERDUE).to_owned()),
        BookWithoutHolder => {
            let books = u32::try_from(group.exceptions.len()).unwrap_or(u32::MAX);
            ("swap", books, t(words::BOOK_WITHOUT_HOLDER).to_owned())
        }
    };
    let names = names(&group, &team, workbench);
    let inner = move || {
        view! {
            <Icon name=icon />
            <span class="figure num">{figure}</span>
            <span class="exc-what"><b>{title.clone()}</b><span class="small quiet">{names.clone()}</span></span>
            <Icon name="right" small=true />
        }
    };
    let what = match group.kind {
        PromisesOverdue => Some(What::PromisesOverdue),
        NotVisited => Some(What::NotVisited(i64::from(days_min))),
        VisitsOverdue => Some(What::VisitsOverdue),
        DeviceSilent | BookWithoutHolder => None,
    };
    match (what, group.kind) {
        (Some(what), _) => view! {
            <button type="button" class="exc-one" on:click=move |_| {
                open.set(Some(Behind { what, who: None, books: None }));
            }>{inner()}</button>
        }
        .into_any(),
        (None, BookWithoutHolder) => {
            let from = group.exceptions.iter().find_map(|one| one.book_id);
            let href = from.map_or("/app/hand-over".to_owned(), |book| format!("/app/hand-over?from={book}"));
            view! { <A href=href attr:class="exc-one">{inner()}</A> }.into_any()
        }
        (None, _) => {
            view! {
                <button type="button" class="exc-one" on:click=move |_| { crate::browser::screen::focus("team-devices"); }>{inner()}</button>
            }
            .into_any()
        }
    }
}

/// 方屿6、何绍川4
fn names(group: &Group, team: &Team, workbench: Workbench) -> String {
    let said: Vec<String> = group
        .exceptions
        .iter()
        .take(NAMES_MAX)
        .map(|one| {
            let name = name_of(one, team, workbench);
            let days = one.days.unwrap_or_default();
            match (group.kind, one.count) {
                (TeamExceptionKind::DeviceSilent, 0) => {
                    fill(words::NAME_DAYS, &[("name", &name), ("days", &days)])
                }
                (TeamExceptionKind::DeviceSilent, n) => {
                    fill(words::NAME_DAYS_UNSENT, &[("name", &name), ("days", &days), ("n", &n)])
                }
                (_, n) => fill(words::NAME_COUNT, &[("name", &name), ("n", &n)]),
            }
        })
        .collect();
    let more = if group.exceptions.len() > NAMES_MAX { " …" } else { "" };
    format!("{}{more}", said.join(t(words::BETWEEN)))
}

fn name_of(exception: &TeamException, team: &Team, workbench: Workbench) -> String {
    let manager =
        exception.employee_id.and_then(|id| team.managers.iter().find(|manager| manager.employee_id == id));
    if let Some(manager) = manager {
        return manager.name.clone();
    }
    workbench.peek(|replica| {
        let colleague = exception.employee_id.and_then(|id| {
            replica.get::<domain::organisation::Colleague>(id).map(|colleague| colleague.name.clone())
        });
        let book = || {
            exception
                .book_id
                .and_then(|id| replica.get::<domain::organisation::Book>(id).map(|book| book.name.clone()))
        };
        colleague.or_else(book).unwrap_or_default()
    })
}
