//! The sheet behind the status pill: every pending and refused edit in words.

use crate::components::icon::Icon;
use crate::components::sheet::Sheet;
use crate::i18n::{clock, comma, fill, near_day, t};
use crate::words::{self, Numbers, frame};
use crate::workbench::Workbench;
use domain::mutation::Mutation;
use domain::time::{Date, Timestamp};
use leptos::prelude::*;
use leptos_router::components::A;
use replica::outbox::Record;
use replica::outbox::{Pending, Refused};

/// One line of the sheet.
#[derive(Clone, PartialEq)]
struct Line {
    kind: String,
    about: String,
    text: String,
    at: Timestamp,
}

impl Line {
    fn of(record: &Record, mutation: Option<&Mutation>, today: Date) -> Self {
        let kind =
            mutation.map_or_else(|| record.name.clone(), |mutation| words::mutation(mutation).to_owned());
        Self {
            kind,
            about: record.about.clone(),
            text: mutation
                .map(|mutation| words::mutation_text(mutation, Numbers::Masked, today))
                .unwrap_or_default(),
            at: record.made_at,
        }
    }
}

#[component]
pub fn Outbox(is_open: RwSignal<bool>) -> impl IntoView {
    let workbench = Workbench::expect();
    let today = workbench.today();
    let waiting = Memo::new(move |_| {
        workbench.read(|replica| {
            replica
                .waiting()
                .map(|Pending { record, mutation, .. }| Line::of(record, mutation.as_ref(), today))
                .collect::<Vec<_>>()
        })
    });
    let refused = Memo::new(move |_| {
        workbench.read(|replica| {
            replica
                .refused()
                .iter()
                .map(|Refused { record, mutation, .. }| Line::of(record, mutation.as_ref(), today))
                .collect::<Vec<_>>()
        })
    });
    let attention = Memo::new(move |_| workbench.read(replica::Replica::attention_count));
    let lines = move |icon: &'static str, lines: Vec<Line>| {
        lines
            .into_iter()
            .map(|line| {
                let day = line.at.date();
                let when = if day == today { clock(line.at.minute_of_day()) } else { near_day(day, today) };
                view! {
                    <li class="row">
                        <Icon name=icon />
                        <div class="row-body">
                            <p>{line.kind}{(!line.about.is_empty()).then(|| format!("{}{}", comma(), line.about))}</p>
                            <p class="row-sub">{line.text}</p>
                        </div>
                        <span class="small faint nb">{when}</span>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <Sheet title=t(frame::OUTBOX) is_open>
            {workbench.is_memory_only().then(|| view! {
                <div class="note note-warn"><Icon name="alert" /><p>{t(frame::MEMORY_ONLY)}</p></div>
            })}
            {move || if waiting.get().is_empty() && refused.get().is_empty() && attention.get() == 0 {
                view! { <p class="quiet">{t(frame::OUTBOX_EMPTY)}</p> }.into_any()
            } else {
                ().into_any()
            }}
            {move || (attention.get() > 0).then(|| view! {
                <section>
                    <div class="head"><h3>{fill(frame::ATTENTION_COUNT, &[("n", &attention.get())])}</h3></div>
                    <p class="small quiet">{t(frame::REFUSED_SAY)}</p>
                    <ul class="rows flush">{lines("alert", refused.get())}</ul>
                    <A href="/app/attention" attr:class="btn btn-main" on:click=move |_| is_open.set(false)>{t(words::ATTENTION)}</A>
                </section>
            })}
            {move || (!waiting.get().is_empty()).then(|| view! {
                <section>
                    <div class="head"><h3>{t(words::PENDING)}</h3><span class="count">{waiting.get().len()}</span></div>
                    <p class="small quiet">{t(frame::OUTBOX_SAY)}</p>
                    <ul class="rows flush">{lines("up", waiting.get())}</ul>
                </section>
            })}
        </Sheet>
    }
}
