//! 今天: who needs me and why at the left, the day's stops at the right. The phone shows one of the two.

mod front;
mod need_words;
mod needs;
mod stops;
mod week;

use crate::browser::{clock, screen};
use crate::components::{Bar, Segment};
use crate::i18n::{comma, day, fill, near_day, t, weekday};
use crate::pages::visits::{Asking, ByDistance, DayOrder, DayTotal, VisitAsks, stops_by_day, whose_agenda};
use crate::pages::whole_address;
use crate::words::{self as common, plan as plan_words, today as words};
use crate::workbench::Workbench;
use domain::authorize::{Act, may};
use domain::ids::VisitId;
use domain::time::Date;
use front::Front;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_navigate, use_query_map};
use needs::{Needs, need_lines};
use stops::{Stops, stop_lines};
use week::Week;

pub use need_words::{Why, why};
pub use needs::visits_at_hand;
pub use week::done_width;

/// What a phone shows of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pane {
    Needs,
    Plan,
}

#[component]
pub fn Today() -> impl IntoView {
    let workbench = Workbench::expect();
    let today = workbench.today();
    let query = use_query_map();
    let chosen = Memo::new(move |_| query.with(|query| chosen_day(query.get_str("day"), today)));
    let front = Front::of(workbench, today);
    let lines = Memo::new(move |_| {
        let by_hand = front.ids();
        workbench.read(|replica| need_lines(replica, today, &by_hand))
    });
    let asking = Asking::new();
    let whose = workbench.peek(whose_agenda);
    let order = DayOrder::new(chosen.into(), Signal::stored(whose));
    let ordering = RwSignal::new(false);
    let opened = RwSignal::new(None::<VisitId>);
    // Coming back from another day's stops the plan stays in view.
    let pane = RwSignal::new(if chosen.get_untracked() == today { Pane::Needs } else { Pane::Plan });
    let navigate = use_navigate();
    let show_stop = Callback::new(move |id: VisitId| {
        if chosen.get_untracked() != today {
            navigate("/app/", whole_address());
        }
        opened.set(Some(id));
        pane.set(Pane::Plan);
        spawn_local(async move {
            // A phone shows the stops only with the next frame.
            clock::next_frame().await;
            screen::reveal(&format!("stop-{id}"));
        });
    });
    view! {
        <Bar title=t(common::TODAY) aside=format!("{} {}", day(today, today), weekday(today)) />
        <main class="page today" data-pane=move || (pane.get() == Pane::Plan).then_some("plan")>
            <div class="today-switch narrow">
                {move || {
                    let needs = lines.with(|lines| lines.lines.len());
                    let stops = workbench.read(|replica| stop_lines(replica, chosen.get()).len());
                    let options = vec![
                        (Pane::Needs, fill(words::NEEDS_PANE, &[("n", &needs)])),
                        (Pane::Plan, fill(words::PLAN_PANE, &[("n", &stops)])),
                    ];
                    view! {
                        <Segment label=t(words::PANES) group="pane" options class="seg-fill"
                            chosen=Signal::derive(move || Some(pane.get())) on_choose=move |chosen| pane.set(chosen) />
                    }
                }}
            </div>
            <Needs lines front on_stop=show_stop />
            <section class="plan" aria-label=t(words::PLAN)>
                <Week chosen />
                <PlanHead order on_distance=Callback::new(move |()| ordering.set(true)) />
                <Stops on=chosen asking opened order />
            </section>
        </main>
        <VisitAsks asking />
        <ByDistance order is_open=ordering />
    }
}

/// The day of the address, or today.
fn chosen_day(asked: Option<&str>, today: Date) -> Date {
    asked.and_then(|day| day.parse().ok()).unwrap_or(today)
}

/// Which day, how many stops, how many of them done, and what it comes to.
#[component]
fn PlanHead(order: DayOrder, on_distance: Callback<()>) -> impl IntoView {
    let workbench = Workbench::expect();
    let today = workbench.today();
    let on = order.on;
    let counts = Memo::new(move |_| {
        let on = on.get();
        workbench.read(|replica| stops::count_of(replica, on))
    });
    let total = Memo::new(move |_| {
        let (on, visitor) = (on.get(), order.visitor.get());
        workbench.read(|replica| {
            let stops = stops_by_day(replica, visitor, on, on).remove(&on).unwrap_or_default();
            DayTotal::of(&stops).words()
        })
    });
    let may_plan = workbench.peek(|replica| may(replica.actor().role, Act::KeepCustomer));
    let can_order = Memo::new(move |_| may_plan && order.stops().len() > 1);
    view! {
        <div class="plan-head">
            <h2>{move || fill(words::STOPS, &[("n", &counts.get().wanted())])}</h2>
            <span class="small quiet">
                {move || {
                    let (on, done) = (on.get(), counts.get().done);
                    let done = (done > 0).then(|| fill(words::STOPS_DONE, &[("n", &done)]));
                    let which = (on != today).then(|| near_day(on, today));
                    let total = Some(total.get()).filter(|total| !total.is_empty());
                    which.into_iter().chain(done).chain(total).collect::<Vec<_>>().join(comma())
                }}
            </span>
            {move || can_order.get().then(|| view! {
                <button type="button" class="btn btn-bare plan-sort" on:click=move |_| on_distance.run(())>{t(plan_words::BY_DISTANCE)}</button>
            })}
        </div>
    }
}
