//! One customer on one screen, and the four marks under it.

use super::queue::mark_icon;
use super::seen::{Seen, TREND_MONTHS};
use super::sitting::Sitting;
use crate::components::{EmptyState, Icon, TierBadge, Trend};
use crate::i18n::{fill, t};
use crate::pages::customers::{holder, href};
use crate::words::{self as shared, customers as customer_words, take_over as words};
use domain::customer::Customer;
use domain::ids::CustomerId;
use domain::mark::MarkKind;
use leptos::prelude::*;
use leptos_router::components::A;

#[component]
pub fn Card(sitting: Sitting) -> impl IntoView {
    let workbench = sitting.workbench;
    let seen = Memo::new(move |_| {
        let id = sitting.current.get()?;
        workbench.read(|replica| Seen::of(replica, id, workbench.today()))
    });
    let is_none = Memo::new(move |_| seen.with(Option::is_none));
    let is_empty = Memo::new(move |_| sitting.deck.with(|deck| deck.is_empty()));
    view! {
        <section class="card" aria-labelledby="h-card">
            <div class="card-in scroll">
                {move || match (is_none.get(), is_empty.get()) {
                    (true, true) => view! { <h2 id="h-card" class="vh">{t(words::EMPTY)}</h2><EmptyState icon="people" title=t(words::EMPTY) text=t(words::EMPTY_SAY) /> }.into_any(),
                    (true, false) => view! { <h2 id="h-card" class="vh">{t(words::ALL_DONE)}</h2><EmptyState icon="ok" title=t(words::ALL_DONE) text=t(words::ALL_DONE_SAY) /> }.into_any(),
                    (false, _) => view! { {move || seen.get().map(|seen| view! { <Whole sitting seen /> })} }.into_any(),
                }}
            </div>
            <Problem sitting />
            {move || (!is_none.get()).then(|| view! { <Verdicts sitting /> })}
            <TakeBack sitting />
        </section>
    }
}

#[component]
fn Whole(sitting: Sitting, seen: Seen) -> impl IntoView {
    let id = seen.id;
    let place = Memo::new(move |_| {
        sitting.deck.with(|deck| deck.iter().position(|other| *other == id).map_or(0, |at| at + 1))
    });
    let facts = [
        (words::HOLDS, view! { {seen.holds} }.into_any()),
        (words::LAST_MET, view! { {seen.last_met} }.into_any()),
        (
            words::PROMISES,
            view! {
                {seen.promises_late.map(|late| view! { <b class="why-late">{late}</b>{crate::i18n::comma()} })}
                {seen.promises}
            }
            .into_any(),
        ),
        (words::MISSING, view! { {seen.missing} }.into_any()),
    ];
    let last = match seen.last.is_empty() {
        true => view! { <span class="quiet">{t(words::NO_CONTACT)}</span> }.into_any(),
        false => seen.last.into_iter().map(|line| view! { <span>{line}</span> }).collect_view().into_any(),
    };
    let has_trend = !seen.trend.is_empty();
    let trend_label = fill(words::TREND, &[("what", &seen.headline), ("n", &TREND_MONTHS)]);
    view! {
        <div class="card-head">
            <h2 id="h-card" class="figure">{seen.name}</h2>
            {seen.standing.tier.map(|tier| view! { <TierBadge tier /> })}
            <span class="small faint">{move || fill(words::PLACE_IN, &[("n", &place.get())])}</span>
            <A href=href(id) attr:class="link small hit">{t(words::OPEN)}</A>
        </div>
        <p class="quiet">{seen.who}</p>
        <p class="card-why">
            {match seen.signs.is_empty() {
                true => view! { <span class="quiet">{t(words::NO_SIGNS)}</span> }.into_any(),
                false => seen.signs.into_iter().map(|why| view! {
                    <span class=why.class title=why.fact><Icon name=why.icon small=true />{why.text}</span>
                }).collect_view().into_any(),
            }}
        </p>
        <div class="card-worth">
            {match seen.figure.is_empty() {
                true => view! { <span class="quiet">{t(words::NO_FIGURE)}</span> }.into_any(),
                false => view! {
                    <span class="figure">{seen.figure}</span>
                    <span class="small quiet">{seen.headline}</span>
                    {seen.ways.into_iter().map(|way| view! { <span class="small quiet">{way}</span> }).collect_view()}
                }.into_any(),
            }}
        </div>
        {has_trend.then(|| view! { <figure class="card-trend" role="img" aria-label=trend_label><Trend values=seen.trend /></figure> })}
        <dl class="card-facts">
            {facts.into_iter().map(|(name, value)| view! { <div><dt>{t(name)}</dt><dd>{value}</dd></div> }).collect_view()}
            <div><dt>{t(words::LAST_THREE)}</dt><dd class="card-last">{last}</dd></div>
        </dl>
    }
}

fn name_of(sitting: Sitting, id: CustomerId) -> String {
    sitting
        .workbench
        .peek(|replica| replica.get::<Customer>(id).map(|customer| customer.name.clone()))
        .unwrap_or_default()
}

/// What was not saved. Its customer is on the screen again.
#[component]
fn Problem(sitting: Sitting) -> impl IntoView {
    move || {
        sitting.failed.get().map(|failed| {
            let why: &dyn std::fmt::Display = &failed.words;
            let said = match failed.customers.as_slice() {
                [id] => fill(words::FAILED, &[("name", &name_of(sitting, *id)), ("why", why)]),
                many => fill(words::FAILED_MANY, &[("n", &many.len()), ("why", why)]),
            };
            view! { <div class="note note-danger card-note" role="alert"><Icon name="alert" /><p>{said}</p></div> }
        })
    }
}

#[component]
fn Verdicts(sitting: Sitting) -> impl IntoView {
    let given = Memo::new(move |_| {
        let id = sitting.current.get()?;
        sitting.marks.with(|marks| marks.get(&id).copied())
    });
    let label = move || {
        let name = sitting.current.get().map(|id| name_of(sitting, id)).unwrap_or_default();
        fill(words::MARKS, &[("name", &name)])
    };
    let buttons = (1..).zip(MarkKind::ALL).map(move |(key, kind)| {
        view! {
            <button type="button" class="vd" class:vd-1=kind == MarkKind::Important
                aria-keyshortcuts=key.to_string()
                aria-pressed=move || if given.get() == Some(kind) { "true" } else { "false" }
                on:click=move |_| sitting.mark(kind)>
                <Icon name=mark_icon(kind) /><b>{shared::mark(kind)}</b>
                <span class="small">{words::comes_of(kind)}</span><kbd aria-hidden="true">{key}</kbd>
            </button>
        }
    });
    let buttons = StoredValue::new_local(buttons);
    move || {
        if sitting.may_mark.get() {
            let buttons = buttons.get_value().collect_view();
            return view! { <div class="verdicts" role="group" aria-label=label>{buttons}</div> }.into_any();
        }
        let name = sitting.book.get().map(|book| {
            sitting.workbench.read(|replica| holder(replica, book, t(customer_words::NO_MANAGER)))
        });
        let said = fill(words::ONLY_LOOKING, &[("name", &name.unwrap_or_default())]);
        view! { <div class="note card-note"><Icon name="eye" /><p>{said}</p></div> }.into_any()
    }
}

/// What the last press did, and the way back.
#[component]
fn TakeBack(sitting: Sitting) -> impl IntoView {
    let last = Memo::new(move |_| sitting.steps.with(|steps| steps.last().cloned()));
    let said = move || match last.get() {
        None => t(words::NO_STEP).to_owned(),
        Some(step) => {
            let mark: &dyn std::fmt::Display = &shared::mark(step.kind);
            match step.before.as_slice() {
                [(id, _)] => fill(words::STEP_ONE, &[("name", &name_of(sitting, *id)), ("mark", mark)]),
                many => fill(words::STEP_MANY, &[("n", &many.len()), ("mark", mark)]),
            }
        }
    };
    move || {
        sitting.may_mark.get().then(|| {
            view! {
                <p class="tri-undo small quiet">
                    <span role="status">{said}</span>
                    <button type="button" class="btn btn-bare" title=t(words::TAKE_BACK_HINT) aria-keyshortcuts="u Control+z"
                        disabled=move || last.with(Option::is_none)
                        on:click=move |_| sitting.take_back()>
                        <Icon name="undo" small=true />{t(shared::UNDO)}
                    </button>
                </p>
            }
        })
    }
}
