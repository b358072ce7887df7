//! One module a page, and where each is found.

pub mod administration;
mod apart;
pub mod attention;
mod cover;
pub mod customers;
pub mod door;
pub mod hand_over;
pub mod import;
pub mod migration;
pub mod rules;
pub mod settings;
pub mod setup;
pub mod take_over;
pub mod team;
pub mod today;
pub mod visit;
pub mod visits;

use crate::browser::screen;
use crate::components::frame::Frame;
use crate::components::toast::Toasts;
use crate::components::{Bar, EmptyState};
use crate::i18n::{Words, t};
use crate::words::{self, door as door_words, frame};
use crate::workbench::{Entrance, Link, Workbench};
use apart::{Apart, Arriving, Page};
use domain::authorize::{Act, may};
use domain::organisation::Role;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::{Redirect, Route, Router, Routes};
use leptos_router::path;

/// The door while nobody is in, the frame with the page of the address afterwards. The address stays while locked, so that
/// unlocking leads back to it.
#[component]
pub fn Pages() -> impl IntoView {
    let entrance = Entrance::expect();
    move || match entrance.workbench() {
        None if screen::path().ends_with("/setup") => {
            view! { <Apart arriving=apart::setup bar=|| ().into_any() /> }.into_any()
        }
        None => {
            apart::fetch_ahead();
            view! { <door::Door /> }.into_any()
        }
        Some(workbench) => {
            provide_context(workbench);
            provide_context(Toasts::new());
            view! { <Apart arriving=apart::inside bar=|| ().into_any() /> }.into_any()
        }
    }
}

#[component]
fn Inside() -> impl IntoView {
    let workbench = Workbench::expect();
    let is_revoked = Memo::new(move |_| workbench.link().get() == Link::Revoked);
    let must_change = Memo::new(move |_| workbench.must_change_password());
    spawn_local(visit::save_left(workbench));
    view! {
        <cover::Covered>
            <Router base="/app">
                {move || match (is_revoked.get(), must_change.get()) {
                    (true, _) => view! { <Revoked /> }.into_any(),
                    (false, true) => view! { <settings::FirstPassword /> }.into_any(),
                    (false, false) => view! { <Places /> }.into_any(),
                }}
            </Router>
        </cover::Covered>
    }
}

/// Nothing is left on this device; the person is told.
#[component]
fn Revoked() -> impl IntoView {
    view! {
        <main class="page" role="alert">
            <EmptyState icon="alert" title=t(frame::REVOKED_TITLE) text=t(frame::REVOKED)>
                <button type="button" class="btn btn-main" on:click=|_| screen::reload()>{t(door_words::SIGN_IN)}</button>
            </EmptyState>
        </main>
    }
}

#[component]
fn Places() -> impl IntoView {
    view! {
        <Frame>
            <Routes fallback=|| view! { <NoSuchPage /> }>
                <Route path=path!("") view=|| view! { <Start /> }.into_any() />
                // One route: the list stays as it is while customers come and go beside it.
                <Route path=path!("customers/:id?") view=|| view! { <customers::Customers /> }.into_any() />
                <Route path=path!("customers/:id/visit") view=|| later(apart::visit, words::RECORD_VISIT) />
                <Route path=path!("take-over") view=|| later(apart::take_over, words::take_over::TITLE) />
                <Route path=path!("visits") view=|| later(apart::visits, words::VISITS) />
                <Route path=path!("migration") view=|| later(apart::migration, words::migration::TITLE) />
                <Route path=path!("attention") view=|| later(apart::attention, words::ATTENTION) />
                <Route path=path!("settings") view=|| later(apart::settings, words::SETTINGS) />
                <Route path=path!("import") view=|| only_who_may(Act::Import, || later(apart::import, words::IMPORT)) />
                <Route path=path!("team") view=|| only_who_may(Act::SeeTeam, || later(apart::team, words::TEAM)) />
                <Route path=path!("hand-over") view=|| only_who_may(Act::HandOver, || later(apart::hand_over, words::HAND_OVER)) />
                <Route path=path!("administration") view=|| only_who_may(Act::Administer, || later(apart::administration, words::ADMINISTRATION)) />
                <Route path=path!("rules") view=|| only_who_may(Act::SeeRules, || later(apart::rules, words::rules::TITLE)) />
                <Route path=path!("setup") view=|| later(apart::setup, words::setup::TITLE) />
            </Routes>
        </Frame>
    }
}

/// A page that comes when it is opened; its bar stands meanwhile.
fn later(arriving: fn() -> Arriving<Page>, title: Words) -> AnyView {
    view! { <Apart arriving bar=move || view! { <Bar title=t(title) without_search=true /> }.into_any() /> }
        .into_any()
}

/// What a person may not do is not there for them, whatever address they type.
fn only_who_may(act: Act, page: fn() -> AnyView) -> AnyView {
    match Workbench::expect().peek(|replica| may(replica.actor().role, act)) {
        true => page(),
        false => view! { <NoSuchPage /> }.into_any(),
    }
}

/// For going to a whole address, such as `/app/team`: otherwise the router puts its base before it once more.
pub fn whole_address() -> NavigateOptions {
    NavigateOptions { resolve: false, ..NavigateOptions::default() }
}

/// What a role begins its day with.
#[component]
fn Start() -> impl IntoView {
    match Workbench::expect().peek(|replica| replica.actor().role) {
        Role::Manager | Role::Desk => view! { <today::Today /> }.into_any(),
        Role::Lead | Role::Auditor => {
            view! { <Redirect path="/app/team" options=whole_address() /> }.into_any()
        }
        Role::Administrator => {
            view! { <Redirect path="/app/administration" options=whole_address() /> }.into_any()
        }
    }
}

#[component]
fn NoSuchPage() -> impl IntoView {
    view! {
        <Bar title=t(words::NO_SUCH_PAGE) />
        <main class="page">
            <EmptyState icon="search" title=t(words::NO_SUCH_PAGE) text=t(words::NO_SUCH_PAGE_SAY)>
                <a class="btn" href="/app/">{t(words::TODAY)}</a>
            </EmptyState>
        </main>
    }
}
