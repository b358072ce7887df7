//! 欠着还没排: whom the standard owes a visit that nobody planned, with where it fits.

use super::day_stops::{minutes_of, stops_by_day};
use super::placing::{Piece, Placing};
use super::{Look, whose_agenda};
use crate::browser::drag;
use crate::components::{DebtRing, Dot, Icon, Standing, TierBadge, Toasts};
use crate::i18n::{day, day_and_time, fill, near_day, t};
use crate::words::plan as words;
use crate::workbench::Workbench;
use chrono::Duration;
use domain::agenda::{self, AHEAD_DAYS, Shelved, Slot, Wanted};
use domain::customer::Customer;
use domain::ids::{CustomerId, VisitId};
use domain::mutation::{CancelVisit, Mutation, PlanVisit, RescheduleVisit};
use domain::time::Date;
use domain::today::Seen;
use domain::visit::Visit;
use leptos::prelude::*;
use replica::Replica;

/// 替我排5位
const PLANNED_AT_ONCE: usize = 5;
/// Rows shown at first, and with every further tap.
const ROWS_SHOWN: usize = 8;
/// Slots offered as buttons.
const SLOTS_OFFERED: usize = 3;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwedLine {
    pub shelved: Shelved,
    name: String,
    standing: Standing,
}

/// Everyone on the shelf, the most pressing first.
pub fn shelved(replica: &Replica, today: Date) -> Vec<Shelved> {
    let rules = replica.rules();
    let scheme = rules.tiers.scheme(today);
    let seen = replica.all::<Customer>().filter_map(|customer| {
        let rated = replica.rated(customer.id, today)?;
        let tier_rank = rated.tier().and_then(|tier| scheme?.rank(tier));
        Some(Seen { customer, rated, tier_rank })
    });
    agenda::shelf(seen, replica.all::<Visit>(), today)
}

fn line(replica: &Replica, shelved: Shelved, today: Date) -> Option<OwedLine> {
    let name = replica.get::<Customer>(shelved.customer_id)?.name.clone();
    Some(OwedLine { shelved, name, standing: Standing::of(replica, shelved.customer_id, today) })
}

#[component]
pub fn Owed(
    look: Look,
    #[prop(into)] shelf: Signal<Vec<Shelved>>,
    placing: Placing,
    /// Plans by the dialog, for a day that is not offered.
    on_other: Callback<CustomerId>,
) -> impl IntoView {
    let workbench = Workbench::expect();
    let toasts = Toasts::expect();
    let today = look.today;
    let rows_max = RwSignal::new(ROWS_SHOWN);
    let lines = Memo::new(move |_| {
        let wanted: Vec<Shelved> = shelf.with(|shelf| shelf.iter().take(rows_max.get()).copied().collect());
        workbench.read(|replica| {
            wanted.into_iter().filter_map(|own| line(replica, own, today)).collect::<Vec<_>>()
        })
    });
    let plan_five = move |_| {
        let wanted: Vec<Shelved> =
            shelf.with_untracked(|shelf| shelf.iter().take(PLANNED_AT_ONCE).copied().collect());
        plan_ahead(workbench, toasts, placing, &wanted, today);
    };
    view! {
        <section class="shelf" aria-labelledby="h-shelf">
            <div class="head">
                <h2 id="h-shelf">{t(words::OWED)}</h2>
                <span class="count">{move || shelf.with(Vec::len)}</span>
                {move || {
                    let n = shelf.with(Vec::len).min(PLANNED_AT_ONCE);
                    (n > 0).then(|| view! {
                        <button type="button" class="btn btn-bare aside dl-sort" aria-busy=move || placing.is_busy.get().to_string()
                            on:click=plan_five>{fill(words::PLAN_FIVE, &[("n", &n)])}</button>
                    })
                }}
            </div>
            {move || lines.with(Vec::is_empty).then(|| view! { <p class="small quiet">{t(words::OWED_NONE)}</p> })}
            <ol class="rows">
                {move || lines.get().into_iter().map(|line| view! { <OwedRow line look placing on_other /> }).collect_view()}
            </ol>
            {move || {
                let more = shelf.with(Vec::len).saturating_sub(rows_max.get());
                (more > 0).then(|| view! {
                    <p class="small"><button type="button" class="link hit" on:click=move |_| rows_max.update(|max| *max += 4 * ROWS_SHOWN)>
                        {fill(words::OWED_MORE, &[("n", &more)])}
                    </button></p>
                })
            }}
        </section>
    }
}

#[component]
fn OwedRow(line: OwedLine, look: Look, placing: Placing, on_other: Callback<CustomerId>) -> impl IntoView {
    let workbench = Workbench::expect();
    let OwedLine { shelved, name, standing } = line;
    let Shelved { customer_id, owed, late_days, due_on, missed } = shelved;
    let today = look.today;
    let piece = move || workbench.peek(|replica| Piece::of(replica, customer_id, missed));
    let is_chosen = Memo::new(move |_| {
        placing.waiting.with(|waiting| waiting.as_ref().is_some_and(|piece| piece.customer_id == customer_id))
    });
    let choose = move |_| {
        // This may be the row that is being placed.
        if placing.is_busy.get_untracked() {
            return;
        }
        let chosen = if is_chosen.get_untracked() { None } else { piece() };
        placing.waiting.set(chosen);
    };
    let pick_up = move |press: leptos::ev::PointerEvent| {
        if let Some(piece) = piece() {
            placing.pick_up(&press, piece);
        }
    };
    let why = match (late_days, due_on) {
        (0, Some(due_on)) => {
            let by = fill(words::OWED_BY, &[("n", &owed), ("day", &day(due_on, today))]);
            view! { <span class="one">{by}</span> }.into_any()
        }
        (0, None) => view! { <span class="one">{fill(words::OWED_ONLY, &[("n", &owed)])}</span> }.into_any(),
        (late, _) => view! { <b class="why-late">{fill(words::OWED_LATE, &[("n", &late)])}</b> }.into_any(),
    };
    let named = |words| fill(words, &[("name", &name)]);
    let face = name.chars().next().map(String::from).unwrap_or_default();
    view! {
        <li class="owe" aria-current=move || is_chosen.get().then_some("true")>
            {match standing.ring {
                Some(ring) => view! { <DebtRing ring /> }.into_any(),
                None => view! { <span class="face" aria-hidden="true">{face}</span> }.into_any(),
            }}
            <a class="row-body" href=format!("/app/customers/{customer_id}")>
                <span class="row-name"><span>{name.clone()}</span>{standing.tier.map(|tier| view! { <TierBadge tier /> })}</span>
                <span class="row-sub">{why}{missed.map(|_| view! { <Dot />{t(words::OWED_MISSED)} })}</span>
            </a>
            <button type="button" class="btn" aria-label={
                    let (place, placing) = (named(words::PLACE_NAMED), named(words::PLACING_NAMED));
                    move || if is_chosen.get() { placing.clone() } else { place.clone() }
                }
                aria-pressed=move || is_chosen.get().to_string() on:click=choose>
                {move || t(if is_chosen.get() { words::PLACING } else { words::PLACE })}
            </button>
            <button type="button" class="grip" aria-label=named(words::PLACE_DRAG) on:pointerdown=pick_up
                on:click=move |event| if !drag::ended_just_now() { choose(event) }></button>
            {move || is_chosen.get().then(|| view! { <Offers look placing on_other /> })}
        </li>
    }
}

/// The slots of the coming days, for who waits.
#[component]
fn Offers(look: Look, placing: Placing, on_other: Callback<CustomerId>) -> impl IntoView {
    let workbench = Workbench::expect();
    let today = look.today;
    let slots = Memo::new(move |_| {
        let Some(piece) = placing.waiting.get() else { return Vec::new() };
        let now = placing.now();
        workbench.read(|replica| {
            (0..AHEAD_DAYS)
                .map(|ahead| today + Duration::days(ahead))
                .filter(|on| agenda::is_working_day(*on))
                .filter_map(|on| piece.slot(replica, on, now))
                .take(SLOTS_OFFERED)
                .map(|slot| {
                    let near = slot.near.and_then(|near| {
                        let stop = replica.get::<Visit>(near.stop)?;
                        Some((replica.get::<Customer>(stop.customer_id)?.name.clone(), near.metres))
                    });
                    (slot, near)
                })
                .collect::<Vec<_>>()
        })
    });
    let nearest = move || {
        slots.with(|slots| {
            let found = slots.iter().filter_map(|(slot, near)| Some((slot, near.as_ref()?)));
            found.min_by_key(|(_, (_, metres))| *metres).map(|(slot, (name, metres))| {
                let when = day_and_time(slot.on, Some(slot.at_minute), today);
                let way = words::distance(u64::from(*metres));
                fill(words::PLACE_NEAR, &[("when", &when), ("name", name), ("way", &way)])
            })
        })
    };
    let put = move |slot: Slot| {
        if let Some(piece) = placing.waiting.get_untracked() {
            placing.put(piece, slot.on, Some(slot.at_minute));
        }
    };
    let other = move |_| {
        if let Some(piece) = placing.waiting.get_untracked() {
            placing.waiting.set(None);
            on_other.run(piece.customer_id);
        }
    };
    view! {
        <div class="owe-hint small">
            <p>
                {move || if slots.with(Vec::is_empty) { t(words::PLACE_FULL) } else { t(words::PLACE_HINT) }}
                {nearest}
            </p>
            <div class="dl-do">
                {move || slots.get().into_iter().map(|(slot, _)| view! {
                    <button type="button" class="btn" on:click=move |_| put(slot)>{day_and_time(slot.on, Some(slot.at_minute), today)}</button>
                }).collect_view()}
                <button type="button" class="btn" on:click=other>{t(words::PLACE_OTHER)}</button>
            </div>
        </div>
    }
}

/// Finds a slot for each of `wanted`, as far as the coming days take them, and saves all of it at once.
fn plan_ahead(workbench: Workbench, toasts: Toasts, placing: Placing, wanted: &[Shelved], today: Date) {
    // A missed plan is moved, everybody else gets a visit of their own.
    let wanted: Vec<(VisitId, Shelved)> =
        wanted.iter().map(|own| (own.missed.unwrap_or_else(|| workbench.new_id()), *own)).collect();
    let (placed, old) = workbench.peek(|replica| {
        let policy = replica.rules().policy(today).clone();
        let pieces: Vec<Wanted> = wanted
            .iter()
            .map(|(visit_id, own)| Wanted {
                visit_id: *visit_id,
                place: replica.get::<Customer>(own.customer_id).and_then(|customer| customer.place),
                minutes: replica
                    .get::<Visit>(*visit_id)
                    .map_or(policy.hours.minutes_per_visit, |visit| minutes_of(replica, visit)),
            })
            .collect();
        // Whole weeks: their limit counts what was done before today too.
        let [monday, ..] = agenda::week_of(today);
        let until = today + Duration::days(AHEAD_DAYS + 7);
        let days = stops_by_day(replica, whose_agenda(replica), monday, until);
        let old: Vec<(VisitId, Date, Option<u16>)> = wanted
            .iter()
            .filter_map(|(id, _)| replica.get::<Visit>(*id))
            .map(|visit| (visit.id, visit.on, visit.at_minute))
            .collect();
        (agenda::plan_ahead(&pieces, &days, today, policy.visits_a_week), old)
    });
    let days = placed.iter().map(|(_, slot)| slot.on);
    let (Some(first), Some(last)) = (days.clone().min(), days.max()) else {
        return toasts.say(t(words::PLANNED_NONE));
    };
    let mut edits: Vec<Mutation> = Vec::new();
    let mut back: Vec<Mutation> = Vec::new();
    for (visit_id, slot) in &placed {
        let Some((_, own)) = wanted.iter().find(|(id, _)| id == visit_id) else { continue };
        let (visit_id, customer_id, on, at_minute) =
            (*visit_id, own.customer_id, slot.on, Some(slot.at_minute));
        match old.iter().find(|(id, ..)| *id == visit_id) {
            Some(&(_, old_on, old_minute)) => {
                edits.push(RescheduleVisit { visit_id, customer_id, on, at_minute }.into());
                back.push(
                    RescheduleVisit { visit_id, customer_id, on: old_on, at_minute: old_minute }.into(),
                );
            }
            None => {
                edits.push(PlanVisit { visit_id, customer_id, on, at_minute, purpose: None }.into());
                let reason = t(words::PLACED_BY_MISTAKE).to_owned();
                back.push(CancelVisit { visit_id, customer_id, reason }.into());
            }
        }
    }
    let n = placed.len();
    let (from, to) = (near_day(first, today), near_day(last, today));
    let said = if first == last {
        fill(words::PLANNED_FIVE_DAY, &[("n", &n), ("from", &from)])
    } else {
        fill(words::PLANNED_FIVE, &[("n", &n), ("from", &from), ("to", &to)])
    };
    placing.save_with_undo(edits, back, said);
}

/// A dashed place in a day's column, for who waits.
#[component]
pub fn SlotBox(on: Date, placing: Placing) -> impl IntoView {
    let workbench = Workbench::expect();
    let slot = Memo::new(move |_| {
        let piece = placing.waiting.get()?;
        if !agenda::is_working_day(on) {
            return None;
        }
        let slot = workbench.read(|replica| piece.slot(replica, on, placing.now()))?;
        Some((slot.at_minute, piece))
    });
    move || {
        slot.get().map(|(at_minute, piece)| {
            let (name, put) = (piece.name.clone(), piece);
            view! {
                <button type="button" class="slot" data-drop=super::placing::drop_name(on, Some(at_minute))
                    on:click=move |_| placing.put(put.clone(), on, Some(at_minute))>
                    <Icon name="plus" small=true />
                    <span><b>{crate::i18n::clock(at_minute)}</b>{name}</span>
                </button>
            }
        })
    }
}
