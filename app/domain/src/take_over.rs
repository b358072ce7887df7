//! 接手: sorting a book of many customers in one sitting (R013), and the first month that comes of it.
//!
//! What is decided is a [`Mark`](crate::mark::Mark) a customer, a row like any other; here is only whom to look at first,
//! how long the rest will take, and [`first_month`].

mod first_month;
#[cfg(test)]
mod tests;

pub use first_month::{
    Due, DueKind, FirstMonth, Marked, NEIGHBOURHOOD_METRES, Planned, Stop, WEEKS, Week, Why, first_month,
};

use crate::ids::CustomerId;
use crate::limits;
use crate::policy::Policy;
use crate::today::Reason;
use std::cmp::Reverse;

/// Whom to look at first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// 价值: the largest headline figure.
    #[default]
    Value,
    /// 欠访: the longest overdue, then who is owed most.
    Debt,
    /// 迹象: the gravest signs.
    Signs,
}

impl Order {
    pub const ALL: [Self; 3] = [Self::Value, Self::Debt, Self::Signs];
}

/// What a customer is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weighed {
    pub customer_id: CustomerId,
    /// The headline figure; None where nobody told one, which comes after the smallest.
    pub value: Option<i64>,
    /// Of visits, in days.
    pub overdue_days: u32,
    pub owed: u32,
    pub gravity: u32,
}

/// The customers in the order they are looked at. Whatever the order of the input, the answer is the same.
pub fn sorted(order: Order, mut customers: Vec<Weighed>) -> Vec<CustomerId> {
    customers.sort_by_key(|one| {
        let (first, second) = match order {
            Order::Value => (0, 0),
            Order::Debt => (one.overdue_days, one.owed),
            Order::Signs => (one.gravity, one.overdue_days),
        };
        (Reverse(first), Reverse(second), Reverse(one.value), one.customer_id)
    });
    customers.into_iter().map(|one| one.customer_id).collect()
}

/// Whether a reason is a sign that something is going on at the customer; what the standard owes is debt, not a sign.
pub fn is_sign(reason: &Reason) -> bool {
    weight(reason) > 0
}

fn weight(reason: &Reason) -> u32 {
    match reason {
        Reason::Promise { .. } | Reason::Contract { .. } => 4,
        Reason::Fell(_) => 3,
        Reason::Event { .. } | Reason::NextStep { .. } | Reason::Task { .. } => 2,
        Reason::Birthday { .. } => 1,
        Reason::Visit { .. } | Reason::Overdue { .. } | Reason::NotVisited { .. } => 0,
    }
}

/// How much the signs weigh together; `broken` promises of ours are signs as well. Ours: no source weighs them.
pub fn gravity<'a>(reasons: impl IntoIterator<Item = &'a Reason>, broken: u32) -> u32 {
    reasons.into_iter().map(weight).fold(broken.saturating_mul(4), u32::saturating_add)
}

/// Visits a manager makes in a week: as the organisation says, or as many as the hours hold; never none.
pub fn visits_a_week(policy: &Policy) -> u16 {
    let by_hours =
        u32::from(policy.hours.hours_a_week) * 60 / u32::from(policy.hours.minutes_per_visit.max(1));
    let by_hours = u16::try_from(by_hours).unwrap_or(u16::MAX);
    policy.visits_a_week.unwrap_or(by_hours).clamp(1, limits::VISITS_A_WEEK_MAX)
}

/// How long a look may take before it was a pause, which tells nothing of the pace.
pub const PAUSE_MS: u64 = 120_000;
/// Looks before a pace is told.
pub const LOOKS_MIN: u32 = 3;

/// A person's own pace in this sitting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    looks: u32,
    ms: u64,
}

impl Pace {
    /// One customer was decided on after so long.
    #[must_use]
    pub fn after(self, ms: u64) -> Self {
        if ms > PAUSE_MS {
            return self;
        }
        Self { looks: self.looks.saturating_add(1), ms: self.ms.saturating_add(ms) }
    }

    /// Seconds a customer, rounded up; None before [`LOOKS_MIN`].
    pub fn seconds_each(self) -> Option<u64> {
        (self.looks >= LOOKS_MIN).then(|| self.ms.div_ceil(1_000 * u64::from(self.looks)).max(1))
    }

    /// Minutes for so many more, rounded up.
    pub fn minutes_for(self, left: usize) -> Option<u64> {
        let left = u64::try_from(left).unwrap_or(u64::MAX);
        (self.looks >= LOOKS_MIN)
            .then(|| self.ms.saturating_mul(left).div_ceil(60_000 * u64::from(self.looks)).max(1))
    }
}
