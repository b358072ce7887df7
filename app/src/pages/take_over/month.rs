//! The first month filling while customers are marked, what has been sorted, and what else can be done here.

use super::planning::{self, Asked, Kept};
use super::queue::mark_icon;
use super::rows::{Opened, Rows};
use super::sitting::{Pane, Sitting};
use crate::components::{Dialog, Icon, Toasts};
use crate::i18n::{comma, day, fill, t};
use crate::words::{self as shared, customers as customer_words, take_over as words};
use crate::workbench::Workbench;
use domain::customer::Customer;
use domain::ids::{CustomerId, VisitId};
use domain::mark::MarkKind;
use domain::mutation::{CancelVisit, Mutation};
use domain::take_over::{Due, DueKind, FirstMonth, Week, Why};
use domain::tier::TierCode;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;
use std::collections::HashMap;
use std::sync::Arc;

/// Visits planned at once in one write.
const BATCH: usize = 200;
/// Names a week shows.
const NAMES: usize = 2;

#[component]
pub fn Month(sitting: Sitting) -> impl IntoView {
    let workbench = sitting.workbench;
    let today = workbench.today();
    let kept: Kept = StoredValue::new(HashMap::new());
    let planned = Memo::new(move |_| {
        let holder = sitting.holder.get();
        Arc::new(workbench.read(|replica| planning::planned(replica, holder, today)))
    });
    let a_week = Memo::new(move |_| workbench.read(|replica| planning::a_week(replica, today)));
    let of = move |besides: Option<CustomerId>| {
        let (marks, planned) = (sitting.marks.get(), planned.get());
        let asked = Asked { marks: &marks, besides, planned: &planned, a_week: a_week.get().0 };
        workbench.read(|replica| planning::month(replica, kept, &asked, today))
    };
    let month = Memo::new(move |_| Arc::new(of(None)));
    // Where the customer on the screen would go.
    let would_go = Memo::new(move |_| {
        let id = sitting.current.get().filter(|_| sitting.may_mark.get())?;
        let is_marked = sitting.marks.with(|marks| marks.contains_key(&id));
        (!is_marked).then(|| Some((id, of(Some(id)).week_of(id)?))).flatten()
    });
    let opened = RwSignal::new(None::<Opened>);
    let visits = Memo::new(move |_| month.with(|month| month.weeks.iter().map(Week::visits).sum::<usize>()));
    view! {
        <aside class="first scroll" aria-labelledby="h-first">
            <div class="head">
                <h2 id="h-first">{t(words::FIRST_MONTH)}</h2>
                <span class="small faint aside">{move || month.with(|month| month.weeks.first().map(|week| fill(words::FROM_DAY, &[("day", &day(week.from, today))])))}</span>
            </div>
            <p class="first-say">
                <button type="button" class="figure num" on:click=move |_| opened.set(Some(Opened::All))>
                    {move || fill(words::VISITS_PLANNED, &[("n", &visits.get())])}
                </button>
                <span class="small quiet">{move || month.with(|month| said(month, a_week.get(), visits.get(), today))}</span>
            </p>
            <ol class="weeks">
                {move || {
                    let month = month.get();
                    let a_week = a_week.get().0;
                    let would_go = would_go.get();
                    (0..).zip(&month.weeks).map(|(at, week)| {
                        let guest = would_go.filter(|(_, week)| *week == at).map(|(id, _)| id);
                        week_line(workbench, at, week, a_week, guest, opened)
                    }).collect_view()
                }}
            </ol>
            <PutIn sitting month />
            <Sorted sitting />
            <p class="small quiet first-pace">{t(words::KEPT)}{move || pace(sitting)}</p>
            <div class="btns first-do">
                <A href="/app/customers" attr:class="btn">{t(words::STOP_HERE)}</A>
                <RestRoutine sitting />
            </div>
        </aside>
        <Rows sitting month opened />
    }
}

fn said(month: &FirstMonth, a_week: (u16, bool), visits: usize, today: domain::time::Date) -> String {
    let (most, is_said) = a_week;
    let room = month.weeks.iter().map(|week| usize::from(most).saturating_sub(week.visits())).sum::<usize>();
    let mut said = match room {
        0 => fill(words::A_WEEK_FULL, &[("n", &most)]),
        left => fill(words::A_WEEK, &[("n", &most), ("left", &left)]),
    };
    let mut add = |words: &str| {
        if said.is_ascii() {
            said.push(' ');
        }
        said.push_str(words);
    };
    if let Some(until) = month.left_until {
        let when = words::part_of_month(until, today);
        add(&fill(words::LEFT_OVER, &[("n", &month.left_over.len()), ("when", &when)]));
    } else if visits > 0
        && let Some(next) = month.weeks.last().and_then(|week| week.to.succ_opt())
    {
        add(&fill(words::WHEN_FULL, &[("when", &words::part_of_month(next, today))]));
    }
    if !is_said {
        add(t(words::BY_HOURS));
    }
    said
}

fn name_of(workbench: Workbench, id: CustomerId) -> String {
    workbench
        .peek(|replica| replica.get::<Customer>(id).map(|customer| customer.name.clone()))
        .unwrap_or_default()
}

fn week_line(
    workbench: Workbench,
    at: usize,
    week: &Week,
    a_week: u16,
    guest: Option<CustomerId>,
    opened: RwSignal<Option<Opened>>,
) -> impl IntoView + use<> {
    let visits = week.visits();
    let share = format!("{}%", (visits * 100 / usize::from(a_week.max(1))).min(100));
    let label = fill(words::WEEK_ROWS, &[("n", &(at + 1)), ("visits", &visits), ("max", &a_week)]);
    let says = match guest {
        Some(id) => {
            let said = fill(words::WOULD_GO_HERE, &[("name", &name_of(workbench, id))]);
            view! { <span class="small link wk">{said}</span> }.into_any()
        }
        None => view! { <span class="small quiet wk">{week_says(workbench, week)}</span> }.into_any(),
    };
    view! {
        <li class:wk-on=guest.is_some()>
            <span>{fill(words::WEEK, &[("n", &(at + 1))])}</span>
            <svg class="meter" aria-hidden="true"><rect width=share></rect></svg>
            <button type="button" class="num" aria-label=label on:click=move |_| opened.set(Some(Opened::Week(at)))>
                {format!("{visits}/{a_week}")}
            </button>
            {says}
        </li>
    }
}

fn week_says(workbench: Workbench, week: &Week) -> String {
    let due = |wanted: DueKind| {
        let is_due = |why: Why| matches!(why, Why::Due(Due { kind, .. }) if kind == wanted);
        week.stops.iter().filter(|stop| is_due(stop.why)).count()
    };
    let counted = |count: usize, text| (count > 0).then(|| fill(text, &[("n", &count)]));
    let mut parts: Vec<String> = [
        counted(due(DueKind::ContractEnds), words::CONTRACTS),
        counted(due(DueKind::Birthday), words::BIRTHDAYS),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        let is_near = week.stops.iter().filter(|stop| stop.why == Why::Near).count();
        let ids = week.stops.iter().map(|stop| stop.customer_id);
        let ids = ids.chain(week.planned.iter().map(|planned| planned.customer_id));
        let names: Vec<String> = ids.take(NAMES).map(|id| name_of(workbench, id)).collect();
        let names = customer_words::listed(&names);
        if !names.is_empty() {
            let text = if is_near > 0 { words::NEAR } else { words::NAMES };
            parts.push(fill(text, &[("names", &names)]));
        }
    }
    parts.extend(counted(week.calls.len(), words::CALLS));
    if parts.is_empty() { t(words::STILL_FREE).to_owned() } else { parts.join(comma()) }
}

/// 排进日历: the suggested visits become planned ones.
#[component]
fn PutIn(sitting: Sitting, month: Memo<Arc<FirstMonth>>) -> impl IntoView {
    let workbench = sitting.workbench;
    let toasts = Toasts::expect();
    let today = workbench.today();
    let is_open = RwSignal::new(false);
    let is_busy = RwSignal::new(false);
    // As it was when it was asked: the count falls while the visits are being planned.
    let asked = RwSignal::new(0);
    let count = Memo::new(move |_| month.with(|month| month.stops().count()));
    let has_important = Memo::new(move |_| {
        sitting.marks.with(|marks| marks.values().any(|kind| *kind == MarkKind::Important))
    });
    let put_in = move |_| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        let plans = month.with_untracked(|month| planning::plans(workbench, month));
        spawn_local(async move {
            let mut done: Vec<(VisitId, CustomerId)> = Vec::new();
            let mut failed = None;
            for batch in plans.chunks(BATCH) {
                let mutations = batch.iter().map(|(.., mutation)| mutation.clone()).collect();
                match workbench.save_all(mutations, Vec::new()).await {
                    Ok(()) => done.extend(batch.iter().map(|(visit, customer, _)| (*visit, *customer))),
                    Err(error) => {
                        failed = Some(error);
                        break;
                    }
                }
            }
            let _ = is_busy.try_set(false);
            let _ = is_open.try_set(false);
            match failed {
                Some(error) => toasts.say(error.words()),
                None => toasts.say_with_undo(
                    fill(words::PUT_IN_DONE, &[("n", &done.len())]),
                    t(shared::UNDO),
                    move || take_back(workbench, toasts, done.clone()),
                ),
            }
        });
    };
    let range = move || {
        month.with(|month| {
            let mut on: Vec<_> = month.stops().map(|stop| stop.on).collect();
            on.sort_unstable();
            let (from, to) = on.first().zip(on.last())?;
            Some(fill(words::PUT_IN_SAY, &[("from", &day(*from, today)), ("to", &day(*to, today))]))
        })
    };
    view! {
        {move || sitting.may_mark.get().then(|| match (count.get(), has_important.get()) {
            (0, false) => ().into_any(),
            (0, true) => view! { <p class="small quiet first-put">{t(words::PUT_IN_NONE)}</p> }.into_any(),
            _ => view! {
                <button type="button" class="btn first-put" on:click=move |_| {
                    asked.set(count.get_untracked());
                    is_open.set(true);
                }>
                    <Icon name="today" small=true />{t(words::PUT_IN)}
                </button>
            }
            .into_any(),
        })}
        {move || {
            let title = fill(words::PUT_IN_ASK, &[("n", &asked.get())]);
            view! {
                <Dialog title is_open
                    foot=move || view! {
                        <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(shared::CANCEL)}</button>
                        <button type="button" class="btn btn-main" disabled=move || is_busy.get() on:click=put_in>{t(words::PUT_IN)}</button>
                    }>
                    <p>{range}</p>
                </Dialog>
            }
        }}
    }
}

fn take_back(workbench: Workbench, toasts: Toasts, done: Vec<(VisitId, CustomerId)>) {
    spawn_local(async move {
        let cancel = |(visit_id, customer_id): &(VisitId, CustomerId)| {
            let reason = t(words::MISTAKEN).to_owned();
            Mutation::from(CancelVisit { visit_id: *visit_id, customer_id: *customer_id, reason })
        };
        for batch in done.chunks(BATCH) {
            if let Err(error) = workbench.save_all(batch.iter().map(cancel).collect(), Vec::new()).await {
                toasts.say(error.words());
                return;
            }
        }
    });
}

/// How many got which mark. Each opens its rows in the list.
#[component]
fn Sorted(sitting: Sitting) -> impl IntoView {
    let counts = Memo::new(move |_| {
        sitting
            .marks
            .with(|marks| MarkKind::ALL.map(|kind| marks.values().filter(|own| **own == kind).count()))
    });
    let open = move |kind| {
        sitting.only.set(Some(kind));
        sitting.pane.set(Pane::List);
    };
    view! {
        <h3 class="label">{move || fill(words::SORTED, &[("n", &counts.get().iter().sum::<usize>())])}</h3>
        <ul class="sorted">
            {MarkKind::ALL.into_iter().enumerate().map(|(at, kind)| view! {
                <li>
                    <Icon name=mark_icon(kind) small=true /><span>{shared::mark(kind)}</span>
                    <button type="button" class="num"
                        aria-label=move || format!("{} {}", shared::mark(kind), counts.get().get(at).copied().unwrap_or(0))
                        on:click=move |_| open(kind)>
                        {move || counts.get().get(at).copied().unwrap_or(0)}
                    </button>
                </li>
            }).collect_view()}
        </ul>
    }
}

fn pace(sitting: Sitting) -> Option<String> {
    let pace = sitting.pace.get();
    let all = sitting.deck.with(|deck| deck.len());
    let left = all.saturating_sub(sitting.marks.with(|marks| marks.len()));
    let (each, minutes) = pace.seconds_each().zip(pace.minutes_for(left)).filter(|_| left > 0)?;
    let said = fill(words::PACE, &[("s", &each), ("m", &minutes)]);
    Some(if said.is_ascii() { format!(" {said}") } else { said })
}

/// 把余下大众都标常规: everybody of the lowest tier who has no mark yet, in one step.
#[component]
fn RestRoutine(sitting: Sitting) -> impl IntoView {
    let workbench = sitting.workbench;
    let today = workbench.today();
    let is_open = RwSignal::new(false);
    let lowest = Memo::new(move |_| {
        workbench.read(|replica| {
            let rules = replica.rules();
            let tier = rules.tiers.scheme(today)?.tiers.last()?;
            let name = if tier.name.is_empty() { tier.code.0.clone() } else { tier.name.clone() };
            Some((tier.code.clone(), name))
        })
    });
    let rest = move |code: &TierCode| {
        let marks = sitting.marks.get_untracked();
        let is_rest = |id: &CustomerId| {
            !marks.contains_key(id)
                && workbench
                    .peek(|replica| replica.rated(*id, today).is_some_and(|rated| rated.tier() == Some(code)))
        };
        sitting.deck.with_untracked(|deck| deck.iter().copied().filter(is_rest).collect::<Vec<_>>())
    };
    // Counted when it is asked for: a mark must not wait for it.
    let asked = RwSignal::new((Vec::<CustomerId>::new(), String::new()));
    let ask = move |_| {
        if let Some((code, name)) = lowest.get_untracked() {
            asked.set((rest(&code), name));
            is_open.set(true);
        }
    };
    let mark = move |_| {
        is_open.set(false);
        let ids = asked.with_untracked(|(ids, _)| ids.clone());
        if !ids.is_empty() {
            sitting.mark_all(ids, MarkKind::Routine);
        }
    };
    view! {
        {move || lowest.get().filter(|_| sitting.may_mark.get()).map(|(_, name)| view! {
            <button type="button" class="btn" on:click=ask>{fill(words::REST_ROUTINE, &[("tier", &name)])}</button>
        })}
        {move || {
            let title = asked.with(|(ids, name)| fill(words::REST_ASK, &[("n", &ids.len()), ("tier", name)]));
            view! {
                <Dialog title is_open
                    foot=move || view! {
                        <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(shared::CANCEL)}</button>
                        <button type="button" class="btn btn-main" disabled=move || asked.with(|(ids, _)| ids.is_empty())
                            on:click=mark>{t(words::REST_DO)}</button>
                    }>
                    <p>{t(words::REST_SAY)}</p>
                </Dialog>
            }
        }}
    }
}
