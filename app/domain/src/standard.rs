//! 走访标准 and 服务欠账: how often each tier is visited and called, and what one customer is still owed (R060, R061).
//!
//! A [`VisitStandard`] is a version with a day of effect. [`debt`] turns it, the customer's tiers and what was done into
//! a [`ServiceDebt`]; it counts rows and dates only, so tablet and server come to the same answer in any order of
//! arrival.
//!
//! The rules:
//! - A calendar period asks for its whole number by its last day (R061). Within it nothing is overdue.
//! - Each day of a period asks for its share of the number that holds on that day: the sum over the days, divided by
//!   the days of the period, rounded half up to whole visits, is what the period asks for. So a customer opened, moved to
//!   another tier, or met by another version of the standard in mid-period owes by the days of each. Days before the
//!   customer was opened, before the first tier and before the first standard ask for nothing.
//! - A visit pays what is due first among what had begun on its day. What is left when a period ends is carried
//!   into the next, for as many ended periods as the standard says; what was done beyond is not saved for later. So a
//!   skipped visit, like one nobody planned, stays owed, and debt is never below zero.
//! - Debt is the customer's, not the manager's: a hand-over changes nothing, whoever went has paid.
//! - A visit dated after today does not count until that day, one before the customer was opened never does.
//! - A visit that answers an event pays what the event asks for and not the calendar's number, unless the standard says
//!   it counts for both (R061).
//! - A number of zero asks for nothing; more than one a day of the shortest such period cannot be published, and counts
//!   as written if it is met.

mod check;
mod debt;
mod period;
mod preset;
#[cfg(test)]
mod tests;

pub use check::{StandardFault, StandardPart};
pub use debt::{EventDebt, Happened, KindDebt, Overdue, Served, Service, ServiceDebt, StandardsOn, debt};
pub use period::{Period, Span};
pub use preset::telecom;

use crate::ids::{OrgUnitId, VisitStandardId};
use crate::tier::TierCode;
use crate::time::Date;
use crate::version::{VersionState, Versioned};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceKind {
    /// 走访
    Visit,
    /// 电访
    Call,
}

impl ServiceKind {
    pub const ALL: [Self; 2] = [Self::Visit, Self::Call];
}

/// So many in each calendar period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    /// None where the source is blank; 0 asks for nothing.
    pub count: Option<u16>,
    pub per: Period,
}

/// Names a kind of event through all versions: churn, a change of business (R060).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventCode(pub String);

impl From<&str> for EventCode {
    fn from(code: &str) -> Self {
        Self(code.to_owned())
    }
}

/// Extra visits an event asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventRule {
    pub event: EventCode,
    /// As the organisation calls it: 流失迹象, 业务变更.
    pub name: String,
    pub visits: u16,
    /// Days after the event's day by which they are due; 0 is the same day, None is blank.
    pub within_days: Option<u16>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierStandard {
    pub tier: TierCode,
    pub visits: Quota,
    pub calls: Quota,
    pub on_event: Vec<EventRule>,
}

impl TierStandard {
    pub fn quota(&self, kind: ServiceKind) -> Quota {
        match kind {
            ServiceKind::Visit => self.visits,
            ServiceKind::Call => self.calls,
        }
    }
}

/// One version of what an organisation owes its tiers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitStandard {
    pub id: VisitStandardId,
    pub org_unit_id: OrgUnitId,
    pub version: u32,
    pub state: VersionState,
    /// The first day it holds.
    pub effective_on: Option<Date>,
    /// Ended periods whose debt is carried; older debt lapses. 0 carries none.
    pub carried_periods: u8,
    /// Whether a visit that answers an event pays the calendar's number too (R061).
    pub do_event_visits_count: bool,
    pub tiers: Vec<TierStandard>,
}

impl VisitStandard {
    pub fn of_tier(&self, tier: &TierCode) -> Option<&TierStandard> {
        self.tiers.iter().find(|own| own.tier == *tier)
    }
}

impl Versioned for VisitStandard {
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
