//! A manager's book once its customers and their visits are there: what calls, contracts, tasks and the like are told of.

use super::calendar::at;
use super::money::Money;
use super::shapes::{Kind, Part, Size};
use chrono::Duration;
use domain::customer::{Customer, CustomerType};
use domain::ids::EmployeeId;
use domain::time::{Date, Timestamp};
use domain::visit::{Visit, VisitState};

pub(super) struct Held {
    pub customer: Customer,
    pub part: Part,
    pub money: Money,
    pub visits: Vec<Visit>,
}

impl Held {
    pub fn is_company(&self) -> bool {
        self.customer.customer_type == CustomerType::Company
    }

    /// By the day, the last one done.
    pub fn last_done(&self) -> Option<&Visit> {
        self.visits.iter().filter(|visit| visit.state == VisitState::Done).max_by_key(|visit| visit.on)
    }
}

/// One book and the people around it.
pub(super) struct HeldBook<'a> {
    pub now: Timestamp,
    /// 0 is the first manager's.
    pub nth: usize,
    pub manager: EmployeeId,
    pub lead: EmployeeId,
    pub desk: EmployeeId,
    /// In the order of their parts.
    pub customers: &'a [Held],
}

impl<'a> HeldBook<'a> {
    pub fn today(&self) -> Date {
        self.now.date()
    }

    /// So many days from now; before now for negative ones.
    pub fn day(&self, ahead: i64) -> Date {
        self.today() + Duration::days(ahead)
    }

    /// Nothing was written in the future.
    pub fn at(&self, on: Date, minute: u16) -> Timestamp {
        at(self.now, on, minute)
    }

    pub fn find(&self, kind: Kind, nth: usize) -> Option<&'a Held> {
        self.customers.iter().find(|held| (held.part.kind, held.part.nth) == (kind, nth))
    }

    pub fn of_size(&self, kind: Kind, size: Size) -> impl Iterator<Item = &'a Held> {
        self.customers.iter().filter(move |held| (held.part.kind, held.part.size) == (kind, size))
    }
}
