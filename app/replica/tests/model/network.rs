//! Messages under way. Any of them may be next, may come twice, or never.

use super::random::Random;
use domain::ids::EmployeeId;
use domain::row::{Row, RowKey};
use domain::wire::{Page, Pull, Push, PushAnswer};
use std::collections::BTreeMap;

#[derive(Clone)]
pub enum Asked {
    Push(Push),
    Pull(Pull),
}

#[derive(Clone)]
pub struct Request {
    /// Which request of all this is; a tab listens only to the answer it waits for.
    pub no: u64,
    pub by: EmployeeId,
    pub asked: Asked,
}

pub enum Answered {
    Push(PushAnswer),
    Gap,
    Page(Box<Sent>),
}

/// A page, and what the tablet must hold once it has the last page of a pull: the oracle's copy of the snapshot.
pub struct Sent {
    pub page: Page,
    pub whole: Option<BTreeMap<RowKey, Row>>,
}

pub struct Answer {
    pub no: u64,
    pub answered: Answered,
}

/// How bad it is, in percent; each world has its own.
pub struct Weather {
    pub lost: usize,
    pub repeated: usize,
    pub server_dies: usize,
    pub given_up: usize,
}

impl Weather {
    pub fn of(random: &mut Random) -> Self {
        let mut percent = |most| if random.chance(40) { 0 } else { random.below(most) };
        Self { lost: percent(40), repeated: percent(30), server_dies: percent(20), given_up: percent(15) }
    }
}

#[derive(Default)]
pub struct Network {
    pub requests: Vec<Request>,
    pub answers: Vec<Answer>,
    last_no: u64,
}

impl Network {
    pub fn send(&mut self, by: EmployeeId, asked: Asked) -> u64 {
        self.last_no += 1;
        self.requests.push(Request { no: self.last_no, by, asked });
        self.last_no
    }

    /// Any request under way, not the oldest.
    pub fn any_request(&mut self, random: &mut Random) -> Option<Request> {
        let at = random.below(self.requests.len());
        (at < self.requests.len()).then(|| self.requests.swap_remove(at))
    }

    pub fn any_answer(&mut self, random: &mut Random) -> Option<Answer> {
        let at = random.below(self.answers.len());
        (at < self.answers.len()).then(|| self.answers.swap_remove(at))
    }
}
