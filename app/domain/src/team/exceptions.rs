//! 先看这些: what is wrong, each with the customer and the manager it is about.

use super::{LatePromise, Member};
use crate::ids::{CustomerId, EmployeeId};
use crate::time::{Date, days_between};
use crate::today::NOT_VISITED_DAYS;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A visit the standard asked for is the lead's business once it is overdue by more days than these.
pub const OVERDUE_DAYS: u32 = 30;
/// A broken promise stays in the lead's sight for so many days.
pub const BROKEN_DAYS: i64 = 30;
/// A tier set by hand is looked at again so many days before its last one.
pub const ENDING_DAYS: i64 = 14;

/// Something about one customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case<T> {
    pub customer_id: CustomerId,
    pub manager_id: Option<EmployeeId>,
    pub what: T,
}

/// 鸡头/凤尾 (R055): a customer of a lower tier had more visits in the running and the last quarter than the middle one of
/// the next tier above that has customers, while somebody there is overdue and had fewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inversion {
    pub visits: u32,
    /// Who was passed over: of the same manager if there is one, then overdue the longest.
    pub higher_id: CustomerId,
    pub higher_manager_id: Option<EmployeeId>,
    pub higher_visits: u32,
    pub higher_overdue_days: u32,
    /// Twice the median of the higher tier: it may lie between two.
    pub median_doubled: u32,
    /// One of the two stands near the boundary between the tiers: perhaps it is the tier that is wrong.
    pub is_edge: bool,
}

/// Of each kind, the gravest first; the order of members changes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exceptions {
    /// Days overdue by the standard, more than [`OVERDUE_DAYS`].
    pub overdue: Vec<Case<u32>>,
    pub promises: Vec<Case<LatePromise>>,
    /// Days a visit that an event asked for is overdue.
    pub events: Vec<Case<u32>>,
    /// For whom no standard asks for visits: days since the last one, more than [`NOT_VISITED_DAYS`]; None for never.
    pub not_visited: Vec<Case<Option<u32>>>,
    /// Days since a visit was planned that neither took place nor was skipped.
    pub planned_late: Vec<Case<u32>>,
    pub inverted: Vec<Case<Inversion>>,
    /// No tier: figures are missing.
    pub untiered: Vec<Case<()>>,
    /// The last day of a tier set by hand, at most [`ENDING_DAYS`] ahead.
    pub ending: Vec<Case<Date>>,
}

impl Exceptions {
    pub fn of(members: &[Member], today: Date) -> Self {
        let since = |day: Date| u32::try_from(days_between(day, today)).unwrap_or(0);
        let mut found = Self::default();
        for member in members {
            if let Some(overdue) = member.visits.overdue.filter(|overdue| overdue.days > OVERDUE_DAYS) {
                found.overdue.push(member.case(overdue.days));
            }
            found.promises.extend(member.promises.iter().map(|late| member.case(*late)));
            let oldest = member.events.iter().filter_map(|event| event.overdue).map(|overdue| overdue.days);
            found.events.extend(oldest.max().map(|days| member.case(days)));
            let is_owed_visits = member.visits.required > 0 || member.visits.owed > 0;
            let last = member.last_visited_on.map(since);
            if !is_owed_visits && last.is_none_or(|days| i64::from(days) > NOT_VISITED_DAYS) {
                found.not_visited.push(member.case(last));
            }
            found.planned_late.extend(member.planned_late.map(|on| member.case(since(on))));
            if member.is_missing {
                found.untiered.push(member.case(()));
            }
            let ends = member.by_hand_until.filter(|until| days_between(today, *until) <= ENDING_DAYS);
            found.ending.extend(ends.map(|until| member.case(until)));
        }
        found.inverted = inverted(members);
        found.overdue.sort_by_key(|case| (Reverse(case.what), case.customer_id));
        found
            .promises
            .sort_by_key(|case| (!case.what.is_broken, Reverse(case.what.days), case.what.promise_id));
        found.events.sort_by_key(|case| (Reverse(case.what), case.customer_id));
        found.not_visited.sort_by_key(|case| {
            (case.what.is_some(), Reverse(case.what.unwrap_or_default()), case.customer_id)
        });
        found.planned_late.sort_by_key(|case| (Reverse(case.what), case.customer_id));
        found.untiered.sort_by_key(|case| case.customer_id);
        found.ending.sort_by_key(|case| (case.what, case.customer_id));
        found
    }
}

impl Member {
    fn case<T>(&self, what: T) -> Case<T> {
        Case { customer_id: self.customer_id, manager_id: self.manager_id, what }
    }

    fn overdue_days(&self) -> u32 {
        self.visits.overdue.map_or(0, |overdue| overdue.days)
    }
}

fn inverted(members: &[Member]) -> Vec<Case<Inversion>> {
    let mut tiers: BTreeMap<usize, Vec<&Member>> = BTreeMap::new();
    for member in members {
        if let Some(rank) = member.rank {
            tiers.entry(rank).or_default().push(member);
        }
    }
    let mut found = Vec::new();
    for (higher, lower) in tiers.values().zip(tiers.values().skip(1)) {
        let median_doubled = median_doubled(higher);
        let overdue: Vec<&&Member> = higher.iter().filter(|own| own.overdue_days() > 0).collect();
        for favoured in lower.iter().filter(|own| own.recent.saturating_mul(2) > median_doubled) {
            let passed_over = overdue.iter().filter(|own| own.recent < favoured.recent).min_by_key(|own| {
                let is_same = own.manager_id == favoured.manager_id;
                (!is_same, Reverse(own.overdue_days()), own.customer_id)
            });
            found.extend(passed_over.map(|passed_over| {
                favoured.case(Inversion {
                    visits: favoured.recent,
                    higher_id: passed_over.customer_id,
                    higher_manager_id: passed_over.manager_id,
                    higher_visits: passed_over.recent,
                    higher_overdue_days: passed_over.overdue_days(),
                    median_doubled,
                    is_edge: favoured.is_near_up || passed_over.is_near_down,
                })
            }));
        }
    }
    found.sort_by_key(|case| {
        let more = case.what.visits.saturating_sub(case.what.higher_visits);
        (Reverse(more), Reverse(case.what.higher_overdue_days), case.customer_id)
    });
    found
}

fn median_doubled(members: &[&Member]) -> u32 {
    let mut visits: Vec<u32> = members.iter().map(|member| member.recent).collect();
    visits.sort_unstable();
    let at = |index: usize| visits.get(index).copied().unwrap_or(0);
    at(visits.len().saturating_sub(1) / 2).saturating_add(at(visits.len() / 2))
}

/// Whose they are, and how many: the most first.
pub fn by_manager<T>(cases: &[Case<T>]) -> Vec<(Option<EmployeeId>, usize)> {
    let mut counts: BTreeMap<Option<EmployeeId>, usize> = BTreeMap::new();
    for case in cases {
        *counts.entry(case.manager_id).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    // Stable: who has as many stays in the order of ids.
    counts.sort_by_key(|(_, count)| Reverse(*count));
    counts
}
