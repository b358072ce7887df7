//! What is weighed: the published standard, the customers here by tier and manager, and the people who hold them.

use crate::pages::team::seen::Seen;
use crate::words::team as words;
use domain::capacity::{Plan, Staffing, WorkingHours};
use domain::ids::EmployeeId;
use domain::money::Fen;
use domain::rating::Rules;
use domain::tier::TierCode;
use domain::version::VersionState;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Weeks of a calendar quarter, of 90 to 92 days.
pub const WEEKS: u16 = 13;

/// What has not been published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lacks {
    Scheme,
    Standard,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    pub plan: Plan,
    /// Of the plan's tiers, and their weight as it is drawn.
    pub names: BTreeMap<TierCode, (String, u8)>,
    pub held: BTreeMap<EmployeeId, BTreeMap<TierCode, u32>>,
    pub hours: WorkingHours,
    pub rate_an_hour: Option<Fen>,
    pub is_week_blank: bool,
    /// Quotas nobody filled in, in words.
    pub blanks: Vec<String>,
}

impl Default for Basis {
    fn default() -> Self {
        Self {
            plan: Plan { tiers: Vec::new(), untiered: 0, staffing: Staffing::default() },
            names: BTreeMap::new(),
            held: BTreeMap::new(),
            hours: WorkingHours { hours_a_week: 0, minutes_per_visit: 0, minutes_per_call: 0 },
            rate_an_hour: None,
            is_week_blank: true,
            blanks: Vec::new(),
        }
    }
}

impl Basis {
    pub fn of(rules: &Rules, seen: &Seen) -> Result<Arc<Self>, Lacks> {
        let scheme = rules.tiers.scheme(seen.today).ok_or(Lacks::Scheme)?;
        let standard = rules.standard(seen.today).ok_or(Lacks::Standard)?;
        let policy = rules.policy(seen.today);
        let mut counts: BTreeMap<TierCode, u32> = BTreeMap::new();
        let mut held: BTreeMap<EmployeeId, BTreeMap<TierCode, u32>> = BTreeMap::new();
        let mut untiered = 0;
        for member in &seen.members {
            let Some((code, _)) = member.rank.and_then(|rank| seen.tiers.get(rank)) else {
                untiered += 1;
                continue;
            };
            *counts.entry(code.clone()).or_default() += 1;
            if let Some(manager) = member.manager_id {
                *held.entry(manager).or_default().entry(code.clone()).or_default() += 1;
            }
        }
        let staffing = Staffing {
            managers: u16::try_from(seen.manager_count()).unwrap_or(u16::MAX),
            visits_a_week: policy.visits_a_week.unwrap_or(0),
            weeks: WEEKS,
            // Hours nobody has published are ours to assume, not to weigh people by.
            hours: (policy.state == VersionState::Published).then_some(policy.hours),
        };
        let plan = Plan { untiered, ..Plan::new(scheme, standard, &counts, &policy.limits, staffing) };
        let names: BTreeMap<TierCode, (String, u8)> =
            seen.tiers.iter().map(|(code, look)| (code.clone(), (look.name.clone(), look.weight))).collect();
        let blank = |(tier, kind)| {
            let name = names.get(&tier).map(|(name, _)| name.clone()).unwrap_or_default();
            format!("{name}{}", words::service(kind))
        };
        Ok(Arc::new(Self {
            blanks: plan.blanks().into_iter().map(blank).collect(),
            plan,
            held,
            hours: policy.hours,
            rate_an_hour: policy.rate_an_hour,
            is_week_blank: policy.visits_a_week.is_none(),
            names,
        }))
    }
}

pub fn tier_name(basis: &Basis, tier: &TierCode) -> String {
    basis.names.get(tier).map_or_else(|| tier.0.clone(), |(name, _)| name.clone())
}

/// The class its weight is drawn by.
pub fn tier_class(basis: &Basis, tier: &TierCode) -> &'static str {
    match basis.names.get(tier).map(|(_, weight)| *weight) {
        Some(4) => "t4",
        Some(3) => "t3",
        Some(2) => "t2",
        _ => "t1",
    }
}
