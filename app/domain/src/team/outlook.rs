//! What the charts show: visits by the week they are due in, and the tiers month by month.

use super::Member;
use crate::month::Month;
use crate::tier::{TierCode, TierScheme};
use crate::time::{Date, monday_of};
use chrono::Duration;
use std::collections::BTreeMap;

/// Visits due in one week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueWeek {
    pub monday: Date,
    pub visits: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
    /// Owed from ended periods, and by events past their day.
    pub overdue: u64,
    /// The running week first.
    pub weeks: Vec<DueWeek>,
    /// Due after the last of them.
    pub later: u64,
}

/// What a customer is owed, by the last day to be in time; None for what is late already. Only what the running period
/// and past ones ask for: the next has not begun.
pub fn due(member: &Member) -> impl Iterator<Item = (Option<Date>, u32)> {
    let rest = member.visits.owed.saturating_sub(member.visits.carried);
    let by_calendar = [(None, member.visits.carried), (member.visits.period.map(|period| period.to), rest)];
    let by_events = member.events.iter().map(|event| match event.overdue {
        Some(_) => (None, event.owed),
        None => (Some(event.due_on), event.owed),
    });
    by_calendar.into_iter().chain(by_events).filter(|(_, visits)| *visits > 0)
}

/// Visits by the week in which they are due, for so many weeks from today's on.
pub fn outlook(members: &[Member], today: Date, weeks: u8) -> Outlook {
    let first = monday_of(today);
    let mut found = Outlook {
        weeks: (0..i64::from(weeks))
            .map(|week| DueWeek { monday: first + Duration::weeks(week), visits: 0 })
            .collect(),
        ..Outlook::default()
    };
    for (on, visits) in members.iter().flat_map(due) {
        let visits = u64::from(visits);
        match on {
            None => found.overdue += visits,
            Some(on) => match found.weeks.iter_mut().find(|week| week.monday == monday_of(on)) {
                Some(week) => week.visits += visits,
                None => found.later += visits,
            },
        }
    }
    found
}

/// The tiers as they stood at the end of a month, or stand today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TierMonth {
    pub month: Month,
    /// Customers by rank, the highest tier first.
    pub by_rank: Vec<u32>,
    /// Moves to a higher tier during the month, and to a lower one; whoever had none before has not moved.
    pub up: u32,
    pub down: u32,
}

/// So many months up to today's, the oldest first, by the tiers of the scheme in force today: a tier it no longer lists is
/// not shown.
pub fn tier_months<'a>(
    histories: impl IntoIterator<Item = &'a BTreeMap<Date, Option<TierCode>>>,
    scheme: &TierScheme,
    today: Date,
    months: u8,
) -> Vec<TierMonth> {
    let now = Month::of(today);
    let mut found: Vec<TierMonth> = (0..u32::from(months))
        .rev()
        .map(|back| TierMonth {
            month: now.minus(back),
            by_rank: vec![0; scheme.tiers.len()],
            up: 0,
            down: 0,
        })
        .collect();
    let rank = |tier: &Option<TierCode>| scheme.rank(tier.as_ref()?);
    for history in histories {
        for of in &mut found {
            let tier = history.range(..=of.month.last_day().min(today)).next_back();
            let place = tier.and_then(|(_, tier)| of.by_rank.get_mut(rank(tier)?));
            if let Some(count) = place {
                *count += 1;
            }
        }
        for ((_, from), (on, to)) in history.iter().zip(history.iter().skip(1)) {
            if *on > today {
                break;
            }
            let (Some(from), Some(to)) = (rank(from), rank(to)) else { continue };
            if let Some(of) = found.iter_mut().find(|of| of.month == Month::of(*on)) {
                of.up += u32::from(to < from);
                of.down += u32::from(to > from);
            }
        }
    }
    found
}
