//! 今天: who needs me today, and why, from the rows a tablet holds. Recomputed there, offline.
//!
//! One [`Need`] a customer, its gravest reason first. What the visit standards owe comes with the tiers; until then only
//! what somebody wrote down counts, and how long ago the last visit was.

#[cfg(test)]
mod tests;

use crate::customer::{Customer, CustomerType};
use crate::ids::{CustomerId, EmployeeId, PromiseId, VisitId};
use crate::money::Fen;
use crate::promise::{Promise, PromiseBy};
use crate::time::{Date, days_between, next_anniversary};
use crate::visit::{Visit, VisitState};
use chrono::{Datelike, Duration};
use std::cmp::Reverse;
use std::collections::HashMap;

/// Birthdays this many days ahead are worth a look.
pub const BIRTHDAY_AHEAD_DAYS: i64 = 7;
/// Without a visit for longer than this, and none planned, a customer is worth a look.
pub const NOT_VISITED_DAYS: i64 = 90;
/// How many of those are named; the rest are counted.
pub const NOT_VISITED_NAMED_MAX: usize = 8;

/// The groups of the page, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    /// 今天必须
    Must,
    /// 已逾期
    Late,
    /// 留意
    Notice,
}

impl Urgency {
    pub const ALL: [Self; 3] = [Self::Must, Self::Late, Self::Notice];
}

/// Why, with the fact it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// An open promise due today or before (R072).
    Promise { promise_id: PromiseId, by: PromiseBy, text: String, due_on: Date },
    /// A visit planned for today, or for a day that has passed without it.
    Visit { visit_id: VisitId, on: Date, at_minute: Option<u16>, purpose: Option<String> },
    /// What the last visit said would be done by now (R066).
    NextStep { what: String, on: Date },
    /// `turns` years old on `on`.
    Birthday { on: Date, turns: i32 },
    /// No visit for [`NOT_VISITED_DAYS`], or never any.
    NotVisited { last_on: Option<Date> },
}

impl Reason {
    pub fn urgency(&self, today: Date) -> Urgency {
        match self {
            Self::NotVisited { .. } => Urgency::Notice,
            Self::Birthday { on, .. } if *on > today => Urgency::Notice,
            Self::Birthday { .. } => Urgency::Must,
            _ if self.days_late(today) > 0 => Urgency::Late,
            _ => Urgency::Must,
        }
    }

    /// Days since the reason was due; 0 for what is due today or ahead.
    pub fn days_late(&self, today: Date) -> i64 {
        match self {
            Self::Promise { due_on: on, .. } | Self::Visit { on, .. } | Self::NextStep { on, .. } => {
                days_between(*on, today).max(0)
            }
            Self::Birthday { .. } | Self::NotVisited { .. } => 0,
        }
    }

    fn is_planned_for(&self, today: Date) -> bool {
        matches!(self, Self::Visit { on, .. } if *on == today)
    }

    /// Our own word comes first, a mere date last.
    fn rank(&self) -> u8 {
        match self {
            Self::Promise { by: PromiseBy::Us, .. } => 0,
            Self::Promise { by: PromiseBy::Customer, .. } => 1,
            Self::Birthday { .. } => 2,
            Self::NextStep { .. } => 3,
            Self::Visit { .. } => 4,
            Self::NotVisited { .. } => 5,
        }
    }

    /// Sorts a customer's reasons, and customers by their first one.
    fn order(&self, today: Date) -> (Urgency, u8, Reverse<i64>, i64, u16) {
        let urgency = self.urgency(today);
        let (ahead, minute) = match self {
            Self::Birthday { on, .. } => (days_between(today, *on), 0),
            Self::Visit { at_minute, .. } => (0, at_minute.unwrap_or(u16::MAX)),
            _ => (0, 0),
        };
        // Among what is late only our promises go before the longest overdue.
        let rank = match (urgency, self.rank()) {
            (Urgency::Late, 0) => 0,
            (Urgency::Late, _) => 1,
            (_, rank) => rank,
        };
        (urgency, rank, Reverse(self.days_late(today)), ahead, minute)
    }
}

/// One customer who needs me.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    pub customer_id: CustomerId,
    pub urgency: Urgency,
    /// Never empty; the gravest first.
    pub reasons: Vec<Reason>,
    /// The last visit done, ours or the one the branch's list told of.
    pub last_visited_on: Option<Date>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// In the order they are shown: by urgency, then reason, then days overdue, then assets.
    pub needs: Vec<Need>,
    /// Customers not visited for long whom the list does not name.
    pub not_visited_more: usize,
}

/// Whose work is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Every customer of the rows: the book of the manager who looks.
    Book,
    /// Only what this person promised, planned or visited: a desk reads a whole branch.
    Own(EmployeeId),
}

/// What is gathered about one customer while the rows pass by.
#[derive(Default)]
struct Gathered<'a> {
    reasons: Vec<Reason>,
    last: Option<&'a Visit>,
    is_planned_ahead: bool,
}

/// Who needs me on `today`. Rows of customers that are not given are left out.
pub fn needs<'a>(
    today: Date,
    whose: Whose,
    customers: impl IntoIterator<Item = &'a Customer>,
    visits: impl IntoIterator<Item = &'a Visit>,
    promises: impl IntoIterator<Item = &'a Promise>,
) -> Needs {
    let is_mine = |by: EmployeeId| match whose {
        Whose::Book => true,
        Whose::Own(me) => by == me,
    };
    let mut gathered: HashMap<CustomerId, Gathered<'a>> = HashMap::new();
    for visit in visits {
        let of = gathered.entry(visit.customer_id).or_default();
        match visit.state {
            VisitState::Done if of.last.is_none_or(|last| was_before(last, visit)) => of.last = Some(visit),
            VisitState::Planned if visit.on > today => of.is_planned_ahead = true,
            VisitState::Planned if is_mine(visit.visitor_id) => of.reasons.push(Reason::Visit {
                visit_id: visit.id,
                on: visit.on,
                at_minute: visit.at_minute,
                purpose: visit.purpose.clone(),
            }),
            _ => {}
        }
    }
    for promise in promises.into_iter().filter(|promise| promise.is_open() && promise.due_on <= today) {
        if is_mine(promise.made_by) {
            gathered.entry(promise.customer_id).or_default().reasons.push(Reason::Promise {
                promise_id: promise.id,
                by: promise.by,
                text: promise.text.clone(),
                due_on: promise.due_on,
            });
        }
    }

    let mut sorted: Vec<(Need, Fen)> = Vec::new();
    for customer in customers {
        let of = gathered.remove(&customer.id).unwrap_or_default();
        let last_visited_on = of.last.map(|visit| visit.on).max(customer.last_visited_on);
        let mut reasons = of.reasons;
        reasons.extend(
            of.last.filter(|visit| is_mine(visit.visitor_id)).and_then(|visit| next_step(visit, today)),
        );
        if whose == Whose::Book {
            reasons.extend(birthday(customer, today));
            if reasons.is_empty() && !of.is_planned_ahead && is_long_ago(last_visited_on, today) {
                reasons.push(Reason::NotVisited { last_on: last_visited_on });
            }
        }
        if reasons.iter().any(|reason| !reason.is_planned_for(today)) {
            // The plan answers the need; it is not another one.
            reasons.retain(|reason| !reason.is_planned_for(today));
        }
        reasons.sort_by_key(|reason| reason.order(today));
        let Some(urgency) = reasons.first().map(|reason| reason.urgency(today)) else { continue };
        let need = Need { customer_id: customer.id, urgency, reasons, last_visited_on };
        sorted.push((need, customer.holdings.wealth_assets()));
    }
    sorted.sort_by_cached_key(|(need, assets)| {
        (need.reasons.first().map(|reason| reason.order(today)), Reverse(*assets), need.customer_id)
    });

    let mut answer = Needs::default();
    let mut not_visited = 0;
    for (need, _) in sorted {
        if matches!(need.reasons.first(), Some(Reason::NotVisited { .. })) {
            not_visited += 1;
            if not_visited > NOT_VISITED_NAMED_MAX {
                answer.not_visited_more += 1;
                continue;
            }
        }
        answer.needs.push(need);
    }
    answer
}

fn was_before(last: &Visit, visit: &Visit) -> bool {
    (last.on, last.written_at) < (visit.on, visit.written_at)
}

/// Only the last visit's next step counts: a later visit has answered an earlier one.
fn next_step(last: &Visit, today: Date) -> Option<Reason> {
    let step = last.report.as_ref()?.next_step.as_ref()?;
    let on = step.on.filter(|on| *on <= today)?;
    Some(Reason::NextStep { what: step.what.clone(), on })
}

fn is_long_ago(last_on: Option<Date>, today: Date) -> bool {
    last_on.is_none_or(|last| days_between(last, today) > NOT_VISITED_DAYS)
}

/// The next birthday, if it is near. Companies have none.
fn birthday(customer: &Customer, today: Date) -> Option<Reason> {
    if customer.customer_type == CustomerType::Company {
        return None;
    }
    let born = customer.birthday.filter(|born| *born < today)?;
    let on = next_anniversary(born, today)?;
    (on - today <= Duration::days(BIRTHDAY_AHEAD_DAYS))
        .then(|| Reason::Birthday { on, turns: on.year() - born.year() })
}
