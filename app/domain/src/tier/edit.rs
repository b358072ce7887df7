//! How a draft is changed so that it stays whole: a tier that comes, goes or changes places takes its bands along, and a
//! line between two tiers is one number as long as both sides say the same. What nobody has said stays blank.

use super::{Applies, Bound, Demand, Ladder, Measure, Step, Tier, TierCode, TierScheme, Yardstick};
use crate::scale::Scale;

impl TierScheme {
    /// The ladder's steps that lead to a tier of this scheme, the highest first.
    pub fn steps_of(&self, ladder: usize) -> Vec<&Step> {
        self.ladders.get(ladder).map(|ladder| self.ranked(ladder)).unwrap_or_default()
    }

    pub fn step(&self, ladder: usize, tier: &TierCode) -> Option<&Step> {
        self.ladders.get(ladder)?.steps.iter().find(|step| step.tier == *tier)
    }

    fn step_mut(&mut self, ladder: usize, tier: &TierCode) -> Option<&mut Step> {
        self.ladders.get_mut(ladder)?.steps.iter_mut().find(|step| step.tier == *tier)
    }

    /// The next higher and the next lower step of the ladder.
    pub fn beside(&self, ladder: usize, tier: &TierCode) -> (Option<&Step>, Option<&Step>) {
        let ranked = self.steps_of(ladder);
        let Some(at) = ranked.iter().position(|step| step.tier == *tier) else { return (None, None) };
        let above = at.checked_sub(1).and_then(|at| ranked.get(at)).copied();
        (above, ranked.get(at + 1).copied())
    }

    /// Puts a tier at a rank, with a step in every ladder: its own floor is blank (the lowest takes whoever is left).
    pub fn add_tier(&mut self, rank: usize, tier: Tier) {
        let rank = rank.min(self.tiers.len());
        let code = tier.code.clone();
        self.tiers.insert(rank, tier);
        for at in 0..self.ladders.len() {
            let step =
                Step { tier: code.clone(), floor: Bound::Blank, ceiling: Bound::Blank, besides: Vec::new() };
            if let Some(ladder) = self.ladders.get_mut(at) {
                ladder.steps.push(step);
            }
            let (above, below) = self.beside(at, &code);
            let above = above.map(|step| (step.tier.clone(), step.floor));
            let below = below.map(|step| step.tier.clone());
            let (mut floor, mut ceiling) = (Bound::Blank, Bound::Open);
            match &above {
                // What was the lowest step is no longer open below.
                Some((upper, Bound::Open)) => {
                    ceiling = Bound::Blank;
                    if let Some(upper) = self.step_mut(at, upper) {
                        upper.floor = Bound::Blank;
                    }
                }
                Some((_, line)) => ceiling = *line,
                None => {}
            }
            match below.as_ref().and_then(|lower| self.step_mut(at, lower)) {
                // The line the new tier draws; nobody has said where.
                Some(lower) => lower.ceiling = Bound::Blank,
                None => floor = Bound::Open,
            }
            if let Some(own) = self.step_mut(at, &code) {
                (own.floor, own.ceiling) = (floor, ceiling);
            }
        }
    }

    /// Takes a tier away; whoever stood below it reaches up to the line above it.
    pub fn remove_tier(&mut self, tier: &TierCode) {
        for at in 0..self.ladders.len() {
            let Some(own) = self.step(at, tier).cloned() else { continue };
            let (above, below) = self.beside(at, tier);
            let above = above.map(|step| step.tier.clone());
            let below = below.map(|step| step.tier.clone());
            match (above, below) {
                (_, Some(lower)) => {
                    if let Some(lower) = self.step_mut(at, &lower) {
                        lower.ceiling = own.ceiling;
                    }
                }
                (Some(upper), None) => {
                    if let Some(upper) = self.step_mut(at, &upper) {
                        upper.floor = own.floor;
                        upper.besides.clear();
                    }
                }
                (None, None) => {}
            }
            if let Some(ladder) = self.ladders.get_mut(at) {
                ladder.steps.retain(|step| step.tier != *tier);
            }
        }
        self.tiers.retain(|own| own.code != *tier);
    }

    /// A tier changes places with the next higher one. The bands stay where they are: the names change places.
    pub fn raise_tier(&mut self, tier: &TierCode) {
        let Some(rank) = self.rank(tier).filter(|rank| *rank > 0) else { return };
        let Some(upper) = self.tiers.get(rank - 1).map(|upper| upper.code.clone()) else { return };
        self.tiers.swap(rank - 1, rank);
        for ladder in &mut self.ladders {
            let has = |code: &TierCode| ladder.steps.iter().any(|step| step.tier == *code);
            if !has(tier) || !has(&upper) {
                continue;
            }
            for step in &mut ladder.steps {
                if step.tier == *tier {
                    step.tier = upper.clone();
                } else if step.tier == upper {
                    step.tier = tier.clone();
                }
            }
        }
    }

    /// The ceiling below follows while it says the same as the floor did, or nothing.
    pub fn set_floor(&mut self, ladder: usize, tier: &TierCode, floor: Bound) {
        let Some(old) = self.step(ladder, tier).map(|step| step.floor) else { return };
        let below = self.beside(ladder, tier).1.map(|step| (step.tier.clone(), step.ceiling));
        if let Some(step) = self.step_mut(ladder, tier) {
            step.floor = floor;
        }
        if let Some((lower, ceiling)) = below
            && (ceiling == old || ceiling == Bound::Blank)
        {
            self.set_ceiling(ladder, &lower, floor);
        }
    }

    /// Both sides of the line below a tier: its floor, and the ceiling of the next lower one.
    pub fn line_below(&self, ladder: usize, tier: &TierCode) -> Option<(Bound, Option<Bound>)> {
        let floor = self.step(ladder, tier)?.floor;
        Some((floor, self.beside(ladder, tier).1.map(|lower| lower.ceiling)))
    }

    /// Draws it again as it was, so that a figure typed in several strokes moves what the old one would have moved.
    pub fn put_line_below(&mut self, ladder: usize, tier: &TierCode, line: (Bound, Option<Bound>)) {
        let lower = self.beside(ladder, tier).1.map(|lower| lower.tier.clone());
        if let Some(step) = self.step_mut(ladder, tier) {
            step.floor = line.0;
        }
        if let (Some(lower), Some(ceiling)) = (lower, line.1) {
            self.set_ceiling(ladder, &lower, ceiling);
        }
    }

    pub fn set_ceiling(&mut self, ladder: usize, tier: &TierCode, ceiling: Bound) {
        if let Some(step) = self.step_mut(ladder, tier) {
            step.ceiling = ceiling;
        }
    }

    /// `at_least` None is blank.
    pub fn set_demand(&mut self, ladder: usize, tier: &TierCode, of: &Yardstick, at_least: Option<i64>) {
        let Some(step) = self.step_mut(ladder, tier) else { return };
        match step.besides.iter_mut().find(|demand| demand.of == *of) {
            Some(demand) => demand.at_least = at_least,
            None => step.besides.push(Demand { of: of.clone(), at_least }),
        }
    }

    pub fn remove_demand(&mut self, ladder: usize, tier: &TierCode, of: &Yardstick) {
        if let Some(step) = self.step_mut(ladder, tier) {
            step.besides.retain(|demand| demand.of != *of);
        }
    }

    /// One ladder for everyone becomes two: those who have the measure get a ladder of the same tiers, all of its lines
    /// blank.
    pub fn divide(&mut self, by: Measure, name: String) {
        let [everyone] = self.ladders.as_mut_slice() else { return };
        everyone.applies = Applies::Lacking(by);
        let steps: Vec<TierCode> = everyone.steps.iter().map(|step| step.tier.clone()).collect();
        let yardstick = everyone.by.clone();
        self.ladders.push(Ladder { name, applies: Applies::Having(by), by: yardstick, steps: Vec::new() });
        self.blank_steps(1, steps);
    }

    /// Two ladders become one for everyone; the other goes.
    pub fn unite(&mut self, kept: usize) {
        let Some(mut kept) = self.ladders.get(kept).cloned() else { return };
        kept.applies = Applies::Everyone;
        self.ladders = vec![kept];
    }

    /// By what two ladders tell their customers apart.
    pub fn divide_by(&mut self, measure: Measure) {
        for ladder in &mut self.ladders {
            ladder.applies = match ladder.applies {
                Applies::Everyone => Applies::Everyone,
                Applies::Having(_) => Applies::Having(measure),
                Applies::Lacking(_) => Applies::Lacking(measure),
            };
        }
    }

    /// Measures otherwise. Figures of another unit mean nothing any more: the lines become blank.
    pub fn measure_by(&mut self, ladder: usize, by: Yardstick) {
        let Some(own) = self.ladders.get_mut(ladder) else { return };
        let counts = |of: &Yardstick| (of.unit(), of.scale(Scale::Yuan));
        let is_same_unit = counts(&own.by) == counts(&by);
        own.by = by;
        if !is_same_unit {
            let steps = own.steps.drain(..).map(|step| step.tier).collect();
            self.blank_steps(ladder, steps);
        }
    }

    fn blank_steps(&mut self, ladder: usize, mut tiers: Vec<TierCode>) {
        tiers.sort_by_key(|tier| self.rank(tier));
        let last = tiers.len().saturating_sub(1);
        let blank = |(at, tier)| Step {
            tier,
            floor: if at == last { Bound::Open } else { Bound::Blank },
            ceiling: if at == 0 { Bound::Open } else { Bound::Blank },
            besides: Vec::new(),
        };
        if let Some(own) = self.ladders.get_mut(ladder) {
            own.steps = tiers.into_iter().enumerate().map(blank).collect();
        }
    }
}
