//! Which tablets have been in touch, and what they still held when last heard: those silent longest first.

use crate::components::EmptyState;
use crate::i18n::{clock, fill, t};
use crate::words::team as words;
use crate::workbench::Workbench;
use domain::api::TeamManager;
use domain::time::Timestamp;
use leptos::prelude::*;

const HOUR_MS: i64 = 3_600_000;
/// Silent longer than a working day is worth a word.
const LATE_HOURS: i64 = 24;
const DAYS_FROM_HOURS: i64 = 72;

#[component]
pub fn Devices(managers: Vec<TeamManager>) -> impl IntoView {
    let now = Workbench::expect().now();
    let mut devices: Vec<_> = managers
        .iter()
        .flat_map(|manager| manager.devices.iter().map(|device| (manager.name.clone(), device.clone())))
        .collect();
    devices.sort_by_key(|(_, device)| device.last_contact_at);
    let count = devices.len();
    view! {
        <section class="cap" aria-labelledby="team-devices">
            <div class="head"><h2 id="team-devices">{t(words::DEVICES)}</h2><span class="count">{count}</span></div>
            {if devices.is_empty() {
                view! { <EmptyState icon="tablet" title=t(words::NO_DEVICES) text=t(words::DEVICES_SAY) /> }.into_any()
            } else {
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
                }.into_any()
            }}
        </section>
    }
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
