//! 怎样才够: the single changes that would make the standard possible (R094).

use super::{Plan, TierPlan, Verdict, VisitChange, WhatIf};
use crate::limits;
use crate::standard::{Period, Quota};
use crate::tier::TierCode;
use std::collections::BTreeMap;

/// One change to a plan. `to` is the figure it leads to, `more` the step there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The lowest tier that is visited is visited half as often: 大众改为每半年走访1次.
    HalfAsOften { tier: TierCode, visits: Quota },
    /// The same tier is not visited any more: 大众只电访.
    CallsOnly { tier: TierCode },
    /// The fewest that are enough: 每人每周走11次.
    VisitsAWeek { to: u16, more: u16 },
    /// The fewest that are enough: 增配2位客户经理.
    Managers { to: u16, more: u16 },
}

impl Change {
    pub fn what_if(&self) -> WhatIf {
        let visits = |tier: &TierCode, change| WhatIf {
            visits: BTreeMap::from([(tier.clone(), change)]),
            ..WhatIf::default()
        };
        match self {
            Self::HalfAsOften { tier, visits: quota } => visits(tier, VisitChange::Quota(*quota)),
            Self::CallsOnly { tier } => visits(tier, VisitChange::CallsOnly),
            Self::VisitsAWeek { to, .. } => WhatIf { visits_a_week: Some(*to), ..WhatIf::default() },
            Self::Managers { to, .. } => WhatIf { managers: Some(*to), ..WhatIf::default() },
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    pub change: Change,
    /// Visits that could be made besides.
    pub surplus: u64,
}

impl Plan {
    /// The changes that would do, each by itself; none for a plan that is enough as it is.
    pub fn remedies(&self) -> Vec<Remedy> {
        if self.coverage().verdict.is_enough() {
            return Vec::new();
        }
        let visited = |own: &&TierPlan| own.services().visits.0 > 0;
        let lowest = self.tiers.iter().rev().find(visited);
        let half = lowest.and_then(|own| {
            Some(Change::HalfAsOften { tier: own.tier.clone(), visits: half_as_often(own.visits)? })
        });
        let calls = lowest.map(|own| Change::CallsOnly { tier: own.tier.clone() });
        let walk = self.least(self.staffing.visits_a_week, limits::VISITS_A_WEEK_MAX, |to, more| {
            Change::VisitsAWeek { to, more }
        });
        let hire = self.least(self.staffing.managers, u16::MAX, |to, more| Change::Managers { to, more });
        [half, calls, walk, hire].into_iter().flatten().filter_map(|change| self.remedy(change)).collect()
    }

    fn remedy(&self, change: Change) -> Option<Remedy> {
        match self.with(&change.what_if()).coverage().verdict {
            Verdict::Enough { surplus } => Some(Remedy { change, surplus }),
            Verdict::Short { .. } => None,
        }
    }

    /// The change to the smallest figure above `now` that is enough. More people and more visits a week never make it
    /// worse, so it can be halved for.
    fn least(&self, now: u16, max: u16, change: impl Fn(u16, u16) -> Change) -> Option<Change> {
        let to = |to: u16| change(to, to.saturating_sub(now));
        let is_enough = |figure| self.remedy(to(figure)).is_some();
        if max <= now || !is_enough(max) {
            return None;
        }
        let (mut short, mut enough) = (now, max);
        while enough - short > 1 {
            let middle = short.midpoint(enough);
            if is_enough(middle) { enough = middle } else { short = middle }
        }
        Some(to(enough))
    }
}

/// Half the visits, as a standard can say it: half the number, or the same in a period twice as long. A single visit a
/// year cannot be halved, another odd number a year is rounded up.
fn half_as_often(visits: Quota) -> Option<Quota> {
    let count = visits.count.filter(|count| *count > 0)?;
    let (count, per) = match visits.per {
        per if count.is_multiple_of(2) => (count / 2, per),
        Period::Month => (count.checked_mul(3)?, Period::HalfYear),
        Period::Quarter => (count, Period::HalfYear),
        Period::HalfYear => (count, Period::Year),
        Period::Year if count > 1 => (count.div_ceil(2), Period::Year),
        Period::Year => return None,
    };
    Some(Quota { count: Some(count), per })
}
