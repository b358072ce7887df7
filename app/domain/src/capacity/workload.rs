//! What a quarter asks for, and what there is room for (R092, R095).

use super::{Plan, Staffing, TierPlan, WorkingHours};
use crate::standard::{Quota, ServiceKind};

const QUARTERS: u64 = 4;

/// Services a year: every calendar period is a whole part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PerYear(pub u64);

impl PerYear {
    pub fn of(customers: u32, quota: Quota) -> Self {
        let count = u64::from(quota.count.unwrap_or(0));
        let periods = u64::from(12 / quota.per.months());
        Self(u64::from(customers).saturating_mul(count).saturating_mul(periods))
    }

    /// Of a calendar quarter, rounded up.
    pub fn a_quarter(self) -> u64 {
        self.0.div_ceil(QUARTERS)
    }

    /// Tenths of a service in each week of a quarter that has so many, rounded half up; None for a quarter without
    /// weeks.
    pub fn a_week_tenths(self, weeks: u16) -> Option<u64> {
        let divisor = u128::from(QUARTERS) * u128::from(weeks);
        let doubled = u128::from(self.0) * 20 + divisor;
        Some(u64::try_from(doubled.checked_div(divisor * 2)?).unwrap_or(u64::MAX))
    }

    fn saturating_add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Services {
    pub visits: PerYear,
    pub calls: PerYear,
}

impl Services {
    /// Minutes of a quarter.
    pub fn minutes(self, hours: WorkingHours) -> u64 {
        let visits = self.visits.a_quarter().saturating_mul(minutes_per_visit(hours));
        visits.saturating_add(self.call_minutes(hours))
    }

    fn call_minutes(self, hours: WorkingHours) -> u64 {
        self.calls.a_quarter().saturating_mul(u64::from(hours.minutes_per_call))
    }
}

/// A visit of no length would leave room for any number of them.
fn minutes_per_visit(hours: WorkingHours) -> u64 {
    u64::from(hours.minutes_per_visit.max(1))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// So many visits more could be made.
    Enough { surplus: u64 },
    /// So many visits cannot be made, or their time is taken by calls.
    Short { by: u64 },
}

impl Verdict {
    pub fn is_enough(self) -> bool {
        matches!(self, Self::Enough { .. })
    }

    fn of(asked: u64, room: u64) -> Self {
        match room.checked_sub(asked) {
            Some(surplus) => Self::Enough { surplus },
            None => Self::Short { by: asked - room },
        }
    }

    fn worse(self, other: Self) -> Self {
        match (self, other) {
            (Self::Enough { surplus: a }, Self::Enough { surplus: b }) => Self::Enough { surplus: a.min(b) },
            (Self::Short { by: a }, Self::Short { by: b }) => Self::Short { by: a.max(b) },
            (short @ Self::Short { .. }, _) | (_, short) => short,
        }
    }
}

/// What the hours leave room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoursRoom {
    /// Minutes the quarter's visits and calls take.
    pub needed_minutes: u64,
    pub available_minutes: u64,
    /// Visits there is time for once all calls are made.
    pub visits: u64,
}

/// What a quarter asks for beside what there is room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Asked for, rounded up.
    pub visits: u64,
    pub calls: u64,
    /// Visits there is room for by count.
    pub room: u64,
    /// None where no hours are given.
    pub hours: Option<HoursRoom>,
    pub verdict: Verdict,
}

impl TierPlan {
    pub fn services(&self) -> Services {
        let of = |kind| PerYear::of(self.customers, self.quota(kind));
        Services { visits: of(ServiceKind::Visit), calls: of(ServiceKind::Call) }
    }
}

impl Plan {
    /// Of all tiers.
    pub fn services(&self) -> Services {
        self.tiers.iter().map(TierPlan::services).fold(Services::default(), |sum, of| Services {
            visits: sum.visits.saturating_add(of.visits),
            calls: sum.calls.saturating_add(of.calls),
        })
    }

    /// Whether the standard can be met (R095).
    pub fn coverage(&self) -> Coverage {
        let services = self.services();
        let visits = services.visits.a_quarter();
        let room = self.staffing.visits();
        let by_count = Verdict::of(visits, room);
        let by_hours = self.staffing.hours.map(|hours| self.by_hours(services, hours));
        Coverage {
            visits,
            calls: services.calls.a_quarter(),
            room,
            hours: by_hours.map(|(room, _)| room),
            verdict: by_hours.map_or(by_count, |(_, verdict)| verdict.worse(by_count)),
        }
    }

    fn by_hours(&self, services: Services, hours: WorkingHours) -> (HoursRoom, Verdict) {
        let needed_minutes = services.minutes(hours);
        let available_minutes = self.staffing.minutes(hours);
        let each = minutes_per_visit(hours);
        let for_visits = available_minutes.saturating_sub(services.call_minutes(hours));
        // A visit there is time for only in part is not there; one lacking in part is lacking.
        let verdict = match Verdict::of(needed_minutes, available_minutes) {
            Verdict::Enough { surplus } => Verdict::Enough { surplus: surplus / each },
            Verdict::Short { by } => Verdict::Short { by: by.div_ceil(each) },
        };
        (HoursRoom { needed_minutes, available_minutes, visits: for_visits / each }, verdict)
    }
}

impl Staffing {
    /// Visits all managers may make in the quarter.
    pub fn visits(&self) -> u64 {
        u64::from(self.managers) * u64::from(self.weeks) * u64::from(self.visits_a_week)
    }

    fn minutes(&self, hours: WorkingHours) -> u64 {
        u64::from(self.managers) * u64::from(self.weeks) * u64::from(hours.hours_a_week) * 60
    }
}
