//! 自己试: the same plan with other people, limits or quotas (R094).

use super::{LoadLimit, Plan, Staffing, TierPlan};
use crate::standard::Quota;
use crate::tier::TierCode;
use std::collections::BTreeMap;

/// What becomes of a tier's visits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisitChange {
    Quota(Quota),
    /// 只电访: no visits. Where the standard asks for no calls, they take the place of the visits one for one, so that
    /// nobody is left without service.
    CallsOnly,
}

/// What is tried; what is not named stays. Tiers the plan does not have are passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhatIf {
    pub managers: Option<u16>,
    /// Of one manager.
    pub visits_a_week: Option<u16>,
    /// None takes the limit away.
    pub limits: BTreeMap<TierCode, Option<LoadLimit>>,
    pub visits: BTreeMap<TierCode, VisitChange>,
}

impl Plan {
    /// The plan as it would be.
    pub fn with(&self, what_if: &WhatIf) -> Self {
        Self {
            tiers: self.tiers.iter().map(|own| own.with(what_if)).collect(),
            untiered: self.untiered,
            staffing: Staffing {
                managers: what_if.managers.unwrap_or(self.staffing.managers),
                visits_a_week: what_if.visits_a_week.unwrap_or(self.staffing.visits_a_week),
                ..self.staffing
            },
        }
    }
}

impl TierPlan {
    fn with(&self, what_if: &WhatIf) -> Self {
        let limit = what_if.limits.get(&self.tier).copied().unwrap_or(self.limit);
        let (visits, calls) = match what_if.visits.get(&self.tier) {
            None => (self.visits, self.calls),
            Some(VisitChange::Quota(visits)) => (*visits, self.calls),
            Some(VisitChange::CallsOnly) => {
                let has_calls = self.calls.count.is_some_and(|count| count > 0);
                let calls = if has_calls { self.calls } else { self.visits };
                (Quota { count: Some(0), ..self.visits }, calls)
            }
        };
        Self { tier: self.tier.clone(), customers: self.customers, visits, calls, limit }
    }
}
