//! How long this device works without contact, its password, and locking it now.

use super::password::PasswordDialog;
use super::pin::PinOption;
use crate::components::Icon;
use crate::i18n::{fill, moment, t};
use crate::words::settings as words;
use crate::workbench::{Entrance, Workbench};
use domain::limits::OFFLINE_LEASE_HOURS;
use leptos::prelude::*;
use replica::Replica;

const HOUR_MS: i64 = 3_600_000;

#[component]
pub fn Locking() -> impl IntoView {
    let workbench = Workbench::expect();
    let entrance = Entrance::expect();
    let is_changing = RwSignal::new(false);
    view! {
        <section aria-labelledby="h-lock">
            <div class="head"><h2 id="h-lock">{t(words::LOCKING)}</h2></div>
            <ul class="opts">
                {(!workbench.is_memory_only()).then(|| view! { <Lease /> })}
                <li>
                    <Icon name="key" />
                    <span>
                        {t(words::PASSWORD)}
                        <span class="small quiet">
                            {move || t(if workbench.is_online() { words::PASSWORD_SAY } else { words::PASSWORD_OFFLINE })}
                        </span>
                    </span>
                    <button type="button" class="btn" disabled=move || !workbench.is_online()
                        on:click=move |_| is_changing.set(true)>{t(words::PASSWORD_CHANGE)}</button>
                </li>
                {(!workbench.is_memory_only()).then(|| view! { <PinOption /> })}
            </ul>
            <button type="button" class="btn set-lock" on:click=move |_| entrance.leave()>
                <Icon name="lock" small=true />{t(words::LOCK_NOW)}
            </button>
            <PasswordDialog is_open=is_changing />
        </section>
    }
}

/// Until when what is stored here can be read without another contact.
#[component]
fn Lease() -> impl IntoView {
    let workbench = Workbench::expect();
    let contact = Memo::new(move |_| workbench.read(Replica::server_time));
    let left_ms = move || contact.get().plus_ms(OFFLINE_LEASE_HOURS * HOUR_MS).0 - workbench.now().0;
    let left = move || match left_ms() {
        ..=0 => t(words::LEASE_OVER).to_owned(),
        left => fill(words::LEASE_LEFT, &[("n", &(left / HOUR_MS))]),
    };
    let width = move || format!("{}%", (left_ms().max(0) / (OFFLINE_LEASE_HOURS * HOUR_MS / 100)).min(100));
    view! {
        <li class="opt-lease">
            <Icon name="off" />
            <span>
                {t(words::LEASE)}
                <span class="small quiet">{fill(words::LEASE_SAY, &[("n", &OFFLINE_LEASE_HOURS)])}</span>
            </span>
            <b class="nb">{move || moment(contact.get().plus_ms(OFFLINE_LEASE_HOURS * HOUR_MS), workbench.today())}</b>
            <svg class="meter" aria-hidden="true"><rect width=width></rect></svg>
            <span class="small faint">{left}</span>
        </li>
    }
}
