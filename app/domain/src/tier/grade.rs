//! The tier alone, without its reasons: what a whole book's history is computed with, thousands of times in a moment. The
//! same answer as [`TierScheme::place`], which explains it.

use super::place::{POINTS_MAX, saturated};
use super::{Applies, Bound, Ladder, Measure, Measures, TierCode, TierScheme, Yardstick};
use std::collections::BTreeSet;

/// A scheme laid out for placing many customers.
#[derive(Clone, Debug)]
pub struct Grader {
    /// Measures that tell the ladders apart; each must be known.
    divides_by: Vec<Measure>,
    ladders: Vec<Laddered>,
    /// Factors that weigh something, or None where the weights are not ready.
    percents: Option<Vec<(Measure, u8)>>,
}

#[derive(Clone, Debug)]
struct Laddered {
    applies: Applies,
    /// Every figure a step may look at.
    asked_for: Vec<Measure>,
    by: Height,
    uses_score: bool,
    /// The highest first; None where a bound or a demand is blank.
    steps: Option<Vec<Stepped>>,
}

#[derive(Clone, Debug)]
struct Stepped {
    tier: TierCode,
    floor: Option<i64>,
    besides: Vec<(Height, i64)>,
}

/// A [`Yardstick`] as it is read fastest.
#[derive(Clone, Debug)]
enum Height {
    Sum(Vec<Measure>),
    Score,
}

impl Height {
    fn of(yardstick: &Yardstick) -> Self {
        match yardstick {
            Yardstick::Sum(summands) => Self::Sum(summands.iter().copied().collect()),
            Yardstick::Score => Self::Score,
        }
    }
}

impl Grader {
    pub fn of(scheme: &TierScheme) -> Self {
        let percents = scheme.percents().ok();
        Self {
            divides_by: scheme.ladders.iter().filter_map(Ladder::divides_by).collect(),
            ladders: scheme
                .ladders
                .iter()
                .map(|ladder| laddered(scheme, ladder, percents.as_deref()))
                .collect(),
            percents,
        }
    }

    /// Every figure the tier of any customer may depend on.
    pub fn asks_for(&self) -> BTreeSet<Measure> {
        let asked_for = self.ladders.iter().flat_map(|ladder| &ladder.asked_for);
        asked_for.chain(&self.divides_by).copied().collect()
    }

    /// The tier, or None where [`TierScheme::place`] gives none.
    pub fn tier(&self, measures: &Measures) -> Option<&TierCode> {
        let is_known =
            |asked_for: &[Measure]| asked_for.iter().all(|measure| measures.get(*measure).is_some());
        let is_above_zero = |measure| measures.get(measure).is_some_and(|value| value > 0);
        if !is_known(&self.divides_by) {
            return None;
        }
        let mut speaking = self.ladders.iter().filter(|ladder| match ladder.applies {
            Applies::Everyone => true,
            Applies::Having(measure) => is_above_zero(measure),
            Applies::Lacking(measure) => !is_above_zero(measure),
        });
        let (Some(ladder), None) = (speaking.next(), speaking.next()) else { return None };
        if !is_known(&ladder.asked_for) {
            return None;
        }
        // Asked for once, whichever step would need it: what cannot be explained is not given.
        let score = if ladder.uses_score { Some(self.score(measures)?) } else { None };
        let height = value(&ladder.by, measures, score)?;
        for step in ladder.steps.as_ref()? {
            let mut is_reached = step.floor.is_none_or(|floor| floor <= height);
            for (of, floor) in &step.besides {
                is_reached &= *floor <= value(of, measures, score)?;
            }
            if is_reached {
                return Some(&step.tier);
            }
        }
        None
    }

    /// In hundredths of a point.
    fn score(&self, measures: &Measures) -> Option<i64> {
        let mut total = 0;
        for (factor, percent) in self.percents.as_ref()? {
            let points = u8::try_from(measures.get(*factor)?).ok().filter(|points| *points <= POINTS_MAX)?;
            total += i64::from(*percent) * i64::from(points);
        }
        Some(total)
    }
}

fn value(of: &Height, measures: &Measures, score: Option<i64>) -> Option<i64> {
    match of {
        Height::Score => score,
        Height::Sum(summands) => {
            let mut sum: i128 = 0;
            for summand in summands {
                sum += i128::from(measures.get(*summand)?);
            }
            Some(saturated(sum))
        }
    }
}

fn laddered(scheme: &TierScheme, ladder: &Ladder, percents: Option<&[(Measure, u8)]>) -> Laddered {
    let ranked = scheme.ranked(ladder);
    let mut asked_for: Vec<Measure> = Vec::new();
    let mut uses_score = false;
    for of in ranked.iter().flat_map(|step| &step.besides).map(|demand| &demand.of).chain([&ladder.by]) {
        match of {
            Yardstick::Sum(summands) => asked_for.extend(summands),
            Yardstick::Score => {
                uses_score = true;
                asked_for.extend(percents.unwrap_or_default().iter().map(|(factor, _)| *factor));
            }
        }
    }
    asked_for.sort_unstable();
    asked_for.dedup();
    let steps = ranked
        .into_iter()
        .map(|step| {
            let floor = match (step.floor, step.ceiling) {
                (Bound::Blank, _) | (_, Bound::Blank) => return None,
                (Bound::Open, _) => None,
                (Bound::At(floor), _) => Some(floor),
            };
            let besides = step.besides.iter().map(|demand| Some((Height::of(&demand.of), demand.at_least?)));
            Some(Stepped { tier: step.tier.clone(), floor, besides: besides.collect::<Option<_>>()? })
        })
        .collect();
    Laddered { applies: ladder.applies, asked_for, by: Height::of(&ladder.by), uses_score, steps }
}
