//! 设置: this device and its lock at the left; the new version, devices, people, looks at the right.

mod device;
mod devices;
mod locking;
mod looks;
mod password;
mod people;
mod pin;

use crate::browser::listener::until_cleanup;
use crate::browser::shell::{self, Announcement, Announcements};
use crate::components::{Bar, Dot, Icon};
use crate::i18n::{comma, fill, t};
use crate::words::{self as common, settings as words};
use crate::workbench::Workbench;
use device::ThisDevice;
pub use devices::DevicesOf;
use devices::MyDevices;
use leptos::prelude::*;
use locking::Locking;
use looks::Looks;
pub use password::FirstPassword;
use people::PeopleHere;

const VERSION_CHARS: usize = 7;

#[component]
pub fn Settings() -> impl IntoView {
    let workbench = Workbench::expect();
    let actor = workbench.peek(|replica| replica.actor().clone());
    let aside = format!("{}{}{}", actor.name, comma(), workbench.org_unit_name());
    view! {
        <Bar title=t(common::SETTINGS) aside without_search=true />
        <main class="page set scroll">
            <div class="set-col"><ThisDevice /><Locking /></div>
            <div class="set-col set-side">
                <NewVersion />
                <MyDevices />
                <PeopleHere />
                <Looks />
                <section aria-labelledby="h-about">
                    <div class="head">
                        <h2 id="h-about">{t(words::ABOUT)}</h2>
                        <span class="small faint aside">
                            {shell::version().map(|version| fill(words::VERSION, &[("version", &short(&version))]))}
                        </span>
                    </div>
                    <p class="small quiet">{t(words::ABOUT_SAY)}</p>
                    <p class="small quiet">
                        {common::role(actor.role)}<Dot />{fill(words::EMPLOYEE_NO, &[("no", &actor.employee_no)])}<Dot />{workbench.organisation_name()}
                    </p>
                </section>
            </div>
        </main>
    }
}

/// Enough of a version's hash to tell it over the telephone.
fn short(version: &str) -> String {
    version.chars().take(VERSION_CHARS).collect()
}

/// Offered, never forced: what waits and what is half-written stays.
#[component]
fn NewVersion() -> impl IntoView {
    let is_ready = RwSignal::new(false);
    until_cleanup(Announcements::listen(move |announcement| {
        if announcement == Announcement::UpdateReady {
            is_ready.set(true);
        }
    }));
    view! {
        {move || is_ready.get().then(|| view! {
            <section class="set-new" aria-label=t(words::FRESH)>
                <div class="note fresh">
                    <Icon name="import" />
                    <div>
                        <b>{t(words::FRESH)}</b>
                        <p class="small quiet">{t(words::FRESH_SAY)}</p>
                        <div class="btns">
                            <button type="button" class="btn btn-main" on:click=move |_| shell::apply_update()>{t(words::FRESH_DO)}</button>
                        </div>
                    </div>
                </div>
            </section>
        })}
    }
}
