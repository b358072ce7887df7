//! 客户迁徙计划: to which tier a customer is to be brought, and by when (R047). One a customer; the last word stands. What
//! became of it is computed from the tiers that counted, never written.

use crate::ids::{CustomerId, EmployeeId, TierGoalId};
use crate::tier::{TierCode, TierScheme};
use crate::time::{Date, Timestamp, days_between};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Bound;

#[cfg(test)]
mod tests;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierGoal {
    /// The customer's id.
    pub id: TierGoalId,
    pub customer_id: CustomerId,
    pub tier: TierCode,
    /// The last day to reach it.
    pub by: Date,
    pub set_by: EmployeeId,
    pub set_at: Timestamp,
}

/// What became of a goal by today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The first day, from when it was set to its last, on which the tier that counted was the goal's or a higher one.
    Reached {
        on: Date,
        /// It still is today.
        is_held: bool,
    },
    /// Days left, 0 on the last.
    Open {
        days_left: u32,
    },
    Missed,
}

impl TierGoal {
    /// `history` is the tier that counted from each day on. Tiers are ranked by the scheme in force; for a goal it no
    /// longer lists only the tier itself will do.
    pub fn outcome(
        &self,
        history: &BTreeMap<Date, Option<TierCode>>,
        scheme: Option<&TierScheme>,
        today: Date,
    ) -> Outcome {
        let goal_rank = scheme.and_then(|scheme| scheme.rank(&self.tier));
        let is_enough = |tier: &Option<TierCode>| {
            let Some(tier) = tier else { return false };
            let rank = scheme.and_then(|scheme| scheme.rank(tier));
            match (rank, goal_rank) {
                (Some(rank), Some(goal)) => rank <= goal,
                _ => *tier == self.tier,
            }
        };
        let set_on = self.set_at.date();
        let last = self.by.min(today);
        let at_first = history.range(..=set_on).next_back().map(|(_, tier)| (set_on, tier));
        let after = history.range((Bound::Excluded(set_on), Bound::Unbounded)).map(|(on, tier)| (*on, tier));
        let reached = at_first
            .into_iter()
            .chain(after)
            .filter(|(on, _)| *on <= last)
            .find(|(_, tier)| is_enough(tier))
            .map(|(on, _)| on);
        match reached {
            Some(on) => {
                let is_held = history.range(..=today).next_back().is_some_and(|(_, tier)| is_enough(tier));
                Outcome::Reached { on, is_held }
            }
            None => match u32::try_from(days_between(today, self.by)) {
                Ok(days_left) => Outcome::Open { days_left },
                Err(_) => Outcome::Missed,
            },
        }
    }
}
