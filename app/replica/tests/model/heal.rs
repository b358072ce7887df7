//! After the noise: everything works again, and within a bounded number of exchanges nothing is left to do.

use super::network::{Asked, Request};
use super::tab::Silence;
use super::world::World;

/// Rounds over all tablets until one passes in which nothing happens.
const ROUNDS_MAX: usize = 12;
/// Requests one tablet may need in one round.
const EXCHANGES_MAX: usize = 300;

impl World {
    pub(super) fn heal(&mut self) -> Result<(), String> {
        self.note(|| "the noise is over".to_owned());
        // What was still under way arrives late; nobody listens to the answers any more.
        while let Some(request) = self.network.any_request(&mut self.random) {
            self.serve(&request, None);
        }
        self.network.answers.clear();
        for tablet in &mut self.tablets {
            tablet.silence = Silence::None;
            tablet.full_commits = 0;
            for tab in &mut tablet.tabs {
                tab.request = None;
                tab.loaded = None;
            }
        }
        for _ in 0..ROUNDS_MAX {
            let mut is_quiet = true;
            for at in 0..self.tablets.len() {
                is_quiet &= self.rest(at)?;
            }
            if is_quiet {
                return Ok(());
            }
        }
        Err(format!("stall: still not quiet after {ROUNDS_MAX} rounds"))
    }

    /// Lets one tablet do all it has to do. True: there was nothing.
    fn rest(&mut self, at: usize) -> Result<bool, String> {
        let mut is_quiet = true;
        for tab in 0..self.tablets[at].tabs.len() {
            while self.save_on(at, tab)? {
                is_quiet = false;
            }
        }
        while self.tablets[at].leader().is_some_and(|tab| tab.taking.is_some()) {
            self.store_taken(at)?;
        }
        self.hear_of_each_other(at);
        if let Some(tab) = self.tablets[at].leader() {
            tab.is_pull_wanted = true;
        }
        for _ in 0..EXCHANGES_MAX {
            let Some(asked) = self.ask(at) else {
                if self.tablets[at].leader().is_some_and(|tab| tab.taking.is_some()) {
                    self.store_taken(at)?;
                    is_quiet = false;
                    continue;
                }
                self.hear_of_each_other(at);
                return Ok(is_quiet);
            };
            is_quiet &= matches!(asked, Asked::Pull(_));
            let request = Request { no: 0, by: self.tablets[at].holder, asked };
            let answered = self.serve(&request, None).ok_or("a healthy server answers")?;
            self.hear(at, answered)?;
            while self.tablets[at].leader().is_some_and(|tab| tab.taking.is_some()) {
                is_quiet = false;
                self.store_taken(at)?;
            }
        }
        Err(format!("stall: tablet {at} is not done after {EXCHANGES_MAX} exchanges"))
    }

    fn hear_of_each_other(&mut self, at: usize) {
        let tablet = &mut self.tablets[at];
        let stored = tablet.disk.load();
        for tab in &mut tablet.tabs {
            tab.hear(&stored);
        }
    }
}
