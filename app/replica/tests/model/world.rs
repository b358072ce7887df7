//! One world: set up, made noisy, brought to rest, judged.

mod faults;
mod office;
mod steps;

use super::network::{Network, Weather};
use super::oracle::{self, Held, Ledger};
use super::people;
use super::planted::Planted;
use super::random::Random;
use super::server::Server;
use super::tab::Tablet;
use super::tally::Tally;
use domain::choice::{Choice, ChoiceList};
use domain::ids::{BookId, DeviceId};
use domain::organisation::Role;
use domain::row::Row;
use domain::time::Timestamp;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// 2025-11-17T23:00Z.
const START: Timestamp = Timestamp(1_763_420_400_000);

#[derive(Clone, Copy)]
pub struct Options {
    pub planted: Option<Planted>,
    /// Steps of noise.
    pub steps: usize,
    /// Keep what happened, to be read.
    pub is_traced: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { planted: None, steps: 350, is_traced: false }
    }
}

/// What was found wrong, and how to see it again.
#[derive(Debug, PartialEq, Eq)]
pub struct Failure {
    pub seed: u64,
    pub step: usize,
    pub what: String,
    pub trace: Vec<String>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.trace {
            writeln!(f, "{line}")?;
        }
        writeln!(f, "seed {} step {}: {}", self.seed, self.step, self.what)?;
        write!(f, "again: cargo run --release -p replica --example simulate -- --seed {}", self.seed)
    }
}

pub struct World {
    pub(super) random: Random,
    pub(super) now: Timestamp,
    pub(super) server: Server,
    pub(super) tablets: Vec<Tablet>,
    pub(super) network: Network,
    pub(super) weather: Weather,
    pub(super) ledger: Ledger,
    pub(super) tally: Tally,
    pub(super) books: Vec<BookId>,
    pub(super) planted: Option<Planted>,
    pub(super) start: Held,
    /// Numbers given to customers so far.
    customer_count: usize,
    step: usize,
    trace: Option<Vec<String>>,
}

/// Runs the world of a seed; the same seed gives the same world, failure and trace.
pub fn run(seed: u64, options: &Options) -> Result<(Tally, Vec<String>), Failure> {
    let mut world = World::new(seed, options);
    let ran = catch_unwind(AssertUnwindSafe(|| world.live(options.steps)));
    let trace = world.trace.take().unwrap_or_default();
    let failed = match ran {
        Ok(Ok(())) => return Ok((world.tally, trace)),
        Ok(Err(what)) => what,
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            format!("panic: {}", text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("?"))
        }
    };
    Err(Failure { seed, step: world.step, what: failed, trace })
}

impl World {
    fn new(seed: u64, options: &Options) -> Self {
        let mut random = Random::new(seed);
        let page_rows = random.between(3, 40);
        let mut server = Server::new(random.id(), random.id(), page_rows, options.planted);
        let books: Vec<BookId> = vec![random.id(), random.id()];
        for no in 0..random.between(1, 3) {
            let (role, held) = match (no, books.as_slice()) {
                (2, both) => (Role::Lead, both.to_vec()),
                (no, both) => (Role::Manager, both.iter().skip(no).take(1).copied().collect()),
            };
            let actor = people::actor(&mut random, no, role, held);
            server.employ(actor);
        }
        let weather = Weather::of(&mut random);
        let mut world = Self {
            random,
            now: START,
            server,
            tablets: Vec::new(),
            network: Network::default(),
            weather,
            ledger: Ledger::default(),
            tally: Tally::default(),
            books,
            planted: options.planted,
            start: Held::new(),
            customer_count: 100,
            step: 0,
            trace: options.is_traced.then(Vec::new),
        };
        world.furnish();
        world
    }

    /// The books as they are before anybody opens a tablet.
    fn furnish(&mut self) {
        let list = ChoiceList::Need;
        let choices = (0..self.random.between(1, 4)).map(|position| {
            Row::from(Choice {
                id: self.random.id(),
                list,
                label: format!("需求{position}"),
                position: position as u32,
            })
        });
        let choices = choices.collect();
        self.server.put(choices, self.now);
        for _ in 0..self.random.between(1, 8) {
            self.bring_customer();
        }
        let people: Vec<_> = self.server.people.values().cloned().collect();
        for _ in 0..self.random.between(1, 8) {
            if let Some(actor) = self.random.pick(&people) {
                let id: DeviceId = self.random.id();
                self.tablets.push(Tablet::new(id, actor, self.planted));
            }
        }
    }

    fn live(&mut self, steps: usize) -> Result<(), String> {
        while self.step < steps {
            self.step += 1;
            self.one_step()?;
        }
        self.heal()?;
        oracle::rerun(&self.server, &self.start)?;
        for (at, tablet) in self.tablets.iter().enumerate() {
            oracle::quiet(tablet, &self.server, &self.ledger)
                .map_err(|what| format!("tablet {at}: {what}"))?;
        }
        Ok(())
    }

    fn one_step(&mut self) -> Result<(), String> {
        self.now = self.now.plus_ms(1 + self.random.below(60_000) as i64);
        match self.random.weighted(&[30, 38, 30, 5, 4, 5]) {
            0 => self.somebody_works(),
            1 => self.some_tab_goes_on(),
            2 => self.something_arrives(),
            3 => {
                self.the_office_acts();
                Ok(())
            }
            4 => self.something_breaks(),
            _ => self.tabs_change(),
        }
    }

    pub(super) fn note(&mut self, what: impl FnOnce() -> String) {
        let step = self.step;
        if let Some(trace) = &mut self.trace {
            trace.push(format!("{step:4} {}", what()));
        }
    }

    /// Any tablet, by its place.
    pub(super) fn any_tablet(&mut self) -> usize {
        self.random.below(self.tablets.len())
    }
}
