//! Which tablets have been in touch, and what they still held when last heard: what only the server knows.

use super::exceptions::is_silence;
use crate::components::online::{Asked, Trouble};
use crate::components::{EmptyState, Icon, Sheet};
use crate::i18n::{clock, fill, moment, t};
use crate::words::team as words;
use crate::workbench::Workbench;
use domain::api::{Team, TeamException, TeamManager};
use domain::ids::EmployeeId;
use domain::time::Timestamp;
use leptos::prelude::*;

const HOUR_MS: i64 = 3_600_000;
/// Silent longer than a working day is worth a word.
const LATE_HOURS: i64 = 24;
const DAYS_FROM_HOURS: i64 = 72;

/// The sheet of devices is open.
#[derive(Clone, Copy)]
pub struct DevicesOpen(pub RwSignal<bool>);

impl DevicesOpen {
    pub fn expect() -> Self {
        expect_context()
    }
}

/// The server's latest answer, if any came.
#[derive(Clone, Copy)]
pub struct DevicesSeen(pub Asked<Team>);

impl DevicesSeen {
    pub fn silent(self) -> Vec<TeamException> {
        let of = |team: &Team| team.exceptions.iter().filter(|one| is_silence(one)).cloned().collect();
        self.0.answer.with(|team| team.as_ref().map(of).unwrap_or_default())
    }

    /// When the last of a manager's devices was in touch; None before an answer.
    pub fn contact_of(self, manager: Option<EmployeeId>) -> Option<Option<Timestamp>> {
        self.0.answer.with(|team| {
            let own = team.as_ref()?.managers.iter().find(|own| Some(own.employee_id) == manager)?;
            Some(own.devices.iter().filter_map(|device| device.last_contact_at).max())
        })
    }
}

/// As of when, or that it needs the network; with another try.
#[component]
pub fn DevicesLine(devices: DevicesSeen) -> impl IntoView {
    let workbench = Workbench::expect();
    let DevicesOpen(is_open) = DevicesOpen::expect();
    let asked = devices.0;
    let as_of = move || asked.answer.with(|team| team.as_ref().map(|team| team.as_of));
    view! {
        <p class="cover-contact small faint" role="status">
            {move || match as_of() {
                Some(at) => view! {
                    <span>{fill(words::DEVICES_AS_OF, &[("at", &moment(at, workbench.today()))])}</span>
                    <button type="button" class="link hit" on:click=move |_| is_open.set(true)>{t(words::DEVICES)}</button>
                }
                .into_any(),
                None if asked.is_asking.get() => t(words::DEVICES_ASKING).into_any(),
                None if !workbench.is_online() => t(words::DEVICES_OFFLINE).into_any(),
                None => ().into_any(),
            }}
            {move || workbench.is_online().then(|| view! {
                <button type="button" class="btn btn-icon" aria-label=t(words::AGAIN) title=t(words::AGAIN)
                    on:click=move |_| asked.again()><Icon name="sync" small=true /></button>
            })}
        </p>
        <Trouble text=asked.problem on_retry=move || asked.again() />
    }
}

#[component]
pub fn DevicesSheet(devices: DevicesSeen) -> impl IntoView {
    let DevicesOpen(is_open) = DevicesOpen::expect();
    view! {
        <Sheet title=t(words::DEVICES) is_open>
            {move || {
                let managers = devices.0.answer.with(|team| team.as_ref().map(|team| team.managers.clone()));
                view! { <Devices managers=managers.unwrap_or_default() /> }
            }}
        </Sheet>
    }
}

#[component]
fn Devices(managers: Vec<TeamManager>) -> impl IntoView {
    let now = Workbench::expect().now();
    let mut devices: Vec<_> = managers
        .iter()
        .flat_map(|manager| manager.devices.iter().map(|device| (manager.name.clone(), device.clone())))
        .collect();
    devices.sort_by_key(|(_, device)| device.last_contact_at);
    if devices.is_empty() {
        return view! { <EmptyState icon="tablet" title=t(words::NO_DEVICES) text=t(words::DEVICES_SAY) /> }
            .into_any();
    }
    view! {
        <p class="small quiet">{t(words::DEVICES_SAY)}</p>
        <ul class="devs">{devices.into_iter().map(|(name, device)| {
            let face: String = name.chars().take(1).collect();
            let pending = match device.pending {
                0 => view! { <span class="small quiet one">{format!("{} · {}", device.name, t(words::ALL_SENT))}</span> }.into_any(),
                n => view! {
                    <span class="small one"><span class="quiet">{device.name.clone()}" · "</span>
                        <span class="why-late">{fill(words::UNSENT, &[("n", &n)])}</span></span>
                }.into_any(),
            };
            view! {
                <li>
                    <span class="face" aria-hidden="true">{face}</span>
                    <span class="dev-who"><span>{name}</span>{pending}</span>
                    <span class="small faint nb">{contact(device.last_contact_at, now)}</span>
                </li>
            }
        }).collect_view()}</ul>
    }
    .into_any()
}

/// 09:38 today, otherwise how long ago.
pub fn contact(last: Option<Timestamp>, now: Timestamp) -> AnyView {
    let Some(last) = last else {
        return view! { <span class="why-late">{t(words::NEVER)}</span> }.into_any();
    };
    let hours = (now.0 - last.0) / HOUR_MS;
    if last.date() == now.date() || hours < 1 {
        return clock(last.minute_of_day()).into_any();
    }
    let said = if hours < DAYS_FROM_HOURS {
        fill(words::HOURS_AGO, &[("n", &hours)])
    } else {
        fill(words::DAYS_AGO, &[("n", &(hours / 24))])
    };
    if hours >= LATE_HOURS {
        view! { <span class="why-late">{said}</span> }.into_any()
    } else {
        said.into_any()
    }
}
