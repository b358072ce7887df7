//! 此行要办: everything that is due at one customer, asked once when a visit starts (R068), with the minutes it takes.
//!
//! The sources ask for minutes and give none: those here are ours, to be seen and argued with, and count beside what the
//! organisation reckons for a visit.

use crate::care::OccasionKind;
use crate::contract::Contract;
use crate::event::Event;
use crate::ids::{ContractId, EventId, PromiseId, TaskId};
use crate::promise::{Promise, PromiseBy};
use crate::rating::Rated;
use crate::standard::EventCode;
use crate::task::Task;
use crate::time::{Date, days_between};

/// A task or a promise due later than this is not asked about on this visit.
pub const DUE_AHEAD_DAYS: i64 = 14;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Due {
    Promise {
        promise_id: PromiseId,
        by: PromiseBy,
        text: String,
        due_on: Date,
    },
    Task {
        task_id: TaskId,
        text: String,
        due_on: Date,
    },
    /// Something happened that asks for a visit, and this one can answer it.
    Event {
        event_id: EventId,
        event: EventCode,
        due_on: Date,
    },
    Contract {
        contract_id: ContractId,
        name: String,
        ends_on: Date,
    },
    Birthday {
        on: Date,
        turns: Option<i32>,
        is_lunar: bool,
    },
    /// Facts a person could ask for and has not.
    Facts {
        missing: u32,
    },
}

impl Due {
    /// Minutes it takes at the customer's.
    pub fn minutes(&self) -> u32 {
        match self {
            Self::Promise { .. } | Self::Task { .. } => 5,
            Self::Event { .. } => 15,
            Self::Contract { .. } => 10,
            Self::Birthday { .. } => 3,
            Self::Facts { missing } => 2 * (*missing).min(5),
        }
    }

    /// The day it was or is due; None for what has no day.
    pub fn due_on(&self) -> Option<Date> {
        match self {
            Self::Promise { due_on, .. } | Self::Task { due_on, .. } | Self::Event { due_on, .. } => {
                Some(*due_on)
            }
            Self::Contract { ends_on, .. } => Some(*ends_on),
            Self::Birthday { on, .. } => Some(*on),
            Self::Facts { .. } => None,
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Promise { by: PromiseBy::Us, .. } => 0,
            Self::Event { .. } => 1,
            Self::Task { .. } => 2,
            Self::Contract { .. } => 3,
            Self::Birthday { .. } => 4,
            Self::Promise { by: PromiseBy::Customer, .. } => 5,
            Self::Facts { .. } => 6,
        }
    }
}

/// One customer's open business, in any order.
#[derive(Clone, Copy, Debug)]
pub struct Business<'a> {
    pub promises: &'a [&'a Promise],
    pub tasks: &'a [&'a Task],
    pub events: &'a [&'a Event],
    pub contracts: &'a [&'a Contract],
    pub missing_facts: u32,
}

/// What is to be done here, the longest due first; what has no day comes last.
pub fn due_here(rated: &Rated, business: &Business<'_>, today: Date) -> Vec<Due> {
    let is_near = |on: Date| days_between(today, on) <= DUE_AHEAD_DAYS;
    let mut due = Vec::new();
    // A promise is there to be asked about, however far its day.
    due.extend(business.promises.iter().filter(|promise| promise.is_open()).map(|promise| Due::Promise {
        promise_id: promise.id,
        by: promise.by,
        text: promise.text.clone(),
        due_on: promise.due_on,
    }));
    due.extend(
        business.tasks.iter().filter(|task| task.is_open() && is_near(task.due_on)).map(|task| Due::Task {
            task_id: task.id,
            text: task.text.clone(),
            due_on: task.due_on,
        }),
    );
    for owed in rated.debt.events.iter().filter(|event| event.owed > 0) {
        let event = business.events.iter().find(|event| event.id == owed.event_id);
        due.extend(event.map(|event| Due::Event {
            event_id: event.id,
            event: event.event.clone(),
            due_on: owed.due_on,
        }));
    }
    for occasion in &rated.occasions {
        match &occasion.kind {
            OccasionKind::Birthday { turns } => {
                due.push(Due::Birthday { on: occasion.on, turns: Some(*turns), is_lunar: false });
            }
            OccasionKind::LunarBirthday { turns } => {
                due.push(Due::Birthday { on: occasion.on, turns: *turns, is_lunar: true });
            }
            OccasionKind::ContractEnds { contract_id } => {
                let contract = business.contracts.iter().find(|contract| contract.id == *contract_id);
                due.extend(contract.map(|contract| Due::Contract {
                    contract_id: contract.id,
                    name: contract.name.clone(),
                    ends_on: contract.ends_on,
                }));
            }
            OccasionKind::Festival { .. } => {}
        }
    }
    if business.missing_facts > 0 {
        due.push(Due::Facts { missing: business.missing_facts });
    }
    due.sort_by_key(|due| (due.due_on().unwrap_or(Date::MAX), due.rank()));
    due
}

/// Minutes of all of it together.
pub fn minutes(due: &[Due]) -> u32 {
    due.iter().map(Due::minutes).fold(0, u32::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::care::Occasion;
    use crate::contract::ContractState;
    use crate::ids::{CustomerId, EmployeeId};
    use crate::promise::PromiseState;
    use crate::standard::{EventDebt, ServiceDebt};
    use crate::task::TaskState;
    use crate::time::Timestamp;
    use uuid::Uuid;

    const ME: EmployeeId = EmployeeId(Uuid::from_u128(1));
    const HERE: CustomerId = CustomerId(Uuid::from_u128(9));

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    fn promise(n: u128, by: PromiseBy, due_on: &str, state: PromiseState) -> Promise {
        Promise {
            id: PromiseId(Uuid::from_u128(n)),
            customer_id: HERE,
            visit_id: None,
            by,
            text: "送利率表".to_owned(),
            due_on: date(due_on),
            state,
            made_by: ME,
            made_at: Timestamp(0),
            settled_at: None,
            settled_by: None,
        }
    }

    fn task(n: u128, due_on: &str, state: TaskState) -> Task {
        Task {
            id: TaskId(Uuid::from_u128(n)),
            customer_id: HERE,
            owner_id: ME,
            text: "补拍执照".to_owned(),
            due_on: date(due_on),
            state,
            made_by: ME,
            made_at: Timestamp(0),
            settled_by: None,
            settled_at: None,
        }
    }

    #[test]
    fn everything_due_is_asked_once_the_longest_due_first_with_its_minutes() {
        let today = date("2026-11-18");
        let promises = [
            promise(1, PromiseBy::Us, "2026-11-18", PromiseState::Open),
            promise(2, PromiseBy::Customer, "2026-12-31", PromiseState::Open),
            promise(3, PromiseBy::Us, "2026-11-01", PromiseState::Kept),
        ];
        let tasks = [
            task(1, "2026-11-10", TaskState::Open),
            task(2, "2026-12-02", TaskState::Open),
            task(3, "2026-12-03", TaskState::Open),
            task(4, "2026-11-10", TaskState::Done),
        ];
        let event = Event {
            id: EventId(Uuid::from_u128(1)),
            customer_id: HERE,
            event: "churn".into(),
            on: date("2026-11-12"),
            note: None,
            reported_by: ME,
            reported_at: Timestamp(0),
            answers: Vec::new(),
        };
        let answered = Event { id: EventId(Uuid::from_u128(2)), ..event.clone() };
        let contract = Contract {
            id: ContractId(Uuid::from_u128(1)),
            customer_id: HERE,
            name: "代发工资协议".to_owned(),
            amount: None,
            ends_on: date("2026-11-19"),
            state: ContractState::Running,
            noted_by: ME,
            noted_at: Timestamp(0),
            settled_by: None,
            settled_at: None,
        };
        let owed = |event: &Event, owed| EventDebt {
            event_id: event.id,
            done: 0,
            owed,
            due_on: date("2026-11-19"),
            overdue: None,
        };
        let rated = Rated {
            debt: ServiceDebt { events: vec![owed(&event, 1), owed(&answered, 0)], ..ServiceDebt::default() },
            occasions: vec![
                Occasion {
                    kind: OccasionKind::ContractEnds { contract_id: contract.id },
                    on: contract.ends_on,
                },
                Occasion { kind: OccasionKind::LunarBirthday { turns: None }, on: date("2026-11-20") },
                Occasion {
                    kind: OccasionKind::Festival { code: "new_year".to_owned() },
                    on: date("2026-11-20"),
                },
            ],
            ..Rated::default()
        };
        let business = Business {
            promises: &promises.each_ref(),
            tasks: &tasks.each_ref(),
            events: &[&answered, &event],
            contracts: &[&contract],
            missing_facts: 3,
        };
        let due = due_here(&rated, &business, today);
        let told: Vec<String> = due
            .iter()
            .map(|due| match due {
                Due::Promise { promise_id, .. } => format!("promise {}", promise_id.0.as_u128()),
                Due::Task { task_id, .. } => format!("task {}", task_id.0.as_u128()),
                Due::Event { event_id, .. } => format!("event {}", event_id.0.as_u128()),
                Due::Contract { .. } => "contract".to_owned(),
                Due::Birthday { .. } => "birthday".to_owned(),
                Due::Facts { missing } => format!("facts {missing}"),
            })
            .collect();
        assert_eq!(
            told,
            ["task 1", "promise 1", "event 1", "contract", "birthday", "task 2", "promise 2", "facts 3"],
        );
        assert_eq!(minutes(&due), 5 + 5 + 15 + 10 + 3 + 5 + 5 + 6);
    }

    #[test]
    fn nothing_due_is_nothing_to_ask() {
        let none = Business { promises: &[], tasks: &[], events: &[], contracts: &[], missing_facts: 0 };
        assert_eq!(due_here(&Rated::default(), &none, date("2026-11-18")), []);
    }
}
