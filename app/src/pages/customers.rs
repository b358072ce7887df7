//! 客户: the book at the left, one customer at the right; the phone shows one of the two.

mod band;
mod business;
mod call;
mod choice;
mod contacts;
mod debt_cell;
mod edit;
mod export;
mod facts;
mod find;
mod holdings;
mod list;
mod listing;
mod new;
mod next;
mod notes;
mod phone;
mod photos;
mod plan;
mod promises;
mod row;
mod saving;
mod tier_cell;
mod tier_set;
mod timeline;
mod trend_cell;
mod who;
mod why;

pub use business::event_name;
pub use call::CallSheet;
pub use choice::{search_for, search_next};
pub use edit::EditSheet;
pub use facts::missing_facts;
pub use listing::{Layout, STEP_PX, holder};
pub use row::{href, last_visited_on};

use crate::browser::{clock, screen};
use crate::components::{Bar, EmptyState};
use crate::i18n::{fill, t};
use crate::pages::whole_address;
use crate::words::{self as shared, customers as words, take_over as take_over_words};
use crate::workbench::Workbench;
use choice::Choice;
use domain::authorize::{Act, may};
use domain::ids::CustomerId;
use domain::organisation::Role;
use export::ExportSheet;
use find::Find;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;
use leptos_router::hooks::{use_navigate, use_params_map};
use list::{List, Scroller};
use listing::{Filter, Offer};
use new::NewSheet;
use std::sync::Arc;
use who::Who;

#[component]
pub fn Customers() -> impl IntoView {
    let workbench = Workbench::expect();
    let choice = Choice::kept(workbench);
    let params = use_params_map();
    let current = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<CustomerId>().ok()));
    let offer = Memo::new(move |_| workbench.read(|replica| listing::offer(replica, t(words::NO_MANAGER))));
    let rows = Memo::new(move |_| {
        let filter = choice.filter();
        workbench.read(|replica| Arc::new(listing::list(replica, &filter)))
    });
    let scroller = Scroller::new(rows);
    // What is newly asked for is read from its beginning.
    Effect::new(move |before: Option<Filter>| {
        let filter = choice.filter();
        if before.is_some_and(|before| before != filter) {
            scroller.go_to(0);
        }
        filter
    });
    let (is_new_open, is_export_open) = (RwSignal::new(false), RwSignal::new(false));
    let aside = Signal::derive(move || {
        let (shown, all) = (rows.with(|rows| rows.len()), offer.with(|offer| offer.all));
        match shown == all {
            true => fill(words::COUNT, &[("n", &all)]),
            false => fill(words::COUNT_OF, &[("n", &shown), ("all", &all)]),
        }
    });

    let navigate = use_navigate();
    let on_search_key = move |event: KeyboardEvent| match event.key().as_str() {
        _ if event.is_composing() => {}
        "ArrowDown" => {
            event.prevent_default();
            event.stop_propagation();
            scroller.focus(0);
        }
        "Enter" => {
            if let Some(id) = rows.with_untracked(|rows| rows.first().map(|row| row.id)) {
                navigate(&href(id), whole_address());
            }
        }
        "Escape" if !choice.query.with_untracked(String::is_empty) => {
            event.prevent_default();
            event.stop_propagation();
            choice.query.set(String::new());
        }
        _ => {}
    };
    let on_list_key = move |event: KeyboardEvent| {
        let last = rows.with_untracked(|rows| rows.len()).saturating_sub(1);
        let Some(at) = scroller.focused.get_untracked() else { return };
        let to = match event.key().as_str() {
            "ArrowDown" => Some((at + 1).min(last)),
            "ArrowUp" => at.checked_sub(1),
            "Home" => Some(0),
            "End" => Some(last),
            "Escape" => {
                choice.query.set(String::new());
                None
            }
            _ => return,
        };
        event.prevent_default();
        match to {
            Some(to) => scroller.focus(to),
            None => {
                screen::focus("search");
            }
        }
    };

    // At the branch desk the cursor waits in the search box.
    if choice::is_search_next() || workbench.peek(|replica| replica.actor().role == Role::Desk) {
        spawn_local(async {
            clock::next_frame().await;
            screen::focus("search");
        });
    }

    // A desk and an administrator hold no book.
    let may_sort =
        workbench.peek(|replica| matches!(replica.actor().role, Role::Manager | Role::Lead | Role::Auditor));

    let may_export = workbench.peek(|replica| may(replica.actor().role, Act::Export));

    view! {
        <Bar title=t(shared::CUSTOMERS) aside without_search=true>
            // A file is taken out at a desk or on a tablet.
            {may_export.then(|| view! {
                <button type="button" class="btn btn-bare wide" on:click=move |_| is_export_open.set(true)>{t(words::EXPORT)}</button>
            })}
            {may_sort.then(|| view! { <A href="/app/take-over" attr:class="btn btn-bare">{t(take_over_words::LINK)}</A> })}
        </Bar>
        <main class="page customers" data-pane=move || current.get().map(|_| "detail")>
            <section class="book" aria-label=t(words::LIST)>
                <Find choice offer is_new_open on_key=on_search_key />
                <div class="book-keys" on:keydown=on_list_key>
                    <List scroller rows current has_holders=Signal::derive(move || offer.with(|offer| !offer.books.is_empty()))>
                        <FirstSync />
                        <NoRows choice rows offer is_new_open />
                    </List>
                </div>
            </section>
            {move || match current.get() {
                Some(id) => view! { <Who id /> }.into_any(),
                None => view! {
                    <div class="who who-none"><EmptyState icon="people" title=t(words::PICK_ONE) text=t(words::PICK_ONE_SAY) /></div>
                }
                .into_any(),
            }}
        </main>
        <NewSheet is_open=is_new_open />
        <ExportSheet rows is_open=is_export_open />
    }
}

/// How far the first sync is. What has come stands below and can be used.
#[component]
fn FirstSync() -> impl IntoView {
    let workbench = Workbench::expect();
    let progress = Memo::new(move |_| {
        workbench.read(|replica| replica.is_first_sync().then(|| (replica.row_count(), replica.remaining())))
    });
    view! {
        {move || progress.get().map(|(here, left)| {
            let share = here as u64 * 100 / (here as u64 + left).max(1);
            view! {
                <div class="book-first" role="status">
                    <p><b>{t(words::FIRST_SYNC)}</b><span class="quiet">{fill(words::FIRST_SYNC_COUNT, &[("n", &here), ("left", &left)])}</span></p>
                    <svg class="meter" aria-hidden="true"><rect width=format!("{share}%")></rect></svg>
                    <p class="small quiet">{t(words::FIRST_SYNC_SAY)}</p>
                </div>
            }
        })}
    }
}

/// Why there is no row, and what to do about it.
#[component]
fn NoRows(
    choice: Choice,
    rows: Memo<Arc<Vec<listing::Listed>>>,
    offer: Memo<Offer>,
    is_new_open: RwSignal<bool>,
) -> impl IntoView {
    let workbench = Workbench::expect();
    let is_first_sync = Memo::new(move |_| workbench.read(replica::Replica::is_first_sync));
    let is_none = Memo::new(move |_| rows.with(|rows| rows.is_empty()));
    let new_button = move || {
        view! {
            <button type="button" class="btn" on:click=move |_| is_new_open.set(true)>{t(words::NEW_CUSTOMER)}</button>
        }
    };
    move || {
        if !is_none.get() {
            return ().into_any();
        }
        let query = choice.query.get();
        if offer.with(|offer| offer.all == 0) {
            if is_first_sync.get() {
                return view! { <Bones /> }.into_any();
            }
            return view! {
                <EmptyState icon="people" title=t(words::EMPTY) text=t(words::EMPTY_SAY)>{new_button()}</EmptyState>
            }
            .into_any();
        }
        if query.trim().is_empty() {
            return view! {
                <EmptyState icon="search" title=t(words::NONE_LEFT) text=t(words::NONE_LEFT_SAY)>
                    <button type="button" class="btn" on:click=move |_| choice.show_all()>{t(words::SHOW_ALL)}</button>
                </EmptyState>
            }
            .into_any();
        }
        view! {
            <EmptyState icon="search" title=fill(words::NOT_FOUND, &[("query", &query.trim())]) text=t(words::NOT_FOUND_SAY)>
                <button type="button" class="btn" on:click=move |_| {
                    choice.query.set(String::new());
                    choice.show_all();
                    screen::focus("search");
                }>{t(words::CLEAR)}</button>
                {new_button()}
            </EmptyState>
        }
        .into_any()
    }
}

/// The places of rows that are on their way.
#[component]
fn Bones() -> impl IntoView {
    const WIDTHS: [(&str, &str); 4] = [
        ("bone bone-m", "bone bone-s"),
        ("bone bone-s", "bone bone-m"),
        ("bone bone-l", "bone bone-s"),
        ("bone bone-m", "bone bone-s"),
    ];
    let bones = WIDTHS.map(|(name, sub)| {
        view! {
            <li class="row">
                <span class="bone bone-ring"></span>
                <span class="row-body bones"><span class=name></span><span class=sub></span></span>
            </li>
        }
    });
    view! { <ul class="rows" aria-hidden="true">{bones.collect_view()}</ul> }
}
