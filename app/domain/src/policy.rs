//! 工作参数: what an organisation sets besides tiers and standards, in versions: when occasions come up (R023), what
//! counts as a fall (R212), how many customers a manager may hold (R090), and what time there is (R092, R096).

use crate::capacity::{LoadLimit, WorkingHours};
use crate::care::{self, CareFault, CareLead, Festival, usual_festivals};
use crate::ids::{OrgUnitId, PolicyId};
use crate::limits;
use crate::money::Fen;
use crate::tier::TierCode;
use crate::time::Date;
use crate::trend::{FallRule, FallRuleFault};
use crate::version::{self, DayFault, VersionState, Versioned};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use thiserror::Error;

pub const HOURS_A_WEEK_MAX: u16 = 80;
/// One visit or call, the way included.
pub const SERVICE_MINUTES_MAX: u16 = 480;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    pub id: PolicyId,
    pub org_unit_id: OrgUnitId,
    pub version: u32,
    pub state: VersionState,
    /// The first day it holds.
    pub effective_on: Option<Date>,
    pub lead: CareLead,
    pub festivals: Vec<Festival>,
    pub fall: FallRule,
    /// A tier that is not in it has no limit.
    pub limits: BTreeMap<TierCode, LoadLimit>,
    /// Visits one manager makes in a week; None until somebody says.
    pub visits_a_week: Option<u16>,
    pub hours: WorkingHours,
    /// What an hour of a manager costs (R096); None where nobody says.
    pub rate_an_hour: Option<Fen>,
}

#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PolicyFault {
    #[error("no day of effect")]
    DayBlank,
    /// A version takes effect at the midnight that begins a day still to come.
    #[error("effective on {on}, which is not ahead")]
    NotAhead { on: Date },
    #[error("version {version} takes effect on the same day")]
    SameDay { version: u32 },
    #[error(transparent)]
    Care(CareFault),
    #[error(transparent)]
    Fall(FallRuleFault),
    #[error("a limit of no customers for {tier:?}")]
    LimitZero { tier: TierCode },
    #[error("{visits} visits a week, not 1 to {max}")]
    VisitsAWeek { visits: u16, max: u16 },
    #[error("{hours} hours a week, not 1 to {max}")]
    HoursAWeek { hours: u16, max: u16 },
    #[error("{minutes} minutes, not 1 to {max}")]
    Minutes { minutes: u16, max: u16 },
    #[error("an hour cannot cost less than nothing")]
    RateBelowZero,
}

impl Policy {
    /// What is assumed while nothing has been published, and the draft to start from. The sources give no figures for
    /// these: they are ours, to be looked at, and the visits a week are left blank.
    pub fn usual(id: PolicyId, org_unit_id: OrgUnitId) -> Self {
        Self {
            id,
            org_unit_id,
            version: 1,
            state: VersionState::Draft,
            effective_on: None,
            lead: CareLead { birthday_days: 7, festival_days: 7, contract_days: 14 },
            festivals: usual_festivals(),
            fall: FallRule { percent: 20, months: 3, at_least: Fen(1_000_000) },
            limits: BTreeMap::new(),
            visits_a_week: None,
            hours: WorkingHours { hours_a_week: 20, minutes_per_visit: 45, minutes_per_call: 10 },
            rate_an_hour: None,
        }
    }

    /// Everything that keeps a draft from taking effect; empty when it is ready.
    pub fn check(&self, versions: &[Self], today: Date) -> Vec<PolicyFault> {
        let others = versions.iter().filter(|other| other.id != self.id);
        let day = version::check_day(self, others, today).into_iter().map(|fault| match fault {
            DayFault::Blank => PolicyFault::DayBlank,
            DayFault::NotAhead { on } => PolicyFault::NotAhead { on },
            DayFault::SameDay { version } => PolicyFault::SameDay { version },
        });
        let mut faults: Vec<PolicyFault> = day.collect();
        faults.extend(self.lead.check().into_iter().map(PolicyFault::Care));
        faults.extend(care::check_festivals(&self.festivals).into_iter().map(PolicyFault::Care));
        faults.extend(self.fall.check().into_iter().map(PolicyFault::Fall));
        let none = self.limits.iter().filter(|(_, limit)| limit.customers == 0);
        faults.extend(none.map(|(tier, _)| PolicyFault::LimitZero { tier: tier.clone() }));
        if let Some(visits) =
            self.visits_a_week.filter(|visits| !(1..=limits::VISITS_A_WEEK_MAX).contains(visits))
        {
            faults.push(PolicyFault::VisitsAWeek { visits, max: limits::VISITS_A_WEEK_MAX });
        }
        let hours = self.hours.hours_a_week;
        if !(1..=HOURS_A_WEEK_MAX).contains(&hours) {
            faults.push(PolicyFault::HoursAWeek { hours, max: HOURS_A_WEEK_MAX });
        }
        for minutes in [self.hours.minutes_per_visit, self.hours.minutes_per_call] {
            if !(1..=SERVICE_MINUTES_MAX).contains(&minutes) {
                faults.push(PolicyFault::Minutes { minutes, max: SERVICE_MINUTES_MAX });
            }
        }
        if self.rate_an_hour.is_some_and(|rate| rate.0 < 0) {
            faults.push(PolicyFault::RateBelowZero);
        }
        faults
    }

    /// The draft as it takes effect, or what keeps it from that.
    pub fn publish(self, versions: &[Self], today: Date) -> Result<Self, Vec<PolicyFault>> {
        let faults = self.check(versions, today);
        if faults.is_empty() { Ok(Self { state: VersionState::Published, ..self }) } else { Err(faults) }
    }
}

impl Versioned for Policy {
    fn version(&self) -> u32 {
        self.version
    }

    fn state(&self) -> VersionState {
        self.state
    }

    fn effective_on(&self) -> Option<Date> {
        self.effective_on
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn today() -> Date {
        "2026-11-18".parse().expect("a date")
    }

    fn ready() -> Policy {
        Policy {
            effective_on: today().succ_opt(),
            ..Policy::usual(PolicyId(Uuid::from_u128(1)), OrgUnitId(Uuid::from_u128(2)))
        }
    }

    #[test]
    fn the_usual_policy_takes_effect_once_it_has_a_day() {
        assert_eq!(Policy { effective_on: None, ..ready() }.check(&[], today()), [PolicyFault::DayBlank]);
        let published = ready().publish(&[], today()).expect("ready");
        assert_eq!(published.state, VersionState::Published);
        let again = Policy { id: PolicyId(Uuid::from_u128(3)), version: 2, ..ready() };
        assert_eq!(again.check(&[published], today()), [PolicyFault::SameDay { version: 1 }]);
    }

    #[test]
    fn each_fault_is_named() {
        let hours = |hours| Policy { hours, ..ready() };
        let usual = ready().hours;
        for (policy, expected) in [
            (Policy { effective_on: Some(today()), ..ready() }, PolicyFault::NotAhead { on: today() }),
            (Policy { visits_a_week: Some(0), ..ready() }, PolicyFault::VisitsAWeek { visits: 0, max: 70 }),
            (Policy { visits_a_week: Some(71), ..ready() }, PolicyFault::VisitsAWeek { visits: 71, max: 70 }),
            (
                hours(WorkingHours { hours_a_week: 0, ..usual }),
                PolicyFault::HoursAWeek { hours: 0, max: HOURS_A_WEEK_MAX },
            ),
            (
                hours(WorkingHours { minutes_per_call: 481, ..usual }),
                PolicyFault::Minutes { minutes: 481, max: SERVICE_MINUTES_MAX },
            ),
            (
                Policy {
                    limits: [("gold".into(), LoadLimit { customers: 0, is_hard: true })].into(),
                    ..ready()
                },
                PolicyFault::LimitZero { tier: "gold".into() },
            ),
            (Policy { rate_an_hour: Some(Fen(-1)), ..ready() }, PolicyFault::RateBelowZero),
            (
                Policy { fall: FallRule { percent: 0, ..ready().fall }, ..ready() },
                PolicyFault::Fall(FallRuleFault::Percent { percent: 0 }),
            ),
        ] {
            assert_eq!(policy.check(&[], today()), [expected]);
        }
    }
}
