//! 客户迁徙: who stands near a boundary between two tiers, and who has moved, by what (R046, R047).

#[cfg(test)]
mod tests;

use crate::rating::Tiers;
use crate::tier::{Distance, Freeze, Placement, TierCode, TierOverride};
use crate::time::Date;
use chrono::Datelike;
use std::collections::BTreeMap;

/// Near the tier above: nothing lacks more than this part of the floor it lacks to.
pub const UP_PERCENT: u8 = 10;
/// Near the tier below: some value stands above its floor by no more than this part of it.
pub const DOWN_PERCENT: u8 = 5;

/// The tier beside, and what lies between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    pub tier: TierCode,
    /// Never empty; up: all that lacks, down: only what is near.
    pub distances: Vec<Distance>,
    /// The way in thousandths of the floor: up the longest, down the shortest.
    pub permille: u64,
}

/// The tier above, if all that lacks to it is within so many percent.
pub fn up(placement: &Placement, percent: u8) -> Option<Edge> {
    let above = placement.above.as_ref()?;
    let ways: Option<Vec<u64>> = above.short.iter().map(permille).collect();
    let permille = ways?.into_iter().max()?;
    let is_near = above.short.iter().all(|distance| is_within(distance, percent));
    is_near.then(|| Edge { tier: above.tier.clone(), distances: above.short.clone(), permille })
}

/// The tier below, if one value is within so many percent of leading there.
pub fn down(placement: &Placement, percent: u8) -> Option<Edge> {
    let below = placement.below.as_ref()?;
    let distances: Vec<Distance> =
        below.margins.iter().filter(|distance| is_within(distance, percent)).cloned().collect();
    let permille = distances.iter().filter_map(permille).min()?;
    Some(Edge { tier: below.tier.clone(), distances, permille })
}

/// Of a floor of nothing or less there is no part.
fn permille(distance: &Distance) -> Option<u64> {
    let floor = u128::try_from(distance.floor).ok().filter(|floor| *floor > 0)?;
    Some(u64::try_from(u128::from(distance.by) * 1_000 / floor).unwrap_or(u64::MAX))
}

fn is_within(distance: &Distance, percent: u8) -> bool {
    let floor = u128::try_from(distance.floor).unwrap_or(0);
    floor > 0 && u128::from(distance.by) * 100 <= u128::from(percent) * floor
}

/// What made a tier another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MovedBy {
    /// New figures.
    Figures,
    /// Somebody set it by hand.
    Hand,
    /// What was set by hand ended.
    HandEnded,
    /// Another version of the scheme took effect.
    Scheme,
    /// The list of the year was fixed (R046).
    YearsList,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    pub on: Date,
    /// None for a customer without a tier.
    pub from: Option<TierCode>,
    pub to: Option<TierCode>,
    pub by: MovedBy,
}

/// The moves of one customer on the days from `from` on, the oldest first. The first tier ever is no move.
pub fn moves(
    history: &BTreeMap<Date, Option<TierCode>>,
    by_hand: &[&TierOverride],
    tiers: &Tiers,
    from: Date,
) -> Vec<Move> {
    let pairs = history.values().zip(history.iter().skip(1));
    pairs
        .filter(|(_, (on, _))| **on >= from)
        .map(|(before, (on, after))| Move {
            on: *on,
            from: before.clone(),
            to: after.clone(),
            by: moved_by(*on, after.as_ref(), by_hand, tiers),
        })
        .collect()
}

fn moved_by(on: Date, to: Option<&TierCode>, by_hand: &[&TierOverride], tiers: &Tiers) -> MovedBy {
    let is_year_begin = on.ordinal() == 1;
    if by_hand.iter().any(|own| own.set_on == on && Some(&own.tier) == to) {
        MovedBy::Hand
    } else if by_hand.iter().any(|own| own.until.succ_opt() == Some(on)) {
        MovedBy::HandEnded
    } else if tiers.days().any(|day| day == on) {
        MovedBy::Scheme
    } else if is_year_begin && tiers.scheme(on).is_some_and(|scheme| scheme.freeze == Freeze::Yearly) {
        MovedBy::YearsList
    } else {
        MovedBy::Figures
    }
}
