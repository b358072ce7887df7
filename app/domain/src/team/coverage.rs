//! How far the standard is met, by manager and tier.

use super::Member;
use crate::ids::EmployeeId;
use crate::time::{Date, days_between};
use std::collections::BTreeMap;

/// Some customers together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    pub customers: u32,
    /// Visits their running periods ask for.
    pub required: u64,
    /// Of these, done.
    pub done: u64,
    /// Customers who have had less than the time gone asks for.
    pub behind: u32,
    /// What the time gone asks for, in thousandths of a visit.
    pub expected_thousandths: u64,
}

impl Cell {
    fn of(member: &Member, today: Date) -> Self {
        let required = u64::from(member.visits.required);
        let expected_thousandths = member.visits.period.map_or(0, |period| {
            let gone = u64::try_from(days_between(period.from, today)).unwrap_or(0).min(period.days());
            required * gone * 1_000 / period.days()
        });
        Self {
            customers: 1,
            required,
            done: u64::from(member.visits.done).min(required),
            behind: u32::from(member.is_behind(today)),
            expected_thousandths,
        }
    }

    fn add(&mut self, other: &Self) {
        self.customers = self.customers.saturating_add(other.customers);
        self.required = self.required.saturating_add(other.required);
        self.done = self.done.saturating_add(other.done);
        self.behind = self.behind.saturating_add(other.behind);
        self.expected_thousandths = self.expected_thousandths.saturating_add(other.expected_thousandths);
    }

    /// Thousandths of the required that are done; None where nothing is required.
    pub fn done_permille(&self) -> Option<u64> {
        (self.done * 1_000).checked_div(self.required)
    }

    /// Thousandths of the required that the time gone asks for; None where nothing is required.
    pub fn expected_permille(&self) -> Option<u64> {
        self.expected_thousandths.checked_div(self.required)
    }

    /// Less is done than the time gone asks for.
    pub fn is_late(&self) -> bool {
        self.done * 1_000 < self.expected_thousandths
    }
}

/// Every manager and tier that has customers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    pub cells: BTreeMap<(Option<EmployeeId>, Option<usize>), Cell>,
}

impl Coverage {
    pub fn of(members: &[Member], today: Date) -> Self {
        let mut cells: BTreeMap<_, Cell> = BTreeMap::new();
        for member in members {
            let cell = cells.entry((member.manager_id, member.rank)).or_default();
            cell.add(&Cell::of(member, today));
        }
        Self { cells }
    }

    pub fn cell(&self, manager: Option<EmployeeId>, rank: Option<usize>) -> Cell {
        self.cells.get(&(manager, rank)).copied().unwrap_or_default()
    }

    pub fn of_manager(&self, manager: Option<EmployeeId>) -> Cell {
        self.sum(|(own, _)| *own == manager)
    }

    pub fn of_rank(&self, rank: Option<usize>) -> Cell {
        self.sum(|(_, own)| *own == rank)
    }

    pub fn all(&self) -> Cell {
        self.sum(|_| true)
    }

    fn sum(&self, wanted: impl Fn(&(Option<EmployeeId>, Option<usize>)) -> bool) -> Cell {
        let mut sum = Cell::default();
        for (_, cell) in self.cells.iter().filter(|(key, _)| wanted(key)) {
            sum.add(cell);
        }
        sum
    }
}
