//! What goes on without anything being broken: people work, tabs push and pull, messages arrive.

use super::World;
use crate::model::network::{Answer, Answered, Asked, Request, Sent};
use crate::model::oracle;
use crate::model::people;
use crate::model::tab::{Silence, Taken, Taking};
use domain::wire::Push;
use replica::store::{Committed, Durability, Step, StoreError};
use replica::{Next, page};

impl World {
    pub(super) fn somebody_works(&mut self) -> Result<(), String> {
        let at = self.any_tablet();
        let tab = self.random.below(self.tablets[at].tabs.len());
        if self.save_on(at, tab)? {
            return Ok(());
        }
        let tablet = &mut self.tablets[at];
        let clock = tablet.clock(self.now);
        let replica = &tablet.tabs[tab].replica;
        let Some(mutation) = people::invent(&mut self.random, replica, clock) else { return Ok(()) };
        let id = self.random.id();
        let name = mutation.encode().map_err(|error| error.to_string())?.0;
        match replica.prepare(mutation, id, clock) {
            Ok(edit) => {
                self.tally.add(&format!("prepared: {name}"));
                self.note(|| format!("tablet {at} tab {tab} prepares {name}"));
                self.tablets[at].tabs[tab].edit = Some(edit);
                // Usually the disk is quick; sometimes something else happens in between.
                if self.random.chance(70) {
                    self.save_on(at, tab)?;
                }
                if self.random.chance(70) {
                    self.save_on(at, tab)?;
                }
            }
            Err(rejection) => self.tally.add(&format!("not accepted: {}", rejection.code())),
        }
        Ok(())
    }

    /// The next step of an edit: to the disk, then into the view. False: there is none.
    pub(in crate::model) fn save_on(&mut self, at: usize, tab: usize) -> Result<bool, String> {
        let open = &mut self.tablets[at].tabs[tab];
        if let Some((edit, seq)) = open.saved.take() {
            open.replica.stored(edit, seq);
            self.note(|| format!("tablet {at} tab {tab} shows edit {seq}"));
            return Ok(true);
        }
        let Some(edit) = open.edit.take() else { return Ok(false) };
        let Step::AppendOutbox(bytes) = edit.step() else {
            return Err("an edit goes to the outbox".to_owned());
        };
        match self.commit(at, vec![edit.step()], Durability::Strict) {
            Ok(committed) => {
                let [seq] = committed.outbox[..] else { return Err("one edit, one number".to_owned()) };
                let device = self.tablets[at].id;
                self.ledger.accept(device, seq, &bytes);
                self.tally.add("accepted");
                self.note(|| format!("tablet {at} tab {tab} saves edit {seq}"));
                self.tablets[at].tabs[tab].saved = Some((edit, seq));
            }
            Err(_) => {
                // 未能保存: the form is still there, the person tries again or not.
                self.tally.add("not saved: full");
                let tries_again = self.random.chance(50);
                self.tablets[at].tabs[tab].edit = tries_again.then_some(edit);
            }
        }
        Ok(true)
    }

    pub(super) fn commit(
        &mut self,
        at: usize,
        steps: Vec<Step>,
        durability: Durability,
    ) -> Result<Committed, StoreError> {
        let tablet = &mut self.tablets[at];
        if tablet.full_commits > 0 {
            tablet.full_commits -= 1;
            return Err(tablet.disk.commit_full(steps));
        }
        Ok(tablet.disk.commit(steps, durability))
    }

    pub(super) fn some_tab_goes_on(&mut self) -> Result<(), String> {
        let at = self.any_tablet();
        let given_up = self.random.chance(self.weather.given_up);
        let poked = self.random.chance(30);
        let Some(tab) = self.tablets[at].leader() else { return Ok(()) };
        if tab.taking.is_some() {
            return self.store_taken(at);
        }
        if tab.request.is_some() {
            if given_up {
                tab.request = None;
            }
            return Ok(());
        }
        tab.is_pull_wanted |= poked;
        if let Some(asked) = self.ask(at) {
            let by = self.tablets[at].holder;
            let no = self.network.send(by, asked);
            if let Some(tab) = self.tablets[at].leader() {
                tab.request = Some(no);
            }
        }
        Ok(())
    }

    /// What the leading tab would send now.
    pub(in crate::model) fn ask(&mut self, at: usize) -> Option<Asked> {
        let sent = self.tablets[at].disk.sent();
        let tab = self.tablets[at].leader()?;
        let asked = match tab.replica.next(tab.is_pull_wanted) {
            Next::Push(_) => Asked::Push(over_json(&tab.replica.push_request()?)),
            Next::Pull(pull) => Asked::Pull(*pull),
            Next::Resend => {
                self.tally.add("sent again after a restore");
                let steps = tab.replica.resend(&sent);
                let sent: Vec<String> = sent.into_iter().map(|(name, _)| name).collect();
                self.note(|| format!("tablet {at} is told to send again, of {sent:?}"));
                self.take(at, Taking { steps, kind: Taken::Resend, whole: None });
                return None;
            }
            Next::Idle => return None,
        };
        self.note(|| match &asked {
            Asked::Push(push) => {
                format!("tablet {at} pushes {:?}", push.mutations.iter().map(|m| m.seq).collect::<Vec<_>>())
            }
            Asked::Pull(pull) => {
                let cookie: Vec<_> =
                    pull.cookie.iter().map(|c| (c.version, c.at.map(|at| at.kind))).collect();
                format!("tablet {at} pulls from {cookie:?}")
            }
        });
        Some(asked)
    }

    pub(super) fn something_arrives(&mut self) -> Result<(), String> {
        if self.random.chance(50)
            && let Some(request) = self.network.any_request(&mut self.random)
        {
            return self.request_arrives(request);
        }
        let Some(answer) = self.network.any_answer(&mut self.random) else { return Ok(()) };
        let waiting = self.tablets.iter().position(|tablet| {
            tablet.tabs.get(tablet.leader).is_some_and(|tab| tab.request == Some(answer.no))
        });
        // Nobody waits any longer: given up, crashed, or a repeated request's second answer.
        let Some(at) = waiting else { return Ok(()) };
        if self.tablets[at].silence == Silence::Down || self.random.chance(self.weather.lost) {
            self.tally.add("answer lost");
            return Ok(());
        }
        self.hear(at, answer.answered)
    }

    fn request_arrives(&mut self, request: Request) -> Result<(), String> {
        let device = match &request.asked {
            Asked::Push(push) => push.device_id,
            Asked::Pull(pull) => pull.device_id,
        };
        let is_silent =
            self.tablets.iter().any(|tablet| tablet.id == device && tablet.silence == Silence::Up);
        if is_silent || self.random.chance(self.weather.lost) {
            self.tally.add("request lost");
            return Ok(());
        }
        if self.random.chance(self.weather.repeated) {
            self.tally.add("request repeated");
            self.network.requests.push(request.clone());
        }
        let dies_after = match &request.asked {
            Asked::Push(push) if self.random.chance(self.weather.server_dies) => {
                self.tally.add("server died");
                Some(self.random.below(push.mutations.len() + 1))
            }
            _ => None,
        };
        let answered = self.serve(&request, dies_after);
        self.network.answers.extend(answered.map(|answered| Answer { no: request.no, answered }));
        Ok(())
    }

    pub(in crate::model) fn serve(
        &mut self,
        request: &Request,
        dies_after: Option<usize>,
    ) -> Option<Answered> {
        match &request.asked {
            Asked::Push(push) => match self.server.push(request.by, push, self.now, dies_after)? {
                Ok(answer) => {
                    self.note(|| format!("the server answers {:?}", answer.results));
                    Some(Answered::Push(answer))
                }
                Err(gap) => {
                    self.tally.add("gap");
                    self.note(|| format!("the server sees a {gap:?}"));
                    Some(Answered::Gap)
                }
            },
            Asked::Pull(pull) => {
                let page = self.server.pull(request.by, pull, self.now)?;
                let whole = (!page.more).then(|| oracle::scope(&self.server.rows, &page.actor));
                Some(Answered::Page(Box::new(Sent { page, whole })))
            }
        }
    }

    /// An answer reaches the tab that waits for it.
    pub(in crate::model) fn hear(&mut self, at: usize, answered: Answered) -> Result<(), String> {
        match answered {
            Answered::Gap => {
                // Another tab saved an edit this one has not heard of.
                let stored = self.tablets[at].disk.load();
                if let Some(tab) = self.tablets[at].leader() {
                    tab.request = None;
                    tab.hear(&stored);
                    tab.replica.gap_seen();
                }
            }
            Answered::Push(answer) => {
                for result in &answer.results {
                    let code = result.refused.as_ref().map_or("applied", |refused| refused.code());
                    self.tally.add(&format!("answered: {code}"));
                }
                let Some(tab) = self.tablets[at].leader() else { return Ok(()) };
                tab.request = None;
                let steps = tab.replica.take_answer(&answer);
                self.take(at, Taking { steps, kind: Taken::Answer, whole: None });
            }
            Answered::Page(sent) => {
                let Sent { page, whole } = *sent;
                let bytes = page::encode(&page).map_err(|error| format!("{error:?}"))?;
                let page = page::decode(&bytes).map_err(|error| format!("{error:?}"))?;
                let page = self.tablets[at].receive(page);
                self.tally.add(if page.more { "page, more to come" } else { "page" });
                self.note(|| {
                    let parts: Vec<_> = page
                        .streams
                        .iter()
                        .map(|s| (s.enter, s.put.len(), s.del.len(), s.cookie.version, s.cookie.at.is_some()))
                        .collect();
                    format!(
                        "tablet {at} takes a page {parts:?} drop {} last_seq {}",
                        page.drop.len(),
                        page.last_seq
                    )
                });
                let Some(tab) = self.tablets[at].leader() else { return Ok(()) };
                tab.request = None;
                tab.is_pull_wanted = false;
                let steps = tab.replica.take_page(page);
                // A page of a new epoch is not taken: everything is asked for again.
                let whole = whole.filter(|_| tab.is_judged());
                self.take(at, Taking { steps, kind: Taken::Page, whole });
                self.look(at)?;
            }
        }
        if self.random.chance(60) { self.store_taken(at) } else { Ok(()) }
    }

    fn take(&mut self, at: usize, taking: Taking) {
        let steps = self.tablets[at].settle(taking.steps);
        if let Some(tab) = self.tablets[at].leader()
            && !steps.is_empty()
        {
            tab.taking = Some(Taking { steps, ..taking });
        }
    }

    /// What was taken in memory goes to the disk.
    pub(in crate::model) fn store_taken(&mut self, at: usize) -> Result<(), String> {
        let Some(taking) = self.tablets[at].leader().and_then(|tab| tab.taking.take()) else { return Ok(()) };
        let committed = self.commit(at, taking.steps.clone(), taking.kind.durability());
        let is_whole = committed.is_ok();
        let Some(tab) = self.tablets[at].leader() else { return Ok(()) };
        match committed {
            Ok(committed) => match taking.kind {
                Taken::Page => {
                    tab.replica.page_stored(&committed);
                    tab.is_behind = false;
                }
                Taken::Answer => tab.replica.answer_stored(),
                Taken::Resend => tab.replica.resent(&taking.steps),
            },
            Err(_) => {
                // As the app: a page that found no room is written whole with the next one; an answer comes again.
                if taking.kind == Taken::Page {
                    tab.replica.store_fell_behind();
                }
                tab.is_behind = true;
                self.tally.add("taken in memory: full");
            }
        }
        if is_whole && let Some(whole) = &taking.whole {
            let tablet = &self.tablets[at];
            let actor = self.server.people.get(&tablet.holder).ok_or("the holder works here")?;
            oracle::pulled(tablet, actor, whole)?;
        }
        self.look(at)
    }

    /// What must hold at every moment.
    fn look(&self, at: usize) -> Result<(), String> {
        let tablet = &self.tablets[at];
        // Of two tabs one may not have heard yet what the other did.
        let [tab] = tablet.tabs.as_slice() else { return Ok(()) };
        if tab.saved.is_none() && !tab.is_deaf {
            oracle::notes_in_sight(tablet, &tab.replica, &self.ledger, &self.server)?;
        }
        if tab.is_settled() { oracle::reopened(tablet, &tab.replica) } else { Ok(()) }
    }
}

/// As it travels.
fn over_json(push: &Push) -> Push {
    let text = serde_json::to_string(push).expect("a push can be written");
    serde_json::from_str(&text).expect("a push can be read")
}
