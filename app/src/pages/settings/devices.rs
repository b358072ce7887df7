//! The devices of a person, as the server knows them: one's own, and for the administrator anybody's. One that is lost
//! is revoked here.

use super::short;
use crate::browser::network::{self, Verb};
use crate::components::online::{Answered, Asked, told};
use crate::components::{Dialog, FieldError, Icon};
use crate::i18n::{Words, comma, fill, moment, t};
use crate::words::settings as words;
use crate::workbench::Workbench;
use domain::api::{Device, Devices, RevokeDevice, path};
use domain::ids::{DeviceId, EmployeeId};
use domain::time::days_between;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Days without contact after which a device is worth a warning.
const SILENT_DAYS: i64 = 7;

#[component]
pub fn MyDevices() -> impl IntoView {
    let me = Workbench::expect().peek(|replica| replica.actor().employee_id);
    view! { <DevicesOf employee=me title=words::MY_DEVICES /> }
}

#[component]
pub fn DevicesOf(employee: EmployeeId, title: Words) -> impl IntoView {
    let workbench = Workbench::expect();
    let asked = Asked::<Devices>::new(|| Some(path::DEVICES.to_owned()));
    let doubtful = RwSignal::new(None::<Device>);
    let is_asking = RwSignal::new(false);
    let revoke = Callback::new(move |device: Device| {
        doubtful.set(Some(device));
        is_asking.set(true);
    });
    let theirs = move || {
        let devices = asked.answer.get().map(|answer| answer.devices).unwrap_or_default();
        devices.into_iter().filter(|device| device.employee_id == employee).collect::<Vec<_>>()
    };
    let count = move || asked.answer.with(Option::is_some).then(|| theirs().len());
    let is_none = move || count() == Some(0);
    view! {
        <section aria-labelledby="h-devices">
            <div class="head"><h2 id="h-devices">{t(title)}</h2><span class="count">{count}</span></div>
            {move || (!workbench.is_online() && asked.answer.with(Option::is_none)).then(|| view! {
                <p class="small quiet">{t(words::DEVICES_OFFLINE)}</p>
            })}
            <Answered asked>
                {move || is_none().then(|| view! { <p class="small quiet">{t(words::DEVICES_NONE)}</p> })}
                <ul class="opts">
                    {move || theirs().into_iter().map(|device| view! { <DeviceRow device revoke /> }).collect_view()}
                </ul>
            </Answered>
        </section>
        {move || doubtful.get().map(|device| view! {
            <RevokeDialog device is_open=is_asking on_done=move || asked.again() />
        })}
    }
}

#[component]
fn DeviceRow(device: Device, revoke: Callback<Device>) -> impl IntoView {
    let workbench = Workbench::expect();
    let today = workbench.today();
    let silent =
        device.last_contact_at.map(|at| days_between(at.date(), today)).filter(|days| *days >= SILENT_DAYS);
    let mut facts = Vec::new();
    facts.push(match (silent, device.last_contact_at) {
        (Some(days), _) => fill(words::DEVICE_SILENT, &[("n", &days)]),
        (None, Some(at)) => moment(at, today),
        (None, None) => t(words::DEVICE_NEVER).to_owned(),
    });
    if device.pending > 0 && !device.is_this_one {
        facts.push(fill(words::DEVICE_PENDING, &[("n", &device.pending)]));
    }
    facts.extend(
        device.app_version.as_deref().map(|version| fill(words::VERSION, &[("version", &short(version))])),
    );
    let class = if silent.is_some() { "small why-late" } else { "small quiet" };
    let icon = if device.name.starts_with("电脑") { "desk" } else { "tablet" };
    let label = fill(words::REVOKE_NAMED, &[("name", &device.name)]);
    let end = if device.revoked_at.is_some() {
        view! { <span class="small faint opt-end">{t(words::DEVICE_REVOKED)}</span> }.into_any()
    } else if device.is_this_one {
        view! { <span class="small ok-words">{t(words::DEVICE_IN_USE)}</span> }.into_any()
    } else {
        let device = device.clone();
        view! {
            <button type="button" class="btn btn-no" aria-label=label disabled=move || !workbench.is_online()
                on:click=move |_| revoke.run(device.clone())>{t(words::REVOKE)}</button>
        }
        .into_any()
    };
    view! {
        <li>
            <Icon name=icon />
            <span>{device.name.clone()}<span class=class>{facts.join(comma())}</span></span>
            {end}
        </li>
    }
}

#[component]
fn RevokeDialog(
    device: Device,
    is_open: RwSignal<bool>,
    on_done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let workbench = Workbench::expect();
    let problem = RwSignal::new(None::<String>);
    let id: DeviceId = device.id;
    let take_pending = RwSignal::new(true);
    let revoke = move |_| {
        spawn_local(async move {
            let asked = RevokeDevice { take_pending: take_pending.get_untracked() };
            match network::send::<()>(Verb::Post, &path::of(path::DEVICE_REVOKE, id), &asked).await {
                Ok(()) => {
                    is_open.set(false);
                    on_done();
                }
                Err(error) => {
                    let _ = problem.try_set(Some(told(workbench, &error)));
                }
            }
        });
    };
    let foot = move || {
        view! {
            <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(words::REVOKE_NOT)}</button>
            <button type="button" class="btn btn-main" on:click=revoke>{t(words::REVOKE)}</button>
        }
    };
    let choice = move |takes: bool, title: Words, say: Words| {
        view! {
            <label class="radio">
                <input type="radio" name="revoke-pending" prop:checked=move || take_pending.get() == takes
                    on:change=move |_| take_pending.set(takes) />
                <span><span>{t(title)}</span><span class="small quiet">{t(say)}</span></span>
            </label>
        }
    };
    let pending = device.pending;
    view! {
        <Dialog title=fill(words::REVOKE_TITLE, &[("name", &device.name)]) is_open foot>
            <p>{t(words::REVOKE_SAY)}</p>
            <div class="radios" role="radiogroup" aria-label=t(words::REVOKE_UNSENT)>
                {choice(true, words::REVOKE_TAKE, words::REVOKE_TAKE_SAY)}
                {choice(false, words::REVOKE_LOSE, words::REVOKE_LOSE_SAY)}
            </div>
            {(pending > 0).then(|| view! { <p class="warn-words">{fill(words::REVOKE_PENDING, &[("n", &pending)])}</p> })}
            <FieldError text=problem />
            <p class="quiet">{t(words::REVOKE_LAST)}</p>
        </Dialog>
    }
}
