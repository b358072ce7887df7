//! 关怀日历: the days of a customer that ask for a call or a visit, and when they come up (R023).
//!
//! It knows birthdays, the organisation's festivals and the days contracts end, and nothing of the rows they stand in.
//!
//! The rules:
//! - An occasion comes up as many days before its day as the organisation set, and stays up on the day itself. Of what
//!   comes every year only the next one comes up.
//! - A contract that has ended stays up for [`CONTRACT_ENDED_DAYS`], so that nobody loses it by being away.
//! - One birthday is kept. Where both are known it is the lunar one: whoever told it keeps it.
//! - 29 February is kept on the 28th in an ordinary year; for the lunar calendar see [`crate::lunar`].
//! - A birthday turns the years since the birth, the first is 1. Of a lunar one these are lunar years, and the birth was
//!   on the lunar birthday nearest to the date of birth: the registered one is often the lunar day written as a solar
//!   one. Without a date of birth nobody knows.

mod check;
mod festival;
mod kept;
#[cfg(test)]
mod tests;

pub use check::{CareFault, LeadOf, check_festivals};
pub use festival::{Festival, FestivalRule, usual_festivals};
pub use kept::{FESTIVAL_TIERS, GREETED_LATE_DAYS, is_greeted_at_festivals};

use crate::ids::ContractId;
use crate::lunar::{self, LunarDay};
use crate::time::{Date, days_between, next_anniversary};
use chrono::Datelike;
use serde::{Deserialize, Serialize};
use std::iter::successors;

/// How long a contract that has ended stays up.
pub const CONTRACT_ENDED_DAYS: i64 = 30;

/// How many days ahead occasions come up, as the organisation set it; 0 is on the day itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CareLead {
    pub birthday_days: u16,
    pub festival_days: u16,
    pub contract_days: u16,
}

/// What day it is. On one day the customer's own come first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OccasionKind {
    Birthday {
        turns: i32,
    },
    LunarBirthday {
        /// None where the date of birth is not known.
        turns: Option<i32>,
    },
    /// The last day of a contract.
    ContractEnds {
        contract_id: ContractId,
    },
    Festival {
        code: String,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Occasion {
    pub kind: OccasionKind,
    pub on: Date,
}

/// What is known of one customer. Of a company leave the birthdays out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cared<'a> {
    /// The solar date of birth.
    pub birthday: Option<Date>,
    pub lunar_birthday: Option<LunarDay>,
    /// Contracts with their last days, in any order.
    pub contracts: &'a [(ContractId, Date)],
}

/// What is up today, by day.
pub fn occasions(cared: &Cared<'_>, lead: &CareLead, festivals: &[Festival], today: Date) -> Vec<Occasion> {
    let is_up =
        |on: Date, behind: i64, ahead: u16| (-behind..=i64::from(ahead)).contains(&days_between(today, on));
    let birthday = next_birthday(cared, today).filter(|found| is_up(found.on, 0, lead.birthday_days));
    let feasts = festivals
        .iter()
        .filter_map(|festival| next_festival(festival, today))
        .filter(|found| is_up(found.on, 0, lead.festival_days));
    let ends = contract_ends(cared, |on| is_up(on, CONTRACT_ENDED_DAYS, lead.contract_days));
    sorted(birthday.into_iter().chain(feasts).chain(ends))
}

/// Every occasion from a day to a day, both included, by day: a month's page.
pub fn between(cared: &Cared<'_>, festivals: &[Festival], from: Date, to: Date) -> Vec<Occasion> {
    let birthdays = all_between(from, to, |day| next_birthday(cared, day));
    let feasts =
        festivals.iter().flat_map(|festival| all_between(from, to, |day| next_festival(festival, day)));
    let ends = contract_ends(cared, |on| (from..=to).contains(&on));
    sorted(birthdays.chain(feasts).chain(ends))
}

fn sorted(found: impl Iterator<Item = Occasion>) -> Vec<Occasion> {
    let mut found: Vec<Occasion> = found.collect();
    found.sort_by(|one, other| (one.on, &one.kind).cmp(&(other.on, &other.kind)));
    found
}

/// What comes again and again, `next` giving the first that is not before a day.
fn all_between(
    from: Date,
    to: Date,
    next: impl Fn(Date) -> Option<Occasion>,
) -> impl Iterator<Item = Occasion> {
    let first = next(from);
    successors(first, move |last| next(last.on.succ_opt()?)).take_while(move |found| found.on <= to)
}

fn contract_ends(cared: &Cared<'_>, is_wanted: impl Fn(Date) -> bool) -> impl Iterator<Item = Occasion> {
    cared
        .contracts
        .iter()
        .filter(move |(_, on)| is_wanted(*on))
        .map(|&(contract_id, on)| Occasion { kind: OccasionKind::ContractEnds { contract_id }, on })
}

fn next_festival(festival: &Festival, from: Date) -> Option<Occasion> {
    let on = festival.next_on_or_after(from)?;
    Some(Occasion { kind: OccasionKind::Festival { code: festival.code.clone() }, on })
}

fn next_birthday(cared: &Cared<'_>, from: Date) -> Option<Occasion> {
    match (cared.lunar_birthday, cared.birthday) {
        (Some(day), born) => next_lunar_birthday(day, born, from),
        (None, Some(born)) => {
            let on = next_anniversary(born, from.max(born.succ_opt()?))?;
            Some(Occasion { kind: OccasionKind::Birthday { turns: on.year() - born.year() }, on })
        }
        (None, None) => None,
    }
}

fn next_lunar_birthday(day: LunarDay, born: Option<Date>, from: Date) -> Option<Occasion> {
    let born_in = born.and_then(|born| lunar_year_of_birth(day, born));
    let first = born_in.and_then(|year| day.in_year(year + 1));
    let on = day.next_on_or_after(first.map_or(from, |first| from.max(first)))?;
    let turns = born_in.and_then(|year| Some(lunar::of(on)?.year - year));
    Some(Occasion { kind: OccasionKind::LunarBirthday { turns }, on })
}

/// Not simply the Gregorian year: a birthday in the twelfth lunar month may fall twice in one and not in the next.
fn lunar_year_of_birth(day: LunarDay, born: Date) -> Option<i32> {
    (born.year() - 1..=born.year() + 1)
        .filter_map(|year| Some((days_between(born, day.in_year(year)?).abs(), year)))
        .min()
        .map(|(_, year)| year)
}
