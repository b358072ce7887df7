//! A day and a time, by chips or by their fields.

use crate::components::Chip;
use crate::i18n::{clock, fill, near_day, t, weekday_short};
use crate::pages::visits::whose_agenda;
use crate::words::{today, visits as words};
use crate::workbench::Workbench;
use chrono::Duration;
use domain::agenda;
use domain::time::{Date, days_between};
use domain::visit::Visit;
use leptos::prelude::*;

/// Days offered as chips, from today.
const DAYS_OFFERED: i64 = 5;

/// The two fields as they are typed.
#[derive(Clone, Copy)]
pub struct When {
    pub date: RwSignal<String>,
    pub time: RwSignal<String>,
}

/// What the fields say, or what is wrong with them.
pub struct Chosen {
    pub on: Date,
    pub at_minute: Option<u16>,
}

impl When {
    pub fn new(on: Date, at_minute: Option<u16>) -> Self {
        Self {
            date: RwSignal::new(on.to_string()),
            time: RwSignal::new(at_minute.map(clock).unwrap_or_default()),
        }
    }

    pub fn day(self) -> Option<Date> {
        self.date.with(|date| date.parse().ok())
    }

    pub fn chosen(self) -> Result<Chosen, String> {
        let on = self.date.with_untracked(|date| date.parse()).map_err(|_| t(words::DAY_WRONG).to_owned())?;
        let at_minute = self.time.with_untracked(|time| {
            let time = time.trim();
            if time.is_empty() {
                return Ok(None);
            }
            agenda::read_clock(time).map(Some).ok_or_else(|| t(words::TIME_WRONG).to_owned())
        })?;
        Ok(Chosen { on, at_minute })
    }
}

/// 周五, or 今天 and 明天; next week's with their date.
fn chip_words(date: Date, from: Date) -> String {
    match days_between(from, date) {
        0..=1 => near_day(date, from),
        _ => fill(words::WEEKDAY, &[("day", &weekday_short(date))]),
    }
}

#[component]
pub fn WhenFields(when: When) -> impl IntoView {
    let workbench = Workbench::expect();
    let from = workbench.today();
    let counts = workbench.peek(|replica| {
        let until = from + Duration::days(DAYS_OFFERED - 1);
        let days = agenda::by_day(replica.all::<Visit>(), whose_agenda(replica), from, until);
        from.iter_days()
            .take_while(|day| *day <= until)
            .map(|day| {
                let count = days.get(&day).map(|visits| agenda::count(visits.iter().copied()));
                (day, count.unwrap_or_default().wanted())
            })
            .collect::<Vec<_>>()
    });
    let free = move || {
        let Some(day) = when.day() else { return Vec::new() };
        workbench.read(|replica| {
            let days = agenda::by_day(replica.all::<Visit>(), whose_agenda(replica), day, day);
            agenda::free_times(days.values().flatten().copied())
        })
    };
    view! {
        <fieldset class="chips" aria-label=t(words::WHICH_DAY)>
            {counts.into_iter().map(|(day, wanted)| view! {
                <Chip label=chip_words(day, from) group="which-day"
                    count=fill(today::STOPS, &[("n", &wanted)])
                    is_chosen=Signal::derive(move || when.day() == Some(day))
                    on_choose=move |_| when.date.set(day.to_string()) />
            }).collect_view()}
        </fieldset>
        <fieldset class="chips" aria-label=t(words::WHICH_TIME)>
            {move || free().into_iter().map(|minute| {
                let time = clock(minute);
                let shown = time.clone();
                view! {
                    <Chip label=time.clone() group="which-time"
                        is_chosen=Signal::derive(move || when.time.with(|time| *time == shown))
                        on_choose=move |_| when.time.set(time.clone()) />
                }
            }).collect_view()}
        </fieldset>
        <div class="pair">
            <div class="field">
                <label for="when-date">{t(words::DATE)}</label>
                <input class="input" id="when-date" type="date" prop:value=move || when.date.get()
                    on:input=move |event| when.date.set(event_target_value(&event)) />
            </div>
            <div class="field">
                <label for="when-time">{t(words::TIME)}</label>
                <input class="input" id="when-time" type="time" prop:value=move || when.time.get()
                    on:input=move |event| when.time.set(event_target_value(&event)) />
            </div>
        </div>
    }
}
