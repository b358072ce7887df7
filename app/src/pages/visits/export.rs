//! 导出日历: visits as a file for the calendar a person already has. It says what is in it before it is written: a file
//! is not sealed.

use super::day_stops::minutes_of;
use super::{Look, Span};
use crate::browser::file;
use crate::components::{Dialog, FieldError, Icon, Segment};
use crate::i18n::{fill, t};
use crate::words::{plan as words, visits};
use crate::workbench::Workbench;
use chrono::Duration;
use domain::agenda::{self, Written, calendar_event};
use domain::customer::Customer;
use domain::icalendar::{self, Calendar, Event};
use domain::ids::CustomerId;
use domain::mutation::{ExportVisits, Mutation};
use domain::time::Date;
use domain::visit::Visit;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;

/// 往后四周
const AHEAD_DAYS: i64 = 28;
const MEDIA_TYPE: &str = "text/calendar;charset=utf-8";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Range {
    Shown,
    Ahead,
}

#[component]
pub fn ExportDialog(look: Look, is_open: RwSignal<bool>) -> impl IntoView {
    let workbench = Workbench::expect();
    let range = RwSignal::new(Range::Shown);
    let with_name = RwSignal::new(true);
    let with_address = RwSignal::new(true);
    let problem = RwSignal::new(None::<String>);
    let is_busy = RwSignal::new(false);
    let days = move || match range.get() {
        Range::Shown => look.range(),
        Range::Ahead => (look.today, look.today + Duration::days(AHEAD_DAYS - 1)),
    };
    let events = Memo::new(move |_| {
        // Nothing is gathered while nobody asks.
        if !is_open.get() {
            return Vec::new();
        }
        let ((from, to), visitor) = (days(), look.visitor.get());
        let written = Written { name: with_name.get(), address: with_address.get() };
        workbench.read(|replica| {
            let days = agenda::by_day(replica.all::<Visit>(), visitor, from, to);
            days.into_values()
                .flatten()
                .map(|visit| {
                    let customer = replica.get::<Customer>(visit.customer_id);
                    let minutes = minutes_of(replica, visit);
                    (visit.customer_id, calendar_event(visit, customer, minutes, t(visits::VISIT), written))
                })
                .collect::<Vec<(CustomerId, Event)>>()
        })
    });
    let export = move |_| {
        // Each tap is logged and writes a file.
        if is_busy.get_untracked() {
            return;
        }
        let from: Date = untrack(days).0;
        let (customers, events): (BTreeSet<CustomerId>, Vec<Event>) =
            events.get_untracked().into_iter().unzip();
        let calendar = Calendar { name: t(crate::words::VISITS).to_owned(), events };
        let name = format!("{}-{from}.ics", t(words::EXPORT_FILE));
        let logged: Vec<Mutation> = workbench.peek(|replica| {
            let known = customers.into_iter().filter(|id| replica.get::<Customer>(*id).is_some());
            known.map(|customer_id| ExportVisits { customer_id }.into()).collect()
        });
        is_busy.set(true);
        spawn_local(async move {
            // The branch learns of it with the next sync; a file nobody can be asked about is not written.
            let saved = workbench.save_all(logged, Vec::new()).await;
            let _ = is_busy.try_set(false);
            match saved {
                Ok(()) => {
                    file::save_as(icalendar::write(&calendar).as_bytes(), MEDIA_TYPE, &name);
                    let _ = is_open.try_set(false);
                }
                Err(error) => drop(problem.try_set(Some(error.words()))),
            }
        });
    };
    let count = move || events.with(Vec::len);
    let foot = move || {
        view! {
            <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(crate::words::CANCEL)}</button>
            <button type="button" class="btn btn-main" aria-busy=move || is_busy.get().to_string()
                disabled=move || count() == 0 on:click=export>
                {move || fill(words::EXPORT_DO, &[("n", &count())])}
            </button>
        }
    };
    let say = move || {
        let off = events.with(|events| events.iter().filter(|(_, event)| event.is_cancelled).count());
        match (count(), off) {
            (0, _) => t(words::EXPORT_NONE).to_owned(),
            (n, 0) => fill(words::EXPORT_SAY_ALL, &[("n", &n)]),
            (n, off) => fill(words::EXPORT_SAY, &[("n", &n), ("off", &off)]),
        }
    };
    let tick = |label, value: RwSignal<bool>| {
        view! {
            <label class="tick">
                <input type="checkbox" prop:checked=move || value.get() on:change=move |event| value.set(event_target_checked(&event)) />
                <span>{t(label)}</span>
            </label>
        }
    };
    view! {
        <Dialog title=t(words::EXPORT) is_open foot>
            {move || {
                let shown = match look.span.get() {
                    Span::Week => words::EXPORT_WEEK,
                    Span::Month => words::EXPORT_MONTH,
                };
                let options = vec![(Range::Shown, t(shown).to_owned()), (Range::Ahead, t(words::EXPORT_AHEAD).to_owned())];
                view! {
                    <Segment label=t(words::EXPORT_RANGE) group="export-range" options class="seg-fill"
                        chosen=Signal::derive(move || Some(range.get())) on_choose=move |chosen| range.set(chosen) />
                }
            }}
            <fieldset aria-label=t(words::EXPORT_WHAT)>
                {tick(words::EXPORT_NAME, with_name)}
                {tick(words::EXPORT_ADDRESS, with_address)}
            </fieldset>
            <p class="quiet">{say}</p>
            <div class="note note-warn"><Icon name="alert" /><p>{t(words::EXPORT_OPEN)}</p></div>
            <FieldError text=problem />
        </Dialog>
    }
}
