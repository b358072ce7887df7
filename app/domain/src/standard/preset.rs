//! The source's own standard as a draft to start from (R060). What it leaves blank is blank here.

use super::{EventRule, Period, Quota, TierStandard, VisitStandard};
use crate::ids::{OrgUnitId, VisitStandardId};
use crate::tier::{TierCode, TierScheme};
use crate::version::VersionState;

/// The source speaks of a backlog without an end; a year of quarters is ours.
const CARRIED_PERIODS_USUAL: u8 = 4;

/// 商业A(A+) one visit a quarter, and one on churn or a change of business; 水晶 two visits a quarter; both one call a
/// month. Every other tier of the scheme is blank, and so are the days an event leaves for its visit.
pub fn telecom(id: VisitStandardId, org_unit_id: OrgUnitId, scheme: &TierScheme) -> VisitStandard {
    VisitStandard {
        id,
        org_unit_id,
        version: 1,
        state: VersionState::Draft,
        effective_on: None,
        carried_periods: CARRIED_PERIODS_USUAL,
        do_event_visits_count: false,
        tiers: scheme.tiers.iter().map(|tier| of_tier(&tier.code)).collect(),
    }
}

fn of_tier(tier: &TierCode) -> TierStandard {
    let (visits, calls, on_event) = match tier.0.as_str() {
        "business_a" => {
            (Some(1), Some(1), vec![on_event("churn", "流失迹象"), on_event("business_change", "业务变更")])
        }
        "crystal" => (Some(2), Some(1), Vec::new()),
        _ => (None, None, Vec::new()),
    };
    TierStandard {
        tier: tier.clone(),
        visits: Quota { count: visits, per: Period::Quarter },
        calls: Quota { count: calls, per: Period::Month },
        on_event,
    }
}

fn on_event(event: &str, name: &str) -> EventRule {
    EventRule { event: event.into(), name: name.to_owned(), visits: 1, within_days: None }
}
