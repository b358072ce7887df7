//! Something gets another day: a customer from the shelf, or a visit that is planned. By a tap on a slot, by a button, or
//! dragged; each can be taken back.

use super::day_stops::stops_by_day;
use super::whose_agenda;
use crate::browser::drag;
use crate::components::Toasts;
use crate::i18n::{day_and_time, fill, t};
use crate::words::{self as common, plan as words};
use crate::workbench::Workbench;
use domain::agenda::{Slot, best_slot, has_room};
use domain::customer::{Customer, Place};
use domain::ids::{CustomerId, VisitId};
use domain::mutation::{CancelVisit, Mutation, PlanVisit, RescheduleVisit};
use domain::route::Stop;
use domain::time::Date;
use domain::visit::Visit;
use leptos::ev::PointerEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use replica::Replica;

/// The visit that is moved, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    pub id: VisitId,
    pub on: Date,
    pub at_minute: Option<u16>,
}

/// What is to be placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub customer_id: CustomerId,
    pub name: String,
    pub place: Option<Place>,
    /// None plans a new visit.
    pub held: Option<Held>,
}

impl Piece {
    pub fn of(replica: &Replica, customer_id: CustomerId, visit: Option<VisitId>) -> Option<Self> {
        let customer = replica.get::<Customer>(customer_id)?;
        let held = visit.and_then(|id| replica.get::<Visit>(id));
        Some(Self {
            customer_id,
            name: customer.name.clone(),
            place: customer.place,
            held: held.map(|visit| Held { id: visit.id, on: visit.on, at_minute: visit.at_minute }),
        })
    }

    /// The other stops of a day.
    pub fn others(&self, replica: &Replica, on: Date) -> Vec<Stop> {
        let mut stops =
            stops_by_day(replica, whose_agenda(replica), on, on).into_values().next().unwrap_or_default();
        stops.retain(|stop| self.held.is_none_or(|held| held.id != stop.id));
        stops
    }

    /// The best slot of a day, none of it in the past.
    pub fn slot(&self, replica: &Replica, on: Date, now: (Date, u16)) -> Option<Slot> {
        let not_before = if on == now.0 { now.1 } else { 0 };
        (on >= now.0).then(|| best_slot(on, &self.others(replica, on), self.place, not_before)).flatten()
    }

    /// The time it gets when only its day was chosen: its own where that is free.
    fn minute_on(&self, replica: &Replica, on: Date, now: (Date, u16)) -> Option<u16> {
        let own = self.held.and_then(|held| held.at_minute);
        let is_ahead = |at: &u16| on > now.0 || *at >= now.1;
        own.filter(|at| is_ahead(at) && has_room(&self.others(replica, on), *at))
            .or_else(|| self.slot(replica, on, now).map(|slot| slot.at_minute))
    }
}

/// Where something can be let go: a day, or a time of it.
pub fn drop_name(on: Date, at_minute: Option<u16>) -> String {
    match at_minute {
        Some(minute) => format!("{on}@{minute}"),
        None => on.to_string(),
    }
}

fn read_drop(name: &str) -> Option<(Date, Option<u16>)> {
    match name.split_once('@') {
        Some((on, minute)) => Some((on.parse().ok()?, Some(minute.parse().ok()?))),
        None => Some((name.parse().ok()?, None)),
    }
}

/// What waits for its slot, and over which day something is dragged.
#[derive(Clone, Copy)]
pub struct Placing {
    pub waiting: RwSignal<Option<Piece>>,
    over: RwSignal<Option<Date>>,
    /// A save is under way. Until it ended the shelf still shows whom it places: taken up again they would be planned
    /// twice.
    pub is_busy: RwSignal<bool>,
    workbench: Workbench,
    toasts: Toasts,
}

impl Placing {
    pub fn new() -> Self {
        Self {
            waiting: RwSignal::new(None),
            over: RwSignal::new(None),
            is_busy: RwSignal::new(false),
            workbench: Workbench::expect(),
            toasts: Toasts::expect(),
        }
    }

    pub fn is_over(self, on: Date) -> bool {
        self.over.get() == Some(on)
    }

    /// Now, as slots are held against it.
    pub fn now(self) -> (Date, u16) {
        let now = self.workbench.now();
        (now.date(), now.minute_of_day())
    }

    /// From a press on a handle.
    pub fn pick_up(self, press: &PointerEvent, piece: Piece) {
        let is_new = piece.held.is_none();
        if is_new && self.is_busy.get_untracked() {
            return;
        }
        let shown = piece.clone();
        drag::follow(
            press,
            move |place| {
                self.over.set(place.and_then(read_drop).map(|(on, _)| on));
                if is_new && self.waiting.with_untracked(Option::is_none) {
                    self.waiting.set(Some(shown.clone()));
                }
            },
            move |place| {
                if let Some((on, at_minute)) = read_drop(place) {
                    self.drop_on(piece, on, at_minute);
                }
            },
        );
    }

    fn drop_on(self, piece: Piece, on: Date, at_minute: Option<u16>) {
        let now = self.now();
        if on < now.0 {
            return self.toasts.say(t(words::PLACE_PAST));
        }
        if at_minute.is_none() && piece.held.is_some_and(|held| held.on == on) {
            return;
        }
        let at_minute =
            at_minute.or_else(|| self.workbench.peek(|replica| piece.minute_on(replica, on, now)));
        self.put(piece, on, at_minute);
    }

    /// Plans or moves it, with a way back.
    pub fn put(self, piece: Piece, on: Date, at_minute: Option<u16>) {
        let customer_id = piece.customer_id;
        let (there, back): (Mutation, Mutation) = match piece.held {
            None => {
                let visit_id: VisitId = self.workbench.new_id();
                let reason = t(words::PLACED_BY_MISTAKE).to_owned();
                let plan = PlanVisit { visit_id, customer_id, on, at_minute, purpose: None };
                (plan.into(), CancelVisit { visit_id, customer_id, reason }.into())
            }
            Some(held) => {
                let to = |on, at_minute| RescheduleVisit { visit_id: held.id, customer_id, on, at_minute };
                (to(on, at_minute).into(), to(held.on, held.at_minute).into())
            }
        };
        let when = day_and_time(on, at_minute, self.workbench.today());
        let said = fill(words::PLACED, &[("name", &piece.name), ("when", &when)]);
        self.save_with_undo(vec![there], vec![back], said);
    }

    /// As [`saved_with_undo`], and nobody waits any more: who waited may be among them. Nothing while the last save is
    /// under way.
    pub fn save_with_undo(self, edits: Vec<Mutation>, back: Vec<Mutation>, said: String) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        self.waiting.set(None);
        spawn_local(async move {
            saved_with_undo(self.workbench, self.toasts, edits, back, said).await;
            // The page may have been left meanwhile.
            let _ = self.is_busy.try_set(false);
        });
    }
}

/// Saves edits that belong together, says so, and takes them back together when asked.
pub async fn saved_with_undo(
    workbench: Workbench,
    toasts: Toasts,
    edits: Vec<Mutation>,
    back: Vec<Mutation>,
    said: String,
) {
    match workbench.save_all(edits, Vec::new()).await {
        Ok(()) => toasts.say_with_undo(said, t(common::UNDO), move || {
            let back = back.clone();
            spawn_local(async move {
                if let Err(error) = workbench.save_all(back, Vec::new()).await {
                    toasts.say(error.words());
                }
            });
        }),
        Err(error) => toasts.say(error.words()),
    }
}
