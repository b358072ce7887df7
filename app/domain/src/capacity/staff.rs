//! How many managers it takes to hold the customers, and who holds more than the limit (R090, R091).

use super::{LoadLimit, Plan};
use crate::ids::EmployeeId;
use crate::tier::TierCode;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The limits the source names, for the tiers of [`crate::tier::Preset::Regional`]; 普通聚类 has none there. Nor does
/// it say that they are hard.
pub fn regional_limits() -> BTreeMap<TierCode, LoadLimit> {
    [("industry", 30), ("high_cluster", 50)]
        .into_iter()
        .map(|(tier, customers)| (TierCode::from(tier), LoadLimit { customers, is_hard: false }))
        .collect()
}

/// Managers it takes by the load limits, each tier for itself: Σ ceil(customers / limit).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffNeed {
    /// What each tier with a limit asks for, the highest first.
    pub by_tier: Vec<(TierCode, u32)>,
    pub required: u64,
    pub present: u16,
    /// `required` − `present`; below zero when there are more people than it takes.
    pub gap: i64,
    /// They ask for nobody.
    pub without_limit: Vec<TierCode>,
    /// They have customers and a limit of zero: no number of people will do, so they are not counted.
    pub not_to_be_held: Vec<TierCode>,
}

impl Plan {
    pub fn staff_need(&self) -> StaffNeed {
        let mut by_tier = Vec::new();
        let mut without_limit = Vec::new();
        let mut not_to_be_held = Vec::new();
        for own in &self.tiers {
            match own.limit {
                None => without_limit.push(own.tier.clone()),
                Some(LoadLimit { customers: 0, .. }) if own.customers > 0 => {
                    not_to_be_held.push(own.tier.clone());
                }
                Some(limit) => {
                    let managers = own.customers.div_ceil(u32::from(limit.customers.max(1)));
                    by_tier.push((own.tier.clone(), managers));
                }
            }
        }
        let required =
            by_tier.iter().fold(0, |sum: u64, (_, managers)| sum.saturating_add((*managers).into()));
        let present = self.staffing.managers;
        let gap = i64::try_from(required).unwrap_or(i64::MAX) - i64::from(present);
        StaffNeed { by_tier, required, present, gap, without_limit, not_to_be_held }
    }
}

/// A manager who holds more of a tier than the limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverLimit {
    pub manager_id: EmployeeId,
    pub tier: TierCode,
    /// More than `limit` allows.
    pub held: u32,
    pub limit: LoadLimit,
}

impl OverLimit {
    pub fn by(&self) -> u32 {
        self.held.saturating_sub(u32::from(self.limit.customers))
    }
}

/// Everyone over a limit (R090): hard limits first, then who is furthest over.
pub fn over_limit(
    held: &BTreeMap<EmployeeId, BTreeMap<TierCode, u32>>,
    limits: &BTreeMap<TierCode, LoadLimit>,
) -> Vec<OverLimit> {
    let books = held.iter().flat_map(|(manager, tiers)| tiers.iter().map(move |of| (*manager, of)));
    let mut over: Vec<OverLimit> = books
        .filter_map(|(manager_id, (tier, held))| {
            let limit = *limits.get(tier)?;
            let over = OverLimit { manager_id, tier: tier.clone(), held: *held, limit };
            (over.by() > 0).then_some(over)
        })
        .collect();
    // Stable: who is over as far stays in the order of ids.
    over.sort_by_key(|over| Reverse((over.limit.is_hard, over.by())));
    over
}
