//! A day's visits as stops of a way: where, when, how long; and what the day comes to.

use crate::words::plan as words;
use domain::agenda;
use domain::customer::Customer;
use domain::ids::{EmployeeId, PreparationId};
use domain::preparation::Preparation;
use domain::route::{self, Stop};
use domain::time::Date;
use domain::visit::{Visit, VisitState};
use replica::Replica;
use std::collections::BTreeMap;

/// How long a visit took, or will: as told, as prepared, or as the organisation reckons.
pub fn minutes_of(replica: &Replica, visit: &Visit) -> u16 {
    let told = visit.report.as_ref().and_then(|report| report.minutes);
    let prepared = || replica.get::<Preparation>(PreparationId::from(visit.id)).and_then(|own| own.minutes);
    told.or_else(prepared).unwrap_or_else(|| replica.rules().policy(visit.on).hours.minutes_per_visit)
}

pub fn stop_of(replica: &Replica, visit: &Visit) -> Stop {
    Stop {
        id: visit.id,
        place: replica.get::<Customer>(visit.customer_id).and_then(|customer| customer.place),
        at_minute: visit.at_minute,
        minutes: minutes_of(replica, visit),
    }
}

/// What is planned or done on each day, in the order of its hours.
pub fn stops_by_day(
    replica: &Replica,
    visitor: Option<EmployeeId>,
    from: Date,
    to: Date,
) -> BTreeMap<Date, Vec<Stop>> {
    let is_stop = |visit: &&&Visit| matches!(visit.state, VisitState::Planned | VisitState::Done);
    agenda::by_day(replica.all::<Visit>(), visitor, from, to)
        .into_iter()
        .map(|(on, visits)| {
            (on, visits.iter().filter(is_stop).map(|visit| stop_of(replica, visit)).collect())
        })
        .collect()
}

/// The stops of a day that are still to be made.
pub fn planned_stops(replica: &Replica, visitor: Option<EmployeeId>, on: Date) -> Vec<Stop> {
    let days = agenda::by_day(replica.all::<Visit>(), visitor, on, on);
    days.into_values()
        .flatten()
        .filter(|visit| visit.state == VisitState::Planned)
        .map(|visit| stop_of(replica, visit))
        .collect()
}

/// What a day comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayTotal {
    pub visit_minutes: u64,
    pub road_metres: u64,
}

impl DayTotal {
    pub fn of(stops: &[Stop]) -> Self {
        let way = route::along(stops);
        Self { visit_minutes: way.visit_minutes, road_metres: way.road_metres() }
    }

    /// `走访2小时35分，路程11.4公里`; nothing for a day without stops.
    pub fn words(self) -> String {
        if self.visit_minutes == 0 {
            return String::new();
        }
        let mut text = crate::i18n::fill(words::DAY_TOTAL, &[("time", &words::duration(self.visit_minutes))]);
        if self.road_metres > 0 {
            let way = words::distance(self.road_metres);
            text.push_str(&crate::i18n::fill(words::DAY_WAY, &[("way", &way)]));
        }
        text
    }
}
