//! What breaks on a tablet, and what two tabs of one do to each other.

use super::World;
use crate::model::tab::{Silence, Tablet};
use domain::actor::Actor;
use replica::outbox::Record;
use replica::store::{Durability, Step};

const TEN_YEARS_MS: i64 = 3_652 * 24 * 3_600_000;

impl World {
    fn holder_of(&self, at: usize) -> Result<Actor, String> {
        self.server.people.get(&self.tablets[at].holder).cloned().ok_or("the holder works here".to_owned())
    }

    pub(super) fn something_breaks(&mut self) -> Result<(), String> {
        let at = self.any_tablet();
        match self.random.weighted(&[40, 12, 10, 12, 4, 4, 4]) {
            0 => self.crash(at)?,
            1 => {
                self.tablets[at].full_commits = self.random.between(1, 4);
                self.broke(at, "disk full");
            }
            2 => {
                let skew = [-TEN_YEARS_MS, TEN_YEARS_MS, -3_600_000, 86_400_000, 0, 0, 0];
                self.tablets[at].clock_ms = self.random.pick(&skew).copied().unwrap_or(0);
                self.broke(at, "clock set");
            }
            3 => {
                let silences = [Silence::Up, Silence::Down, Silence::None, Silence::None];
                self.tablets[at].silence = self.random.pick(&silences).copied().unwrap_or(Silence::None);
                self.broke(at, "network cut one way or back");
            }
            4 => self.wipe(at)?,
            5 => {
                // An update of the app that reads other pages; the outbox it reads.
                self.crash(at)?;
                self.tablets[at].disk.age_pages();
                let opened = self.tablets[at].opened(&self.holder_of(at)?);
                self.tablets[at].tabs = vec![opened];
                self.broke(at, "pages of another schema");
            }
            _ => self.newer_version_leaves_an_edit(at),
        }
        Ok(())
    }

    fn broke(&mut self, at: usize, what: &'static str) {
        self.tally.add(what);
        self.note(|| format!("tablet {at}: {what}"));
    }

    fn crash(&mut self, at: usize) -> Result<(), String> {
        let actor = self.holder_of(at)?;
        let lost = self.tablets[at].crash(&mut self.random, &actor);
        self.broke(at, if lost > 0 { "crash, unflushed pages lost" } else { "crash" });
        // An edit that reached the disk in its last moment counts, though nobody was told.
        let (device, stored) = (self.tablets[at].id, self.tablets[at].disk.load());
        for (seq, bytes) in stored.outbox {
            if !self.ledger.knows(device, seq) {
                self.ledger.accept(device, seq, &bytes);
            }
        }
        Ok(())
    }

    /// The browser took the store away: the tablet begins again, as another device.
    fn wipe(&mut self, at: usize) -> Result<(), String> {
        let actor = self.holder_of(at)?;
        self.ledger.wiped.insert(self.tablets[at].id);
        let clock_ms = self.tablets[at].clock_ms;
        self.tablets[at] = Tablet::new(self.random.id(), &actor, self.planted);
        self.tablets[at].clock_ms = clock_ms;
        self.broke(at, "store wiped");
        Ok(())
    }

    /// A mutation this version does not know waits in the outbox: it is sent all the same.
    fn newer_version_leaves_an_edit(&mut self, at: usize) {
        let record = Record {
            id: self.random.id(),
            made_at: self.now,
            name: "weigh_customer".to_owned(),
            args: serde_json::json!({ "grams": self.random.below(9) }),
            about: String::new(),
            refused: None,
        };
        let bytes = record.encode();
        if let Ok(committed) = self.commit(at, vec![Step::AppendOutbox(bytes.clone())], Durability::Strict) {
            for seq in committed.outbox {
                self.ledger.accept(self.tablets[at].id, seq, &bytes);
            }
            let stored = self.tablets[at].disk.load();
            for tab in &mut self.tablets[at].tabs {
                tab.hear(&stored);
            }
            self.broke(at, "an edit of a newer version");
        }
    }

    pub(super) fn tabs_change(&mut self) -> Result<(), String> {
        let at = self.any_tablet();
        let actor = self.holder_of(at)?;
        let tab = self.random.below(self.tablets[at].tabs.len());
        match self.random.weighted(&[10, 30, 10, 10, 10]) {
            0 if self.tablets[at].tabs.len() == 1 => {
                let opened = self.tablets[at].opened(&actor);
                self.tablets[at].tabs.push(opened);
                self.broke(at, "second tab");
            }
            1 => self.catch_up(at, tab),
            // The tab that syncs is closed or killed; the other one takes over.
            2 if self.tablets[at].tabs.len() == 2 => {
                let leader = self.tablets[at].leader;
                self.close_tab(at, leader);
            }
            3 if self.tablets[at].tabs.len() == 2 => {
                let other = 1 - self.tablets[at].leader;
                self.close_tab(at, other);
            }
            _ => self.discard(at, tab),
        }
        Ok(())
    }

    fn close_tab(&mut self, at: usize, tab: usize) {
        let tablet = &mut self.tablets[at];
        tablet.tabs.remove(tab);
        tablet.leader = 0;
        let stored = tablet.disk.load();
        for left in &mut tablet.tabs {
            left.is_deaf = true;
            if self.random.chance(70) {
                left.hear(&stored);
            }
        }
        self.broke(at, "tab closed");
    }

    /// A tab reads what another one did, and takes it in at once or some moments later.
    fn catch_up(&mut self, at: usize, tab: usize) {
        let stored = self.tablets[at].disk.load();
        let open = &mut self.tablets[at].tabs[tab];
        if let Some(earlier) = open.loaded.take() {
            open.replica.catch_up(&earlier);
            open.is_deaf = true;
        } else if self.random.chance(50) {
            open.hear(&stored);
        } else {
            open.loaded = Some(stored);
        }
        self.note(|| format!("tablet {at} tab {tab} catches up"));
    }

    /// The person has read a refused edit and lets it go.
    fn discard(&mut self, at: usize, tab: usize) {
        let open = &mut self.tablets[at].tabs[tab];
        if !self.random.chance(30) || open.taking.is_some() || open.is_behind {
            return;
        }
        let Some(seq) = open.replica.refused().first().map(|refused| refused.seq) else { return };
        let steps = open.replica.discard(seq);
        let device = self.tablets[at].id;
        self.tablets[at].disk.commit(steps, Durability::Strict);
        self.ledger.discarded.insert((device, seq));
        self.broke(at, "refused edit discarded");
    }
}
