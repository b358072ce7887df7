//! The first month from the rows: who was marked, where they live, what falls due, what is planned. No view in here.

use super::deck::Marks;
use crate::i18n::t;
use crate::words::take_over as words;
use crate::workbench::Workbench;
use domain::call::{Call, CallOutcome};
use domain::care::{self, OccasionKind};
use domain::contract::Contract;
use domain::customer::Customer;
use domain::ids::{CustomerId, EmployeeId, VisitId};
use domain::mark::{Mark, MarkKind};
use domain::mutation::{Mutation, PlanVisit};
use domain::rating::{Rated, cared};
use domain::take_over::{
    Due, DueKind, FirstMonth, Marked, Planned, Stop, WEEKS, Why, first_month, visits_a_week,
};
use domain::time::Date;
use domain::visit::{Visit, VisitState};
use leptos::prelude::*;
use replica::Replica;
use std::collections::HashMap;
use std::sync::Arc;

/// What is known of the customers that were asked about, each good while none of their rows changed: the replica rates a
/// customer anew only then.
pub type Kept = StoredValue<HashMap<CustomerId, (Arc<Rated>, Marked)>>;

/// The visits the book's holder has planned.
pub fn planned(replica: &Replica, holder: Option<EmployeeId>, today: Date) -> Vec<Planned> {
    let is_theirs = |visit: &&Visit| {
        visit.state == VisitState::Planned && visit.on >= today && Some(visit.visitor_id) == holder
    };
    let mut planned: Vec<Planned> = replica
        .all::<Visit>()
        .filter(is_theirs)
        .map(|visit| Planned { on: visit.on, customer_id: visit.customer_id })
        .collect();
    planned.sort_unstable();
    planned
}

/// Visits a week, and whether somebody said so.
pub fn a_week(replica: &Replica, today: Date) -> (u16, bool) {
    let rules = replica.rules();
    let policy = rules.policy(today);
    (visits_a_week(policy), policy.visits_a_week.is_some())
}

pub struct Asked<'a> {
    pub marks: &'a Marks,
    /// One more, as if they were marked 重点.
    pub besides: Option<CustomerId>,
    pub planned: &'a [Planned],
    pub a_week: u16,
}

pub fn month(replica: &Replica, kept: Kept, asked: &Asked<'_>, today: Date) -> FirstMonth {
    let wanted =
        asked.marks.iter().filter(|(_, kind)| matches!(kind, MarkKind::Important | MarkKind::CallFirst));
    let wanted = wanted.map(|(id, kind)| (*id, *kind));
    let besides = asked.besides.map(|id| (id, MarkKind::Important));
    let marked: Vec<Marked> =
        wanted.chain(besides).filter_map(|(id, kind)| marked(replica, kept, id, kind, today)).collect();
    first_month(today, asked.a_week, &marked, asked.planned)
}

fn marked(replica: &Replica, kept: Kept, id: CustomerId, kind: MarkKind, today: Date) -> Option<Marked> {
    let rated = replica.rated(id, today)?;
    let known = kept.with_value(|kept| {
        let (before, known) = kept.get(&id)?;
        (Arc::ptr_eq(before, &rated) && known.kind == kind).then_some(*known)
    });
    if let Some(known) = known {
        return Some(known);
    }
    let customer = replica.get::<Customer>(id)?;
    let marked_on = replica.of::<Mark>(id).next().map_or(today, |mark| mark.marked_at.date());
    let is_served = match kind {
        MarkKind::CallFirst => {
            replica.of::<Call>(id).any(|call| call.outcome == CallOutcome::Reached && call.on >= marked_on)
        }
        _ => replica.of::<Visit>(id).any(|visit| visit.state == VisitState::Done && visit.on >= marked_on),
    };
    let known = Marked {
        customer_id: id,
        kind,
        place: customer.place,
        value: rated.headline(),
        is_overdue: rated.debt.visits.overdue.is_some(),
        due: due(replica, customer, today),
        is_served,
    };
    kept.update_value(|kept| drop(kept.insert(id, (rated, known))));
    Some(known)
}

/// The first day within the four weeks that makes a visit fit.
fn due(replica: &Replica, customer: &Customer, today: Date) -> Option<Due> {
    let contracts: Vec<_> = replica
        .of::<Contract>(customer.id)
        .filter(|contract| contract.is_running())
        .map(|contract| (contract.id, contract.ends_on))
        .collect();
    let days = i64::try_from(WEEKS * 7).unwrap_or(0);
    let found = care::between(&cared(customer, &contracts), &[], today, today + chrono::Duration::days(days));
    found
        .into_iter()
        .filter_map(|occasion| {
            let kind = match occasion.kind {
                OccasionKind::ContractEnds { .. } => DueKind::ContractEnds,
                OccasionKind::Birthday { .. } | OccasionKind::LunarBirthday { .. } => DueKind::Birthday,
                OccasionKind::Festival { .. } => return None,
            };
            Some(Due { on: occasion.on, kind })
        })
        .min()
}

/// What puts the suggested visits into the calendar, with their ids for whoever takes it back.
pub fn plans(workbench: Workbench, month: &FirstMonth) -> Vec<(VisitId, CustomerId, Mutation)> {
    let plan = |stop: &Stop| {
        let visit_id: VisitId = workbench.new_id();
        let purpose = t(match stop.why {
            Why::Due(Due { kind: DueKind::ContractEnds, .. }) => words::PURPOSE_CONTRACT,
            Why::Due(Due { kind: DueKind::Birthday, .. }) => words::PURPOSE_BIRTHDAY,
            Why::Near | Why::Rank => words::PURPOSE,
        });
        let plan = PlanVisit {
            visit_id,
            customer_id: stop.customer_id,
            on: stop.on,
            at_minute: None,
            purpose: Some(purpose.to_owned()),
        };
        (visit_id, stop.customer_id, plan.into())
    };
    month.stops().map(plan).collect()
}
