//! From one customer's figures to the tier, the rule that gave it and the way to the tiers beside it.

use super::{Applies, Bound, Ladder, Measure, Measures, Step, TierCode, TierScheme, Yardstick};
use crate::ids::TierSchemeId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use thiserror::Error;

/// Points of one factor run from 0 to this.
pub(super) const POINTS_MAX: u8 = 100;
/// What the weights of the factors add up to (R048).
pub(super) const WEIGHTS_TOTAL: u32 = 100;

/// A condition that holds: `floor ≤ value`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Ground {
    pub of: Yardstick,
    /// None on the lowest step, which takes whoever is left.
    pub floor: Option<i64>,
    pub value: i64,
}

/// How far a value is from a floor, always positive or zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Distance {
    pub of: Yardstick,
    pub floor: i64,
    pub value: i64,
    pub by: u64,
}

/// The next tier up and everything it still lacks; never empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Above {
    pub tier: TierCode,
    pub short: Vec<Distance>,
}

/// The next tier down, and by how much each value may fall without leading there: at 0 one fen less does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Below {
    pub tier: TierCode,
    pub margins: Vec<Distance>,
}

/// What one factor adds to the score (R048).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contribution {
    pub factor: Measure,
    pub percent: u8,
    pub points: u8,
    /// Hundredths of a point: percent × points.
    pub adds: u16,
}

/// The value score with its factors; 0 to 10,000 hundredths of a point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Points {
    pub total: u16,
    pub contributions: Vec<Contribution>,
}

/// A tier with its reasons. [`TierScheme::place`] on `values` gives the same placement again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    pub scheme_id: TierSchemeId,
    pub version: u32,
    pub ladder: String,
    pub tier: TierCode,
    /// The band first, then what the step asks for besides.
    pub grounds: Vec<Ground>,
    pub above: Option<Above>,
    pub below: Option<Below>,
    /// Every figure that was looked at, and no other.
    pub values: Measures,
}

/// Why there is no tier.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unplaced {
    /// The scheme has blanks, or does not speak of this customer: see [`TierScheme::check`].
    #[error("the scheme is not ready")]
    NotReady,
    /// Figures the rule needs and nobody has handed over; a missing figure is not taken for zero.
    #[error("figures are missing")]
    Missing { measures: Vec<Measure> },
    /// A factor's points beyond 0 to 100.
    #[error("points of {factor:?} out of range")]
    PointsOutOfRange { factor: Measure },
}

impl TierScheme {
    /// The highest tier all of whose demands are met (R040, R045). The order in which ladders, steps and demands are
    /// written changes nothing. A scheme that [`TierScheme::check`] passes answers with a tier, or says which figures
    /// are missing.
    pub fn place(&self, measures: &Measures) -> Result<Placement, Unplaced> {
        let mut asked_for: BTreeSet<Measure> = self.ladders.iter().filter_map(Ladder::divides_by).collect();
        all_known(&asked_for, measures)?;
        let ladder = self.ladder_for(measures)?;
        let steps = self.ranked(ladder);
        for of in steps.iter().flat_map(|step| &step.besides).map(|demand| &demand.of).chain([&ladder.by]) {
            asked_for.extend(self.figures_of(of)?);
        }
        // Before anything is decided, so that what is missing does not depend on the values.
        all_known(&asked_for, measures)?;

        let mut climbed = Vec::with_capacity(steps.len());
        for step in &steps {
            climbed.push(Climbed { tier: &step.tier, grounds: self.grounds(ladder, step, measures)? });
        }
        let at = climbed.iter().position(Climbed::is_reached).ok_or(Unplaced::NotReady)?;
        let own = climbed.get(at).ok_or(Unplaced::NotReady)?;
        let above = at.checked_sub(1).and_then(|above| climbed.get(above));
        let below = climbed.get(at + 1);
        Ok(Placement {
            scheme_id: self.id,
            version: self.version,
            ladder: ladder.name.clone(),
            tier: own.tier.clone(),
            grounds: own.grounds.clone(),
            above: above.map(|above| Above { tier: above.tier.clone(), short: above.short() }),
            below: below.map(|below| Below { tier: below.tier.clone(), margins: own.distances() }),
            values: asked_for.into_iter().filter_map(|seen| Some((seen, measures.get(seen)?))).collect(),
        })
    }

    /// The value score with what each factor adds (R048). A factor that weighs nothing is not asked for.
    pub fn score(&self, measures: &Measures) -> Result<Points, Unplaced> {
        all_known(&self.figures_of(&Yardstick::Score)?, measures)?;
        let mut contributions = Vec::with_capacity(self.weights.len());
        for (factor, percent) in self.percents()? {
            let points = measures.get(factor).ok_or(Unplaced::Missing { measures: vec![factor] })?;
            let points = u8::try_from(points)
                .ok()
                .filter(|points| *points <= POINTS_MAX)
                .ok_or(Unplaced::PointsOutOfRange { factor })?;
            let adds = u16::from(percent) * u16::from(points);
            contributions.push(Contribution { factor, percent, points, adds });
        }
        Ok(Points { total: contributions.iter().map(|part| part.adds).sum(), contributions })
    }

    /// The one ladder that speaks of this customer.
    fn ladder_for(&self, measures: &Measures) -> Result<&Ladder, Unplaced> {
        let is_above_zero = |measure| measures.get(measure).is_some_and(|value| value > 0);
        let mut speaking = self.ladders.iter().filter(|ladder| match ladder.applies {
            Applies::Everyone => true,
            Applies::Having(measure) => is_above_zero(measure),
            Applies::Lacking(measure) => !is_above_zero(measure),
        });
        match (speaking.next(), speaking.next()) {
            (Some(ladder), None) => Ok(ladder),
            _ => Err(Unplaced::NotReady),
        }
    }

    /// Factors that weigh something, with their share of 100.
    pub(super) fn percents(&self) -> Result<Vec<(Measure, u8)>, Unplaced> {
        let mut percents = Vec::with_capacity(self.weights.len());
        for (factor, weight) in &self.weights {
            percents.push((*factor, weight.percent.ok_or(Unplaced::NotReady)?));
        }
        if percents.iter().map(|(_, percent)| u32::from(*percent)).sum::<u32>() != WEIGHTS_TOTAL {
            return Err(Unplaced::NotReady);
        }
        percents.retain(|(_, percent)| *percent > 0);
        Ok(percents)
    }

    /// The figures a yardstick is made of.
    fn figures_of(&self, of: &Yardstick) -> Result<BTreeSet<Measure>, Unplaced> {
        match of {
            Yardstick::Sum(summands) => Ok(summands.clone()),
            Yardstick::Score => Ok(self.percents()?.into_iter().map(|(factor, _)| factor).collect()),
        }
    }

    fn value(&self, of: &Yardstick, measures: &Measures) -> Result<i64, Unplaced> {
        match of {
            Yardstick::Score => self.score(measures).map(|points| i64::from(points.total)),
            Yardstick::Sum(summands) => {
                all_known(summands, measures)?;
                // Wide, so that the order of the summands cannot matter at the ends of an i64.
                let sum: i128 =
                    summands.iter().filter_map(|summand| measures.get(*summand)).map(i128::from).sum();
                Ok(saturated(sum))
            }
        }
    }

    /// What one step asks for, with the customer's values.
    fn grounds(&self, ladder: &Ladder, step: &Step, measures: &Measures) -> Result<Vec<Ground>, Unplaced> {
        let floor = match (step.floor, step.ceiling) {
            (Bound::Blank, _) | (_, Bound::Blank) => return Err(Unplaced::NotReady),
            (Bound::Open, _) => None,
            (Bound::At(floor), _) => Some(floor),
        };
        let mut besides = Vec::with_capacity(step.besides.len() + 1);
        for demand in &step.besides {
            let floor = Some(demand.at_least.ok_or(Unplaced::NotReady)?);
            besides.push(Ground { of: demand.of.clone(), floor, value: self.value(&demand.of, measures)? });
        }
        besides.sort();
        besides.insert(0, Ground { of: ladder.by.clone(), floor, value: self.value(&ladder.by, measures)? });
        Ok(besides)
    }
}

/// At the ends of an i64 it stays there.
pub(super) fn saturated(sum: i128) -> i64 {
    i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX })
}

fn all_known(asked_for: &BTreeSet<Measure>, measures: &Measures) -> Result<(), Unplaced> {
    let missing: Vec<Measure> =
        asked_for.iter().copied().filter(|measure| measures.get(*measure).is_none()).collect();
    if missing.is_empty() { Ok(()) } else { Err(Unplaced::Missing { measures: missing }) }
}

/// A step with one customer's values beside its demands.
struct Climbed<'a> {
    tier: &'a TierCode,
    grounds: Vec<Ground>,
}

impl Climbed<'_> {
    fn is_reached(&self) -> bool {
        self.grounds.iter().all(|ground| ground.floor.is_none_or(|floor| floor <= ground.value))
    }

    fn distances(&self) -> Vec<Distance> {
        let of_ground = |ground: &Ground| {
            let floor = ground.floor?;
            let by = floor.abs_diff(ground.value);
            Some(Distance { of: ground.of.clone(), floor, value: ground.value, by })
        };
        self.grounds.iter().filter_map(of_ground).collect()
    }

    fn short(&self) -> Vec<Distance> {
        let mut short = self.distances();
        short.retain(|distance| distance.value < distance.floor);
        short
    }
}
