//! What keeps a tier scheme from taking effect: in words, and where on the page it is mended.

use crate::i18n::{fill, t};
use crate::pages::rules::desk::{DAY, Kept, Mending, Told};
use crate::words::rules as shared;
use crate::words::rules::scheme as words;
use domain::api::{Draft, RuleBook, RuleKind};
use domain::tier::{Bound, Measure, Part, SchemeFault, TierCode, TierScheme, Weight};
use domain::time::Date;

pub const TIERS: &str = "tiers";
pub const LADDERS: &str = "ladders";
pub const WEIGHTS: &str = "weights";

pub fn tier_name_id(tier: &TierCode) -> String {
    format!("tier-name-{}", tier.0)
}

pub fn ladder_id(ladder: usize) -> String {
    format!("ladder-{ladder}")
}

pub fn ladder_name_id(ladder: usize) -> String {
    format!("ladder-name-{ladder}")
}

pub fn floor_id(ladder: usize, tier: &TierCode) -> String {
    format!("floor-{ladder}-{}", tier.0)
}

pub fn ceiling_id(ladder: usize, tier: &TierCode) -> String {
    format!("ceiling-{ladder}-{}", tier.0)
}

pub fn demand_id(ladder: usize, tier: &TierCode) -> String {
    format!("demand-{ladder}-{}", tier.0)
}

fn factor_no(factor: Measure) -> usize {
    Measure::ALL.iter().position(|own| *own == factor).unwrap_or_default()
}

pub fn weight_id(factor: Measure) -> String {
    format!("weight-{}", factor_no(factor))
}

pub fn factor_name_id(factor: Measure) -> String {
    format!("factor-name-{}", factor_no(factor))
}

impl Kept for TierScheme {
    const WHICH: RuleKind = RuleKind::TierScheme;

    fn published(book: &RuleBook) -> &[Self] {
        &book.tier_schemes
    }

    fn draft(book: &RuleBook) -> Option<&Draft<Self>> {
        book.tier_scheme_draft.as_ref()
    }

    fn faults(&self, book: &RuleBook, today: Date) -> Vec<SchemeFault> {
        self.check(&book.tier_schemes, today)
    }

    fn tell(&self, fault: &SchemeFault, _: &RuleBook) -> Told {
        match fault {
            SchemeFault::Blank(part) => blank(self, part),
            fault => wrong(self, fault),
        }
    }

    fn set_day(&mut self, on: Option<Date>) {
        self.effective_on = on;
    }
}

fn blank(scheme: &TierScheme, part: &Part) -> Told {
    let named = |text, tier: &TierCode| fill(text, &[("tier", &words::tier_name(scheme, tier))]);
    let text = match part {
        Part::EffectiveOn => shared::no_day(),
        Part::TierName { .. } => t(words::F_TIER_NAME).to_owned(),
        Part::LadderName { .. } => t(words::F_LADDER_NAME).to_owned(),
        Part::FactorName { .. } => t(words::F_FACTOR_NAME).to_owned(),
        Part::Floor { tier, .. } => named(words::F_FLOOR, tier),
        Part::Ceiling { tier, .. } => named(words::F_CEILING, tier),
        Part::Demand { tier, .. } => named(words::F_DEMAND, tier),
        Part::Weight { factor } => fill(words::F_WEIGHT, &[("factor", &factor_name(scheme, *factor))]),
    };
    let kind = if *part == Part::EffectiveOn { Mending::Day } else { Mending::Blank };
    Told { at: place(scheme, part), text, kind }
}

/// The element of a part. A ceiling that only follows the floor above it is filled there.
fn place(scheme: &TierScheme, part: &Part) -> String {
    match part {
        Part::EffectiveOn => DAY.to_owned(),
        Part::TierName { tier } => tier_name_id(tier),
        Part::LadderName { ladder } => ladder_name_id(usize::from(*ladder)),
        Part::FactorName { factor } => factor_name_id(*factor),
        Part::Floor { ladder, tier } => floor_id(usize::from(*ladder), tier),
        Part::Ceiling { ladder, tier } => {
            let ladder = usize::from(*ladder);
            match scheme.beside(ladder, tier).0 {
                Some(above) if above.floor == Bound::Blank => floor_id(ladder, &above.tier),
                _ => ceiling_id(ladder, tier),
            }
        }
        Part::Demand { ladder, tier } => demand_id(usize::from(*ladder), tier),
        Part::Weight { factor } => weight_id(*factor),
    }
}

fn wrong(scheme: &TierScheme, fault: &SchemeFault) -> Told {
    let named = |text, tier: &TierCode| fill(text, &[("tier", &words::tier_name(scheme, tier))]);
    let whole = |ladder: &u8| ladder_id(usize::from(*ladder));
    let (at, text) = match fault {
        SchemeFault::Blank(part) => return blank(scheme, part),
        SchemeFault::NotAhead { on } => {
            return Told { at: DAY.to_owned(), text: shared::day_not_ahead(*on), kind: Mending::Day };
        }
        SchemeFault::SameDay { version } => {
            return Told { at: DAY.to_owned(), text: shared::same_day(*version), kind: Mending::Day };
        }
        SchemeFault::NoTiers => (TIERS.to_owned(), t(words::F_NO_TIERS).to_owned()),
        SchemeFault::TooManyTiers { max } => (TIERS.to_owned(), fill(words::F_TOO_MANY, &[("max", max)])),
        SchemeFault::CodeInvalid { tier } => (tier_name_id(tier), named(words::F_CODE, tier)),
        SchemeFault::NameNotUnique { tier } => (tier_name_id(tier), named(words::F_NAME_TWICE, tier)),
        SchemeFault::NameTooLong { part, max } => {
            (place(scheme, part), fill(words::F_NAME_LONG, &[("max", max)]))
        }
        SchemeFault::NeverGiven { tier } => (tier_name_id(tier), named(words::F_NEVER, tier)),
        SchemeFault::LaddersDoNotDivide => (LADDERS.to_owned(), t(words::F_DIVIDE).to_owned()),
        SchemeFault::NoSteps { ladder } => (whole(ladder), t(words::F_NO_STEPS).to_owned()),
        SchemeFault::UnknownTier { ladder, .. } => (whole(ladder), t(words::F_UNKNOWN).to_owned()),
        SchemeFault::StepTwice { ladder, tier } => (whole(ladder), named(words::F_TWICE, tier)),
        SchemeFault::Gap { ladder, from, to } => gap(scheme, *ladder, *from, *to),
        SchemeFault::Overlap { ladder, from, to } => overlap(scheme, *ladder, *from, *to),
        SchemeFault::EmptyBand { ladder, tier } => {
            (floor_id(usize::from(*ladder), tier), named(words::F_EMPTY, tier))
        }
        SchemeFault::DemandRises { ladder, tier } => {
            (demand_id(usize::from(*ladder), tier), named(words::F_RISES, tier))
        }
        SchemeFault::LowestDemands { ladder, tier } => {
            (demand_id(usize::from(*ladder), tier), t(words::F_LOWEST).to_owned())
        }
        SchemeFault::NotMeasurable { ladder } => (whole(ladder), t(words::F_MEASURE).to_owned()),
        SchemeFault::NoScore { ladder } => (whole(ladder), t(words::F_NO_SCORE).to_owned()),
        SchemeFault::NotAFactor { factor } => {
            (WEIGHTS.to_owned(), fill(words::F_NOT_FACTOR, &[("factor", &factor_name(scheme, *factor))]))
        }
        SchemeFault::WeightsTotal { total } => {
            (WEIGHTS.to_owned(), fill(words::F_TOTAL, &[("total", total)]))
        }
    };
    Told { at, text, kind: Mending::Wrong }
}

/// A gap is mended at the floor above it; below everything at the lowest floor, above everything at the highest ceiling.
fn gap(scheme: &TierScheme, ladder: u8, from: Option<i64>, to: Option<i64>) -> (String, String) {
    let at = usize::from(ladder);
    let exactly = |value| exact(scheme, at, value);
    let steps = scheme.steps_of(at);
    match (from, to) {
        (Some(from), Some(to)) => {
            let upper = steps.iter().find(|step| step.floor == Bound::At(to));
            let place = upper.map_or_else(|| ladder_id(at), |step| floor_id(at, &step.tier));
            (place, fill(words::F_GAP, &[("from", &exactly(from)), ("to", &exactly(to))]))
        }
        (Some(from), None) => {
            let place = steps.first().map_or_else(|| ladder_id(at), |step| ceiling_id(at, &step.tier));
            (place, fill(words::F_GAP_ABOVE, &[("from", &exactly(from))]))
        }
        (None, to) => {
            let place = steps.last().map_or_else(|| ladder_id(at), |step| floor_id(at, &step.tier));
            (place, fill(words::F_GAP_BELOW, &[("to", &exactly(to.unwrap_or_default()))]))
        }
    }
}

fn overlap(scheme: &TierScheme, ladder: u8, from: Option<i64>, to: Option<i64>) -> (String, String) {
    let at = usize::from(ladder);
    let value = |bound| match bound {
        Bound::At(value) => Some(value),
        Bound::Blank | Bound::Open => None,
    };
    let steps = scheme.steps_of(at);
    let pair = steps
        .iter()
        .zip(steps.iter().skip(1))
        .find(|(upper, lower)| value(upper.floor) == from && value(lower.ceiling) == to);
    let place = pair.map_or_else(|| ladder_id(at), |(upper, _)| floor_id(at, &upper.tier));
    let text = match (from, to) {
        (Some(from), Some(to)) => {
            fill(words::F_OVERLAP, &[("from", &exact(scheme, at, from)), ("to", &exact(scheme, at, to))])
        }
        _ => t(words::F_OVERLAP_OPEN).to_owned(),
    };
    (place, text)
}

/// By the yardstick of the ladder.
pub fn exact(scheme: &TierScheme, ladder: usize, value: i64) -> String {
    scheme.ladders.get(ladder).map(|ladder| words::exactly(&ladder.by, value)).unwrap_or_default()
}

pub fn factor_name(scheme: &TierScheme, factor: Measure) -> String {
    match scheme.weights.get(&factor).map(|Weight { name, .. }| name.trim()) {
        None | Some("") => words::measure(factor).to_owned(),
        Some(name) => name.to_owned(),
    }
}
