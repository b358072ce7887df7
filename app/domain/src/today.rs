//! 今天: who needs me today, and why, from the rows a tablet holds. Recomputed there, offline.
//!
//! One [`Need`] a customer, its gravest reason first: what somebody wrote down, what the visit standard owes and has not
//! got in time (R061), the days that come up (R023), and falls (R212). For whom no standard asks for visits, how long ago
//! the last one was. What a standard still wants within its period is not pressing: it waits on the shelf of 走访.
//!
//! The order, as the page explains it: what is due today before what is late before what is only worth a look; within
//! that our own promises first, then by days overdue, then by tier, then by assets. What a person puts in front by hand
//! stands before all of it ([`arranged`]).

#[cfg(test)]
mod tests;

use crate::care::OccasionKind;
use crate::contract::Contract;
use crate::customer::Customer;
use crate::ids::{ContractId, CustomerId, EmployeeId, EventId, PromiseId, TaskId, VisitId};
use crate::money::Fen;
use crate::promise::{Promise, PromiseBy};
use crate::rating::Rated;
use crate::standard::ServiceKind;
use crate::task::Task;
use crate::time::{Date, days_between};
use crate::trend::Fall;
use crate::visit::{Visit, VisitState, is_later};
use rustc_hash::FxHashMap;
use std::borrow::Borrow;
use std::cmp::Reverse;

/// A contract that ends within so many days presses today.
pub const CONTRACT_PRESSES_DAYS: i64 = 1;
/// Without a visit for longer than this, and none planned, a customer is worth a look.
pub const NOT_VISITED_DAYS: i64 = 90;
/// How many of those are named; the rest are counted.
pub const NOT_VISITED_NAMED_MAX: usize = 8;

/// The groups of the page, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    /// 今天必须
    Must,
    /// 已逾期
    Late,
    /// 留意
    Notice,
}

impl Urgency {
    pub const ALL: [Self; 3] = [Self::Must, Self::Late, Self::Notice];
}

/// Why, with the fact it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// An open promise due today or before (R072).
    Promise { promise_id: PromiseId, by: PromiseBy, text: String, due_on: Date },
    /// An open task due today or before (R068).
    Task { task_id: TaskId, text: String, due_on: Date },
    /// A visit planned for today, or for a day that has passed without it.
    Visit { visit_id: VisitId, on: Date, at_minute: Option<u16>, purpose: Option<String> },
    /// What the last visit said would be done by now (R066).
    NextStep { what: String, on: Date },
    /// `turns` years old on `on`, where that is known; by the lunar calendar if they keep that.
    Birthday { on: Date, turns: Option<i32>, is_lunar: bool },
    /// A contract about to end, or ended and not settled (R023).
    Contract { contract_id: ContractId, name: String, amount: Option<Fen>, ends_on: Date },
    /// Visits or calls the standard wanted by `due_on` (R061): so many done of what this period asks for.
    Overdue { kind: ServiceKind, due_on: Date, owed: u32, done: u32, required: u32 },
    /// A visit an event asks for, by `due_on`.
    Event { event_id: EventId, due_on: Date, owed: u32 },
    /// The headline figure fell (R212).
    Fell(Fall),
    /// No visit for [`NOT_VISITED_DAYS`], or never any.
    NotVisited { last_on: Option<Date> },
}

impl Reason {
    pub fn urgency(&self, today: Date) -> Urgency {
        match self {
            Self::NotVisited { .. } | Self::Fell(_) => Urgency::Notice,
            Self::Birthday { on, .. } if *on > today => Urgency::Notice,
            Self::Birthday { .. } => Urgency::Must,
            Self::Contract { ends_on, .. } if days_between(today, *ends_on) > CONTRACT_PRESSES_DAYS => {
                Urgency::Notice
            }
            Self::Event { due_on, .. } if *due_on > today => Urgency::Notice,
            _ if self.days_late(today) > 0 => Urgency::Late,
            _ => Urgency::Must,
        }
    }

    /// Days since the reason was due; 0 for what is due today or ahead.
    pub fn days_late(&self, today: Date) -> i64 {
        match self {
            Self::Promise { due_on: on, .. }
            | Self::Task { due_on: on, .. }
            | Self::Visit { on, .. }
            | Self::NextStep { on, .. }
            | Self::Contract { ends_on: on, .. }
            | Self::Overdue { due_on: on, .. }
            | Self::Event { due_on: on, .. } => days_between(*on, today).max(0),
            Self::Birthday { .. } | Self::Fell(_) | Self::NotVisited { .. } => 0,
        }
    }

    fn is_planned_for(&self, today: Date) -> bool {
        matches!(self, Self::Visit { on, .. } if *on == today)
    }

    /// Our own word comes first, a mere date last.
    fn rank(&self) -> u8 {
        match self {
            Self::Promise { by: PromiseBy::Us, .. } => 0,
            Self::Promise { by: PromiseBy::Customer, .. } => 1,
            Self::Contract { .. } => 2,
            Self::Birthday { .. } => 3,
            Self::Task { .. } => 4,
            Self::Event { .. } => 5,
            Self::NextStep { .. } => 6,
            Self::Visit { .. } => 7,
            Self::Overdue { .. } => 8,
            Self::Fell(_) => 9,
            Self::NotVisited { .. } => 10,
        }
    }

    /// Sorts a customer's reasons, and customers by their first one.
    fn order(&self, today: Date) -> (Urgency, u8, Reverse<i64>, i64, u16) {
        let urgency = self.urgency(today);
        let (ahead, minute) = match self {
            Self::Birthday { on, .. }
            | Self::Contract { ends_on: on, .. }
            | Self::Event { due_on: on, .. } => (days_between(today, *on).max(0), 0),
            Self::Visit { at_minute, .. } => (0, at_minute.unwrap_or(u16::MAX)),
            Self::Fell(fall) => (-i64::from(fall.percent), 0),
            _ => (0, 0),
        };
        // Among what is late only our promises go before the longest overdue.
        let rank = match (urgency, self.rank()) {
            (Urgency::Late, 0) => 0,
            (Urgency::Late, _) => 1,
            (_, rank) => rank,
        };
        (urgency, rank, Reverse(self.days_late(today)), ahead, minute)
    }
}

/// One customer who needs me.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    pub customer_id: CustomerId,
    pub urgency: Urgency,
    /// Never empty; the gravest first.
    pub reasons: Vec<Reason>,
    /// The last visit done, ours or the one the branch's list told of.
    pub last_visited_on: Option<Date>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// In the order they are shown.
    pub needs: Vec<Need>,
    /// Customers not visited for long whom the list does not name.
    pub not_visited_more: usize,
}

/// Whose work is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Every customer of the rows: the book of the manager who looks.
    Book,
    /// Only what this person promised, planned, visited or owns: a desk reads a whole branch.
    Own(EmployeeId),
}

/// A customer with what the rules say of it today.
pub struct Seen<'a, R> {
    pub customer: &'a Customer,
    pub rated: R,
    /// Position of the tier that counts, 0 the highest; None without one.
    pub tier_rank: Option<usize>,
}

/// The rows looked at, each in any order. Rows of customers that are not given are left out; of the visits those a
/// rating has at hand ([`Rated::visits_at_hand`]) are enough.
pub struct Written<V, P, T, C> {
    pub visits: V,
    pub promises: P,
    pub tasks: T,
    pub contracts: C,
}

/// The higher tier first, then the larger assets.
type Rank = (usize, Reverse<Fen>);

/// What is gathered about one customer while the rows pass by.
#[derive(Default)]
struct Gathered<'a> {
    reasons: Vec<Reason>,
    last: Option<&'a Visit>,
    is_planned_ahead: bool,
    contracts: Vec<&'a Contract>,
}

/// Who needs me on `today`.
pub fn needs<'a, R: Borrow<Rated>>(
    today: Date,
    whose: Whose,
    customers: impl IntoIterator<Item = Seen<'a, R>>,
    written: Written<
        impl IntoIterator<Item = &'a Visit>,
        impl IntoIterator<Item = &'a Promise>,
        impl IntoIterator<Item = &'a Task>,
        impl IntoIterator<Item = &'a Contract>,
    >,
) -> Needs {
    let is_mine = |by: EmployeeId| match whose {
        Whose::Book => true,
        Whose::Own(me) => by == me,
    };
    let mut gathered: FxHashMap<CustomerId, Gathered<'a>> = FxHashMap::default();
    for visit in written.visits {
        let of = gathered.entry(visit.customer_id).or_default();
        match visit.state {
            VisitState::Done if of.last.is_none_or(|last| is_later(visit, last)) => of.last = Some(visit),
            VisitState::Planned if visit.on > today => of.is_planned_ahead = true,
            VisitState::Planned if is_mine(visit.visitor_id) => of.reasons.push(Reason::Visit {
                visit_id: visit.id,
                on: visit.on,
                at_minute: visit.at_minute,
                purpose: visit.purpose.clone(),
            }),
            _ => {}
        }
    }
    let promises = written.promises.into_iter();
    for promise in promises.filter(|promise| promise.is_open() && promise.due_on <= today) {
        if is_mine(promise.made_by) {
            gathered.entry(promise.customer_id).or_default().reasons.push(Reason::Promise {
                promise_id: promise.id,
                by: promise.by,
                text: promise.text.clone(),
                due_on: promise.due_on,
            });
        }
    }

    for task in written.tasks.into_iter().filter(|task| task.is_open() && task.due_on <= today) {
        if whose == Whose::Book || is_mine(task.owner_id) {
            gathered.entry(task.customer_id).or_default().reasons.push(Reason::Task {
                task_id: task.id,
                text: task.text.clone(),
                due_on: task.due_on,
            });
        }
    }
    for contract in written.contracts.into_iter().filter(|contract| contract.is_running()) {
        gathered.entry(contract.customer_id).or_default().contracts.push(contract);
    }

    let mut sorted: Vec<(Need, Rank)> = Vec::new();
    for Seen { customer, rated, tier_rank } in customers {
        let of = gathered.remove(&customer.id).unwrap_or_default();
        let last_visited_on = of.last.map(|visit| visit.on).max(customer.last_visited_on);
        let mut reasons = of.reasons;
        reasons.extend(
            of.last.filter(|visit| is_mine(visit.visitor_id)).and_then(|visit| next_step(visit, today)),
        );
        if whose == Whose::Book {
            let rated = rated.borrow();
            reasons.extend(ruled(rated, &of.contracts));
            // Who is owed visits by a standard is told by it; the others by the calendar.
            let has_standard = rated.debt.visits.period.is_some();
            let is_quiet = reasons.is_empty() && !of.is_planned_ahead && !has_standard;
            if is_quiet && is_long_ago(last_visited_on, today) {
                reasons.push(Reason::NotVisited { last_on: last_visited_on });
            }
        }
        if reasons.iter().any(|reason| !reason.is_planned_for(today)) {
            // The plan answers the need; it is not another one.
            reasons.retain(|reason| !reason.is_planned_for(today));
        }
        reasons.sort_by_key(|reason| reason.order(today));
        let Some(urgency) = reasons.first().map(|reason| reason.urgency(today)) else { continue };
        let need = Need { customer_id: customer.id, urgency, reasons, last_visited_on };
        let rank = (tier_rank.unwrap_or(usize::MAX), Reverse(customer.holdings.wealth_assets()));
        sorted.push((need, rank));
    }
    sorted.sort_by_cached_key(|(need, rank)| {
        (need.reasons.first().map(|reason| reason.order(today)), *rank, need.customer_id)
    });

    let mut answer = Needs::default();
    let mut not_visited = 0;
    for (need, _) in sorted {
        if matches!(need.reasons.first(), Some(Reason::NotVisited { .. })) {
            not_visited += 1;
            if not_visited > NOT_VISITED_NAMED_MAX {
                answer.not_visited_more += 1;
                continue;
            }
        }
        answer.needs.push(need);
    }
    answer
}

/// Only the last visit's next step counts: a later visit has answered an earlier one.
fn next_step(last: &Visit, today: Date) -> Option<Reason> {
    let step = last.report.as_ref()?.next_step.as_ref()?;
    let on = step.on.filter(|on| *on <= today)?;
    Some(Reason::NextStep { what: step.what.clone(), on })
}

fn is_long_ago(last_on: Option<Date>, today: Date) -> bool {
    last_on.is_none_or(|last| days_between(last, today) > NOT_VISITED_DAYS)
}

/// What the rules themselves ask for: overdue service, events, days that come up, a fall.
fn ruled(rated: &Rated, contracts: &[&Contract]) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for (kind, debt) in [(ServiceKind::Visit, &rated.debt.visits), (ServiceKind::Call, &rated.debt.calls)] {
        reasons.extend(debt.overdue.map(|overdue| Reason::Overdue {
            kind,
            due_on: overdue.due_on,
            owed: debt.owed,
            done: debt.done,
            required: debt.required,
        }));
    }
    let events = rated.debt.events.iter().filter(|event| event.owed > 0);
    reasons.extend(events.map(|event| Reason::Event {
        event_id: event.event_id,
        due_on: event.due_on,
        owed: event.owed,
    }));
    for occasion in &rated.occasions {
        let on = occasion.on;
        match &occasion.kind {
            OccasionKind::Birthday { turns } => {
                reasons.push(Reason::Birthday { on, turns: Some(*turns), is_lunar: false });
            }
            OccasionKind::LunarBirthday { turns } => {
                reasons.push(Reason::Birthday { on, turns: *turns, is_lunar: true });
            }
            OccasionKind::ContractEnds { contract_id } => {
                let contract = contracts.iter().find(|contract| contract.id == *contract_id);
                reasons.extend(contract.map(|contract| Reason::Contract {
                    contract_id: contract.id,
                    name: contract.name.clone(),
                    amount: contract.amount,
                    ends_on: contract.ends_on,
                }));
            }
            // A festival is everybody's: the care calendar shows it, it names nobody.
            OccasionKind::Festival { .. } => {}
        }
    }
    reasons.extend(rated.fall.map(Reason::Fell));
    reasons
}

/// The needs with those first that a person put there by hand, in that person's order; whoever no longer needs anything
/// is passed over. Answers how many stand in front.
pub fn arranged(needs: Vec<Need>, by_hand: &[CustomerId]) -> (Vec<Need>, usize) {
    let place = |need: &Need| by_hand.iter().position(|id| *id == need.customer_id);
    let (mut front, rest): (Vec<_>, Vec<_>) = needs.into_iter().partition(|need| place(need).is_some());
    front.sort_by_key(place);
    let count = front.len();
    front.extend(rest);
    (front, count)
}
