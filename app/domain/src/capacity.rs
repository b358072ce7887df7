//! 人手够不够: whether the visit standard can be met with the people there are, and what would make it possible
//! (R090–R096). Arithmetic only.
//!
//! A [`Plan`] is the standard's quotas, the customers of each tier and the people of one calendar quarter. The rules:
//! - What is asked is kept as services a year, in which every period is whole. It is rounded once, up, to the visits and
//!   calls of a quarter: half a visit is still a way to go. So a quarter's tiers may add up to a little more than their
//!   sum. A week's figure is to a tenth, rounded half up.
//! - A blank quota and a tier the standard does not name ask for nothing and are listed ([`Plan::blanks`]). So are
//!   customers without a tier of the scheme ([`Plan::untiered`]).
//! - There is room for so many visits as the managers may walk, and, where hours are given, as their hours leave once
//!   the calls are made. The [`Verdict`] is the worse of the two, always in visits. A visit takes a minute at least.
//! - Nobody asked for is enough, also for no staff and no weeks. Sums that outgrow their type stay at its end;
//!   what is short is then short by so much at least.
//! - Staff by load limits ([`Plan::staff_need`]) is another question: who may hold the customers, not who can visit them.
//! - What-ifs change a plan and nothing else. Who may change a standard, and from which day, is not known here.

mod cost;
mod remedy;
mod staff;
#[cfg(test)]
mod tests;
mod what_if;
mod workload;

pub use cost::{Cost, cost};
pub use remedy::{Change, Remedy};
pub use staff::{OverLimit, StaffNeed, over_limit, regional_limits};
pub use what_if::{VisitChange, WhatIf};
pub use workload::{Coverage, HoursRoom, PerYear, Services, Verdict};

use crate::standard::{Period, Quota, ServiceKind, VisitStandard};
use crate::tier::{TierCode, TierScheme};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Customers of one tier a manager may hold (R090).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadLimit {
    pub customers: u16,
    /// A hard limit is not to be passed, a soft one only shows.
    pub is_hard: bool,
}

/// What a manager's time is spent on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingHours {
    /// For visits and calls, of one manager.
    pub hours_a_week: u16,
    /// The way included; 0 counts as 1.
    pub minutes_per_visit: u16,
    pub minutes_per_call: u16,
}

/// The people of one quarter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staffing {
    pub managers: u16,
    /// Of one manager.
    pub visits_a_week: u16,
    /// Working weeks of the quarter.
    pub weeks: u16,
    /// None counts visits only.
    pub hours: Option<WorkingHours>,
}

/// One tier's customers and what they are owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TierPlan {
    pub tier: TierCode,
    pub customers: u32,
    pub visits: Quota,
    pub calls: Quota,
    pub limit: Option<LoadLimit>,
}

/// The standard, the customers and the people of a quarter, to be weighed or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The highest first.
    pub tiers: Vec<TierPlan>,
    /// Customers without a tier of the scheme; the standard asks nothing for them.
    pub untiered: u32,
    pub staffing: Staffing,
}

impl Plan {
    /// `customers` counts them by tier. Events are not foreseen: only the calendar's quotas count.
    pub fn new(
        scheme: &TierScheme,
        standard: &VisitStandard,
        customers: &BTreeMap<TierCode, u32>,
        limits: &BTreeMap<TierCode, LoadLimit>,
        staffing: Staffing,
    ) -> Self {
        let tier_plan = |tier: &TierCode| {
            let own = standard.of_tier(tier);
            let quota = |kind| own.map_or(BLANK, |own| own.quota(kind));
            TierPlan {
                tier: tier.clone(),
                customers: customers.get(tier).copied().unwrap_or(0),
                visits: quota(ServiceKind::Visit),
                calls: quota(ServiceKind::Call),
                limit: limits.get(tier).copied(),
            }
        };
        let beside = customers.iter().filter(|(tier, _)| scheme.rank(tier).is_none());
        Self {
            tiers: scheme.tiers.iter().map(|tier| tier_plan(&tier.code)).collect(),
            untiered: beside.fold(0, |sum, (_, count)| sum.saturating_add(*count)),
            staffing,
        }
    }

    /// Quotas nobody filled in, of tiers that have customers.
    pub fn blanks(&self) -> Vec<(TierCode, ServiceKind)> {
        let peopled = self.tiers.iter().filter(|own| own.customers > 0);
        let kinds = peopled.flat_map(|own| ServiceKind::ALL.map(|kind| (own, kind)));
        let blank = kinds.filter(|(own, kind)| own.quota(*kind).count.is_none());
        blank.map(|(own, kind)| (own.tier.clone(), kind)).collect()
    }
}

impl TierPlan {
    pub fn quota(&self, kind: ServiceKind) -> Quota {
        match kind {
            ServiceKind::Visit => self.visits,
            ServiceKind::Call => self.calls,
        }
    }
}

const BLANK: Quota = Quota { count: None, per: Period::Quarter };
