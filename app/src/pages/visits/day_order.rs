//! A day's order by hand: dragged, by arrow keys or by buttons. The times of the day stay, the visits change places.

use super::day_stops::planned_stops;
use super::placing::saved_with_undo;
use crate::browser::{drag, screen};
use crate::components::Toasts;
use crate::i18n::{fill, near_day, t};
use crate::words::plan as words;
use crate::workbench::Workbench;
use domain::agenda::{changes, reordered};
use domain::ids::{EmployeeId, VisitId};
use domain::mutation::{Mutation, RescheduleVisit};
use domain::route::Stop;
use domain::time::Date;
use domain::visit::Visit;
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use std::collections::VecDeque;

/// What a row of the day is called as a place to let something go.
const STOP: &str = "stop:";

/// The order of one day's stops.
#[derive(Clone, Copy)]
pub struct DayOrder {
    pub on: Signal<Date>,
    pub visitor: Signal<Option<EmployeeId>>,
    over: RwSignal<Option<VisitId>>,
    /// Keys pressed faster than the disk writes; the first is under way.
    steps: StoredValue<VecDeque<OrderStep>>,
    workbench: Workbench,
    toasts: Toasts,
}

/// One place earlier or later, by a key or a button.
#[derive(Clone)]
struct OrderStep {
    id: VisitId,
    is_later: bool,
    /// What has the keyboard.
    control: String,
}

impl DayOrder {
    pub fn new(on: Signal<Date>, visitor: Signal<Option<EmployeeId>>) -> Self {
        Self {
            on,
            visitor,
            over: RwSignal::new(None),
            steps: StoredValue::default(),
            workbench: Workbench::expect(),
            toasts: Toasts::expect(),
        }
    }

    /// The stops still to be made, in their order.
    pub fn stops(self) -> Vec<Stop> {
        let (on, visitor) = (self.on.get(), self.visitor.get());
        self.workbench.read(|replica| planned_stops(replica, visitor, on))
    }

    pub fn is_over(self, id: VisitId) -> bool {
        self.over.get() == Some(id)
    }

    pub fn drop_name(id: VisitId) -> String {
        format!("{STOP}{id}")
    }

    fn peek(self) -> Vec<Stop> {
        untrack(move || self.stops())
    }

    /// Takes it after those before it, so that each is reckoned from the order they left.
    fn step(self, step: OrderStep) {
        let is_under_way = self.steps.with_value(|steps| !steps.is_empty());
        self.steps.update_value(|steps| steps.push_back(step));
        if !is_under_way {
            spawn_local(async move {
                // None when the page was left.
                while let Some(step) = self.steps.try_with_value(|steps| steps.front().cloned()).flatten() {
                    self.take(step).await;
                    self.steps.try_update_value(VecDeque::pop_front);
                }
            });
        }
    }

    /// The rows are drawn anew then: the keyboard goes on at the control it was on, or at the row's handle where that can
    /// do no more. It does so before the browser hears another key, which else would move whoever stands there now.
    async fn take(self, OrderStep { id, is_later, control }: OrderStep) {
        let stops = self.peek();
        let Some(from) = stops.iter().position(|stop| stop.id == id) else { return };
        let to = if is_later { Some(from + 1) } else { from.checked_sub(1) };
        let Some(to) = to.filter(|to| *to < stops.len()) else { return };
        self.saved(&stops, &reordered(&stops, from, to)).await;
        tick().await;
        screen::focus(&grip_id(id));
        screen::focus(&control);
    }

    fn put_at(self, id: VisitId, target: VisitId) {
        let stops = self.peek();
        let place = |id| stops.iter().position(|stop| stop.id == id);
        if let (Some(from), Some(to)) = (place(id), place(target)) {
            self.save(&stops, &reordered(&stops, from, to));
        }
    }

    /// Saves the times that are new, with a way back.
    pub fn save(self, stops: &[Stop], times: &[(VisitId, Option<u16>)]) {
        spawn_local(self.saved(stops, times));
    }

    fn saved(self, stops: &[Stop], times: &[(VisitId, Option<u16>)]) -> impl Future<Output = ()> + use<> {
        let on = self.on.get_untracked();
        let moved = changes(stops, times);
        let (edits, back): (Vec<Mutation>, Vec<Mutation>) = self.workbench.peek(|replica| {
            moved
                .iter()
                .filter_map(|(id, at_minute)| {
                    let visit = replica.get::<Visit>(*id)?;
                    let at = |at_minute| RescheduleVisit {
                        visit_id: *id,
                        customer_id: visit.customer_id,
                        on,
                        at_minute,
                    };
                    Some((Mutation::from(at(*at_minute)), Mutation::from(at(visit.at_minute))))
                })
                .unzip()
        });
        let said = fill(words::ORDERED, &[("day", &near_day(on, self.workbench.today()))]);
        async move {
            if !edits.is_empty() {
                saved_with_undo(self.workbench, self.toasts, edits, back, said).await;
            }
        }
    }

    fn pick_up(self, press: &PointerEvent, id: VisitId) {
        let read = |place: &str| place.strip_prefix(STOP).and_then(|id| id.parse().ok());
        drag::follow(
            press,
            move |place| self.over.set(place.and_then(read).filter(|over| *over != id)),
            move |place| {
                if let Some(target) = read(place) {
                    self.put_at(id, target);
                }
            },
        );
    }
}

fn grip_id(id: VisitId) -> String {
    format!("grip-{id}")
}

/// The handle of a row: dragged, or moved by the arrow keys.
#[component]
pub fn OrderGrip(id: VisitId, name: String, order: DayOrder) -> impl IntoView {
    let press_key = move |event: KeyboardEvent| {
        let is_later = match event.key().as_str() {
            "ArrowDown" => true,
            "ArrowUp" => false,
            _ => return,
        };
        event.prevent_default();
        order.step(OrderStep { id, is_later, control: grip_id(id) });
    };
    view! {
        <button type="button" class="grip" id=grip_id(id) aria-label=fill(words::GRIP, &[("name", &name)])
            on:pointerdown=move |press| order.pick_up(&press, id) on:keydown=press_key></button>
    }
}

/// 往前 and 往后, for an open row.
#[component]
pub fn OrderButtons(id: VisitId, name: String, order: DayOrder) -> impl IntoView {
    let place = Memo::new(move |_| {
        let stops = order.stops();
        (stops.iter().position(|stop| stop.id == id), stops.len())
    });
    let button = move |is_later: bool| {
        let (label, said) =
            if is_later { (words::MOVE_DOWN, words::LATER) } else { (words::MOVE_UP, words::EARLIER) };
        let is_last = move || match place.get() {
            (None, _) => true,
            (Some(place), count) => {
                if is_later {
                    place + 1 >= count
                } else {
                    place == 0
                }
            }
        };
        let element_id = format!("{}-{id}", if is_later { "later" } else { "earlier" });
        let control = element_id.clone();
        view! {
            <button type="button" class="btn order-btn" id=element_id aria-label=fill(label, &[("name", &name)]) disabled=is_last
                on:click=move |_| order.step(OrderStep { id, is_later, control: control.clone() })>
                {t(said)}
            </button>
        }
    };
    view! { {button(false)} {button(true)} }
}
