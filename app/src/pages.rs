//! One module a page, and where each is found.

pub mod customers;
pub mod door;

use crate::components::frame::Frame;
use crate::components::toast::Toasts;
use crate::components::{Bar, EmptyState};
use crate::i18n::t;
use crate::words;
use crate::workbench::{Entrance, Workbench};
use domain::organisation::Role;
use leptos::prelude::*;
use leptos_router::components::{Redirect, Route, Router, Routes};
use leptos_router::path;

/// The door while nobody is in, the frame with the page of the address afterwards. The address stays while locked, so that
/// unlocking leads back to it.
#[component]
pub fn Pages() -> impl IntoView {
    let entrance = Entrance::expect();
    view! {
        <Router base="/app">
            {move || match entrance.workbench() {
                None => view! { <door::Door /> }.into_any(),
                Some(workbench) => {
                    provide_context(workbench);
                    provide_context(Toasts::new());
                    view! { <Inside /> }.into_any()
                }
            }}
        </Router>
    }
}

#[component]
fn Inside() -> impl IntoView {
    view! {
        <Frame>
            <Routes fallback=|| view! { <NoSuchPage /> }>
                <Route path=path!("") view=|| view! { <Start /> }.into_any() />
                <Route path=path!("customers") view=|| view! { <customers::Customers /> }.into_any() />
                <Route path=path!("customers/:id") view=|| view! { <customers::Customers /> }.into_any() />
            </Routes>
        </Frame>
    }
}

/// What a role begins its day with.
#[component]
fn Start() -> impl IntoView {
    match Workbench::expect().actor().role {
        Role::Manager | Role::Desk => view! { <Redirect path="/app/customers" /> }.into_any(),
        Role::Lead | Role::Auditor => view! { <Redirect path="/app/customers" /> }.into_any(),
        Role::Administrator => view! { <Redirect path="/app/customers" /> }.into_any(),
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
