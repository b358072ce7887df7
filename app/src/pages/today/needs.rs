//! Who needs me and why: a row a customer, its reason strong, the fact beneath, and its place in the plan.

use super::front::Front;
use super::need_words::{self, Why, why};
use super::stops::numbered;
use crate::browser::timing;
use crate::components::{DebtRing, Dot, EmptyState, Icon, Sparkline, Standing, TierBadge, Toasts};
use crate::i18n::{Words, clock, day, fill, t};
use crate::pages::visits::whose_agenda;
use crate::words::{self as common, today as words};
use crate::workbench::Workbench;
use domain::agenda;
use domain::authorize::{Act, may};
use domain::contract::Contract;
use domain::customer::Customer;
use domain::ids::{CustomerId, EmployeeId, VisitId};
use domain::mutation::{CancelVisit, PlanVisit};
use domain::organisation::Role;
use domain::promise::Promise;
use domain::rating::Rated;
use domain::task::Task;
use domain::time::{Date, days_between};
use domain::today::{NOT_VISITED_DAYS, Need, Seen, Urgency, Whose, Written, arranged, needs};
use domain::visit::{Visit, VisitState};
use leptos::prelude::*;
use leptos::task::spawn_local;
use replica::Replica;
use std::collections::HashMap;
use std::sync::Arc;

/// Rows of a group that are drawn before the person asks for all: nobody reads on past these, and a book far behind its
/// standard has hundreds.
const GROUP_ROWS_MAX: usize = 30;

/// What the row's right end says.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// In today's plan: its number and time.
    Stop { visit: VisitId, no: usize, at_minute: Option<u16> },
    /// Visited today.
    Done,
    /// Planned for a later day.
    Later(Date),
    /// Not planned.
    Free,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedLine {
    customer_id: CustomerId,
    urgency: Urgency,
    name: String,
    kind: &'static str,
    last: String,
    standing: Standing,
    why: Why,
    /// The part of the customer's page that holds the first reason's rows.
    rows: &'static str,
    /// Further reasons, in a word each.
    also: Vec<String>,
    place: Place,
    is_in_front: bool,
}

/// All the page shows on the left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NeedLines {
    pub lines: Vec<NeedLine>,
    not_visited_more: usize,
    is_book_empty: bool,
    is_fetching: bool,
    remaining: u64,
    may_plan: bool,
}

pub fn need_lines(replica: &Replica, today: Date, by_hand: &[CustomerId]) -> NeedLines {
    let actor = replica.actor();
    let whose = if actor.role == Role::Manager { Whose::Book } else { Whose::Own(actor.employee_id) };
    let rules = replica.rules();
    let scheme = rules.tiers.scheme(today);
    let (found, visits) = timing::measured("rounds:today", || {
        let customers: Vec<_> = replica
            .all::<Customer>()
            .filter_map(|customer| {
                let rated = replica.rated(customer.id, today)?;
                let tier_rank = rated.tier().and_then(|tier| scheme?.rank(tier));
                Some(Seen { customer, rated, tier_rank })
            })
            .collect();
        let visits = visits_at_hand(replica, &customers);
        let written = Written {
            visits: visits.iter().copied(),
            promises: replica.all::<Promise>(),
            tasks: replica.all::<Task>(),
            contracts: replica.all::<Contract>(),
        };
        (needs(today, whose, customers, written), visits)
    });
    let places = places(&visits, whose_agenda(replica), today);
    let (needs, in_front) = arranged(found.needs, by_hand);
    let lines = needs
        .into_iter()
        .enumerate()
        .filter_map(|(at, need)| line(replica, need, &places, today, at < in_front))
        .collect();
    NeedLines {
        lines,
        not_visited_more: found.not_visited_more,
        is_book_empty: replica.search().is_empty(),
        is_fetching: replica.is_first_sync(),
        remaining: replica.remaining(),
        may_plan: may(actor.role, Act::KeepCustomer),
    }
}

/// The visits today is made of, which the ratings name: a book has twenty times as many.
pub fn visits_at_hand<'a>(replica: &'a Replica, seen: &[Seen<'_, Arc<Rated>>]) -> Vec<&'a Visit> {
    let ids = seen.iter().flat_map(|seen| &seen.rated.visits_at_hand);
    ids.filter_map(|id| replica.get(*id)).collect()
}

/// Where each customer stands in today's plan, or in a later one.
fn places(visits: &[&Visit], whose: Option<EmployeeId>, today: Date) -> HashMap<CustomerId, Place> {
    let mut places = HashMap::new();
    for visit in visits {
        let is_later = visit.state == VisitState::Planned && visit.on > today;
        if is_later {
            let place = places.entry(visit.customer_id).or_insert(Place::Later(visit.on));
            if let Place::Later(on) = place {
                *on = (*on).min(visit.on);
            }
        }
    }
    let days = agenda::by_day(visits.iter().copied(), whose, today, today);
    for (no, visit) in numbered(days.get(&today).map(Vec::as_slice).unwrap_or_default()) {
        let place = match (no, visit.state) {
            (_, VisitState::Done) => Place::Done,
            (Some(no), VisitState::Planned) => {
                Place::Stop { visit: visit.id, no, at_minute: visit.at_minute }
            }
            _ => continue,
        };
        // The first stop of the day is the one to name.
        match places.get(&visit.customer_id) {
            Some(Place::Stop { .. }) => {}
            _ => drop(places.insert(visit.customer_id, place)),
        }
    }
    places
}

fn line(
    replica: &Replica,
    need: Need,
    places: &HashMap<CustomerId, Place>,
    today: Date,
    is_in_front: bool,
) -> Option<NeedLine> {
    let customer = replica.get::<Customer>(need.customer_id)?;
    let (first, more) = need.reasons.split_first()?;
    let mut why = why(first, today);
    if why.fact.is_empty() {
        why.fact = customer.address.clone().unwrap_or_default();
    }
    let rows = need_words::rows_of(first);
    let also = more.iter().map(|reason| need_words::why(reason, today).text).collect();
    let last = match need.last_visited_on.map(|on| days_between(on, today)) {
        None => t(words::NEVER_VISITED).to_owned(),
        Some(..=0) => t(words::VISITED_TODAY).to_owned(),
        Some(days) => fill(words::VISITED_DAYS_AGO, &[("n", &days)]),
    };
    Some(NeedLine {
        customer_id: customer.id,
        urgency: need.urgency,
        name: customer.name.clone(),
        kind: common::customer_type(customer.customer_type),
        last,
        standing: Standing::of(replica, customer.id, today),
        why,
        rows,
        also,
        place: places.get(&customer.id).cloned().unwrap_or(Place::Free),
        is_in_front,
    })
}

#[component]
pub fn Needs(
    #[prop(into)] lines: Signal<NeedLines>,
    front: Front,
    /// A stop of today's plan was asked for.
    on_stop: Callback<VisitId>,
) -> impl IntoView {
    let is_whole = RwSignal::new(false);
    view! {
        <section class="needs scroll" aria-label=t(words::NEEDS)>
            {move || {
                let all = lines.get();
                if all.is_book_empty {
                    return view! { <NoBook is_fetching=all.is_fetching remaining=all.remaining /> }.into_any();
                }
                if all.lines.is_empty() {
                    return view! {
                        <EmptyState icon="ok" title=t(words::NOBODY) text=t(words::NOBODY_SAY)>
                            <a class="btn" href="/app/customers">{t(words::SEE_CUSTOMERS)}</a>
                        </EmptyState>
                    }
                    .into_any();
                }
                let more = all.not_visited_more;
                view! {
                    {group(None, &all, front, is_whole, on_stop)}
                    {Urgency::ALL.into_iter().map(|urgency| group(Some(urgency), &all, front, is_whole, on_stop)).collect_view()}
                    <p class="needs-foot small faint">
                        {t(words::ORDER)}
                        {(more > 0).then(|| view! {
                            " "
                            {fill(words::NOT_VISITED_MORE, &[("n", &more), ("days", &NOT_VISITED_DAYS)])}
                            <a class="link nb" href="/app/customers">{t(words::SEE_CUSTOMERS)}</a>
                        })}
                    </p>
                }
                .into_any()
            }}
        </section>
    }
}

/// A group of the list; None is the one put in front by hand.
fn group(
    urgency: Option<Urgency>,
    all: &NeedLines,
    front: Front,
    is_whole: RwSignal<bool>,
    on_stop: Callback<VisitId>,
) -> Option<impl IntoView + use<>> {
    let title: Words = match urgency {
        None => words::IN_FRONT,
        Some(Urgency::Must) => words::MUST,
        Some(Urgency::Late) => words::LATE,
        Some(Urgency::Notice) => words::NOTICE,
    };
    let is_in = |line: &&NeedLine| match urgency {
        None => line.is_in_front,
        Some(urgency) => !line.is_in_front && line.urgency == urgency,
    };
    let lines: Vec<NeedLine> = all.lines.iter().filter(is_in).cloned().collect();
    let may_plan = all.may_plan;
    let count = lines.len();
    let more = if is_whole.get() { 0 } else { count.saturating_sub(GROUP_ROWS_MAX) };
    (count > 0).then(|| {
        view! {
            <div class="group"><h2>{t(title)}</h2><span>{count}</span></div>
            <ul class="rows">
                {lines.into_iter().take(count - more).map(|line| view! { <NeedRow line front on_stop may_plan /> }).collect_view()}
            </ul>
            {(more > 0).then(|| view! {
                <p class="needs-foot small">
                    <button type="button" class="link hit" on:click=move |_| is_whole.set(true)>{fill(words::MORE, &[("n", &more)])}</button>
                </p>
            })}
        }
    })
}

#[component]
fn NeedRow(line: NeedLine, front: Front, on_stop: Callback<VisitId>, may_plan: bool) -> impl IntoView {
    let workbench = Workbench::expect();
    let today = workbench.today();
    let name = line.name.clone();
    let face = line.name.chars().next().map(String::from).unwrap_or_default();
    let place = match line.place {
        Place::Stop { visit, no, at_minute } => {
            let number = fill(words::STOP_NO, &[("n", &no)]);
            view! {
                <button type="button" class="in-plan" on:click=move |_| on_stop.run(visit)>
                    {number}{at_minute.map(|minute| view! { <Dot />{clock(minute)} })}
                </button>
            }
            .into_any()
        }
        Place::Done => {
            view! { <span class="in-plan"><Icon name="check" small=true />{t(words::VISITED_TODAY)}</span> }
                .into_any()
        }
        Place::Later(on) => {
            view! { <span class="in-plan">{fill(words::IN_PLAN_ON, &[("day", &day(on, today))])}</span> }
                .into_any()
        }
        Place::Free if may_plan => {
            view! { <AddToPlan customer_id=line.customer_id name=line.name.clone() /> }.into_any()
        }
        Place::Free => ().into_any(),
    };
    view! {
        <li class="need">
            {match line.standing.ring {
                Some(ring) => view! { <DebtRing ring /> }.into_any(),
                None => view! { <span class="face" aria-hidden="true">{face}</span> }.into_any(),
            }}
            <a class="need-who" href=format!("/app/customers/{}#{}", line.customer_id, line.rows)>
                <span class="row-name"><span>{line.name}</span>{line.standing.tier.map(|tier| view! { <TierBadge tier /> })}</span>
                <span class="row-sub">{line.kind}<Dot />{line.last}</span>
            </a>
            <div class="need-why">
                <span class=line.why.class><Icon name=line.why.icon small=true />{line.why.text}</span>
                <span class="row-sub">
                    {line.why.fact}
                    {line.also.into_iter().map(|also| view! { <Dot />{also} }).collect_view()}
                </span>
            </div>
            <div class="need-sum">
                <Sparkline values=line.standing.spark is_falling=line.standing.is_falling />
                <span>{line.standing.figure}</span>
            </div>
            <div class="need-do">{place}<Arrange front id=line.customer_id name=name is_in_front=line.is_in_front /></div>
        </li>
    }
}

/// Puts the row in front, moves it there, or lets it fall back into the computed order.
#[component]
fn Arrange(front: Front, id: CustomerId, name: String, is_in_front: bool) -> impl IntoView {
    let label = |words: Words| format!("{} {name}", t(words));
    if !is_in_front {
        return view! {
            <button type="button" class="btn btn-icon btn-bare" aria-label=label(words::PUT_IN_FRONT) title=t(words::PUT_IN_FRONT)
                on:click=move |_| front.toggle(id)><Icon name="star" small=true /></button>
        }
        .into_any();
    }
    view! {
        <span class="need-shift">
            <button type="button" class="btn btn-icon btn-bare" aria-label=label(words::EARLIER) on:click=move |_| front.shift(id, true)><Icon name="down" small=true /></button>
            <button type="button" class="btn btn-icon btn-bare" aria-label=label(words::LATER) on:click=move |_| front.shift(id, false)><Icon name="down" small=true /></button>
            <button type="button" class="btn btn-icon btn-bare" aria-label=label(words::NOT_IN_FRONT) title=t(words::NOT_IN_FRONT)
                on:click=move |_| front.toggle(id)><Icon name="x" small=true /></button>
        </span>
    }
    .into_any()
}

/// Plans a visit for today with one tap, and takes it back with another.
#[component]
fn AddToPlan(customer_id: CustomerId, name: String) -> impl IntoView {
    let workbench = Workbench::expect();
    let toasts = Toasts::expect();
    let is_busy = RwSignal::new(false);
    let label = format!("{} {name}", t(words::ADD_TO_PLAN));
    let add = move |_| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        let visit_id: VisitId = workbench.new_id();
        let plan = PlanVisit { visit_id, customer_id, on: workbench.today(), at_minute: None, purpose: None };
        let said = fill(words::ADDED, &[("name", &name)]);
        spawn_local(async move {
            let saved = workbench.save(plan).await;
            let _ = is_busy.try_set(false);
            match saved {
                Ok(()) => toasts.say_with_undo(said, t(common::UNDO), move || {
                    take_back(workbench, visit_id, customer_id)
                }),
                Err(error) => toasts.say(error.words()),
            }
        });
    };
    view! { <button type="button" class="btn" aria-label=label on:click=add>{t(words::ADD_TO_PLAN)}</button> }
}

fn take_back(workbench: Workbench, visit_id: VisitId, customer_id: CustomerId) {
    let reason = t(words::ADDED_BY_MISTAKE).to_owned();
    spawn_local(async move {
        // It was planned a moment ago: only a full disk can refuse, and the pill says that.
        let _ = workbench.save(CancelVisit { visit_id, customer_id, reason }).await;
    });
}

/// Nothing held yet: being fetched, or there is nothing to fetch.
#[component]
fn NoBook(is_fetching: bool, remaining: u64) -> impl IntoView {
    if is_fetching {
        view! {
            <EmptyState icon="sync" title=t(words::FETCHING) text=fill(words::FETCHING_SAY, &[("n", &remaining)]) />
        }
        .into_any()
    } else {
        view! { <EmptyState icon="people" title=t(words::NO_CUSTOMERS) text=t(words::NO_CUSTOMERS_SAY) /> }
            .into_any()
    }
}
