//! A tablet with one or two tabs on one disk. A tab does what the app's driver does, one step at a time, so that
//! everything else can happen in between.

use super::disk::Disk;
use super::planted::Planted;
use super::random::Random;
use domain::actor::Actor;
use domain::ids::{DeviceId, EmployeeId};
use domain::row::{Row, RowKey};
use domain::time::Timestamp;
use domain::wire::{Page, StreamPage};
use replica::Replica;
use replica::replica::Edit;
use replica::store::{Durability, Step, Stored};
use std::collections::BTreeMap;

/// What was taken in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    Page,
    Answer,
    /// What a restored server has lost.
    Resend,
}

impl Taken {
    /// As the app does it.
    pub fn durability(self) -> Durability {
        if self == Self::Answer { Durability::Strict } else { Durability::Relaxed }
    }
}

/// Steps taken in memory, on their way to the disk.
pub struct Taking {
    pub steps: Vec<Step>,
    pub kind: Taken,
    pub whole: Option<BTreeMap<RowKey, Row>>,
}

pub struct Tab {
    pub replica: Replica,
    /// Passed the rules, not on disk.
    pub edit: Option<Edit>,
    /// On disk, not shown.
    pub saved: Option<(Edit, u64)>,
    pub taking: Option<Taking>,
    /// The request whose answer is awaited.
    pub request: Option<u64>,
    /// It asked before it heard what another tab did: the answer may bring less than all.
    has_asked_early: bool,
    pub is_pull_wanted: bool,
    /// Read from the disk to catch up, not taken in yet.
    pub loaded: Option<Stored>,
    /// The disk has not what memory has, because a batch had no room.
    pub is_behind: bool,
    /// Another tab may have done something this one has not heard of.
    pub is_deaf: bool,
}

impl Tab {
    fn new(replica: Replica) -> Self {
        Self {
            replica,
            edit: None,
            saved: None,
            taking: None,
            request: None,
            has_asked_early: false,
            is_pull_wanted: true,
            loaded: None,
            is_behind: false,
            is_deaf: false,
        }
    }

    /// Takes in what another tab wrote, as it is now.
    pub fn hear(&mut self, stored: &Stored) {
        self.has_asked_early = self.request.is_some();
        self.replica.catch_up(stored);
        self.is_deaf = false;
    }

    /// After the last page of a pull it should hold the server's snapshot.
    pub fn is_judged(&mut self) -> bool {
        !std::mem::take(&mut self.has_asked_early) && !self.is_deaf && !self.replica.is_empty()
    }

    /// Memory and disk hold the same.
    pub fn is_settled(&self) -> bool {
        self.saved.is_none() && self.taking.is_none() && !self.is_behind && !self.is_deaf
    }
}

/// Which way nothing gets through.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    None,
    /// What the tablet sends.
    Up,
    /// What it is sent.
    Down,
}

pub struct Tablet {
    pub id: DeviceId,
    pub holder: EmployeeId,
    pub disk: Disk,
    pub tabs: Vec<Tab>,
    /// The tab that syncs.
    pub leader: usize,
    pub clock_ms: i64,
    pub silence: Silence,
    /// Commits the disk has no room for.
    pub full_commits: usize,
    planted: Option<Planted>,
}

impl Tablet {
    pub fn new(id: DeviceId, holder: &Actor, planted: Option<Planted>) -> Self {
        Self {
            id,
            holder: holder.employee_id,
            disk: Disk::new(planted),
            tabs: vec![Tab::new(Replica::new(id, holder.clone()))],
            leader: 0,
            clock_ms: 0,
            silence: Silence::None,
            full_commits: 0,
            planted,
        }
    }

    pub fn clock(&self, now: Timestamp) -> Timestamp {
        now.plus_ms(self.clock_ms)
    }

    pub fn leader(&mut self) -> Option<&mut Tab> {
        self.tabs.get_mut(self.leader)
    }

    pub fn opened(&self, actor: &Actor) -> Tab {
        Tab::new(Replica::open(self.id, actor.clone(), &self.disk.load()))
    }

    /// All tabs are gone at once, perhaps within a commit, perhaps with the power; then it is opened again.
    pub fn crash(&mut self, random: &mut Random, actor: &Actor) -> usize {
        for tab in std::mem::take(&mut self.tabs) {
            let edit = tab.edit.map(|edit| (vec![edit.step()], Durability::Strict));
            let taken = tab.taking.map(|taking| (taking.steps, taking.kind.durability()));
            for (steps, durability) in edit.into_iter().chain(taken) {
                self.disk.commit_and_die(random, steps, durability);
            }
        }
        let lost = if random.chance(40) { self.disk.lose_power(random) } else { 0 };
        self.leader = 0;
        self.tabs.push(self.opened(actor));
        lost
    }

    /// What the tablet makes of a page before its replica sees it: nothing, unless a bug is planted here.
    pub fn receive(&self, mut page: Page) -> Page {
        match self.planted {
            Some(Planted::DropIgnored) => page.drop.clear(),
            Some(Planted::DelIgnoresStream) => {
                let mut streams: Vec<StreamPage> = Vec::new();
                for part in page.streams {
                    let elsewhere: Vec<StreamPage> = streams
                        .iter()
                        .map(|other| StreamPage {
                            enter: false,
                            put: Vec::new(),
                            del: part.del.clone(),
                            ..other.clone()
                        })
                        .collect();
                    streams.push(part);
                    streams.extend(elsewhere);
                }
                page.streams = streams;
            }
            _ => {}
        }
        page
    }

    pub fn settle(&self, mut steps: Vec<Step>) -> Vec<Step> {
        match self.planted {
            Some(Planted::RefusalDropped) => steps.retain(|step| !matches!(step, Step::PutAttention(..))),
            Some(Planted::SentNotKept) => steps.retain(|step| !matches!(step, Step::PutBlob(..))),
            _ => {}
        }
        steps
    }
}
