//! 认定: a tier a person sets, beside the computed one, with a reason and a last day (R040: every tier shows why).

use super::{Placement, TierCode, TierScheme, Unplaced};
use crate::ids::{CustomerId, EmployeeId, TierOverrideId};
use crate::limits;
use crate::rejection::Rejection;
use crate::time::{Date, days_between};
use crate::validate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierOverride {
    pub id: TierOverrideId,
    pub customer_id: CustomerId,
    pub tier: TierCode,
    pub reason: String,
    pub set_by: EmployeeId,
    /// The first day it holds.
    pub set_on: Date,
    /// The last day it holds.
    pub until: Date,
}

#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OverrideFault {
    #[error("no reason")]
    ReasonMissing,
    #[error("reason too long, at most {max}")]
    ReasonTooLong { max: u32 },
    #[error("{tier:?} is not a tier of the scheme")]
    UnknownTier { tier: TierCode },
    #[error("ends before it begins")]
    EndsBefore,
    #[error("holds longer than {max} days")]
    TooLong { max: u32 },
}

impl TierOverride {
    /// The override with its reason trimmed, or what keeps it from being set. Who may set one is not asked here.
    pub fn checked(self, scheme: &TierScheme) -> Result<Self, Vec<OverrideFault>> {
        let mut faults = Vec::new();
        let reason = match validate::required("reason", Some(&self.reason), limits::TEXT_CHARS_MAX) {
            Ok(reason) => reason,
            Err(Rejection::Missing { .. }) => {
                faults.push(OverrideFault::ReasonMissing);
                String::new()
            }
            Err(_) => {
                let max = u32::try_from(limits::TEXT_CHARS_MAX).unwrap_or(u32::MAX);
                faults.push(OverrideFault::ReasonTooLong { max });
                String::new()
            }
        };
        if scheme.rank(&self.tier).is_none() {
            faults.push(OverrideFault::UnknownTier { tier: self.tier.clone() });
        }
        let days = days_between(self.set_on, self.until);
        if days < 0 {
            faults.push(OverrideFault::EndsBefore);
        }
        if days >= limits::TIER_OVERRIDE_DAYS_MAX {
            let max = u32::try_from(limits::TIER_OVERRIDE_DAYS_MAX).unwrap_or(u32::MAX);
            faults.push(OverrideFault::TooLong { max });
        }
        if faults.is_empty() { Ok(Self { reason, ..self }) } else { Err(faults) }
    }

    pub fn holds(&self, on: Date) -> bool {
        (self.set_on..=self.until).contains(&on)
    }
}

/// Both tiers of a customer: neither hides the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing<'a> {
    pub computed: Result<Placement, Unplaced>,
    pub by_hand: Option<&'a TierOverride>,
}

impl Standing<'_> {
    /// The tier that counts: the one set by hand while it holds, else the computed one.
    pub fn tier(&self) -> Option<&TierCode> {
        let computed = self.computed.as_ref().ok().map(|placement| &placement.tier);
        self.by_hand.map(|by_hand| &by_hand.tier).or(computed)
    }
}

/// How a customer stands on a day. Of several overrides that hold, the one set last counts, of two set on one day the
/// one that ends first, then the lower tier; one whose tier the scheme no longer lists does not.
pub fn standing<'a>(
    computed: Result<Placement, Unplaced>,
    overrides: &[&'a TierOverride],
    scheme: &TierScheme,
    on: Date,
) -> Standing<'a> {
    let by_hand = overrides
        .iter()
        .copied()
        .filter(|by_hand| by_hand.holds(on) && scheme.rank(&by_hand.tier).is_some())
        .max_by_key(|by_hand| {
            (by_hand.set_on, std::cmp::Reverse(by_hand.until), scheme.rank(&by_hand.tier), by_hand.set_by)
        });
    Standing { computed, by_hand }
}
