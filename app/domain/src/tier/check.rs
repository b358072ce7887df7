//! What keeps a scheme from taking effect, each fault with the place to mend.

use super::place::WEIGHTS_TOTAL;
use super::{Applies, Bound, Ladder, Measure, Step, TierCode, TierScheme, Unit, Yardstick};
use crate::limits;
use crate::time::Date;
use crate::version::{self, DayFault, VersionState};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use thiserror::Error;

/// What somebody has to fill in. Ladders are counted from 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    EffectiveOn,
    TierName {
        tier: TierCode,
    },
    LadderName {
        ladder: u8,
    },
    FactorName {
        factor: Measure,
    },
    Floor {
        ladder: u8,
        tier: TierCode,
    },
    Ceiling {
        ladder: u8,
        tier: TierCode,
    },
    /// What the step asks for besides its band.
    Demand {
        ladder: u8,
        tier: TierCode,
    },
    Weight {
        factor: Measure,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SchemeFault {
    #[error("{0:?} is blank")]
    Blank(Part),
    /// A version takes effect at the midnight that begins a day still to come: the tiers of today are already in use.
    #[error("effective on {on}, which is not ahead")]
    NotAhead { on: Date },
    #[error("version {version} takes effect on the same day")]
    SameDay { version: u32 },
    #[error("no tiers")]
    NoTiers,
    #[error("more than {max} tiers")]
    TooManyTiers { max: u32 },
    /// Empty, too long or there twice.
    #[error("code {tier:?} not valid")]
    CodeInvalid { tier: TierCode },
    #[error("name of {tier:?} twice")]
    NameNotUnique { tier: TierCode },
    #[error("{part:?} too long, at most {max}")]
    NameTooLong { part: Part, max: u32 },
    /// No ladder leads to the tier.
    #[error("{tier:?} is never given")]
    NeverGiven { tier: TierCode },
    /// Neither one ladder for everyone, nor one for those who have a measure and one for those who have not.
    #[error("the ladders do not speak of every customer exactly once")]
    LaddersDoNotDivide,
    #[error("ladder {ladder} has no steps")]
    NoSteps { ladder: u8 },
    #[error("a step of ladder {ladder} leads to {tier:?}, which the scheme does not list")]
    UnknownTier { ladder: u8, tier: TierCode },
    #[error("ladder {ladder} leads to {tier:?} twice")]
    StepTwice { ladder: u8, tier: TierCode },
    /// Values from `from` up to, not including, `to` belong to no tier; None where there is no end.
    #[error("gap in ladder {ladder}")]
    Gap { ladder: u8, from: Option<i64>, to: Option<i64> },
    /// Values from `from` up to, not including, `to` belong to two tiers; None where there is no end.
    #[error("overlap in ladder {ladder}")]
    Overlap { ladder: u8, from: Option<i64>, to: Option<i64> },
    /// The band ends where it begins, or before: no value lies in it.
    #[error("{tier:?} of ladder {ladder} holds no value")]
    EmptyBand { ladder: u8, tier: TierCode },
    /// A step asks for more besides than the one above it: who reaches the higher one would not reach the lower.
    #[error("{tier:?} of ladder {ladder} demands more than the tier above")]
    DemandRises { ladder: u8, tier: TierCode },
    /// The lowest step of a ladder takes whoever is left, so it cannot ask for anything besides.
    #[error("the lowest step of ladder {ladder} has demands")]
    LowestDemands { ladder: u8, tier: TierCode },
    /// A sum of nothing, or of different units.
    #[error("ladder {ladder} measures by nothing, or by different units")]
    NotMeasurable { ladder: u8 },
    /// A ladder goes by the score and the scheme has no weights.
    #[error("ladder {ladder} goes by a score that is not kept")]
    NoScore { ladder: u8 },
    #[error("{factor:?} is not a factor of the score")]
    NotAFactor { factor: Measure },
    #[error("the weights total {total}, not 100")]
    WeightsTotal { total: u32 },
}

impl TierScheme {
    /// Everything that keeps a draft from taking effect; empty when it is ready. `versions` are the organisation's other
    /// schemes. A scheme that passes gives every customer whose figures are known exactly one tier.
    pub fn check(&self, versions: &[Self], today: Date) -> Vec<SchemeFault> {
        let mut faults = Vec::new();
        self.check_day(versions, today, &mut faults);
        self.check_tiers(&mut faults);
        self.check_weights(&mut faults);
        if !self.ladders_divide() {
            faults.push(SchemeFault::LaddersDoNotDivide);
        }
        for (at, ladder) in (0_u8..=u8::MAX).zip(&self.ladders) {
            self.check_ladder(at, ladder, &mut faults);
        }
        faults
    }

    /// The draft as it takes effect, or what keeps it from that.
    pub fn publish(self, versions: &[Self], today: Date) -> Result<Self, Vec<SchemeFault>> {
        let faults = self.check(versions, today);
        if faults.is_empty() { Ok(Self { state: VersionState::Published, ..self }) } else { Err(faults) }
    }

    fn check_day(&self, versions: &[Self], today: Date, faults: &mut Vec<SchemeFault>) {
        let others = versions.iter().filter(|other| other.id != self.id);
        faults.extend(version::check_day(self, others, today).into_iter().map(|fault| match fault {
            DayFault::Blank => SchemeFault::Blank(Part::EffectiveOn),
            DayFault::NotAhead { on } => SchemeFault::NotAhead { on },
            DayFault::SameDay { version } => SchemeFault::SameDay { version },
        }));
    }

    fn check_tiers(&self, faults: &mut Vec<SchemeFault>) {
        if self.tiers.is_empty() {
            faults.push(SchemeFault::NoTiers);
        }
        if self.tiers.len() > limits::TIERS_MAX {
            faults.push(SchemeFault::TooManyTiers { max: wide(limits::TIERS_MAX) });
        }
        let mut codes = BTreeSet::new();
        let mut names = BTreeSet::new();
        for tier in &self.tiers {
            let code = tier.code.clone();
            let is_code = (1..=limits::LABEL_CHARS_MAX).contains(&code.0.chars().count());
            if !is_code || !codes.insert(&tier.code) {
                faults.push(SchemeFault::CodeInvalid { tier: code.clone() });
            }
            let name = tier.name.trim();
            check_name(name, Part::TierName { tier: code.clone() }, faults);
            if !name.is_empty() && !names.insert(name) {
                faults.push(SchemeFault::NameNotUnique { tier: code.clone() });
            }
            if !self.ladders.iter().flat_map(|ladder| &ladder.steps).any(|step| step.tier == code) {
                faults.push(SchemeFault::NeverGiven { tier: code });
            }
        }
    }

    fn check_weights(&self, faults: &mut Vec<SchemeFault>) {
        if self.weights.is_empty() {
            return;
        }
        for factor in self.weights.keys().filter(|factor| factor.unit() != Unit::Points) {
            faults.push(SchemeFault::NotAFactor { factor: *factor });
        }
        for (factor, weight) in &self.weights {
            check_name(&weight.name, Part::FactorName { factor: *factor }, faults);
        }
        let percent = |factor| self.weights.get(factor).and_then(|weight| weight.percent);
        let blank: Vec<&Measure> =
            Measure::FACTORS.iter().filter(|factor| percent(factor).is_none()).collect();
        let total: u32 = self.weights.values().filter_map(|weight| weight.percent).map(u32::from).sum();
        // While some are blank the others need not fill the hundred yet.
        if total > WEIGHTS_TOTAL || (blank.is_empty() && total != WEIGHTS_TOTAL) {
            faults.push(SchemeFault::WeightsTotal { total });
        }
        faults.extend(blank.into_iter().map(|factor| SchemeFault::Blank(Part::Weight { factor: *factor })));
    }

    fn ladders_divide(&self) -> bool {
        match self.ladders.as_slice() {
            [one] => one.applies == Applies::Everyone,
            [one, other] => match (one.applies, other.applies) {
                (Applies::Having(has), Applies::Lacking(lacks))
                | (Applies::Lacking(lacks), Applies::Having(has)) => has == lacks,
                _ => false,
            },
            _ => false,
        }
    }

    fn check_ladder(&self, at: u8, ladder: &Ladder, faults: &mut Vec<SchemeFault>) {
        check_name(&ladder.name, Part::LadderName { ladder: at }, faults);
        let mut seen = BTreeSet::new();
        for step in &ladder.steps {
            let tier = step.tier.clone();
            if self.rank(&tier).is_none() {
                faults.push(SchemeFault::UnknownTier { ladder: at, tier });
            } else if !seen.insert(&step.tier) {
                faults.push(SchemeFault::StepTwice { ladder: at, tier });
            }
        }
        let yardsticks: Vec<&Yardstick> = ladder
            .steps
            .iter()
            .flat_map(|step| &step.besides)
            .map(|demand| &demand.of)
            .chain([&ladder.by])
            .collect();
        if !yardsticks.iter().all(|of| of.is_of_one_unit()) {
            faults.push(SchemeFault::NotMeasurable { ladder: at });
        }
        if self.weights.is_empty() && yardsticks.contains(&&Yardstick::Score) {
            faults.push(SchemeFault::NoScore { ladder: at });
        }
        let ranked = self.ranked(ladder);
        check_bands(at, &ranked, faults);
        check_demands(at, &ranked, faults);
    }
}

fn check_name(name: &str, part: Part, faults: &mut Vec<SchemeFault>) {
    if name.trim().is_empty() {
        faults.push(SchemeFault::Blank(part));
    } else if name.chars().count() > limits::LABEL_CHARS_MAX {
        faults.push(SchemeFault::NameTooLong { part, max: wide(limits::LABEL_CHARS_MAX) });
    }
}

impl Yardstick {
    fn is_of_one_unit(&self) -> bool {
        match self {
            Self::Score => true,
            Self::Sum(summands) => {
                let mut units = summands.iter().map(|summand| summand.unit());
                units.next().is_some_and(|first| units.all(|unit| unit == first))
            }
        }
    }
}

/// The bands, from the highest down, cover every value once.
fn check_bands(ladder: u8, ranked: &[&Step], faults: &mut Vec<SchemeFault>) {
    let (Some(highest), Some(lowest)) = (ranked.first(), ranked.last()) else {
        faults.push(SchemeFault::NoSteps { ladder });
        return;
    };
    for step in ranked {
        let tier = step.tier.clone();
        match (step.floor, step.ceiling) {
            (Bound::At(floor), Bound::At(ceiling)) if floor >= ceiling => {
                faults.push(SchemeFault::EmptyBand { ladder, tier: tier.clone() });
            }
            _ => {}
        }
        if step.floor == Bound::Blank {
            faults.push(SchemeFault::Blank(Part::Floor { ladder, tier: tier.clone() }));
        }
        if step.ceiling == Bound::Blank {
            faults.push(SchemeFault::Blank(Part::Ceiling { ladder, tier }));
        }
    }
    if let Bound::At(ceiling) = highest.ceiling {
        faults.push(SchemeFault::Gap { ladder, from: Some(ceiling), to: None });
    }
    for (upper, lower) in ranked.iter().zip(ranked.iter().skip(1)) {
        match (upper.floor, lower.ceiling) {
            (Bound::Blank, _) | (_, Bound::Blank) => {}
            (Bound::At(floor), Bound::At(ceiling)) if ceiling < floor => {
                faults.push(SchemeFault::Gap { ladder, from: Some(ceiling), to: Some(floor) });
            }
            (Bound::At(floor), Bound::At(ceiling)) if ceiling == floor => {}
            (floor, ceiling) => {
                faults.push(SchemeFault::Overlap { ladder, from: floor.at(), to: ceiling.at() });
            }
        }
    }
    if let Bound::At(floor) = lowest.floor {
        faults.push(SchemeFault::Gap { ladder, from: None, to: Some(floor) });
    }
}

/// Who reaches a step reaches every one below it.
fn check_demands(ladder: u8, ranked: &[&Step], faults: &mut Vec<SchemeFault>) {
    for step in ranked {
        if step.besides.iter().any(|demand| demand.at_least.is_none()) {
            faults.push(SchemeFault::Blank(Part::Demand { ladder, tier: step.tier.clone() }));
        }
    }
    for (upper, lower) in ranked.iter().zip(ranked.iter().skip(1)) {
        let rises = lower.besides.iter().any(|demand| {
            let above = upper.besides.iter().filter(|other| other.of == demand.of);
            // A blank above can still be filled high enough; a demand that is not there cannot.
            !above.into_iter().any(|other| match (demand.at_least, other.at_least) {
                (Some(lower), Some(upper)) => lower <= upper,
                _ => true,
            })
        });
        if rises {
            faults.push(SchemeFault::DemandRises { ladder, tier: lower.tier.clone() });
        }
    }
    if let Some(lowest) = ranked.last().filter(|lowest| !lowest.besides.is_empty()) {
        faults.push(SchemeFault::LowestDemands { ladder, tier: lowest.tier.clone() });
    }
}

impl Bound {
    fn at(self) -> Option<i64> {
        match self {
            Self::At(value) => Some(value),
            Self::Blank | Self::Open => None,
        }
    }
}

fn wide(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
