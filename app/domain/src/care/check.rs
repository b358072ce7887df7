//! What keeps lead times and festivals from being set, each fault with the place to mend.

use super::{CareLead, Festival, FestivalRule};
use crate::limits;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use thiserror::Error;

/// One of the lead times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeadOf {
    Birthday,
    Festival,
    Contract,
}

#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CareFault {
    #[error("{of:?} comes up {days} days ahead, more than {max}")]
    LeadTooLong { of: LeadOf, days: u16, max: u16 },
    #[error("more than {max} festivals")]
    TooManyFestivals { max: u32 },
    /// Empty, too long or there twice.
    #[error("festival code {code:?} not valid")]
    FestivalCodeInvalid { code: String },
    #[error("the name of {code:?} is blank")]
    FestivalNameBlank { code: String },
    #[error("the name of {code:?} is too long")]
    FestivalNameTooLong { code: String, max: u32 },
    /// No year has such a day.
    #[error("{code:?} on a day that does not exist, {rule:?}")]
    FestivalDayInvalid { code: String, rule: FestivalRule },
}

impl CareLead {
    /// Everything that keeps the lead times from being set; empty when they are fine.
    pub fn check(&self) -> Vec<CareFault> {
        let max = limits::CARE_LEAD_DAYS_MAX;
        [
            (LeadOf::Birthday, self.birthday_days),
            (LeadOf::Festival, self.festival_days),
            (LeadOf::Contract, self.contract_days),
        ]
        .into_iter()
        .filter(|(_, days)| *days > max)
        .map(|(of, days)| CareFault::LeadTooLong { of, days, max })
        .collect()
    }
}

/// Everything that keeps the festivals from being set; empty when they are fine.
pub fn check_festivals(festivals: &[Festival]) -> Vec<CareFault> {
    let mut faults = Vec::new();
    if festivals.len() > limits::FESTIVALS_MAX {
        faults.push(CareFault::TooManyFestivals { max: wide(limits::FESTIVALS_MAX) });
    }
    let mut seen = BTreeSet::new();
    for Festival { code, name, rule } in festivals {
        let is_code = (1..=limits::LABEL_CHARS_MAX).contains(&code.chars().count());
        if !is_code || !seen.insert(code) {
            faults.push(CareFault::FestivalCodeInvalid { code: code.clone() });
        }
        let name = name.trim();
        if name.is_empty() {
            faults.push(CareFault::FestivalNameBlank { code: code.clone() });
        }
        if name.chars().count() > limits::LABEL_CHARS_MAX {
            let max = wide(limits::LABEL_CHARS_MAX);
            faults.push(CareFault::FestivalNameTooLong { code: code.clone(), max });
        }
        if !rule.is_valid() {
            faults.push(CareFault::FestivalDayInvalid { code: code.clone(), rule: *rule });
        }
    }
    faults
}

fn wide(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
