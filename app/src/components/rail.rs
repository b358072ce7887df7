//! Navigation: what this person's role has, and nothing else.

use crate::browser::looks;
use crate::components::icon::Icon;
use crate::i18n::{Words, t};
use crate::words::{self, frame};
use crate::workbench::{Entrance, Workbench};
use domain::authorize::{Act, may};
use domain::organisation::Role;
use leptos::prelude::*;
use leptos_router::components::A;

/// Where the navigation leads, by role.
fn places(role: Role) -> Vec<(&'static str, &'static str, Words)> {
    let mut places = Vec::new();
    if may(role, Act::SeeTeam) {
        places.push(("/app/team", "team", words::TEAM));
    }
    if matches!(role, Role::Manager | Role::Desk) {
        places.push(("/app/", "today", words::TODAY));
    }
    if role == Role::Administrator {
        places.push(("/app/administration", "team", words::ADMINISTRATION));
    } else {
        places.push(("/app/customers", "people", words::CUSTOMERS));
        places.push(("/app/visits", "pin", words::VISITS));
    }
    if may(role, Act::Import) {
        places.push(("/app/import", "import", words::IMPORT));
    }
    if may(role, Act::SeeRules) {
        places.push(("/app/rules", "tier", words::rules::TITLE));
    }
    places.push(("/app/settings", "set", words::SETTINGS));
    places
}

#[component]
pub fn Rail() -> impl IntoView {
    let workbench = Workbench::expect();
    let entrance = Entrance::expect();
    let role = Memo::new(move |_| workbench.read(|replica| replica.actor().role));
    let name = Memo::new(move |_| workbench.read(|replica| replica.actor().name.clone()));
    let face = move || name.get().chars().next().map(String::from).unwrap_or_default();
    view! {
        <nav class="rail" aria-label=t(frame::NAVIGATION)>
            <div class="rail-mark"><Icon name="mark" /><span>"走访"</span></div>
            {move || places(role.get()).into_iter().map(|(href, icon, words)| view! {
                <A href=href exact=href == "/app/"><Icon name=icon />{t(words)}</A>
            }).collect_view()}
            <div class="rail-foot">
                <button type="button" class="rail-tool" title=t(frame::LOOKS_HINT) on:click=move |_| looks::toggle_theme()>
                    <Icon name="theme" /><span>{t(frame::LOOKS)}</span>
                </button>
                <button type="button" class="rail-me" title=t(frame::LOCK) on:click=move |_| entrance.leave()>
                    <span class="face" aria-hidden="true">{face}</span><span>{move || name.get()}</span>
                    <span class="vh">{t(frame::LOCK)}</span>
                </button>
            </div>
        </nav>
    }
}
