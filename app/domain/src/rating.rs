//! From a customer's rows to the tier that counted on each day, why, and what the standards owe: the same on the tablet
//! and on the server.
//!
//! The rules:
//! - A figure counts from its day on until a later one of the same measure is told. What was never told is not known.
//! - The scheme in force on a day gives that day's tier from what was known by then; a scheme whose list is frozen
//!   (R046) looks at what was known on the first of January, or on its own first day if that is later. Who had no tier
//!   then joins on the first day they have one, and keeps it for the rest of the year.
//! - A tier set by hand counts while it holds, as long as the scheme of the day lists it.
//! - A day on which no tier can be computed has none: what was set by hand ends with its last day.

mod rated;
#[cfg(test)]
mod tests;

pub use rated::{CustomerRows, FALL_FRESH_MONTHS, Rated, Rules, RulesOn, cared};

use crate::call::{Call, CallOutcome};
use crate::customer::{Customer, Holdings};
use crate::event::Event;
use crate::figures::Figures;
use crate::ids::VisitId;
use crate::standard::{Happened, Served, Service, ServiceDebt, ServiceKind, StandardsOn};
use crate::tier::{
    Freeze, Grader, Measure, Measures, Placement, Standing, TierCode, TierOverride, TierScheme, Unplaced,
    standing,
};
use crate::time::Date;
use crate::version::VersionState;
use crate::visit::Visit;
use chrono::Datelike;
use std::collections::{BTreeMap, BTreeSet};

/// An organisation's published tiers, laid out for many customers.
#[derive(Clone, Debug, Default)]
pub struct Tiers {
    /// By the day they take effect.
    schemes: Vec<(Date, TierScheme, Grader)>,
}

impl Tiers {
    /// Drafts and versions without a day are left out.
    pub fn of<'a>(schemes: impl IntoIterator<Item = &'a TierScheme>) -> Self {
        let mut schemes: Vec<_> = schemes
            .into_iter()
            .filter(|scheme| scheme.state == VersionState::Published)
            .filter_map(|scheme| Some((scheme.effective_on?, scheme.clone(), Grader::of(scheme))))
            .collect();
        schemes.sort_by_key(|(from, scheme, _)| (*from, scheme.version));
        Self { schemes }
    }

    fn at(&self, on: Date) -> Option<&(Date, TierScheme, Grader)> {
        self.schemes.iter().rev().find(|(from, ..)| *from <= on)
    }

    /// The days on which the schemes take effect.
    pub fn days(&self) -> impl Iterator<Item = Date> {
        self.schemes.iter().map(|(from, ..)| *from)
    }

    /// The scheme in force.
    pub fn scheme(&self, on: Date) -> Option<&TierScheme> {
        self.at(on).map(|(_, scheme, _)| scheme)
    }

    /// The tier that counts on a day, as [`Self::history`] has it.
    pub fn tier<'a>(&'a self, known: &Known, by_hand: &[&'a TierOverride], on: Date) -> Option<&'a TierCode> {
        self.by_hand(by_hand, on).or_else(|| self.computed(known, on))
    }

    /// Every figure the computed tier of that day may depend on.
    pub fn asks_for(&self, on: Date) -> BTreeSet<Measure> {
        self.at(on).map(|(_, _, grader)| grader.asks_for()).unwrap_or_default()
    }

    /// The first day whose figures decide the tiers of `on`: that on which the list was fixed, or `on` itself.
    pub fn decided_from(&self, on: Date) -> Date {
        self.at(on).and_then(|(from, scheme, _)| fixed_on(*from, scheme, on)).unwrap_or(on)
    }

    /// The tier that counted, or that none did any more, from the day it did until the next; nothing after `today`.
    pub fn history(
        &self,
        known: &Known,
        by_hand: &[&TierOverride],
        today: Date,
    ) -> BTreeMap<Date, Option<TierCode>> {
        let mut days: Vec<Date> = known.0.iter().map(|(day, _)| *day).collect();
        days.extend(self.schemes.iter().map(|(from, ..)| *from));
        if self.schemes.iter().any(|(_, scheme, _)| scheme.freeze == Freeze::Yearly)
            && let Some((first, _)) = known.0.first()
        {
            days.extend((first.year()..=today.year()).filter_map(first_of_year));
        }
        for own in by_hand {
            days.push(own.set_on);
            days.extend(own.until.succ_opt());
        }
        days.retain(|day| *day <= today);
        days.sort_unstable();
        days.dedup();

        let mut history = BTreeMap::new();
        let mut last: Option<&TierCode> = None;
        for day in days {
            let tier = self.tier(known, by_hand, day);
            if tier != last {
                history.insert(day, tier.cloned());
                last = tier;
            }
        }
        history
    }

    /// As [`standing`] chooses among several, which is what is shown beside the computed tier.
    fn by_hand<'o>(&self, by_hand: &[&'o TierOverride], on: Date) -> Option<&'o TierCode> {
        if by_hand.iter().all(|own| !own.holds(on)) {
            return None;
        }
        let (_, scheme, _) = self.at(on)?;
        let nothing = Err(Unplaced::NotReady);
        standing(nothing, by_hand, scheme, on).by_hand.map(|own| &own.tier)
    }

    fn computed(&self, known: &Known, on: Date) -> Option<&TierCode> {
        let (_, _, grader) = self.at(on)?;
        grader.tier(known.on(self.looked_at_on(known, on)?)?)
    }

    /// The day whose figures decide the tier of `on`; None while nothing is known that gives one.
    fn looked_at_on(&self, known: &Known, on: Date) -> Option<Date> {
        let (from, scheme, grader) = self.at(on)?;
        match fixed_on(*from, scheme, on) {
            None => Some(on),
            Some(fixed) => {
                let has_tier = |day: Date| known.on(day).and_then(|measures| grader.tier(measures)).is_some();
                if has_tier(fixed) {
                    return Some(fixed);
                }
                known.0.iter().map(|(day, _)| *day).find(|day| (fixed..=on).contains(day) && has_tier(*day))
            }
        }
    }

    /// Both tiers of a customer today, with their reasons; None while no scheme is in force.
    pub fn standing<'t, 'o>(
        &'t self,
        known: &Known,
        by_hand: &[&'o TierOverride],
        today: Date,
    ) -> Option<TierStanding<'t, 'o>> {
        let scheme = self.scheme(today)?;
        let nothing = Measures::default();
        let looked_at_on = self.looked_at_on(known, today);
        let measures = looked_at_on.and_then(|day| known.on(day)).unwrap_or(&nothing);
        let fixed_on = looked_at_on.filter(|_| scheme.freeze == Freeze::Yearly);
        let now = known.on(today).unwrap_or(&nothing);
        Some(TierStanding {
            scheme,
            standing: standing(scheme.place(measures), by_hand, scheme, today),
            as_of: known
                .0
                .iter()
                .rev()
                .map(|(day, _)| *day)
                .find(|day| *day <= looked_at_on.unwrap_or(today)),
            fixed_on,
            provisional: fixed_on.and_then(|_| scheme.place(now).ok()),
        })
    }
}

/// The day on which the list that holds on `on` was fixed; None where it follows the figures.
fn fixed_on(from: Date, scheme: &TierScheme, on: Date) -> Option<Date> {
    match scheme.freeze {
        Freeze::None => None,
        Freeze::Yearly => Some(first_of_year(on.year())?.max(from)),
    }
}

fn first_of_year(year: i32) -> Option<Date> {
    Date::from_ymd_opt(year, 1, 1)
}

/// How a customer stands today, and by what.
pub struct TierStanding<'t, 'o> {
    pub scheme: &'t TierScheme,
    pub standing: Standing<'o>,
    /// The day of the latest figures it was computed from.
    pub as_of: Option<Date>,
    /// Since when the list is frozen with this tier (R046).
    pub fixed_on: Option<Date>,
    /// By today's figures, while the list is frozen: the provisional movement when it differs.
    pub provisional: Option<Placement>,
}

impl TierStanding<'_, '_> {
    /// The placement by the figures known today, whatever list is frozen and whoever set a tier by hand.
    pub fn by_figures(&self) -> Option<&Placement> {
        self.provisional.as_ref().or(self.standing.computed.as_ref().ok())
    }

    /// Where a customer would move by today's figures if the list were not frozen (R046).
    pub fn would_move(&self) -> Option<(&TierCode, &TierCode)> {
        let fixed = &self.standing.computed.as_ref().ok()?.tier;
        let to = &self.provisional.as_ref()?.tier;
        (fixed != to).then_some((fixed, to))
    }
}

/// What was known of a customer from each day on, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known(Vec<(Date, Measures)>);

impl Known {
    /// From the months' figures in any order, and what the customer's row itself tells if it is newer.
    pub fn of<'a>(customer: &Customer, figures: impl IntoIterator<Item = &'a Figures>) -> Self {
        Self::told(&customer.holdings, figures)
    }

    /// As [`Self::of`], without the rest of the customer's row. Of the figures it is enough to have the customer's latest,
    /// and of each measure that is asked for the latest that tells it by the day that is looked at.
    pub fn told<'a>(holdings: &Holdings, figures: impl IntoIterator<Item = &'a Figures>) -> Self {
        let mut figures: Vec<&Figures> = figures.into_iter().collect();
        figures.sort_by_key(|figures| (figures.as_of, figures.id));
        let mut known: Vec<(Date, Measures)> = Vec::with_capacity(figures.len() + 1);
        for figures in figures {
            tell(&mut known, figures.as_of, &figures.values);
        }
        if let Some(as_of) = holdings.as_of
            && known.last().is_none_or(|(day, _)| *day < as_of)
        {
            tell(&mut known, as_of, &Measures::of_holdings(holdings));
        }
        Self(known)
    }

    /// Each day something was told, with all that was known from then on.
    pub fn days(&self) -> impl Iterator<Item = (Date, &Measures)> {
        self.0.iter().map(|(day, measures)| (*day, measures))
    }

    /// What was known on a day.
    pub fn on(&self, day: Date) -> Option<&Measures> {
        let after = self.0.partition_point(|(from, _)| *from <= day);
        self.0.get(after.checked_sub(1)?).map(|(_, measures)| measures)
    }
}

fn tell(known: &mut Vec<(Date, Measures)>, day: Date, values: &Measures) {
    let mut all = known.last().map(|(_, before)| *before).unwrap_or_default();
    all.learn(values);
    known.push((day, all));
}

/// A customer's visits, calls and events as the debt counts them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    services: Vec<Service>,
    events: Vec<Happened>,
}

impl Given {
    pub fn of<'a>(
        visits: impl IntoIterator<Item = &'a Visit>,
        calls: impl IntoIterator<Item = &'a Call>,
        events: impl IntoIterator<Item = &'a Event>,
    ) -> Self {
        let mut answers: BTreeMap<VisitId, &Event> = BTreeMap::new();
        let mut happened = Vec::new();
        for event in events {
            for visit in &event.answers {
                // A visit answers one event: the first that happened.
                let first = answers.entry(*visit).or_insert(event);
                if (event.on, event.id) < (first.on, first.id) {
                    *first = event;
                }
            }
            happened.push(Happened { id: event.id, event: event.event.clone(), on: event.on });
        }
        let visits = visits.into_iter().filter_map(|visit| {
            let answers = answers.get(&visit.id).map(|event| event.id);
            Some(Service { answers, ..Service::of_visit(visit)? })
        });
        let mut services: Vec<Service> = visits.collect();
        services.extend(
            calls.into_iter().filter(|call| call.outcome == CallOutcome::Reached).map(|call| Service {
                kind: ServiceKind::Call,
                on: call.on,
                is_done: true,
                answers: None,
            }),
        );
        Self { services, events: happened }
    }

    /// What the standards owe (R061).
    pub fn debt(
        &self,
        standards: &StandardsOn,
        opened_on: Option<Date>,
        tiers: &BTreeMap<Date, Option<TierCode>>,
    ) -> ServiceDebt {
        standards.debt(&Served { since: opened_on, tiers, services: &self.services, events: &self.events })
    }
}
