//! 按距离排: the shortest way of a day, looked at before it is taken. Works without map and network.

use super::day_order::DayOrder;
use crate::components::{Dialog, Icon};
use crate::i18n::{clock, fill, near_day, t};
use crate::words::plan as words;
use crate::workbench::Workbench;
use domain::agenda::{DAY_BEGINS, timetable};
use domain::customer::Customer;
use domain::ids::VisitId;
use domain::route::{self, Stop};
use domain::visit::Visit;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// A way needs two ends.
const PLACES_MIN: usize = 2;

#[derive(Clone, Debug, PartialEq, Eq)]
struct Suggestion {
    stops: Vec<Stop>,
    times: Vec<(VisitId, Option<u16>)>,
    before_metres: u64,
    after_metres: u64,
    unplaced: usize,
}

impl Suggestion {
    /// `fixed` keep their times; everything else is put in order and timed from the day's first time, or from now.
    fn of(stops: Vec<Stop>, fixed: &BTreeSet<VisitId>, not_before: u16) -> Self {
        let free: Vec<Stop> = stops
            .iter()
            .map(|stop| Stop { at_minute: stop.at_minute.filter(|_| fixed.contains(&stop.id)), ..*stop })
            .collect();
        let way = route::order(&free, None);
        let in_order: Vec<Stop> =
            way.legs.iter().filter_map(|leg| free.iter().find(|stop| stop.id == leg.to)).copied().collect();
        let begins = stops.iter().filter_map(|stop| stop.at_minute).min().unwrap_or(DAY_BEGINS);
        Self {
            before_metres: route::along(&stops).road_metres(),
            after_metres: way.road_metres(),
            unplaced: stops.iter().filter(|stop| stop.place.is_none()).count(),
            times: timetable(&in_order, begins.max(not_before)),
            stops,
        }
    }

    fn words(&self) -> String {
        let (before, after) = (words::distance(self.before_metres), words::distance(self.after_metres));
        if self.stops.len() - self.unplaced < PLACES_MIN {
            t(words::BY_DISTANCE_FEW).to_owned()
        } else if self.before_metres == self.after_metres {
            fill(words::BY_DISTANCE_SAME, &[("before", &before)])
        } else {
            fill(words::BY_DISTANCE_SAY, &[("before", &before), ("after", &after)])
        }
    }
}

#[component]
pub fn ByDistance(order: DayOrder, is_open: RwSignal<bool>) -> impl IntoView {
    let workbench = Workbench::expect();
    let today = workbench.today();
    let fixed = RwSignal::new(BTreeSet::<VisitId>::new());
    Effect::new(move |_| {
        if is_open.get() {
            fixed.set(BTreeSet::new());
        }
    });
    let suggestion = Memo::new(move |_| {
        let now = workbench.now();
        let not_before = if order.on.get() == today { now.minute_of_day() } else { 0 };
        fixed.with(|fixed| Suggestion::of(order.stops(), fixed, not_before))
    });
    let take = move |_| {
        let suggestion = suggestion.get_untracked();
        is_open.set(false);
        order.save(&suggestion.stops, &suggestion.times);
    };
    let foot = move || {
        view! {
            <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(words::ORDER_NOT)}</button>
            <button type="button" class="btn btn-main" on:click=take>{t(words::ORDER_DO)}</button>
        }
    };
    let row = move |no: usize, id: VisitId, at_minute: Option<u16>, old: Option<u16>| {
        let name = workbench.peek(|replica| {
            let visit = replica.get::<Visit>(id)?;
            replica.get::<Customer>(visit.customer_id).map(|customer| customer.name.clone())
        });
        let name = name.unwrap_or_default();
        let is_fixed = move || fixed.with(|fixed| fixed.contains(&id));
        let is_moved = old.is_some() && old != at_minute;
        view! {
            <li class="way-row">
                <time>{at_minute.map(clock)}</time>
                <span class="row-body">
                    <span class="row-name"><span>{no}" "{name.clone()}</span></span>
                    {old.map(|old| view! {
                        <label class="tick small">
                            <input type="checkbox" aria-label=fill(words::IS_FIXED, &[("name", &name)]) prop:checked=is_fixed
                                on:change=move |event| fixed.update(|fixed| {
                                    if event_target_checked(&event) { fixed.insert(id) } else { fixed.remove(&id) };
                                }) />
                            <span class="quiet">
                                {is_moved.then(|| fill(words::WAS_AT, &[("time", &clock(old))]) + crate::i18n::comma())}
                                {fill(words::FIXED, &[("time", &clock(old))])}
                            </span>
                        </label>
                    })}
                </span>
            </li>
        }
    };
    view! {
        {move || {
            let title = fill(words::BY_DISTANCE_TITLE, &[("day", &near_day(order.on.get(), today))]);
            view! {
                <Dialog title is_open foot>
                    <p class="quiet">{move || suggestion.with(Suggestion::words)}</p>
                    <ol class="rows flush way">
                        {move || {
                            let Suggestion { stops, times, .. } = suggestion.get();
                            times.into_iter().enumerate().map(|(at, (id, minute))| {
                                let old = stops.iter().find(|stop| stop.id == id).and_then(|stop| stop.at_minute);
                                row(at + 1, id, minute, old)
                            }).collect_view()
                        }}
                    </ol>
                    {move || {
                        let n = suggestion.with(|suggestion| suggestion.unplaced);
                        (n > 0).then(|| view! {
                            <p class="small quiet"><Icon name="pin" small=true />" "{fill(words::BY_DISTANCE_UNPLACED, &[("n", &n)])}</p>
                        })
                    }}
                </Dialog>
            }
        }}
    }
}
