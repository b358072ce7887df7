//! What came of an import: its sums, what was refused and why, and the way to the next file.

use super::desk::Desk;
use super::earlier::Earlier;
use super::job::Job;
use super::refused::RefusedRows;
use super::rows::Wanted;
use super::start::Picker;
use super::{Stages, Sums};
use crate::components::online::{OfflineNote, Trouble};
use crate::components::{Dot, EmptyState, Icon};
use crate::i18n::{clock, near_day, t};
use crate::words::import as words;
use crate::workbench::Workbench;
use domain::api::ImportState;
use leptos::prelude::*;
use leptos_router::components::A;

/// All steps are behind us.
const PAST_ALL: usize = 4;

#[component]
pub fn Over(job: Job, desk: Desk) -> impl IntoView {
    provide_context(Wanted(RwSignal::new(None)));
    let workbench = Workbench::expect();
    let Some(import) = job.import.get_untracked() else { return ().into_any() };
    let (title, say) = words::ended(import.state, import.form);
    let icon = if import.state == ImportState::Done { "ok" } else { "alert" };
    let result = import.result.clone();
    let counts = result.as_ref().map(|result| result.counts).unwrap_or_default();
    let today = workbench.today();
    let finished = result.as_ref().map(|result| {
        let at = result.finished_at;
        format!("{} {}", near_day(at.date(), today), clock(at.minute_of_day()))
    });
    let by_reason = result.map(|result| result.by_reason).unwrap_or_default();
    view! {
        <main class="page import import-over">
            <div class="stage-bar">
                <Stages at=Signal::stored(PAST_ALL) />
                <Sums counts is_over=true />
            </div>
            <section class="map scroll">
                <OfflineNote />
                <Trouble text=job.problem />
                <div class="over-say">
                    <h2 class="figure"><Icon name=icon />{title}</h2>
                    <p class="small faint">{import.file_name.clone()}{finished.map(|at| view! { <Dot />{at} })}</p>
                    <p class="quiet">{say}</p>
                    <div class="btns">
                        <A href="/app/customers" attr:class="btn btn-main">{t(words::SEE_CUSTOMERS)}</A>
                        <Picker desk=desk.clone() label=t(words::CHOOSE_ANOTHER) class="btn" />
                    </div>
                </div>
                <Earlier desk without=Some(import.id) />
            </section>
            <section class="look scroll" aria-label=t(words::LOOK)>
                {if counts.refused > 0 {
                    view! {
                        <RefusedRows id=import.id file_name=import.file_name.clone() total=counts.refused by_reason />
                    }.into_any()
                } else {
                    view! {
                        <EmptyState icon="ok" title=t(words::ALL_TAKEN) text=words::counts(&counts) />
                    }.into_any()
                }}
            </section>
        </main>
    }
    .into_any()
}
