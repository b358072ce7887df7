//! 欠着还没排: whom the visit standard still owes a visit, and who has none planned ahead (R061, R063).
//!
//! The order is that of need: the longest overdue first, then what is due first, then the higher tier and the larger
//! assets. Calls are not planned, so they do not lie here.

use crate::customer::Customer;
use crate::ids::{CustomerId, VisitId};
use crate::rating::Rated;
use crate::standard::ServiceDebt;
use crate::time::Date;
use crate::today::Seen;
use crate::visit::{Visit, VisitState};
use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shelved {
    pub customer_id: CustomerId,
    /// Visits owed, by the calendar and by events.
    pub owed: u32,
    /// Days the oldest of them is overdue; 0 while all are in time.
    pub late_days: u32,
    /// The day by which the first of them is, or was, wanted.
    pub due_on: Option<Date>,
    /// A plan whose day has passed: it is moved instead of planning a second visit.
    pub missed: Option<VisitId>,
}

/// Who is owed a visit and has none ahead, the most pressing first.
pub fn shelf<'a, R: Borrow<Rated>>(
    customers: impl IntoIterator<Item = Seen<'a, R>>,
    visits: impl IntoIterator<Item = &'a Visit>,
    today: Date,
) -> Vec<Shelved> {
    let mut ahead: HashSet<CustomerId> = HashSet::new();
    let mut missed: HashMap<CustomerId, &Visit> = HashMap::new();
    for visit in visits.into_iter().filter(|visit| visit.state == VisitState::Planned) {
        if visit.on >= today {
            ahead.insert(visit.customer_id);
        } else {
            let last = missed.entry(visit.customer_id).or_insert(visit);
            if (last.on, last.id) < (visit.on, visit.id) {
                *last = visit;
            }
        }
    }
    let mut found: Vec<_> = customers
        .into_iter()
        .filter(|seen| !ahead.contains(&seen.customer.id))
        .filter_map(|seen| {
            let missed = missed.get(&seen.customer.id).map(|visit| visit.id);
            let shelved = owed(seen.customer, &seen.rated.borrow().debt, missed)?;
            let size = Reverse(seen.customer.holdings.wealth_assets());
            Some((shelved, seen.tier_rank.unwrap_or(usize::MAX), size))
        })
        .collect();
    found.sort_by_key(|(shelved, tier, size)| {
        let due_on = shelved.due_on.unwrap_or(Date::MAX);
        (Reverse(shelved.late_days), due_on, *tier, *size, shelved.customer_id)
    });
    found.into_iter().map(|(shelved, ..)| shelved).collect()
}

fn owed(customer: &Customer, debt: &ServiceDebt, missed: Option<VisitId>) -> Option<Shelved> {
    let owed = debt.visits_owed();
    if owed == 0 {
        return None;
    }
    let events = || debt.events.iter().filter(|event| event.owed > 0);
    let calendar = debt.visits.overdue.map(|overdue| overdue.due_on).or(debt.visits.next_due);
    let calendar = calendar.filter(|_| debt.visits.owed > 0);
    let late = debt.visits.overdue.into_iter().chain(events().filter_map(|event| event.overdue));
    Some(Shelved {
        customer_id: customer.id,
        owed,
        late_days: late.map(|overdue| overdue.days).max().unwrap_or(0),
        due_on: calendar.into_iter().chain(events().map(|event| event.due_on)).min(),
        missed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customer::{CustomerType, Holdings};
    use crate::ids::{BookId, EmployeeId, EventId};
    use crate::money::Fen;
    use crate::standard::{EventDebt, KindDebt, Overdue};
    use crate::time::Timestamp;
    use uuid::Uuid;

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    fn today() -> Date {
        date("2026-11-18")
    }

    fn customer(n: u128, assets: i64) -> Customer {
        Customer {
            id: CustomerId(Uuid::from_u128(n)),
            book_id: BookId(Uuid::from_u128(1)),
            customer_no: n.to_string(),
            name: "裴知远".to_owned(),
            customer_type: CustomerType::Person,
            identity_masked: None,
            phone: None,
            address: None,
            industry: None,
            birthday: None,
            lunar_birthday: None,
            opened_on: None,
            last_visited_on: None,
            place: None,
            remark: None,
            holdings: Holdings { deposit: Fen(assets), ..Holdings::default() },
            stamps: Vec::new(),
        }
    }

    fn planned(n: u128, customer: u128, state: VisitState, on: &str) -> Visit {
        Visit {
            id: VisitId(Uuid::from_u128(n)),
            customer_id: CustomerId(Uuid::from_u128(customer)),
            visitor_id: EmployeeId(Uuid::from_u128(1)),
            state,
            on: date(on),
            at_minute: None,
            purpose: None,
            report: None,
            not_held: None,
            written_at: Timestamp(0),
        }
    }

    fn overdue(due_on: &str) -> Option<Overdue> {
        let due_on = date(due_on);
        let days = u32::try_from(crate::time::days_between(due_on, today())).expect("before today");
        Some(Overdue { due_on, days })
    }

    fn calendar(owed: u32, overdue: Option<Overdue>) -> Rated {
        let visits = KindDebt { owed, overdue, next_due: Some(date("2026-12-31")), ..KindDebt::default() };
        Rated { debt: ServiceDebt { visits, ..ServiceDebt::default() }, ..Rated::default() }
    }

    fn event(due_on: &str, overdue: Option<Overdue>) -> Rated {
        let event =
            EventDebt { event_id: EventId(Uuid::nil()), done: 0, owed: 1, due_on: date(due_on), overdue };
        let visits = KindDebt { next_due: Some(date("2026-12-01")), ..KindDebt::default() };
        Rated {
            debt: ServiceDebt { visits, events: vec![event], ..ServiceDebt::default() },
            ..Rated::default()
        }
    }

    #[test]
    fn who_is_owed_and_not_planned_lies_on_the_shelf_by_need() {
        let rows = [
            (customer(1, 0), calendar(1, None), None),
            (customer(2, 0), calendar(2, overdue("2026-11-10")), None),
            (customer(3, 0), calendar(0, None), None),
            (customer(4, 0), event("2026-11-25", None), None),
            (customer(5, 0), calendar(1, overdue("2026-11-15")), None),
            (customer(6, 0), calendar(1, None), Some(0)),
            (customer(7, 900), calendar(1, None), None),
            (customer(8, 0), event("2026-11-01", overdue("2026-11-01")), None),
        ];
        let seen = |(customer, rated, tier_rank): &'static (Customer, Rated, Option<usize>)| Seen {
            customer,
            rated,
            tier_rank: *tier_rank,
        };
        let rows: &'static [_] = Box::leak(Box::new(rows));
        let visits = [
            planned(1, 2, VisitState::Cancelled, "2026-11-20"),
            planned(2, 2, VisitState::Planned, "2026-11-05"),
            planned(3, 2, VisitState::Planned, "2026-11-12"),
            planned(4, 5, VisitState::Planned, "2026-11-18"),
            planned(5, 1, VisitState::Done, "2026-11-20"),
        ];
        let shelved = shelf(rows.iter().map(seen), &visits, today());
        let told: Vec<_> = shelved
            .iter()
            .map(|own| (own.customer_id.0.as_u128(), own.late_days, own.due_on.map(|on| on.to_string())))
            .collect();
        let due = |on: &str| Some(on.to_owned());
        assert_eq!(
            told,
            [
                (8, 17, due("2026-11-01")),
                (2, 8, due("2026-11-10")),
                (4, 0, due("2026-11-25")),
                (6, 0, due("2026-12-31")),
                (7, 0, due("2026-12-31")),
                (1, 0, due("2026-12-31")),
            ],
            "planned for today is planned; tier goes before assets"
        );
        assert_eq!(shelved[1].missed, Some(VisitId(Uuid::from_u128(3))), "the later of two that were missed");
        assert_eq!(shelved[1].owed, 2);
    }
}
