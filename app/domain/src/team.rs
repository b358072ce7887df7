//! 团队: what the lead of a unit sees of its customers and managers, from the rows on the lead's own tablet (R055, R234).
//! Computed there, offline, by the same rules that tell each manager what is owed.
//!
//! The rules:
//! - A customer counts for whoever holds its book today, in the tier that counts today. Who nobody holds and who has no
//!   tier are counted too, by themselves.
//! - Coverage is counted in the running period of each customer's standard, which is the quarter for most: visits done of
//!   required, no customer counting more than is required of it, so that one's many visits do not hide that another had
//!   none. How far it should be is the required visits weighed by the part of each period that has gone.
//! - An exception is a customer, a promise or a pair of customers; which ones, [`Exceptions`] tells of each kind.

mod coverage;
mod exceptions;
mod outlook;
#[cfg(test)]
mod tests;

pub use coverage::{Cell, Coverage};
pub use exceptions::{BROKEN_DAYS, Case, ENDING_DAYS, Exceptions, Inversion, OVERDUE_DAYS, by_manager};
pub use outlook::{DueWeek, Outlook, TierMonth, due, outlook, tier_months};

use crate::ids::{CustomerId, EmployeeId, PromiseId};
use crate::migration::{self, DOWN_PERCENT, UP_PERCENT};
use crate::promise::{Promise, PromiseBy, PromiseState};
use crate::rating::{CustomerRows, Rated, TierStanding};
use crate::standard::{EventDebt, KindDebt, Period, ServiceDebt};
use crate::tier::Unplaced;
use crate::time::{Date, days_between};
use crate::visit::VisitState;

/// One customer as the lead's page counts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub customer_id: CustomerId,
    /// The holder of its book; None while nobody holds it.
    pub manager_id: Option<EmployeeId>,
    /// Of the tier that counts today, 0 the highest; None without one the scheme lists.
    pub rank: Option<usize>,
    pub visits: KindDebt,
    pub events: Vec<EventDebt>,
    /// Visits done in the running and the last calendar quarter, for whatever reason.
    pub recent: u32,
    /// Ours, or the one the branch's list tells of.
    pub last_visited_on: Option<Date>,
    /// The oldest day a visit was planned for that has passed, the visit neither done nor skipped.
    pub planned_late: Option<Date>,
    /// Ours that are past their day, or were broken of late.
    pub promises: Vec<LatePromise>,
    pub is_near_up: bool,
    pub is_near_down: bool,
    /// The last day of a tier set by hand that holds today.
    pub by_hand_until: Option<Date>,
    /// No tier, because figures the scheme needs are missing.
    pub is_missing: bool,
}

/// A promise of ours that was not kept in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LatePromise {
    pub promise_id: PromiseId,
    /// Days since it was due; 0 for one broken before its day.
    pub days: u32,
    /// Somebody said that it was broken; otherwise it is still open.
    pub is_broken: bool,
}

impl Member {
    /// `standing` is None while no scheme is in force.
    pub fn of<'a>(
        rows: &CustomerRows<'_>,
        rated: &Rated,
        standing: Option<&TierStanding<'_, '_>>,
        promises: impl IntoIterator<Item = &'a Promise>,
        manager_id: Option<EmployeeId>,
        today: Date,
    ) -> Self {
        let done = || {
            rows.visits
                .iter()
                .filter(|visit| visit.state == VisitState::Done && visit.on <= today)
                .map(|visit| visit.on)
        };
        let quarter = Period::Quarter.holding(today);
        let since = quarter.from.pred_opt().map_or(quarter.from, |day| Period::Quarter.holding(day).from);
        let planned = rows.visits.iter().filter(|visit| visit.state == VisitState::Planned);
        let placed = standing.and_then(TierStanding::by_figures);
        let ServiceDebt { visits, events, .. } = &rated.debt;
        let is_missing = rated.tier().is_none()
            && standing
                .is_some_and(|stands| matches!(stands.standing.computed, Err(Unplaced::Missing { .. })));
        Self {
            customer_id: rows.customer.id,
            manager_id,
            rank: standing.and_then(|stands| stands.scheme.rank(rated.tier()?)),
            visits: *visits,
            events: events.clone(),
            recent: u32::try_from(done().filter(|on| *on >= since).count()).unwrap_or(u32::MAX),
            last_visited_on: done().max().max(rows.customer.last_visited_on),
            planned_late: planned.map(|visit| visit.on).filter(|on| *on < today).min(),
            promises: promises.into_iter().filter_map(|promise| late(promise, today)).collect(),
            is_near_up: placed.is_some_and(|placed| migration::up(placed, UP_PERCENT).is_some()),
            is_near_down: placed.is_some_and(|placed| migration::down(placed, DOWN_PERCENT).is_some()),
            by_hand_until: standing.and_then(|stands| stands.standing.by_hand).map(|by_hand| by_hand.until),
            is_missing,
        }
    }

    /// Fewer are done than the time that has gone asks for, or something is overdue.
    pub fn is_behind(&self, today: Date) -> bool {
        self.visits.is_behind(today)
    }
}

fn late(promise: &Promise, today: Date) -> Option<LatePromise> {
    let reaches_the_lead = match promise.state {
        PromiseState::Open => promise.due_on < today,
        PromiseState::Broken => {
            promise.settled_at.is_some_and(|at| (0..=BROKEN_DAYS).contains(&days_between(at.date(), today)))
        }
        PromiseState::Kept | PromiseState::Withdrawn => false,
    };
    (promise.by == PromiseBy::Us && reaches_the_lead).then(|| LatePromise {
        promise_id: promise.id,
        days: u32::try_from(days_between(promise.due_on, today)).unwrap_or(0),
        is_broken: promise.state == PromiseState::Broken,
    })
}
