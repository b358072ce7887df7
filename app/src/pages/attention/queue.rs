//! What is still on its way to the branch.

use crate::components::Icon;
use crate::i18n::{clock, comma, fill, moment, t};
use crate::words::{self as common, attention as words};
use crate::workbench::{Link, Workbench};
use domain::time::{Date, Timestamp};
use leptos::prelude::*;
use replica::outbox::Pending;

#[derive(Clone, Debug, PartialEq, Eq)]
struct QueuedLine {
    kind: String,
    about: String,
    text: String,
    at: Timestamp,
}

impl QueuedLine {
    fn of(pending: &Pending, today: Date) -> Self {
        let mutation = pending.mutation.as_ref();
        Self {
            kind: mutation.map_or(t(words::UNKNOWN_EDIT), common::mutation).to_owned(),
            about: pending.record.about.clone(),
            text: mutation
                .map(|mutation| common::mutation_text(mutation, common::Numbers::Masked, today))
                .unwrap_or_default(),
            at: pending.record.made_at,
        }
    }
}

#[component]
pub fn Queue() -> impl IntoView {
    let workbench = Workbench::expect();
    let today = workbench.today();
    let lines = Memo::new(move |_| {
        workbench.read(|replica| {
            replica.waiting().map(|pending| QueuedLine::of(pending, today)).collect::<Vec<_>>()
        })
    });
    let photos = Memo::new(move |_| workbench.waiting_photos());
    let count = move || lines.with(Vec::len) + photos.get();
    let standing = move || {
        if count() == 0 {
            return "";
        }
        t(match workbench.link().get() {
            Link::Online => words::QUEUE_SENDING,
            Link::SignedOut => words::QUEUE_SIGNED_OUT,
            _ => words::QUEUE_OFFLINE,
        })
    };
    view! {
        <aside class="queue" aria-labelledby="h-queue">
            <div class="head">
                <h2 id="h-queue">{t(common::PENDING)}</h2>
                <span class="count">{count}</span>
                <span class="small faint aside">{standing}</span>
            </div>
            {move || {
                let lines = lines.get();
                if count() == 0 {
                    return view! { <p class="quiet">{t(words::QUEUE_EMPTY)}</p> }.into_any();
                }
                let icon = if workbench.is_syncing().get() && workbench.is_online() { "sync" } else { "up" };
                let photos = photos.get();
                view! {
                    <p class="small quiet">{t(words::QUEUE_SAY)}</p>
                    <ul class="rows q-rows">
                        {lines.into_iter().map(|line| view! {
                            <li class="row">
                                <Icon name=icon />
                                <div class="row-body">
                                    <p>{line.kind}{(!line.about.is_empty()).then(|| format!("{}{}", comma(), line.about))}</p>
                                    <p class="row-sub">{line.text}</p>
                                </div>
                                <span class="small quiet nb">
                                    {if line.at.date() == today { clock(line.at.minute_of_day()) } else { moment(line.at, today) }}
                                </span>
                            </li>
                        }).collect_view()}
                        {(photos > 0).then(|| view! {
                            <li class="row">
                                <Icon name=icon />
                                <div class="row-body">
                                    <p>{fill(words::QUEUE_PHOTOS, &[("n", &photos)])}</p>
                                    <p class="row-sub">{t(words::QUEUE_PHOTOS_SAY)}</p>
                                </div>
                            </li>
                        })}
                    </ul>
                }
                .into_any()
            }}
        </aside>
    }
}
