//! 等级: the versioned, dated rules of an organisation that give a customer a tier, and say why (R040).
//!
//! A [`TierScheme`] lists its tiers from the highest down. A [`Ladder`] gives them by one [`Yardstick`] cut into bands
//! `floor ≤ value < ceiling` without gap or overlap, in whole fen (R045); a step may ask for more besides (R042), and
//! who lacks that stands on the step below. Two ladders share a scheme where one speaks of those who have something
//! and the other of those who have not. A bound the source leaves blank is [`Bound::Blank`]: such a scheme can be
//! drafted and kept, but [`TierScheme::check`] does not let it take effect.
//!
//! Nothing here knows which rows the measures come from, nor who may change a scheme.

mod by_hand;
mod check;
mod edit;
mod grade;
mod measure;
mod place;
mod preset;
#[cfg(test)]
mod tests;

pub use by_hand::{OverrideFault, Standing, TierOverride, standing};
pub use check::{Part, SchemeFault};
pub use grade::Grader;
pub use measure::{Measure, Measures, Unit, Yardstick};
pub use place::{Above, Below, Contribution, Distance, Ground, Placement, Points, Unplaced};
pub use preset::Preset;

use crate::ids::{OrgUnitId, TierSchemeId};
use crate::time::Date;
use crate::version::{VersionState, Versioned};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Names a tier through all versions of a scheme, so that standards and history hold when its name changes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TierCode(pub String);

impl From<&str> for TierCode {
    fn from(code: &str) -> Self {
        Self(code.to_owned())
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    pub code: TierCode,
    /// Empty where the source names no grade (R043): to be filled.
    pub name: String,
}

/// One end of a band.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// The source does not say; somebody has to.
    Blank,
    /// No end on this side.
    Open,
    /// In the unit of the yardstick: fen, pieces or hundredths of a point. A floor includes it (≥), a ceiling does
    /// not (<).
    At(i64),
}

/// What a step asks for besides its band: at least so much.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demand {
    pub of: Yardstick,
    /// None where the source is blank.
    pub at_least: Option<i64>,
}

/// The rule that gives a tier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub tier: TierCode,
    pub floor: Bound,
    pub ceiling: Bound,
    /// All of them must be met. Never more than a higher step demands.
    pub besides: Vec<Demand>,
}

/// Whom a ladder speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Applies {
    Everyone,
    /// Whose measure is above zero.
    Having(Measure),
    /// Whose measure is zero or less.
    Lacking(Measure),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ladder {
    /// As the organisation calls it: 标准一.
    pub name: String,
    pub applies: Applies,
    pub by: Yardstick,
    /// In any order: the scheme's list of tiers ranks them. A ladder need not have a step to every tier.
    pub steps: Vec<Step>,
}

impl Ladder {
    /// The measure that says whether the ladder speaks of a customer.
    fn divides_by(&self) -> Option<Measure> {
        match self.applies {
            Applies::Everyone => None,
            Applies::Having(measure) | Applies::Lacking(measure) => Some(measure),
        }
    }
}

/// For how long a tier once given stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Freeze {
    /// It follows the figures.
    #[default]
    None,
    /// The list is fixed on the first of January for the year; what the figures say meanwhile is provisional (R046).
    Yearly,
}

/// A factor's share of the value score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weight {
    /// As the organisation calls the factor: 用电量, 财富资产.
    pub name: String,
    /// Of 100; None where the source is blank, 0 leaves the factor out.
    pub percent: Option<u8>,
}

/// One version of an organisation's tiers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierScheme {
    pub id: TierSchemeId,
    pub org_unit_id: OrgUnitId,
    pub version: u32,
    pub state: VersionState,
    /// The first day it holds.
    pub effective_on: Option<Date>,
    /// The highest first.
    pub tiers: Vec<Tier>,
    pub ladders: Vec<Ladder>,
    pub freeze: Freeze,
    /// Weights of the value score's five factors (R048); empty when the organisation keeps no score. A ladder may go by
    /// the score; otherwise it only ranks customers within a tier.
    pub weights: BTreeMap<Measure, Weight>,
}

impl TierScheme {
    /// 0 for the highest; None for a tier of another version.
    pub fn rank(&self, tier: &TierCode) -> Option<usize> {
        self.tiers.iter().position(|own| own.code == *tier)
    }

    /// The ladder's steps that lead to a tier of this scheme, the highest first.
    fn ranked<'a>(&self, ladder: &'a Ladder) -> Vec<&'a Step> {
        let mut ranked: Vec<(usize, &Step)> =
            ladder.steps.iter().filter_map(|step| Some((self.rank(&step.tier)?, step))).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().map(|(_, step)| step).collect()
    }
}

impl Versioned for TierScheme {
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
