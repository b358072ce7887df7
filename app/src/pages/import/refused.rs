//! The rows that are refused: what the file says there, why that cannot be taken, what to do; and all of them as a file.

use super::rows::{self, Filter, Pager};
use crate::browser::network;
use crate::components::Chip;
use crate::components::online::{Trouble, told};
use crate::i18n::{fill, t};
use crate::words::{self as shared, import as words};
use crate::workbench::Workbench;
use domain::api::{ImportOutcome, ImportRow, ReasonCount, path};
use domain::import::{Column, Reason};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

#[component]
pub fn RefusedRows(
    id: Uuid,
    /// Of the uploaded list.
    file_name: String,
    total: u32,
    by_reason: Vec<ReasonCount>,
    /// The first of them, where they are known already.
    #[prop(optional)]
    first: Vec<ImportRow>,
) -> impl IntoView {
    let reason = RwSignal::new(None::<Reason>);
    let offset = RwSignal::new(0);
    let is_first_known = !first.is_empty() && total <= rows::ROWS_ON_PAGE && first.len() == total as usize;
    let asked = rows::asked(id, move || {
        let filter =
            Filter { outcome: Some(ImportOutcome::Refused), reason: reason.get(), offset: offset.get() };
        (filter.reason.is_some() || !is_first_known).then_some(filter)
    });
    let found = {
        let first = first.clone();
        move || match (reason.get(), offset.get(), asked.answer.get()) {
            (None, 0, None) => first.clone(),
            (None, _, _) if is_first_known => first.clone(),
            (_, _, Some(found)) => found.rows,
            (_, _, None) => Vec::new(),
        }
    };
    let count = {
        let by_reason = by_reason.clone();
        Signal::derive(move || match reason.get() {
            None => total,
            Some(reason) => by_reason.iter().find(|one| one.reason == reason).map_or(0, |one| one.count),
        })
    };
    let choose = move |chosen| {
        asked.answer.set(None);
        offset.set(0);
        reason.set(chosen);
    };
    view! {
        <section class="refused" aria-labelledby=rows::REFUSED>
            <div class="head">
                <h2 id=rows::REFUSED>{t(words::REFUSED_ROWS)}</h2>
                <span class="count">{total}</span>
                <Download id total file_name />
            </div>
            <div class="chips chips-line" role="group" aria-label=t(words::REASONS)>
                <Chip label=t(shared::ALL) group="reason" count=total.to_string()
                    is_chosen=Signal::derive(move || reason.get().is_none()) on_choose=move |_| choose(None) />
                {by_reason.iter().map(|one| {
                    let (this, count) = (one.reason, one.count);
                    view! {
                        <Chip label=words::said(&this.label()) group="reason" count=count.to_string()
                            is_chosen=Signal::derive(move || reason.get() == Some(this)) on_choose=move |_| choose(Some(this)) />
                    }
                }).collect_view()}
            </div>
            <Trouble text=asked.problem on_retry=move || asked.again() />
            <table class="table ref">
                <thead><tr>
                    <th scope="col">{t(words::LINE)}</th>
                    <th scope="col">{words::column(Column::Name)}</th>
                    <th scope="col">{t(words::IN_FILE)}</th>
                    <th scope="col">{t(words::REASON)}</th>
                </tr></thead>
                <tbody>{move || found().into_iter().map(|row| view! { <Row row /> }).collect_view()}</tbody>
            </table>
            <Pager offset total=count on_turn=Callback::new(move |to| offset.set(to)) />
        </section>
    }
}

#[component]
fn Row(row: ImportRow) -> impl IntoView {
    let raw = row.faults.first().map(|fault| fault.raw.clone()).unwrap_or_default();
    let empty = || view! { <span class="faint">{t(words::EMPTY_CELL)}</span> }.into_any();
    let advice = row.faults.iter().map(|fault| view! { <p>{fault.words.clone()}</p> }).collect_view();
    view! {
        <tr>
            <td>{row.line}</td>
            <td>{if row.name.trim().is_empty() { empty() } else { row.name.clone().into_any() }}</td>
            <td class="bad">{if raw.trim().is_empty() { empty() } else { raw.into_any() }}</td>
            <td>{advice}</td>
        </tr>
    }
}

/// The refused rows as a file in the form of the one that was uploaded.
#[component]
fn Download(id: Uuid, total: u32, file_name: String) -> impl IntoView {
    let workbench = Workbench::expect();
    let is_busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let fetch = move |_| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        problem.set(None);
        let file_name = refused_name(&file_name);
        spawn_local(async move {
            let saved = network::download(&path::of(path::IMPORT_REFUSED, id), &(), &file_name).await;
            if is_busy.is_disposed() {
                return;
            }
            is_busy.set(false);
            problem.set(saved.err().map(|error| told(workbench, &error)));
        });
    };
    view! {
        <button type="button" class="btn btn-bare aside get" aria-busy=move || is_busy.get().to_string()
            disabled=move || !workbench.is_online() on:click=fetch>
            {fill(words::DOWNLOAD, &[("n", &total)])}
        </button>
        <Trouble text=problem />
    }
}

/// `名单.xlsx` → `名单-不导入的行.xlsx`
fn refused_name(file_name: &str) -> String {
    let what = t(words::REFUSED_ROWS);
    match file_name.rsplit_once('.') {
        Some((stem, kind)) => format!("{stem}-{what}.{kind}"),
        None => format!("{file_name}-{what}"),
    }
}
