//! What is held here, whether it is kept, and how things stand with the branch.

use crate::browser::listener::until_cleanup;
use crate::browser::shell::{self, Announcement, Announcements};
use crate::browser::storage::{self, Room};
use crate::components::{Icon, Toasts};
use crate::i18n::{fill, moment, t};
use crate::words::{self as common, frame, settings as words};
use crate::workbench::Workbench;
use domain::row::Kind;
use leptos::prelude::*;
use leptos::task::spawn_local;
use replica::Replica;

/// Length of the drawn bar.
const BAR_LENGTH: usize = 1_000;

/// Rows held, by what they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Held {
    customers: usize,
    visits: usize,
    photos: usize,
    /// Customers and their contacts.
    people: usize,
    other: usize,
}

impl Held {
    fn of(replica: &Replica) -> Self {
        let customers = replica.count(Kind::Customer);
        let visits = replica.count(Kind::Visit);
        let photos = replica.count(Kind::Photo);
        let people = customers + replica.count(Kind::Contact);
        let other = replica.row_count().saturating_sub(visits + photos + people);
        Self { customers, visits, photos, people, other }
    }

    fn total(self) -> usize {
        self.visits + self.photos + self.people + self.other
    }

    /// The four parts in the order of the bar, with their class.
    fn parts(self) -> [(&'static str, usize); 4] {
        [("t4", self.visits), ("t3", self.photos), ("t2", self.people), ("t1", self.other)]
    }
}

/// `6.4 MB`, `2.1 GB`.
fn size(bytes: u64) -> String {
    const KB: u64 = 1_000;
    const MB: u64 = 1_000 * KB;
    const GB: u64 = 1_000 * MB;
    let in_tenths = |unit: u64| (bytes + unit / 20) / (unit / 10);
    let (tenths, unit) = match bytes {
        0..MB => return format!("{} KB", bytes.div_ceil(KB)),
        MB..GB => (in_tenths(MB), "MB"),
        _ => (in_tenths(GB), "GB"),
    };
    format!("{}.{} {unit}", tenths / 10, tenths % 10)
}

#[component]
pub fn ThisDevice() -> impl IntoView {
    let workbench = Workbench::expect();
    let held = Memo::new(move |_| workbench.read(Held::of));
    let room = RwSignal::new(None::<Room>);
    spawn_local(async move {
        let answer = storage::room().await;
        let _ = room.try_set(answer);
    });
    let free = move || {
        room.get().map(|room| {
            fill(words::ROOM_LEFT, &[("size", &size(room.quota_bytes.saturating_sub(room.used_bytes)))])
        })
    };
    view! {
        <section aria-labelledby="h-device">
            <div class="head">
                <h2 id="h-device">{t(words::THIS_DEVICE)}</h2>
                <span class="small faint aside">{free}</span>
            </div>
            {workbench.is_memory_only().then(|| view! {
                <div class="note note-warn"><Icon name="alert" /><p>{t(frame::MEMORY_ONLY)}</p></div>
            })}
            <p class="kept">
                <span class="figure">
                    {move || match room.get() {
                        Some(room) => size(room.used_bytes),
                        None => fill(words::ROWS_HELD, &[("n", &held.get().total())]),
                    }}
                </span>
                <span class="quiet">{move || fill(words::HELD, &[("n", &held.get().customers)])}</span>
            </p>
            {move || view! { <HeldBar held=held.get() /> }}
            <ul class="opts">
                <LastContact />
                <Waiting />
                <Kept />
                <Install />
            </ul>
        </section>
    }
}

#[component]
fn HeldBar(held: Held) -> impl IntoView {
    let total = held.total().max(1);
    let label = fill(
        words::KEPT_BAR,
        &[
            ("visits", &held.visits),
            ("photos", &held.photos),
            ("people", &held.people),
            ("other", &held.other),
        ],
    );
    let mut x = 0;
    let rects = held
        .parts()
        .map(|(class, count)| {
            let (from, width) = (x, count * BAR_LENGTH / total);
            x += width;
            view! { <rect class=class x=from width=width></rect> }
        })
        .collect_view();
    let keys = [
        ("t4", fill(words::KEY_VISITS, &[("n", &held.visits)])),
        ("t3", fill(words::KEY_PHOTOS, &[("n", &held.photos)])),
        ("t2", fill(words::KEY_CUSTOMERS, &[("n", &held.people)])),
        ("t1", fill(words::KEY_OTHER, &[("n", &held.other)])),
    ];
    view! {
        <svg class="kept-bar" viewBox=format!("0 0 {BAR_LENGTH} 12") preserveAspectRatio="none" role="img" aria-label=label>{rects}</svg>
        <p class="keys">
            {keys.map(|(class, text)| view! {
                <span class="key"><svg aria-hidden="true"><rect class=class></rect></svg>{text}</span>
            })}
        </p>
    }
}

#[component]
fn LastContact() -> impl IntoView {
    let workbench = Workbench::expect();
    let at = Memo::new(move |_| workbench.read(Replica::server_time));
    let when = move || match at.get() {
        at if at.0 == 0 => t(words::LAST_CONTACT_NEVER).to_owned(),
        at => moment(at, workbench.today()),
    };
    let say = move || t(if workbench.is_online() { words::ONLINE_NOW } else { words::OFFLINE_NOW });
    view! {
        <li>
            <Icon name="sync" />
            <span>{t(words::LAST_CONTACT)}<span class="small quiet">{say}</span></span>
            <b class="nb">{when}</b>
            <button type="button" class="btn" on:click=move |_| workbench.sync_now()>{t(words::SYNC_NOW)}</button>
        </li>
    }
}

#[component]
fn Waiting() -> impl IntoView {
    let workbench = Workbench::expect();
    let counts = Memo::new(move |_| (workbench.waiting_count(), workbench.read(Replica::attention_count)));
    let say = move || t(if counts.get().0 == 0 { words::PENDING_NONE } else { words::PENDING_SOME });
    let count = |n: usize| fill(words::PENDING_COUNT, &[("n", &n)]);
    view! {
        <li>
            <Icon name="up" />
            <span>{t(common::PENDING)}<span class="small quiet">{say}</span></span>
            <a class="num hit opt-end" href="/app/attention">{move || count(counts.get().0)}</a>
        </li>
        {move || (counts.get().1 > 0).then(|| view! {
            <li>
                <Icon name="alert" />
                <span>{t(common::ATTENTION)}<span class="small quiet">{t(words::ATTENTION_SAY)}</span></span>
                <a class="num hit opt-end" href="/app/attention">{count(counts.get().1)}</a>
            </li>
        })}
    }
}

/// Whether the browser has promised not to clear what is stored.
#[component]
fn Kept() -> impl IntoView {
    let toasts = Toasts::expect();
    let is_kept = RwSignal::new(None::<bool>);
    spawn_local(async move {
        let answer = storage::is_persisted().await;
        let _ = is_kept.try_set(answer);
    });
    let ask = move |_| {
        spawn_local(async move {
            let answer = storage::persist().await;
            let _ = is_kept.try_set(answer);
            if answer != Some(true) {
                toasts.say(t(words::PERSIST_REFUSED));
            }
        });
    };
    let say = move || match is_kept.get() {
        Some(true) => t(words::PERSIST_YES_SAY),
        _ => t(words::PERSIST_NO_SAY),
    };
    view! {
        <li>
            <Icon name="disk" />
            <span>{t(words::PERSIST)}<span class="small quiet">{say}</span></span>
            {move || if is_kept.get() == Some(true) {
                view! { <span class="yes"><Icon name="check" small=true />{t(words::PERSIST_YES)}</span> }.into_any()
            } else {
                view! { <button type="button" class="btn" on:click=ask>{t(words::PERSIST_ASK)}</button> }.into_any()
            }}
        </li>
    }
}

#[component]
fn Install() -> impl IntoView {
    let is_offered = RwSignal::new(false);
    until_cleanup(Announcements::listen(move |announcement| {
        if announcement == Announcement::Installable {
            is_offered.set(true);
        }
    }));
    let is_installed = shell::is_installed();
    let say =
        move || t(if is_installed || is_offered.get() { words::INSTALL_SAY } else { words::INSTALL_BY_MENU });
    view! {
        <li>
            <Icon name="tablet" />
            <span>{t(words::INSTALL)}<span class="small quiet">{say}</span></span>
            {move || if is_installed {
                view! { <span class="yes"><Icon name="check" small=true />{t(words::INSTALLED)}</span> }.into_any()
            } else if is_offered.get() {
                view! {
                    <button type="button" class="btn" on:click=move |_| { shell::install(); is_offered.set(false) }>{t(words::INSTALL_DO)}</button>
                }
                .into_any()
            } else {
                ().into_any()
            }}
        </li>
    }
}
