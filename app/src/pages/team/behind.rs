//! The rows behind a figure, from the lead's own tablet, each leading to its customer.

use super::seen::Seen;
use crate::components::tier_badge::TierLook;
use crate::components::{EmptyState, Sheet, TierBadge};
use crate::i18n::{comma, day, fill, t};
use crate::pages::customers::href;
use crate::words::{team as words, tiers::measure};
use crate::workbench::Workbench;
use domain::customer::Customer;
use domain::event::Event;
use domain::ids::{CustomerId, EmployeeId};
use domain::promise::Promise;
use domain::team::{Case, ENDING_DAYS, Member, OVERDUE_DAYS, due};
use domain::tier::Unplaced;
use domain::time::{Date, days_between, monday_of};
use domain::today::NOT_VISITED_DAYS;
use leptos::prelude::*;
use leptos_router::components::A;
use replica::Replica;
use std::collections::HashMap;
use std::sync::Arc;

/// Rows of one sheet; the rest is told as a number.
const ROWS_MAX: usize = 300;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Customers of whom the running period asks for visits.
    Covered,
    Customers,
    BehindTime,
    Overdue,
    Promises,
    Events,
    NotVisited,
    PlannedLate,
    Inverted,
    Untiered,
    Ending,
    /// Owed from before.
    DueBefore,
    /// Due in the week that begins with this Monday.
    DueIn(Date),
    /// Due after the weeks shown, the last of which begins with this Monday.
    DueAfter(Date),
}

/// What is opened: everyone's or one manager's, of all tiers or one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Behind {
    pub what: What,
    pub manager: Option<Option<EmployeeId>>,
    pub rank: Option<Option<usize>>,
}

impl Behind {
    pub fn all(what: What) -> Self {
        Self { what, manager: None, rank: None }
    }

    fn holds(&self, member: &Member) -> bool {
        self.manager.is_none_or(|manager| manager == member.manager_id)
            && self.rank.is_none_or(|rank| rank == member.rank)
    }

    pub fn title(&self, seen: &Seen) -> String {
        let what = name(self.what, seen.today);
        let who = self.manager.map(|manager| seen.manager_name(manager));
        let tier = self.rank.map(|rank| seen.tier_name(rank));
        let of: Vec<String> = who.into_iter().chain(tier).collect();
        if of.is_empty() {
            return what;
        }
        fill(words::WHO_WHAT, &[("who", &of.join(" ")), ("what", &what)])
    }
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
    tier: Option<TierLook>,
    what: String,
    /// Whose customer, where that is not said above.
    holder: Option<String>,
}

#[component]
pub fn BehindSheet(open: Open, seen: Memo<Arc<Seen>>) -> impl IntoView {
    let workbench = Workbench::expect();
    let Open(behind) = open;
    view! {
        {move || behind.get().map(|shown| {
            let is_open = RwSignal::new(true);
            Effect::new(move |_| if !is_open.get() { behind.set(None) });
            let title = seen.with_untracked(|seen| shown.title(seen));
            view! {
                <Sheet title is_open>
                    {move || {
                        let lines = workbench.read(|replica| seen.with(|seen| lines(replica, seen, &shown)));
                        view! { <Lines lines /> }
                    }}
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
                        <span class="row-name"><span>{line.name}</span>{line.tier.map(|tier| view! { <TierBadge tier /> })}</span>
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

pub fn name(what: What, today: Date) -> String {
    match what {
        What::Covered => t(words::COVERED).to_owned(),
        What::Customers => t(words::CUSTOMERS).to_owned(),
        What::BehindTime => t(words::BEHIND).to_owned(),
        What::Overdue => fill(words::OVERDUE, &[("days", &OVERDUE_DAYS)]),
        What::Promises => t(words::PROMISES).to_owned(),
        What::Events => t(words::EVENTS).to_owned(),
        What::NotVisited => fill(words::NOT_VISITED, &[("days", &NOT_VISITED_DAYS)]),
        What::PlannedLate => t(words::PLANNED_LATE).to_owned(),
        What::Inverted => t(words::INVERTED).to_owned(),
        What::Untiered => t(words::UNTIERED).to_owned(),
        What::Ending => fill(words::ENDING, &[("days", &ENDING_DAYS)]),
        What::DueBefore => t(words::OVERDUE_ALREADY).to_owned(),
        What::DueIn(monday) => fill(words::WEEK_OF, &[("day", &day(monday, today))]),
        What::DueAfter(_) => t(words::LATER).to_owned(),
    }
}

/// Makes lines: of a member, what is said of it and where it stands.
struct Lister<'a> {
    replica: &'a Replica,
    seen: &'a Seen,
    behind: &'a Behind,
    by_id: HashMap<CustomerId, &'a Member>,
}

impl Lister<'_> {
    fn line(&self, id: CustomerId, order: i64, what: String) -> Option<Line> {
        let customer = self.replica.get::<Customer>(id)?;
        let member = self.by_id.get(&id)?;
        let holder = self.behind.manager.is_none().then(|| self.seen.manager_name(member.manager_id));
        Some(Line {
            order,
            href: href(id),
            name: customer.name.clone(),
            tier: if self.behind.rank.is_none() { self.seen.tier_look(member.rank) } else { None },
            what,
            holder,
        })
    }

    fn members(&self, said: impl Fn(&Member) -> Option<(i64, String)>) -> Vec<Line> {
        let wanted = self.seen.members.iter().filter(|member| self.behind.holds(member));
        wanted
            .filter_map(|member| {
                let (order, what) = said(member)?;
                self.line(member.customer_id, order, what)
            })
            .collect()
    }

    /// In the order they come.
    fn cases<T>(&self, cases: &[Case<T>], said: impl Fn(&Case<T>) -> String) -> Vec<Line> {
        let wanted = |case: &&Case<T>| self.behind.manager.is_none_or(|manager| manager == case.manager_id);
        let numbered = (0_i64..).zip(cases.iter().filter(wanted));
        numbered.filter_map(|(order, case)| self.line(case.customer_id, order, said(case))).collect()
    }

    fn last(&self, member: &Member) -> String {
        match member.last_visited_on {
            Some(on) => fill(words::LAST_VISITED, &[("day", &day(on, self.seen.today))]),
            None => t(words::NEVER_VISITED).to_owned(),
        }
    }

    fn due(&self, wanted: impl Fn(Option<Date>) -> bool) -> Vec<Line> {
        self.members(|member| {
            let owed: u32 = due(member).filter(|(on, _)| wanted(*on)).map(|(_, visits)| visits).sum();
            let said = [fill(words::DUE_N, &[("n", &owed)]), self.last(member)].join(comma());
            (owed > 0).then(|| (-i64::from(owed), said))
        })
    }

    /// Both customers of a pair, one after the other.
    fn inverted(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        for (at, case) in (0_i64..).zip(&self.seen.exceptions.inverted) {
            let pair = &case.what;
            let halves = if pair.median_doubled % 2 == 1 { ".5" } else { "" };
            let median = format!("{}{halves}", pair.median_doubled / 2);
            let mut favoured = fill(words::FAVOURED, &[("n", &pair.visits), ("median", &median)]);
            if pair.is_edge {
                favoured = [favoured, t(words::AT_EDGE).to_owned()].join(comma());
            }
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("n", &pair.higher_visits), ("days", &pair.higher_overdue_days)];
            let passed_over = fill(words::PASSED_OVER, &values);
            lines.extend(self.line(case.customer_id, 2 * at, favoured));
            lines.extend(self.line(pair.higher_id, 2 * at + 1, passed_over));
        }
        lines
    }

    fn promise(&self, promise: &Promise, days: u32, is_broken: bool) -> String {
        let due = if is_broken {
            t(words::BROKEN).to_owned()
        } else {
            let on = day(promise.due_on, self.seen.today);
            fill(words::DUE_SINCE, &[("day", &on), ("n", &days)])
        };
        format!("{} · {due}", promise.text)
    }

    fn missing(&self, id: CustomerId) -> String {
        let today = self.seen.today;
        let rules = self.replica.rules();
        let rated = self.replica.rated(id, today);
        let standing = rated.as_ref().and_then(|rated| rules.tiers.standing(&rated.known, &[], today));
        let names: Vec<&str> = match standing.map(|stands| stands.standing.computed) {
            Some(Err(Unplaced::Missing { measures })) => measures.into_iter().map(measure).collect(),
            _ => Vec::new(),
        };
        fill(words::MISSING_FIGURES, &[("names", &names.join(t(words::BETWEEN)))])
    }
}

fn lines(replica: &Replica, seen: &Seen, behind: &Behind) -> Vec<Line> {
    let by_id = seen.members.iter().map(|member| (member.customer_id, member)).collect();
    let lister = Lister { replica, seen, behind, by_id };
    let today = seen.today;
    let found = &seen.exceptions;
    let done_of = |member: &Member| {
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("done", &member.visits.done), ("required", &member.visits.required)];
        fill(words::DONE_OF, &values)
    };
    let mut lines = match behind.what {
        What::Covered => lister.members(|member| {
            let order = i64::from(member.visits.done) - i64::from(member.visits.required);
            let said = [done_of(member), lister.last(member)].join(comma());
            (member.visits.required > 0).then_some((order, said))
        }),
        What::Customers => lister.members(|member| {
            let order = member.last_visited_on.map_or(i64::MIN, |on| days_between(today, on));
            Some((order, lister.last(member)))
        }),
        What::BehindTime => lister.members(|member| {
            let said = [done_of(member), lister.last(member)].join(comma());
            member.is_behind(today).then(|| (-i64::from(member.visits.owed), said))
        }),
        What::Overdue => lister.cases(&found.overdue, |case| {
            let owed = lister.by_id.get(&case.customer_id).map_or(0, |member| member.visits.owed);
            fill(words::OWED_LATE, &[("owed", &owed), ("n", &case.what)])
        }),
        What::Promises => lister.cases(&found.promises, |case| {
            let promise = replica.get::<Promise>(case.what.promise_id);
            promise.map(|own| lister.promise(own, case.what.days, case.what.is_broken)).unwrap_or_default()
        }),
        What::Events => lister.cases(&found.events, |case| {
            let note =
                replica.of::<Event>(case.customer_id).filter_map(|event| event.note.clone()).next_back();
            let late = fill(words::EVENT_LATE, &[("n", &case.what)]);
            note.map_or_else(|| late.clone(), |note| format!("{late} · {note}"))
        }),
        What::NotVisited => lister.cases(&found.not_visited, |case| {
            lister.by_id.get(&case.customer_id).map(|member| lister.last(member)).unwrap_or_default()
        }),
        What::PlannedLate => lister.cases(&found.planned_late, |case| {
            let on = today - chrono::Duration::days(i64::from(case.what));
            fill(words::PLANNED_FOR, &[("day", &day(on, today)), ("n", &case.what)])
        }),
        What::Inverted => lister.inverted(),
        What::Untiered => lister.cases(&found.untiered, |case| lister.missing(case.customer_id)),
        What::Ending => lister.cases(&found.ending, |case| {
            let own = replica.of::<domain::tier::TierOverride>(case.customer_id);
            let reason = own.filter(|own| own.until == case.what).map(|own| own.reason.clone()).next_back();
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("day", &day(case.what, today)), ("reason", &reason.unwrap_or_default())];
            fill(words::BY_HAND_UNTIL, &values)
        }),
        What::DueBefore => lister.due(|on| on.is_none()),
        What::DueIn(monday) => lister.due(|on| on.is_some_and(|on| monday_of(on) == monday)),
        What::DueAfter(monday) => lister.due(|on| on.is_some_and(|on| monday_of(on) > monday)),
    };
    lines.sort_by(|a, b| a.order.cmp(&b.order).then_with(|| a.name.cmp(&b.name)));
    lines
}
