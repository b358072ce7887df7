//! 导入: choose a file, see what its columns mean and what would come of it, run it, get back what was refused. Only the
//! server reads files, so the page needs the network and says so; a chosen file stays chosen without it.

mod columns;
mod desk;
mod earlier;
mod form;
mod job;
mod over;
mod refused;
mod rows;
mod run;
mod start;
mod taken;

use crate::components::online::{Bones, OfflineNote, Trouble};
use crate::components::{Bar, EmptyState, Icon};
use crate::i18n::t;
use crate::words::{self, import};
use crate::workbench::{Link, Workbench};
use columns::Columns;
use desk::{Desk, Upload};
use domain::api::ImportCounts;
use job::{Job, Stage};
use leptos::prelude::*;
use over::Over;
use refused::RefusedRows;
use run::{Progress, RunBar};
use start::Start;
use taken::TakenRows;
use uuid::Uuid;

#[component]
pub fn Import() -> impl IntoView {
    let workbench = Workbench::expect();
    let desk = Desk::of(workbench.peek(|replica| replica.actor().employee_id));
    let current = {
        let (upload, current) = (desk.upload.clone(), desk.current.clone());
        Memo::new(move |_| if upload.with(Option::is_some) { None } else { current.get() })
    };
    let file_name = RwSignal::new(String::new());
    // What was chosen without network goes on its way when there is one.
    Effect::new({
        let desk = desk.clone();
        move |_| {
            let is_online = workbench.link().get() == Link::Online;
            if is_online && desk.upload.get_untracked() == Some(Upload::Waits) {
                desk.send(workbench);
            }
        }
    });
    view! {
        <Bar title=t(words::IMPORT) without_search=true
            aside=Signal::derive(move || current.get().is_some().then(|| file_name.get()).filter(|name| !name.is_empty())) />
        {move || match current.get() {
            None => {
                file_name.set(String::new());
                view! { <Start desk=desk.clone() /> }.into_any()
            }
            Some(id) => view! { <OneImport id desk=desk.clone() file_name /> }.into_any(),
        }}
    }
}

/// One import from its columns to its result.
#[component]
fn OneImport(id: Uuid, desk: Desk, file_name: RwSignal<String>) -> impl IntoView {
    let workbench = Workbench::expect();
    let job = Job::new(id);
    let is_online = Memo::new(move |_| workbench.is_online());
    Effect::new(move |_| {
        if is_online.get() && job.import.with_untracked(Option::is_none) {
            job.open();
        }
    });
    Effect::new(move |_| {
        if let Some(name) = job.import.with(|import| import.as_ref().map(|import| import.file_name.clone())) {
            file_name.set(name);
        }
    });
    let stage = Memo::new(move |_| job.stage());
    move || {
        let desk = desk.clone();
        match stage.get() {
            Stage::Opening => view! {
                <main class="page import-open">
                    <OfflineNote />
                    <Trouble text=job.problem on_retry=move || job.open() />
                    {move || (is_online.get() && job.problem.get().is_none()).then(|| view! { <Bones /> })}
                </main>
            }
            .into_any(),
            Stage::Waiting | Stage::Running => {
                view! { <Under job desk is_running=stage.get() == Stage::Running /> }.into_any()
            }
            Stage::Over => view! { <Over job desk /> }.into_any(),
        }
    }
}

/// Columns at the left, what will come of them at the right, the run below.
#[component]
fn Under(job: Job, desk: Desk, is_running: bool) -> impl IntoView {
    provide_context(rows::Wanted(RwSignal::new(None)));
    let counts =
        Memo::new(move |_| job.preview.with(|preview| preview.as_ref().map(|preview| preview.counts)));
    let at = Memo::new(move |_| match (is_running, job.faults().is_empty()) {
        (true, _) => 3,
        (false, true) => 2,
        (false, false) => 1,
    });
    view! {
        <main class="page import">
            <div class="stage-bar">
                <Stages at />
                {move || counts.get().map(|counts| view! { <Sums counts /> })}
            </div>
            <Columns job is_running />
            <section class="look scroll" aria-label=t(import::LOOK)>
                <OfflineNote />
                <Trouble text=job.problem on_retry=move || { job.problem.set(None); job.open() } />
                {move || match job.preview.get() {
                    Some(preview) => {
                        let refused = preview.counts.refused;
                        view! {
                            <TakenRows job preview=preview.clone() />
                            {(refused > 0).then(|| view! {
                                <RefusedRows id=job.id file_name=job.file_name() total=refused by_reason=preview.by_reason.clone() first=preview.refused.clone() />
                            })}
                            {(refused == 0).then(|| view! {
                                <p class="all-good ok-words"><Icon name="ok" small=true />{t(import::NONE_REFUSED)}</p>
                            })}
                        }.into_any()
                    }
                    None if !job.faults().is_empty() => view! {
                        <EmptyState icon="arrow" title=t(import::NOT_READY) text=t(import::NOT_READY_SAY) />
                    }.into_any(),
                    None if job.problem.get().is_some() || is_running => ().into_any(),
                    None => view! { <Bones /> }.into_any(),
                }}
            </section>
            {if is_running {
                view! { <Progress job /> }.into_any()
            } else {
                view! { <RunBar job desk /> }.into_any()
            }}
        </main>
    }
}

/// The steps of the job, where we stand and what is behind us.
#[component]
fn Stages(#[prop(into)] at: Signal<usize>) -> impl IntoView {
    let steps = [import::CHOOSE_FILE, import::MATCH_COLUMNS, import::LOOK, import::RUN];
    view! {
        <ol class="stages">
            {move || steps.into_iter().enumerate().map(|(no, step)| {
                let is_past = no < at.get();
                view! {
                    <li class=is_past.then_some("past") aria-current=(no == at.get()).then_some("step")>
                        <span class="n">{if is_past {
                            view! { <Icon name="check" small=true /> }.into_any()
                        } else {
                            (no + 1).into_any()
                        }}</span>
                        <span class="t">{t(step)}</span>
                    </li>
                }
            }).collect_view()}
        </ol>
    }
}

/// 新增, 更新, 不变, 不导入, and of figures 没有数据. What can still be looked at leads to its rows: after the run that is what was refused.
#[component]
fn Sums(counts: ImportCounts, #[prop(optional)] is_over: bool) -> impl IntoView {
    use domain::api::ImportOutcome::{Changed, New, Refused, Unchanged};
    let wanted = expect_context::<rows::Wanted>();
    let sums = [
        (New, counts.new),
        (Changed, counts.changed),
        (Unchanged, counts.unchanged),
        (Refused, counts.refused),
    ];
    view! {
        <p class="sums">
            {sums.map(|(outcome, count)| {
                let is_bad = outcome == Refused && count > 0;
                let figure = if count > 0 && (is_bad || !is_over) {
                    view! { <button type="button" class="num hit" on:click=move |_| wanted.show(outcome)>{count}</button> }.into_any()
                } else {
                    view! { <b>{count}</b> }.into_any()
                };
                view! { <span class=is_bad.then_some("bad")>{import::outcome(outcome)}{figure}</span> }
            }).collect_view()}
            {(counts.missing > 0).then(|| view! { <span>{t(import::MISSING)}<b>{counts.missing}</b></span> })}
        </p>
    }
}
