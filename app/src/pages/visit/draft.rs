//! What stands in the form: kept as a sealed draft while it is written, and turned into the edits that record it.

use crate::i18n::{day, fill, t};
use crate::words::{self as shared, customers, visit as words};
use domain::ids::{CustomerId, EventId, PhotoId, ProductId, PromiseId, TaskId, VisitId};
use domain::mutation::{AddPhoto, AnswerEvent, Mutation, NewPromise, RecordVisit, SettlePromise, SettleTask};
use domain::promise::{PromiseBy, PromiseState};
use domain::task::TaskState;
use domain::time::{Date, Timestamp};
use domain::visit::{Mood, NextStep, ProductOutcome, ProductTold, VisitReport};
use serde::{Deserialize, Serialize};

/// Minutes are stepped by this, from its third upwards.
const MINUTES_STEP: u16 = 5;
const MINUTES_FIRST: u16 = 15;
const MINUTES_MAX: u16 = 8 * 60;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    pub product_id: Option<ProductId>,
    pub name: String,
    pub outcome: ProductOutcome,
    /// Written by hand: its name stays a field.
    pub is_written: bool,
}

/// A photo taken in this form; its bytes are kept beside the draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    pub id: PhotoId,
    pub width_px: u32,
    pub height_px: u32,
    pub bytes: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub visit_id: VisitId,
    pub on: Date,
    pub at_minute: Option<u16>,
    pub minutes: Option<u16>,
    pub met: Vec<String>,
    /// A name that is on no chip, as it is being written.
    pub met_other: String,
    pub needs: Vec<String>,
    pub need_other: String,
    pub products: Vec<Told>,
    pub mood: Option<Mood>,
    pub summary: String,
    /// The person changed the summary; choices no longer rewrite it.
    pub is_summary_own: bool,
    pub next_step: String,
    pub next_on: Option<Date>,
    pub promise_by: PromiseBy,
    pub promise: String,
    pub promise_due_on: Date,
    /// Open promises ticked as kept.
    pub kept: Vec<PromiseId>,
    /// Tasks ticked as done, and events this visit answers.
    #[serde(default)]
    pub tasks_done: Vec<TaskId>,
    #[serde(default)]
    pub answered: Vec<EventId>,
    pub photos: Vec<Taken>,
}

impl Draft {
    pub fn new(visit_id: VisitId, now: Timestamp) -> Self {
        Self {
            visit_id,
            on: now.date(),
            at_minute: Some(now.minute_of_day()),
            minutes: None,
            met: Vec::new(),
            met_other: String::new(),
            needs: Vec::new(),
            need_other: String::new(),
            products: Vec::new(),
            mood: None,
            summary: String::new(),
            is_summary_own: false,
            next_step: String::new(),
            next_on: None,
            promise_by: PromiseBy::Us,
            promise: String::new(),
            promise_due_on: now.date() + chrono::Duration::days(7),
            kept: Vec::new(),
            tasks_done: Vec::new(),
            answered: Vec::new(),
            photos: Vec::new(),
        }
    }

    /// None for one of another version of the app, or damaged.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    pub fn encode(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    pub fn all_met(&self) -> Vec<String> {
        with_other(&self.met, &self.met_other)
    }

    pub fn all_needs(&self) -> Vec<String> {
        with_other(&self.needs, &self.need_other)
    }

    pub fn told(&self) -> impl Iterator<Item = &Told> {
        self.products.iter().filter(|told| !told.name.trim().is_empty())
    }

    /// The summary as the choices tell it.
    pub fn drafted(&self, today: Date) -> String {
        let mut text = String::new();
        let met = self.all_met();
        if !met.is_empty() {
            text += &fill(words::DRAFT_MET, &[("list", &customers::listed(&met))]);
        }
        let needs = self.all_needs();
        if !needs.is_empty() {
            text += &fill(words::DRAFT_NEEDS, &[("list", &customers::listed(&needs))]);
        }
        let told: Vec<String> = self
            .told()
            .map(|told| format!("{}{}{}", told.name.trim(), gap(), shared::product_outcome(told.outcome)))
            .collect();
        if !told.is_empty() {
            text += &fill(words::DRAFT_PRODUCTS, &[("list", &customers::listed(&told))]);
        }
        if let Some(mood) = self.mood {
            text += &fill(words::DRAFT_MOOD, &[("mood", &shared::mood(mood))]);
        }
        let next = self.next_step.trim();
        text += &match self.next_on {
            _ if next.is_empty() => String::new(),
            Some(on) => fill(words::DRAFT_NEXT_ON, &[("day", &day(on, today)), ("what", &next)]),
            None => fill(words::DRAFT_NEXT, &[("what", &next)]),
        };
        text.trim().to_owned()
    }

    /// Rewrites the summary unless it is the person's own.
    pub fn redraft(&mut self, today: Date) {
        if !self.is_summary_own {
            self.summary = self.drafted(today);
        }
    }

    pub fn longer(&mut self) {
        self.minutes =
            Some(self.minutes.map_or(MINUTES_FIRST, |minutes| (minutes + MINUTES_STEP).min(MINUTES_MAX)));
    }

    pub fn shorter(&mut self) {
        self.minutes =
            self.minutes.and_then(|minutes| minutes.checked_sub(MINUTES_STEP)).filter(|minutes| *minutes > 0);
    }

    /// The visit itself, and the promises, tasks and events that were settled with it.
    pub fn text_edits(&self, customer_id: CustomerId, new_promise_id: PromiseId) -> Vec<Mutation> {
        let next = self.next_step.trim();
        let products = self.told().map(|told| ProductTold {
            product_id: told.product_id,
            name: told.name.trim().to_owned(),
            outcome: told.outcome,
        });
        let promise = self.promise.trim();
        let promises = (!promise.is_empty()).then(|| NewPromise {
            promise_id: new_promise_id,
            by: self.promise_by,
            text: promise.to_owned(),
            due_on: self.promise_due_on,
        });
        let visit = RecordVisit {
            visit_id: self.visit_id,
            customer_id,
            on: self.on,
            at_minute: self.at_minute,
            purpose: None,
            report: VisitReport {
                met: self.all_met(),
                needs: self.all_needs(),
                products: products.collect(),
                mood: self.mood,
                summary: self.summary.clone(),
                next_step: (!next.is_empty()).then(|| NextStep { what: next.to_owned(), on: self.next_on }),
                minutes: self.minutes,
            },
            promises: promises.into_iter().collect(),
        };
        let kept = self.kept.iter().map(|&promise_id| {
            Mutation::from(SettlePromise { promise_id, customer_id, state: PromiseState::Kept })
        });
        let done = self
            .tasks_done
            .iter()
            .map(|&task_id| Mutation::from(SettleTask { task_id, customer_id, state: TaskState::Done }));
        let answered = self
            .answered
            .iter()
            .map(|&event_id| Mutation::from(AnswerEvent { event_id, customer_id, visit_id: self.visit_id }));
        std::iter::once(Mutation::from(visit)).chain(kept).chain(done).chain(answered).collect()
    }
}

pub fn photo_edits(customer_id: CustomerId, visit_id: VisitId, photos: &[Taken]) -> Vec<Mutation> {
    let edit = |taken: &Taken| AddPhoto {
        photo_id: taken.id,
        customer_id,
        visit_id: Some(visit_id),
        caption: None,
        width_px: taken.width_px,
        height_px: taken.height_px,
        bytes: taken.bytes,
    };
    photos.iter().map(edit).map(Mutation::from).collect()
}

fn gap() -> &'static str {
    t(crate::i18n::Words { zh: "", en: " " })
}

fn with_other(chosen: &[String], other: &str) -> Vec<String> {
    let other = other.trim();
    let other = (!other.is_empty() && chosen.iter().all(|one| one != other)).then(|| other.to_owned());
    chosen.iter().cloned().chain(other).collect()
}
