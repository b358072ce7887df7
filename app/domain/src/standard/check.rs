//! What keeps a standard from taking effect, each fault with the place to mend.

use super::{EventCode, Quota, ServiceKind, TierStandard, VisitStandard};
use crate::limits;
use crate::tier::{TierCode, TierScheme};
use crate::time::Date;
use crate::version::{self, DayFault, VersionState};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use thiserror::Error;

/// What somebody has to fill in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StandardPart {
    EffectiveOn,
    Count { tier: TierCode, kind: ServiceKind },
    EventName { tier: TierCode, event: EventCode },
    WithinDays { tier: TierCode, event: EventCode },
}

#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StandardFault {
    #[error("{0:?} is blank")]
    Blank(StandardPart),
    /// A version takes effect at the midnight that begins a day still to come.
    #[error("effective on {on}, which is not ahead")]
    NotAhead { on: Date },
    #[error("version {version} takes effect on the same day")]
    SameDay { version: u32 },
    /// No tiers hold on its first day: a tier scheme has to be published first.
    #[error("no tier scheme is in force on its first day")]
    NoScheme,
    /// The scheme gives the tier and the standard is silent on it.
    #[error("no standard for {tier:?}")]
    TierMissing { tier: TierCode },
    #[error("{tier:?} is not a tier of the scheme")]
    UnknownTier { tier: TierCode },
    #[error("{tier:?} twice")]
    TierTwice { tier: TierCode },
    /// More than one a day of the shortest such period.
    #[error("{tier:?} asks for {count} in a period, more than {max}")]
    TooMany { tier: TierCode, kind: ServiceKind, count: u16, max: u16 },
    /// Empty, too long or there twice.
    #[error("event code {event:?} of {tier:?} not valid")]
    EventCodeInvalid { tier: TierCode, event: EventCode },
    #[error("{event:?} asks {tier:?} for {visits} visits, not 1 to {max}")]
    EventVisits { tier: TierCode, event: EventCode, visits: u16, max: u16 },
    #[error("{event:?} gives {tier:?} {days} days, more than {max}")]
    EventDays { tier: TierCode, event: EventCode, days: u16, max: u16 },
    #[error("the name of {event:?} is too long")]
    EventNameTooLong { tier: TierCode, event: EventCode, max: u32 },
    #[error("debt carried over {periods} periods, more than {max}")]
    CarriedTooLong { periods: u8, max: u8 },
}

impl VisitStandard {
    /// Everything that keeps a draft from taking effect; empty when it is ready. `versions` are the organisation's other
    /// standards, `scheme` the tiers that will hold on its first day.
    pub fn check(&self, versions: &[Self], scheme: &TierScheme, today: Date) -> Vec<StandardFault> {
        let mut faults = Vec::new();
        self.check_day(versions, today, &mut faults);
        if self.carried_periods > limits::CARRIED_PERIODS_MAX {
            let max = limits::CARRIED_PERIODS_MAX;
            faults.push(StandardFault::CarriedTooLong { periods: self.carried_periods, max });
        }
        let mut seen = BTreeSet::new();
        for own in &self.tiers {
            if scheme.rank(&own.tier).is_none() {
                faults.push(StandardFault::UnknownTier { tier: own.tier.clone() });
            }
            if !seen.insert(&own.tier) {
                faults.push(StandardFault::TierTwice { tier: own.tier.clone() });
            }
            for kind in ServiceKind::ALL {
                check_quota(own, kind, own.quota(kind), &mut faults);
            }
            check_events(own, &mut faults);
        }
        let silent = scheme.tiers.iter().filter(|tier| !seen.contains(&tier.code));
        faults.extend(silent.map(|tier| StandardFault::TierMissing { tier: tier.code.clone() }));
        faults
    }

    /// As [`Self::check`], by the scheme among the published ones that will be in force on its first day; while that day
    /// is blank, by the one that takes effect last.
    pub fn check_among(&self, versions: &[Self], schemes: &[TierScheme], today: Date) -> Vec<StandardFault> {
        match version::in_force(schemes, self.effective_on.unwrap_or(Date::MAX)) {
            Some(scheme) => self.check(versions, scheme, today),
            None => {
                let mut faults = Vec::new();
                self.check_day(versions, today, &mut faults);
                faults.push(StandardFault::NoScheme);
                faults
            }
        }
    }

    /// The draft as it takes effect, or what keeps it from that.
    pub fn publish(
        self,
        versions: &[Self],
        scheme: &TierScheme,
        today: Date,
    ) -> Result<Self, Vec<StandardFault>> {
        let faults = self.check(versions, scheme, today);
        if faults.is_empty() { Ok(Self { state: VersionState::Published, ..self }) } else { Err(faults) }
    }

    fn check_day(&self, versions: &[Self], today: Date, faults: &mut Vec<StandardFault>) {
        let others = versions.iter().filter(|other| other.id != self.id);
        faults.extend(version::check_day(self, others, today).into_iter().map(|fault| match fault {
            DayFault::Blank => StandardFault::Blank(StandardPart::EffectiveOn),
            DayFault::NotAhead { on } => StandardFault::NotAhead { on },
            DayFault::SameDay { version } => StandardFault::SameDay { version },
        }));
    }
}

fn check_quota(own: &TierStandard, kind: ServiceKind, quota: Quota, faults: &mut Vec<StandardFault>) {
    let tier = own.tier.clone();
    let max = quota.per.days_min();
    match quota.count {
        None => faults.push(StandardFault::Blank(StandardPart::Count { tier, kind })),
        Some(count) if count > max => faults.push(StandardFault::TooMany { tier, kind, count, max }),
        Some(_) => {}
    }
}

fn check_events(own: &TierStandard, faults: &mut Vec<StandardFault>) {
    let mut seen = BTreeSet::new();
    for rule in &own.on_event {
        let (tier, event) = (own.tier.clone(), rule.event.clone());
        let is_code = (1..=limits::LABEL_CHARS_MAX).contains(&rule.event.0.chars().count());
        if !is_code || !seen.insert(&rule.event) {
            faults.push(StandardFault::EventCodeInvalid { tier: tier.clone(), event: event.clone() });
        }
        let name = rule.name.trim();
        if name.is_empty() {
            let part = StandardPart::EventName { tier: tier.clone(), event: event.clone() };
            faults.push(StandardFault::Blank(part));
        }
        if name.chars().count() > limits::LABEL_CHARS_MAX {
            let max = u32::try_from(limits::LABEL_CHARS_MAX).unwrap_or(u32::MAX);
            let (tier, event) = (tier.clone(), event.clone());
            faults.push(StandardFault::EventNameTooLong { tier, event, max });
        }
        if !(1..=limits::EVENT_VISITS_MAX).contains(&rule.visits) {
            let (tier, event, visits) = (tier.clone(), event.clone(), rule.visits);
            faults.push(StandardFault::EventVisits { tier, event, visits, max: limits::EVENT_VISITS_MAX });
        }
        match rule.within_days {
            None => faults.push(StandardFault::Blank(StandardPart::WithinDays { tier, event })),
            Some(days) if days > limits::EVENT_WITHIN_DAYS_MAX => {
                let max = limits::EVENT_WITHIN_DAYS_MAX;
                faults.push(StandardFault::EventDays { tier, event, days, max });
            }
            Some(_) => {}
        }
    }
}
