//! The frame every page stands in: rail, bar with title, search and status pill, the outbox sheet, and what may have to be
//! asked anywhere (signing in again, switching to a new version).

mod outbox;
mod sign_in_again;

use crate::browser::idle::Idle;
use crate::browser::keyboard::{Shortcut, Shortcuts};
use crate::browser::listener::until_cleanup;
use crate::browser::shell::{self, Announcement, Announcements};
use crate::browser::{clock, screen};
use crate::components::Dialog;
use crate::components::icon::Icon;
use crate::components::rail::Rail;
use crate::components::status_pill::StatusPill;
use crate::components::toast::ToastPlace;
use crate::i18n::t;
use crate::pages::whole_address;
use crate::words::{self, frame};
use crate::workbench::{Entrance, Workbench};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;
use leptos_router::hooks::use_navigate;
use outbox::Outbox;
use sign_in_again::SignInAgain;

/// Minutes without a touch after which the pages are covered, where a PIN is set to uncover them with.
const IDLE_COVER_MINUTES: u32 = 5;
/// Minutes without a touch after which the key is forgotten (SECURITY.md).
const IDLE_LOCK_MINUTES: u32 = 15;

#[derive(Clone, Copy)]
struct OutboxOpen(RwSignal<bool>);

/// Rail at the left, page at the right. A page brings its own [`Bar`].
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    let is_outbox_open = RwSignal::new(false);
    provide_context(OutboxOpen(is_outbox_open));
    let entrance = Entrance::expect();
    let workbench = Workbench::expect();
    // Each tab for itself: one that lies open unused takes nothing from under the hands of who writes in another.
    let cover = move || workbench.cover_this_tab();
    let is_away = move || workbench.is_open() && workbench.is_covered().get_untracked();
    until_cleanup(Idle::watch(IDLE_COVER_MINUTES, is_away, cover));
    until_cleanup(Idle::watch(IDLE_LOCK_MINUTES, is_away, move || entrance.lock_this_tab()));
    let navigate = use_navigate();
    // `/` and Ctrl+K search from anywhere.
    until_cleanup(Shortcuts::listen(move |shortcut| {
        if shortcut != Shortcut::Search || workbench.is_covered().get_untracked() {
            return false;
        }
        if !screen::focus("search") {
            crate::pages::customers::search_next();
            navigate("/app/customers", whole_address());
            // Where the list stood already, beside a customer, it does not begin anew.
            spawn_local(async {
                clock::next_frame().await;
                screen::focus("search");
            });
        }
        true
    }));
    view! {
        <div class="frame">
            <Rail />
            {children()}
        </div>
        <Outbox is_open=is_outbox_open />
        <SignInAgain />
        <EntryNotice />
        <UpdateOffer />
        <ToastPlace />
    }
}

/// The bar over a page: its title, something beside it, and the status.
#[component]
pub fn Bar(
    #[prop(into)] title: String,
    /// Small words behind the title.
    #[prop(optional, into)]
    aside: MaybeProp<String>,
    /// Where the arrow at the left leads; none on the pages of the rail.
    #[prop(optional, into)]
    back: Option<String>,
    /// Leaves the search box out where the page has its own.
    #[prop(optional)]
    without_search: bool,
    /// Further controls, before the pill.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let OutboxOpen(is_outbox_open) = expect_context();
    screen::set_title(&title);
    view! {
        <header class="bar">
            {back.map(|href| view! {
                <A href=href attr:class="btn btn-icon" attr:aria-label=t(words::BACK)><Icon name="left" /></A>
            })}
            <div class="bar-title">
                <h1>{title}</h1>
                {move || aside.get().map(|aside| view! { <span class="quiet nb">{aside}</span> })}
            </div>
            {children.map(|children| children())}
            {(!without_search).then(|| view! { <BarSearch /> })}
            <StatusPill is_outbox_open />
        </header>
    }
}

/// Enter leads to the customers found.
#[component]
fn BarSearch() -> impl IntoView {
    let workbench = Workbench::expect();
    let has_customers =
        workbench.peek(|replica| replica.actor().role != domain::organisation::Role::Administrator);
    let query = RwSignal::new(String::new());
    let navigate = use_navigate();
    let go = move || {
        let typed = query.get_untracked();
        if !typed.trim().is_empty() {
            crate::pages::customers::search_for(&typed);
            navigate("/app/customers", whole_address());
        }
    };
    has_customers.then(|| view! {
        <label class="search wide">
            <span class="vh">{t(words::SEARCH_CUSTOMERS)}</span>
            <Icon name="search" />
            <input class="input" type="search" id="search" placeholder=t(words::SEARCH_HINT) autocomplete="off"
                prop:value=move || query.get()
                on:input=move |event| query.set(event_target_value(&event))
                on:keydown=move |event| if event.key() == "Enter" { go() } />
            <kbd aria-hidden="true">"/"</kbd>
        </label>
        <A href="/app/customers" attr:class="btn btn-icon narrow" attr:aria-label=t(words::SEARCH_CUSTOMERS)>
            <Icon name="search" />
        </A>
    })
}

/// What happened to this device while nobody was in.
#[component]
fn EntryNotice() -> impl IntoView {
    let notice = Entrance::expect().notice();
    let is_open = RwSignal::new(notice.with_untracked(Option::is_some));
    view! {
        <Dialog title=t(frame::NOTICE) is_open
            foot=move || view! {
                <button type="button" class="btn btn-main" on:click=move |_| {
                    notice.set(None);
                    is_open.set(false);
                }>{t(words::CLOSE)}</button>
            }>
            <p>{move || notice.get()}</p>
        </Dialog>
    }
}

/// A new version is offered, never forced.
#[component]
fn UpdateOffer() -> impl IntoView {
    let is_ready = RwSignal::new(false);
    until_cleanup(Announcements::listen(move |announcement| {
        if announcement == Announcement::UpdateReady {
            is_ready.set(true);
        }
    }));
    let is_put_off = RwSignal::new(false);
    view! {
        {move || (is_ready.get() && !is_put_off.get()).then(|| view! {
            <div class="toast" role="status">
                <span>{t(frame::UPDATE_READY)}</span>
                <button type="button" on:click=move |_| is_put_off.set(true)>{t(frame::UPDATE_LATER)}</button>
                <button type="button" on:click=move |_| shell::apply_update()>{t(frame::UPDATE_NOW)}</button>
            </div>
        })}
    }
}
