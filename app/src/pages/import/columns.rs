//! What each column of the file means, put right by the person. Two columns for one field and missing ones show at once.

use super::form::FormAndMonth;
use super::job::Job;
use crate::components::Icon;
use crate::i18n::{fill, t};
use crate::words::import as words;
use crate::workbench::Workbench;
use domain::api::ImportColumn;
use domain::import::{Column, ImportError, ListForm, Unit};
use leptos::prelude::*;

/// What the select calls a column that is left out.
const UNUSED: &str = "";

#[component]
pub fn Columns(job: Job, is_running: bool) -> impl IntoView {
    let faults = Memo::new(move |_| job.faults());
    // The list is built once for a form; choices change only within it.
    let count = job.columns.with_untracked(Vec::len);
    let used =
        move || job.columns.with(|columns| columns.iter().filter(|column| column.column.is_some()).count());
    view! {
        <section class="map scroll" aria-labelledby="import-columns">
            <FormAndMonth job is_running />
            <div class="head">
                <h2 id="import-columns">{t(words::COLUMNS)}</h2>
                <span class="small faint aside">{move || match count - used() {
                    0 => fill(words::COLUMNS_COUNT_ALL, &[("n", &count)]),
                    off => fill(words::COLUMNS_COUNT, &[("n", &count), ("off", &off)]),
                }}</span>
            </div>
            {move || (!faults.get().is_empty()).then(|| view! {
                <div class="note note-warn map-faults" role="alert">
                    <Icon name="alert" />
                    <div>
                        <b>{t(words::FIX_FIRST)}</b>
                        <ul>{faults.get().iter().map(|fault| view! { <li>{words::said(&fault.words())}</li> }).collect_view()}</ul>
                    </div>
                </div>
            })}
            <ul class="pairs">
                {move || {
                    let form = job.form.get();
                    (0..count).map(|at| view! { <Pair job at form is_running faults /> }).collect_view()
                }}
            </ul>
        </section>
    }
}

/// One column of the file and the field it fills.
#[component]
fn Pair(
    job: Job,
    at: usize,
    form: ListForm,
    is_running: bool,
    faults: Memo<Vec<ImportError>>,
) -> impl IntoView {
    let workbench = Workbench::expect();
    let (header, sample) = job.columns.with_untracked(|columns| {
        columns.get(at).map(|column| (column.header.clone(), column.sample.clone())).unwrap_or_default()
    });
    let shown = if header.is_empty() { t(words::NO_HEADER).to_owned() } else { header };
    let chosen =
        Memo::new(move |_| job.columns.with(|columns| columns.get(at).and_then(|column| column.column)));
    let unit = Memo::new(move |_| {
        job.columns.with(|columns| columns.get(at).map_or(Unit::Yuan, |column| column.unit))
    });
    let is_money = Memo::new(move |_| chosen.get().is_some_and(Column::is_money));
    let is_twice = move || {
        let chosen = chosen.get();
        faults.with(|faults| {
            faults.iter().any(
                |fault| matches!(fault, ImportError::TwoColumns { column, .. } if Some(*column) == chosen),
            )
        })
    };
    let change = move |change: &dyn Fn(&mut ImportColumn)| {
        let mut columns = job.columns.get_untracked();
        if let Some(column) = columns.get_mut(at) {
            change(column);
        }
        job.settle(columns);
    };
    let is_fixed = move || is_running || !workbench.is_online();
    view! {
        <li class=move || chosen.get().is_none().then_some("pair-off")>
            <div>
                <p class="one">{shown.clone()}</p>
                <div class="pair-sample">
                    <span class="small faint one">{if sample.is_empty() { t(words::EMPTY_CELL).to_owned() } else { sample }}</span>
                    {let shown = shown.clone(); move || is_money.get().then(|| view! {
                        <select class="unit small" aria-label=fill(words::UNIT_OF, &[("column", &shown)]) disabled=is_fixed
                            on:change=move |event| {
                                let word = event_target_value(&event);
                                let unit = Unit::ALL.into_iter().find(|unit| words::unit(*unit) == word).unwrap_or_default();
                                change(&|column| column.unit = unit);
                            }>
                            {Unit::ALL.map(|one| view! {
                                <option selected=move || unit.get() == one>{words::unit(one)}</option>
                            }).collect_view()}
                        </select>
                    })}
                </div>
            </div>
            <Icon name="arrow" small=true />
            <label class="pick">
                <select class="input" aria-label=shown disabled=is_fixed
                    aria-invalid=move || is_twice().then_some("true")
                    prop:value=move || chosen.get().map_or(UNUSED, words::column)
                    on:change=move |event| {
                        let word = event_target_value(&event);
                        let chosen = Column::of(form).iter().copied().find(|column| words::column(*column) == word);
                        change(&|column| column.column = chosen);
                    }>
                    <option value=UNUSED selected=move || chosen.get().is_none()>{t(words::UNUSED)}</option>
                    {Column::of(form).iter().copied().map(|one| view! {
                        <option value=words::column(one) selected=move || chosen.get() == Some(one)>{words::column(one)}</option>
                    }).collect_view()}
                </select>
                <Icon name="down" />
            </label>
        </li>
    }
}
