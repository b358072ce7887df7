//! The week as a strip: what is done of what is wanted, drawn, and the figure beneath. A tap chooses the day.

use crate::i18n::{day, fill, t, weekday_short};
use crate::pages::visits::whose_agenda;
use crate::words::{today as words, visits};
use crate::workbench::Workbench;
use chrono::Datelike;
use domain::agenda::{self, DayCount};
use domain::time::Date;
use domain::visit::Visit;
use leptos::prelude::*;

/// How much of a day is done, as an SVG length.
pub fn done_width(count: DayCount) -> Option<String> {
    (count.wanted() > 0).then(|| {
        let per_mille = count.done * 1_000 / count.wanted();
        format!("{}.{}%", per_mille / 10, per_mille % 10)
    })
}

#[component]
pub fn Week(#[prop(into)] chosen: Signal<Date>) -> impl IntoView {
    let workbench = Workbench::expect();
    let today = workbench.today();
    let days = Memo::new(move |_| {
        let week = agenda::week_of(chosen.get());
        workbench.read(|replica| {
            let visits = agenda::by_day(replica.all::<Visit>(), whose_agenda(replica), week[0], week[6]);
            week.map(|date| {
                let count = visits.get(&date).map(|visits| agenda::count(visits.iter().copied()));
                (date, count.unwrap_or_default())
            })
        })
    });
    view! {
        <ol class="week" aria-label=t(words::WEEK)>
            {move || {
                let chosen = chosen.get();
                days.get().into_iter().map(|(date, count)| view! { <Day date count chosen today /> }).collect_view()
            }}
        </ol>
    }
}

#[component]
fn Day(date: Date, count: DayCount, chosen: Date, today: Date) -> impl IntoView {
    let is_free = count.wanted() == 0;
    let label = fill(
        visits::DAY_SUM,
        &[("day", &day(date, today)), ("done", &count.done), ("planned", &count.planned)],
    );
    let href = if date == today { "/app/".to_owned() } else { format!("/app/?day={date}") };
    view! {
        <li class:w-rest=is_free class:w-today=date == today>
            <a href=href aria-current=(date == chosen).then_some("date")>
                <span class="vh">{label}</span>
                <span aria-hidden="true">{weekday_short(date)}</span>
                <b aria-hidden="true">{date.day()}</b>
                <svg class="meter" aria-hidden="true">
                    {done_width(count).map(|width| view! { <rect width=width></rect> })}
                </svg>
                <span aria-hidden="true">{if is_free { t(words::FREE).to_owned() } else { format!("{}/{}", count.done, count.wanted()) }}</span>
            </a>
        </li>
    }
}
