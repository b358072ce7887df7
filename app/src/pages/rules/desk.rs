//! The draft of one kind of rules while it is written: on the screen at once, on the server soon after, and on this
//! device, sealed, whenever the server did not take it. The same for tiers, standards and policies.

mod meanwhile;
mod publish;

use crate::browser::network::{self, NetworkError, Verb};
use crate::browser::{clock, screen};
use crate::components::Toasts;
use crate::components::online::{Asked, told};
use crate::workbench::Workbench;
use domain::api::{Draft, Rule, RuleBook, RuleKind, SaveDraft, path};
use domain::authorize::{Act, may};
use domain::time::{Date, Timestamp};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// How long nobody must have written before a draft is saved.
const PAUSE_MS: u32 = 900;
/// How often somebody who must wait for a running save looks again.
const LOOK_MS: u32 = 50;
const FAULTS_STATUS: u16 = 422;
const DRAFT_CHANGED: &str = "draft_changed";

/// A fault in words, and the element at which it is mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub at: String,
    pub text: String,
    pub kind: Mending,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mending {
    /// Something has to be filled in.
    Blank,
    /// Something is wrong.
    Wrong,
    /// The day of effect.
    Day,
}

/// The element of the day of effect, the same for every kind.
pub const DAY: &str = "effective-on";

/// What the pages need to know of a kind of rules.
pub trait Kept:
    Rule<Fault: PartialEq + DeserializeOwned + Send + Sync + 'static>
    + PartialEq
    + Serialize
    + DeserializeOwned
    + Send
    + Sync
    + 'static
{
    const WHICH: RuleKind;

    fn published(book: &RuleBook) -> &[Self];
    fn draft(book: &RuleBook) -> Option<&Draft<Self>>;
    /// Everything that keeps it from taking effect; empty when it is ready.
    fn faults(&self, book: &RuleBook, today: Date) -> Vec<Self::Fault>;
    fn tell(&self, fault: &Self::Fault, book: &RuleBook) -> Told;
    fn set_day(&mut self, on: Option<Date>);
}

/// The last state the server has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    pub version: u32,
    pub by: String,
    pub at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saving {
    /// Nothing is written that the server does not have.
    Still,
    /// Written, soon to be saved.
    Soon,
    Going,
    Failed(String),
    /// Somebody saved, published or discarded it meanwhile.
    Changed,
}

/// What the server has instead; None: there is no draft any more.
#[derive(Clone)]
pub struct Theirs<T>(pub Option<Draft<T>>);

/// What is kept on this device while the server does not have it.
#[derive(Serialize, Deserialize)]
struct Left<T> {
    revision: Option<u32>,
    body: T,
}

pub struct Desk<T: Kept> {
    pub workbench: Workbench,
    /// Where what was removed can be taken back.
    pub toasts: Toasts,
    pub rules: Asked<RuleBook>,
    pub may_write: bool,
    /// The draft as it stands on the screen; None: there is none.
    pub body: RwSignal<Option<T>>,
    pub saved: RwSignal<Option<Saved>>,
    pub saving: RwSignal<Saving>,
    pub faults: Memo<Vec<Told>>,
    pub theirs: RwSignal<Option<Theirs<T>>>,
    /// Version and day of what was published here.
    pub published: RwSignal<Option<(u32, Option<Date>)>>,
    /// What went wrong with publishing or discarding.
    pub problem: RwSignal<Option<String>>,
    pub is_busy: RwSignal<bool>,
    /// What the server found wrong, until somebody writes again.
    refused: RwSignal<Vec<T::Fault>>,
    revision: StoredValue<Option<u32>>,
    /// Counts what was written; `kept_no` is how much of it the server has.
    edit_no: StoredValue<u64>,
    kept_no: StoredValue<u64>,
    /// Whether what the server has not is on this device.
    is_left: StoredValue<bool>,
}

impl<T: Kept> Clone for Desk<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Kept> Copy for Desk<T> {}

impl<T: Kept> Desk<T> {
    pub fn new(rules: Asked<RuleBook>) -> Self {
        let workbench = Workbench::expect();
        let body = RwSignal::new(None::<T>);
        let refused = RwSignal::new(Vec::<T::Fault>::new());
        let faults = Memo::new(move |_| {
            let today = workbench.today();
            rules.answer.with(|book| {
                body.with(|body| {
                    let (Some(book), Some(body)) = (book, body) else { return Vec::new() };
                    let mut found = body.faults(book, today);
                    refused.with(|refused| {
                        for fault in refused {
                            if !found.contains(fault) {
                                found.push(fault.clone());
                            }
                        }
                    });
                    found.iter().map(|fault| body.tell(fault, book)).collect()
                })
            })
        });
        let desk = Self {
            workbench,
            toasts: Toasts::expect(),
            rules,
            may_write: workbench.peek(|replica| may(replica.actor().role, Act::WriteRules)),
            body,
            saved: RwSignal::new(None),
            saving: RwSignal::new(Saving::Still),
            faults,
            theirs: RwSignal::new(None),
            published: RwSignal::new(None),
            problem: RwSignal::new(None),
            is_busy: RwSignal::new(false),
            refused,
            revision: StoredValue::new(None),
            edit_no: StoredValue::new(0),
            kept_no: StoredValue::new(0),
            is_left: StoredValue::new(false),
        };
        Effect::new(move |_| {
            rules.answer.with(|book| {
                if let Some(book) = book {
                    untrack(|| desk.arrived(book));
                }
            });
        });
        // Back in the network, what could not be saved is saved.
        let is_online = Memo::new(move |_| workbench.is_online());
        Effect::new(move |_| {
            if is_online.get() && matches!(desk.saving.get_untracked(), Saving::Failed(_)) {
                desk.save_soon();
            }
        });
        on_cleanup(move || desk.leave_on_device());
        desk
    }

    pub fn expect() -> Self {
        expect_context::<Self>()
    }

    /// Whether something is written that the server does not have.
    pub fn is_unsaved(self) -> bool {
        self.edit_no.get_value() != self.kept_no.get_value()
    }

    /// Whether it would be lost with this tab.
    pub fn is_lost_with_tab(self) -> bool {
        self.is_unsaved() && !self.is_left.get_value()
    }

    pub fn has_draft(self) -> bool {
        self.body.with(Option::is_some)
    }

    /// What the draft says; the default while there is none.
    pub fn read<R: Default>(self, read: impl FnOnce(&T) -> R) -> R {
        self.body.with(|body| body.as_ref().map(read).unwrap_or_default())
    }

    /// The words of what is wrong at an element.
    pub fn fault_at(self, at: impl Into<String>) -> Memo<Option<String>> {
        let at = at.into();
        Memo::new(move |_| {
            let at = &at;
            self.faults.with(|faults| faults.iter().find(|told| told.at == *at).map(|told| told.text.clone()))
        })
    }

    pub fn versions(self) -> Vec<T> {
        self.rules
            .answer
            .with(|book| book.as_ref().map(|book| T::published(book).to_vec()).unwrap_or_default())
    }

    /// The version that holds today.
    pub fn in_force(self, today: Date) -> Option<T> {
        self.rules.answer.with(|book| domain::version::in_force(T::published(book.as_ref()?), today).cloned())
    }

    /// Puts a draft on the desk that nobody has written yet.
    pub fn begin(self, body: T) {
        let version = self.versions().iter().map(|version| version.version()).max().unwrap_or(0) + 1;
        let unit = self.workbench.peek(|replica| replica.actor().org_unit_id);
        let mut body = body.draft_of(clock::new_id(), unit, version);
        body.set_day(None);
        self.revision.set_value(None);
        self.published.set(None);
        self.body.set(Some(body));
        self.written();
    }

    /// Changes the draft; it is saved after a pause.
    pub fn edit(self, change: impl FnOnce(&mut T)) {
        // Taken back after the draft was discarded: there is nothing to change.
        if !self.may_write || self.body.with_untracked(Option::is_none) {
            return;
        }
        self.body.update(|body| {
            if let Some(body) = body {
                change(body);
            }
        });
        self.written();
    }

    /// Leads to what is to be mended first.
    pub fn go_to_fault(self) {
        let first = self.faults.with_untracked(|faults| {
            let rest = faults.iter().find(|told| told.kind != Mending::Day);
            rest.or(faults.first()).map(|told| told.at.clone())
        });
        if let Some(at) = first {
            screen::focus(&at);
        }
    }

    fn written(self) {
        self.edit_no.update_value(|no| *no += 1);
        self.is_left.set_value(false);
        self.refused.set(Vec::new());
        self.problem.set(None);
        self.save_soon();
    }

    fn save_soon(self) {
        if self.theirs.with_untracked(Option::is_some) {
            return;
        }
        if self.saving.get_untracked() != Saving::Going {
            self.saving.set(Saving::Soon);
        }
        let no = self.edit_no.get_value();
        spawn_local(async move {
            clock::sleep_ms(PAUSE_MS).await;
            if self.edit_no.try_get_value() == Some(no) {
                self.save().await;
            }
        });
    }

    /// Brings everything that is written to the server; false when that cannot be done now.
    pub async fn save(self) -> bool {
        loop {
            match self.saving.try_get_untracked() {
                None | Some(Saving::Changed) => return false,
                Some(Saving::Going) => clock::sleep_ms(LOOK_MS).await,
                Some(_) if !self.is_unsaved() => return true,
                Some(_) => {
                    if !self.save_once().await {
                        return false;
                    }
                }
            }
        }
    }

    async fn save_once(self) -> bool {
        let Some(body) = self.body.get_untracked() else { return false };
        let no = self.edit_no.get_value();
        let order = SaveDraft { revision: self.revision.get_value(), body };
        self.saving.set(Saving::Going);
        let answer =
            network::send::<Draft<T>>(Verb::Put, &path::of_rule(path::RULE_DRAFT, T::WHICH), &order).await;
        if self.saving.is_disposed() {
            return false;
        }
        match answer {
            Ok(draft) => {
                self.kept_no.set_value(no);
                self.took(&draft, no);
                true
            }
            Err(NetworkError::Problem(problem)) if problem.code == DRAFT_CHANGED => {
                self.changed().await;
                false
            }
            Err(error) => {
                self.leave_on_device();
                self.saving.set(Saving::Failed(told(self.workbench, &error)));
                false
            }
        }
    }

    /// The server has what was written up to `no`.
    fn took(self, draft: &Draft<T>, no: u64) {
        self.revision.set_value(Some(draft.revision));
        let saved =
            Saved { version: draft.body.version(), by: draft.saved_by_name.clone(), at: draft.saved_at };
        self.saved.set(Some(saved));
        self.saving.set(if self.is_unsaved() { Saving::Soon } else { Saving::Still });
        let is_other = self.body.with_untracked(|body| body.as_ref() != Some(&draft.body));
        if self.edit_no.get_value() == no && is_other {
            self.body.set(Some(draft.body.clone()));
        }
        if !self.is_unsaved() {
            self.forget_on_device();
        }
    }

    /// The rules came from the server. What is being written stays.
    fn arrived(self, book: &RuleBook) {
        if self.is_unsaved() || self.saving.get_untracked() != Saving::Still {
            return;
        }
        let draft = T::draft(book);
        match (draft, self.left_on_device()) {
            (Some(draft), Some(left)) if draft.body == left.body => {
                self.took(draft, self.edit_no.get_value());
            }
            (_, Some(left)) => {
                self.revision.set_value(left.revision);
                self.saved.set(draft.map(|draft| Saved {
                    version: draft.body.version(),
                    by: draft.saved_by_name.clone(),
                    at: draft.saved_at,
                }));
                self.body.set(Some(left.body));
                self.written();
            }
            (Some(draft), None) => {
                let known = self.revision.get_value();
                // An answer that was on its way while a newer state was saved.
                let is_old = known.is_some_and(|known| draft.revision < known);
                if !is_old {
                    self.took(draft, self.edit_no.get_value());
                }
            }
            (None, None) => self.clear(),
        }
    }

    fn clear(self) {
        self.body.set(None);
        self.saved.set(None);
        self.saving.set(Saving::Still);
        self.refused.set(Vec::new());
        self.revision.set_value(None);
        self.kept_no.set_value(self.edit_no.get_value());
        self.forget_on_device();
    }
}
