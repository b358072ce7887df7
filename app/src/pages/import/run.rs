//! The bar below: start the import, see how far it is, stop it.

use super::desk::Desk;
use super::job::Job;
use crate::browser::clock;
use crate::i18n::{fill, t};
use crate::words::import as words;
use crate::workbench::Workbench;
use leptos::prelude::*;

const MS_PER_S: f64 = 1_000.0;
/// A rate over less than this tells nothing.
const RATE_MS_MIN: f64 = 1_500.0;
const SECONDS_MAX: f64 = 90.0;

#[component]
pub fn RunBar(job: Job, desk: Desk) -> impl IntoView {
    let workbench = Workbench::expect();
    let rows = move || {
        job.preview.with(|preview| {
            preview.as_ref().map(|preview| {
                let counts = preview.counts;
                counts.new + counts.changed + counts.unchanged
            })
        })
    };
    let title = move || match rows() {
        Some(0) => t(words::NOTHING_TO_IMPORT),
        Some(_) => t(words::READY),
        None if !job.faults().is_empty() => t(words::NOT_READY),
        None => t(words::CHECKING),
    };
    view! {
        <footer class="run">
            <div class="run-say">
                <p><b role="status">{title}</b></p>
                <p class="small quiet">{move || t(words::ready_say(job.form.get()))}</p>
            </div>
            <button type="button" class="btn" on:click=move |_| desk.open(None)>{t(words::OTHER_FILE)}</button>
            <button type="button" class="btn btn-main" disabled=move || rows().is_none_or(|rows| rows == 0) || !workbench.is_online()
                on:click=move |_| job.run()>
                {move || match rows() {
                    Some(rows) if rows > 0 => fill(words::IMPORT_ROWS, &[("n", &rows)]),
                    _ => t(words::RUN).to_owned(),
                }}
            </button>
        </footer>
    }
}

#[component]
pub fn Progress(job: Job) -> impl IntoView {
    let workbench = Workbench::expect();
    let far = Memo::new(move |_| {
        job.import.with(|import| import.as_ref().map_or((0, 0), |import| (import.done, import.rows)))
    });
    let percent = move || {
        let (done, rows) = far.get();
        if rows == 0 { 0.0 } else { f64::from(done.min(rows)) / f64::from(rows) * 100.0 }
    };
    view! {
        <footer class="run" role="group" aria-label=t(words::PROGRESS)>
            <div class="run-say">
                <p>
                    <b>{move || t(if job.is_stopping.get() { words::STOPPING } else { words::RUNNING })}</b>
                    <span>
                        <b>{move || far.get().0}</b>
                        <span class="quiet">
                            {move || fill(words::OF_ROWS, &[("n", &far.get().1)])}
                            <span class="wide">{move || { far.track(); time_left(job) }}</span>
                        </span>
                    </span>
                </p>
                <svg class="meter" role="progressbar" aria-label=t(words::PROGRESS) aria-valuemin="0" aria-valuemax="100"
                    aria-valuenow=move || format!("{:.0}", percent())>
                    <rect width=move || format!("{:.1}%", percent())></rect>
                </svg>
                <p class="small quiet">{move || t(if job.is_out_of_reach.get() || !workbench.is_online() {
                    words::RUNNING_NO_LINK
                } else {
                    words::RUNNING_SAY
                })}</p>
            </div>
            <button type="button" class="btn" disabled=move || job.is_stopping.get() || !workbench.is_online()
                on:click=move |_| job.stop()>{t(words::STOP)}</button>
        </footer>
    }
}

/// From the rate since this page first looked; nothing while that says little.
fn time_left(job: Job) -> String {
    let (Some((since_ms, from)), Some((done, rows))) = (
        job.seen.get_untracked(),
        job.import.with_untracked(|import| import.as_ref().map(|import| (import.done, import.rows))),
    ) else {
        return String::new();
    };
    let passed_ms = clock::timer_ms() - since_ms;
    if passed_ms < RATE_MS_MIN || done <= from {
        return String::new();
    }
    let left_s = f64::from(rows.saturating_sub(done)) * passed_ms / f64::from(done - from) / MS_PER_S;
    if left_s < SECONDS_MAX {
        fill(words::TIME_LEFT, &[("s", &format!("{:.0}", left_s.max(1.0)))])
    } else {
        fill(words::TIME_LEFT_MINUTES, &[("m", &format!("{:.0}", left_s / 60.0))])
    }
}
