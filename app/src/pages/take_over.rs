//! 接手: a book of hundreds sorted in one sitting, one customer and one key at a time, and the first month that comes of
//! it (R013). The marks are rows: what was sorted stays sorted, offline and on the other tablet.

mod card;
mod deck;
mod month;
mod planning;
mod queue;
mod rows;
mod seen;
mod sitting;

use crate::browser::keyboard::Keys;
use crate::browser::listener::until_cleanup;
use crate::components::{Bar, EmptyState, Segment};
use crate::i18n::{fill, t};
use crate::words::take_over as words;
use card::Card;
use domain::mark::MarkKind;
use leptos::prelude::*;
use month::Month;
use queue::Queue;
use sitting::{Pane, Sitting};

#[component]
pub fn TakeOver() -> impl IntoView {
    let sitting = Sitting::new();
    let is_nothing = Memo::new(move |_| sitting.books.with(Vec::is_empty));
    let all = Memo::new(move |_| sitting.deck.with(|deck| deck.len()));
    let done = Memo::new(move |_| sitting.marks.with(|marks| marks.len()).min(all.get()));
    let aside = Signal::derive(move || {
        let book = sitting.book.get();
        let name = sitting.books.with(|books| {
            books.iter().find(|(id, _)| Some(*id) == book).map(|(_, name)| name.clone()).unwrap_or_default()
        });
        fill(words::COUNT, &[("book", &name), ("n", &all.get())])
    });
    let progress = move || fill(words::PROGRESS, &[("done", &done.get()), ("all", &all.get())]);
    let share = move || format!("{}%", done.get() * 100 / all.get().max(1));
    until_cleanup(Keys::listen(move |key, is_with_control| pressed(sitting, key, is_with_control)));
    view! {
        <Bar title=t(words::TITLE) aside back="/app/customers" without_search=true>
            <p class="tri-pro"><b>{move || done.get()}</b><span class="quiet">" / "{move || all.get()}</span></p>
        </Bar>
        {move || if is_nothing.get() {
            view! {
                <main class="page"><EmptyState icon="people" title=t(words::NOBODY) text=t(words::NOBODY_SAY) /></main>
            }
            .into_any()
        } else {
            view! {
                <main class="page tri" data-pane=move || pane(sitting.pane.get())>
                    <div class="tri-bar" role="progressbar" aria-label=progress aria-valuemin="0"
                        aria-valuenow=move || done.get() aria-valuemax=move || all.get()>
                        <svg class="meter" aria-hidden="true"><rect width=share></rect></svg>
                    </div>
                    <div class="tri-panes narrow">
                        <Segment label=t(words::PANES) group="take-over-pane" class="seg-fill"
                            options=vec![
                                (Pane::List, t(words::LIST_PANE).to_owned()),
                                (Pane::Card, t(words::CARD_PANE).to_owned()),
                                (Pane::Month, t(words::FIRST_MONTH).to_owned()),
                            ]
                            chosen=Signal::derive(move || Some(sitting.pane.get()))
                            on_choose=move |pane| sitting.pane.set(pane) />
                    </div>
                    <Queue sitting />
                    <Card sitting />
                    <Month sitting />
                </main>
            }
            .into_any()
        }}
    }
}

fn pane(pane: Pane) -> &'static str {
    match pane {
        Pane::List => "list",
        Pane::Card => "card",
        Pane::Month => "month",
    }
}

fn pressed(sitting: Sitting, key: &str, is_with_control: bool) -> bool {
    let mark = |at: usize| {
        MarkKind::ALL.get(at).copied().into_iter().for_each(|kind| sitting.mark(kind));
        true
    };
    match (key, is_with_control) {
        ("1", false) => mark(0),
        ("2", false) => mark(1),
        ("3", false) => mark(2),
        ("4", false) => mark(3),
        ("u" | "U", false) | ("z" | "Z", true) => {
            sitting.take_back();
            true
        }
        ("ArrowDown" | "ArrowRight", false) => {
            sitting.step(1);
            true
        }
        ("ArrowUp" | "ArrowLeft", false) => {
            sitting.step(-1);
            true
        }
        _ => false,
    }
}
