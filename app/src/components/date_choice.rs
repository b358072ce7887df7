//! A day by chips, with the date field for any other. One value behind both.

use crate::components::field::Chip;
use crate::i18n::{day, t};
use crate::words::visit as words;
use crate::workbench::Workbench;
use chrono::Duration;
use domain::time::Date;
use leptos::prelude::*;

/// What a chip offers: its name and the day.
pub type DayOffer = (&'static str, Date);

/// 明天, 一周后, 两周后.
pub fn next_days(today: Date) -> Vec<DayOffer> {
    vec![
        (t(words::TOMORROW), today + Duration::days(1)),
        (t(words::IN_A_WEEK), today + Duration::days(7)),
        (t(words::IN_TWO_WEEKS), today + Duration::days(14)),
    ]
}

/// `label` names both the group of chips and the date field, `id` the field.
#[component]
pub fn DateChoice(
    #[prop(into)] label: String,
    #[prop(into)] id: String,
    offers: Vec<DayOffer>,
    #[prop(into)] chosen: Signal<Option<Date>>,
    on_choose: impl Fn(Option<Date>) + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let today = Workbench::expect().today();
    let group = format!("{id}-chips");
    let chips = offers
        .into_iter()
        .map(|(name, date)| {
            let choose = on_choose.clone();
            view! {
                <Chip label=name group=group.clone() count=day(date, today)
                    is_chosen=Signal::derive(move || chosen.get() == Some(date))
                    on_choose=move |_| choose(Some(date)) />
            }
        })
        .collect_view();
    view! {
        <fieldset>
            <legend class="label">{label.clone()}</legend>
            <div class="chips">
                {chips}
                <label class="day-field">
                    <span class="vh">{label}</span>
                    <input class="input" type="date" id=id
                        prop:value=move || chosen.get().map(|date| date.to_string()).unwrap_or_default()
                        on:change=move |event| on_choose(event_target_value(&event).parse().ok()) />
                </label>
            </div>
        </fieldset>
    }
}
