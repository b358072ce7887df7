//! Imports of before, the branch's own: open one again, go on with one that waits, delete one that was never run.

use super::desk::Desk;
use crate::browser::network::{self, Verb};
use crate::components::online::{Answered, Asked, Trouble, told};
use crate::components::{Dot, EmptyState, Icon};
use crate::i18n::{clock, fill, near_day, t};
use crate::words::import as words;
use crate::workbench::Workbench;
use domain::api::{Import, ImportState, Imports, path};
use domain::import::ListForm;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

#[component]
pub fn Earlier(
    desk: Desk,
    /// Not the one that is looked at.
    without: Option<Uuid>,
) -> impl IntoView {
    let workbench = Workbench::expect();
    let asked = Asked::<Imports>::new(|| Some(path::IMPORTS.to_owned()));
    let problem = RwSignal::new(None::<String>);
    let forget = Callback::new(move |id: Uuid| {
        spawn_local(async move {
            let gone = network::send_empty::<()>(Verb::Delete, &path::of(path::IMPORT, id)).await;
            if problem.is_disposed() {
                return;
            }
            problem.set(gone.err().map(|error| told(workbench, &error)));
            asked.again();
        });
    });
    // Beside another import there is no need to say that it is the only one.
    let is_only = move || {
        let is_empty = |found: &Imports| found.imports.iter().all(|import| Some(import.id) == without);
        without.is_some() && asked.answer.with(|found| found.as_ref().is_none_or(is_empty))
    };
    view! {
        <section class="earlier" aria-labelledby="import-earlier" hidden=is_only>
            <div class="head"><h2 id="import-earlier">{t(words::EARLIER)}</h2></div>
            <Trouble text=problem />
            <Answered asked>
                {
                    let desk = desk.clone();
                    move || {
                        let found = asked.answer.get().map(|found| found.imports).unwrap_or_default();
                        let imports: Vec<Import> = found.into_iter().filter(|import| Some(import.id) != without).collect();
                        if imports.is_empty() {
                            return view! { <EmptyState icon="doc" title=t(words::NONE_EARLIER) text=t(words::NONE_EARLIER_SAY) /> }.into_any();
                        }
                        let entries = imports.into_iter().map(|import| view! { <Entry import desk=desk.clone() forget /> }).collect_view();
                        view! { <ul class="rows flush">{entries}</ul> }.into_any()
                    }
                }
            </Answered>
        </section>
    }
}

#[component]
fn Entry(import: Import, desk: Desk, forget: Callback<Uuid>) -> impl IntoView {
    let workbench = Workbench::expect();
    let today = workbench.today();
    let at = import.created_at;
    let when = format!("{} {}", near_day(at.date(), today), clock(at.minute_of_day()));
    let id = import.id;
    let is_waiting = import.state == ImportState::Waiting;
    let facts = match import.result.as_ref().map(|result| result.counts) {
        Some(counts) => words::counts(&counts),
        None => fill(words::ROWS, &[("n", &import.rows)]),
    };
    let facts = match import.form {
        ListForm::Customers => facts,
        form => format!("{}{}{facts}", words::form(form), t(words::BETWEEN)),
    };
    let (icon, class) = match import.state {
        ImportState::Done => ("ok", "small faint nb"),
        ImportState::Running => ("sync", "small link nb"),
        ImportState::Waiting => ("clock", "small link nb"),
        ImportState::Stopped | ImportState::Failed => ("alert", "small why-late nb"),
    };
    let forget_label = fill(words::FORGET, &[("file", &import.file_name)]);
    view! {
        <li class="entry">
            <button type="button" class="row" on:click=move |_| desk.open(Some(id))>
                <Icon name=icon />
                <span class="row-body">
                    <span class="row-name"><span>{import.file_name.clone()}</span></span>
                    <span class="row-sub">{when}<Dot />{facts}</span>
                </span>
                <span class=class>{state(&import)}</span>
            </button>
            {is_waiting.then(|| view! {
                <button type="button" class="btn btn-icon" aria-label=forget_label disabled=move || !workbench.is_online()
                    on:click=move |_| forget.run(id)><Icon name="x" /></button>
            })}
        </li>
    }
}

fn state(import: &Import) -> String {
    match import.state {
        ImportState::Waiting => t(words::STATE_WAITING).to_owned(),
        ImportState::Running => {
            let percent = (u64::from(import.done) * 100).checked_div(u64::from(import.rows)).unwrap_or(0);
            fill(words::STATE_RUNNING, &[("percent", &percent)])
        }
        ImportState::Done => t(words::STATE_DONE).to_owned(),
        ImportState::Stopped => t(words::STATE_STOPPED).to_owned(),
        ImportState::Failed => t(words::STATE_FAILED).to_owned(),
    }
}
