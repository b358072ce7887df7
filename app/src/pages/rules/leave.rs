//! Nobody leaves the page with words the server does not have without being told: they are saved first, and where that
//! cannot be done the person decides.

use crate::browser::leaving::Leaving;
use crate::browser::listener::until_cleanup;
use crate::components::Dialog;
use crate::i18n::t;
use crate::pages::whole_address;
use crate::words::rules as words;
use domain::policy::Policy;
use domain::standard::VisitStandard;
use domain::tier::TierScheme;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

use super::desk::Desk;

#[component]
pub fn LeaveGuard() -> impl IntoView {
    let schemes = Desk::<TierScheme>::expect();
    let standards = Desk::<VisitStandard>::expect();
    let policies = Desk::<Policy>::expect();
    let is_unsaved = move || schemes.is_unsaved() || standards.is_unsaved() || policies.is_unsaved();
    let is_lost =
        move || schemes.is_lost_with_tab() || standards.is_lost_with_tab() || policies.is_lost_with_tab();
    let leads_to = RwSignal::new(None::<String>);
    let is_open = RwSignal::new(false);
    let navigate = use_navigate();
    let saved_navigate = navigate.clone();
    until_cleanup(Leaving::watch(is_lost, move |address| {
        if !is_unsaved() {
            return false;
        }
        let navigate = saved_navigate.clone();
        spawn_local(async move {
            if schemes.save().await && standards.save().await && policies.save().await {
                navigate(&address, whole_address());
            } else {
                leads_to.try_set(Some(address));
                is_open.try_set(true);
            }
        });
        true
    }));
    let navigate = StoredValue::new_local(navigate);
    view! {
        <Dialog title=t(words::LEAVE) is_open
            foot=move || view! {
                <button type="button" class="btn" on:click=move |_| {
                    is_open.set(false);
                    if let Some(address) = leads_to.get_untracked() {
                        navigate.with_value(|navigate| navigate(&address, whole_address()));
                    }
                }>{t(words::LEAVE_NOW)}</button>
                <button type="button" class="btn btn-main" on:click=move |_| is_open.set(false)>{t(words::STAY)}</button>
            }>
            <p>{t(words::LEAVE_SAY)}</p>
        </Dialog>
    }
}
