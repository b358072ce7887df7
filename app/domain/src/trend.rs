//! A fall worth a look in a monthly series: the money at a customer, or what is spent in a month (R212).
//!
//! The rule, as a manager reads it in 余额下降38%，201.4万降到124.9万，自10月:
//! - The last known month is held against the highest of the calendar months before it that the rule looks back over;
//!   of two as high, the later one. So a fall in one step and one spread over the months are both seen.
//! - It counts when it is at least so many percent of that height and at least so much money.
//! - A month nobody knows is left out. It is not a zero, and it does not make the look back longer.
//! - The height must be above zero: nothing falls from a debt. A last figure below zero is a fall of more than 100 %.
//! - Percentages are rounded down: a stated 38 % is never 37.9 %.
//!
//! How old the last known month is, the caller judges: no clock here.

#[cfg(test)]
mod tests;

use crate::limits;
use crate::money::Fen;
use crate::month::Month;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use thiserror::Error;

/// When a fall is worth a look. An organisation's own, so it is checked before it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FallRule {
    /// Of the height; 1 to 99.
    pub percent: u8,
    /// Calendar months before the last known one; 1 to [`limits::FALL_MONTHS_MAX`].
    pub months: u8,
    /// Smaller falls are left out; 0 leaves out none.
    pub at_least: Fen,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FallRuleFault {
    #[error("{percent} percent, not 1 to 99")]
    Percent { percent: u8 },
    #[error("{months} months, not 1 to {max}")]
    Months { months: u8, max: u8 },
    #[error("a least fall below zero")]
    AtLeast { at_least: Fen },
}

impl FallRule {
    /// Everything that is wrong with the rule; empty when it can be kept.
    pub fn check(&self) -> Vec<FallRuleFault> {
        let Self { percent, months, at_least } = *self;
        let max = limits::FALL_MONTHS_MAX;
        let mut faults = Vec::new();
        if !(1..=99).contains(&percent) {
            faults.push(FallRuleFault::Percent { percent });
        }
        if !(1..=max).contains(&months) {
            faults.push(FallRuleFault::Months { months, max });
        }
        if at_least < Fen(0) {
            faults.push(FallRuleFault::AtLeast { at_least });
        }
        faults
    }
}

/// The figures a fall is told with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fall {
    /// The month of the height: 自10月.
    pub from_month: Month,
    /// Above zero.
    pub from: Fen,
    /// The last known month.
    pub to_month: Month,
    /// Below `from`; below zero in a debt.
    pub to: Fen,
    /// Rounded down; above 100 when `to` is below zero, and no more than `u32` holds.
    pub percent: u32,
}

/// The fall the rule asks about, in figures of fen. None for a series without a known month to hold the last against.
/// A rule that does not pass [`FallRule::check`] finds no growth either: what is not below its height is no fall.
pub fn fall(series: &BTreeMap<Month, i64>, rule: &FallRule) -> Option<Fall> {
    let (to_month, to) = series.last_key_value().map(|(month, fen)| (*month, *fen))?;
    let looked_at = series.range(to_month.minus(u32::from(rule.months))..to_month);
    // Of equal maxima `max_by_key` gives the last.
    let (from_month, from) = looked_at.max_by_key(|(_, fen)| **fen).map(|(month, fen)| (*month, *fen))?;
    if from <= 0 || to >= from {
        return None;
    }
    let by = i128::from(from) - i128::from(to);
    let percent = by * 100 / i128::from(from);
    (percent >= i128::from(rule.percent) && by >= i128::from(rule.at_least.0)).then(|| Fall {
        from_month,
        from: Fen(from),
        to_month,
        to: Fen(to),
        percent: u32::try_from(percent).unwrap_or(u32::MAX),
    })
}

/// The last known month and those before it, the oldest first, None where nobody knows: always `last_months` long, but
/// empty for an empty series.
pub fn sparkline(series: &BTreeMap<Month, i64>, last_months: u8) -> Vec<Option<i64>> {
    let Some((last, _)) = series.last_key_value() else { return Vec::new() };
    // A series in the first year of the calendar has no month to ask for.
    let back = |months: u8| {
        Some(last.minus(u32::from(months))).filter(|month| month.plus(u32::from(months)) == *last)
    };
    (0..last_months).rev().map(|months| series.get(&back(months)?).copied()).collect()
}
