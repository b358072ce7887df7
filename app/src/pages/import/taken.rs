//! The rows that will be taken: the value as it was understood, the raw one beneath where they differ.

use super::job::Job;
use super::rows::{self, Filter, Pager, Wanted};
use crate::components::Chip;
use crate::components::online::Trouble;
use crate::i18n::{fill, t};
use crate::words::{self as shared, import as words};
use domain::api::{ImportOutcome, ImportPreview, ImportRow, ImportedCell};
use domain::customer::CustomerType;
use domain::import::Column;
use leptos::prelude::*;

/// Columns worth a glance, the most telling first; the table shows as many as it has room for.
const TELLING: [Column; 21] = [
    Column::Month,
    Column::ManagerNo,
    Column::Deposit,
    Column::Wealth,
    Column::MonthlySpend,
    Column::Birthday,
    Column::Loan,
    Column::CustomerType,
    Column::Phone,
    Column::LastVisitedOn,
    Column::OpenedOn,
    Column::Address,
    Column::Industry,
    Column::Insurance,
    Column::Fund,
    Column::ProductsHeld,
    Column::Usage,
    Column::Profit,
    Column::Steadiness,
    Column::Credit,
    Column::Potential,
];
const SHOWN_COLUMNS: usize = 4;
/// Rows shown before anything is chosen, so that the refused ones stay in sight.
const FIRST_ROWS: usize = 6;

#[component]
pub fn TakenRows(job: Job, preview: ImportPreview) -> impl IntoView {
    let shown: Vec<Column> = job.columns.with_untracked(|columns| {
        let is_used = |column: &Column| columns.iter().any(|source| source.column == Some(*column));
        TELLING.into_iter().filter(is_used).take(SHOWN_COLUMNS).collect()
    });
    let total = job.import.with_untracked(|import| import.as_ref().map_or(0, |import| import.rows));
    let counts = preview.counts;
    let missing = preview.months.iter().filter(|month| month.missing > 0).map(|month| {
        view! { <p class="small quiet">{words::missing(month)}</p> }
    });
    let missing = missing.collect_view();
    let groups: Vec<(ImportOutcome, u32)> = [
        (ImportOutcome::New, counts.new),
        (ImportOutcome::Changed, counts.changed),
        (ImportOutcome::Unchanged, counts.unchanged),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .collect();

    let Wanted(wanted) = expect_context();
    let offset = RwSignal::new(0);
    let asked = rows::asked(job.id, move || {
        wanted.get().map(|outcome| Filter { outcome: Some(outcome), reason: None, offset: offset.get() })
    });
    let found = move || match wanted.get() {
        Some(_) => asked.answer.get().map(|found| found.rows),
        None => None,
    };
    let first: Vec<ImportRow> = preview.rows.iter().take(FIRST_ROWS).cloned().collect();
    let choose = move |outcome| {
        asked.answer.set(None);
        offset.set(0);
        wanted.set(outcome);
    };
    let head = shown.clone();
    view! {
        <section aria-labelledby=rows::TAKEN>
            <div class="head">
                <h2 id=rows::TAKEN>{t(words::PREVIEW)}</h2>
                <span class="small faint aside">{fill(words::PREVIEW_SAY, &[("n", &total)])}</span>
            </div>
            {missing}
            {(groups.len() > 1 || total > rows::ROWS_ON_PAGE).then(|| view! {
                <div class="chips chips-line" role="group" aria-label=t(words::OUTCOME)>
                    <Chip label=t(words::FIRST_ROWS) group="taken" is_chosen=Signal::derive(move || wanted.get().is_none())
                        on_choose=move |_| choose(None) />
                    {groups.iter().map(|(outcome, count)| {
                        let outcome = *outcome;
                        view! {
                            <Chip label=words::outcome(outcome) group="taken" count=count.to_string()
                                is_chosen=Signal::derive(move || wanted.get() == Some(outcome))
                                on_choose=move |_| choose(Some(outcome)) />
                        }
                    }).collect_view()}
                </div>
            })}
            <Trouble text=asked.problem on_retry=move || asked.again() />
            <table class="table pre">
                <thead><tr>
                    <th scope="col">{t(words::LINE)}</th>
                    <th scope="col">{words::column(Column::Name)}</th>
                    {head.iter().map(|column| view! {
                        <th scope="col" class=is_figure(*column).then_some("r")>{words::column(*column)}</th>
                    }).collect_view()}
                    <th scope="col" class="r">{t(words::OUTCOME)}</th>
                </tr></thead>
                <tbody>{move || found().unwrap_or_else(|| first.clone()).into_iter().map(|row| {
                    view! { <Row row shown=shown.clone() /> }
                }).collect_view()}</tbody>
            </table>
            <Pager offset on_turn=Callback::new(move |to| offset.set(to))
                total=Signal::derive(move || match wanted.get() {
                    Some(_) => asked.answer.with(|found| found.as_ref().map_or(0, |found| found.total)),
                    None => 0,
                }) />
        </section>
    }
}

fn is_figure(column: Column) -> bool {
    column.measure().is_some()
        || matches!(column, Column::Birthday | Column::OpenedOn | Column::LastVisitedOn | Column::Month)
}

#[component]
fn Row(row: ImportRow, shown: Vec<Column>) -> impl IntoView {
    let cell = |column: Column| row.cells.iter().find(|cell| cell.column == column);
    let cells = shown
        .iter()
        .map(
            |column| view! { <td class=is_figure(*column).then_some("r")>{read_and_raw(cell(*column))}</td> },
        )
        .collect_view();
    let outcome = words::outcome(row.outcome);
    view! {
        <tr>
            <td>{row.line}</td>
            <td>{match cell(Column::Name) {
                Some(name) => read_and_raw(Some(name)).into_any(),
                None => row.name.clone().into_any(),
            }}</td>
            {cells}
            <td class="r">{if row.outcome == ImportOutcome::Changed { view! { <b>{outcome}</b> }.into_any() } else { outcome.into_any() }}</td>
        </tr>
    }
}

/// The value as it was read, and beneath it the raw one where it says it differently.
fn read_and_raw(cell: Option<&ImportedCell>) -> impl IntoView + use<> {
    let Some(cell) = cell.cloned() else { return view! { <span class="faint">"–"</span> }.into_any() };
    let raw = cell.raw.clone();
    // The type travels as the word of the interface.
    let read = cell.read.map(|read| match CustomerType::from_word(&read) {
        Some(kind) if cell.column == Column::CustomerType => shared::customer_type(kind).to_owned(),
        _ => read,
    });
    match read {
        // The separators of thousands are ours: they tell nothing.
        Some(read) if read == raw || read.replace(',', "") == raw => read.into_any(),
        // Spaces around a value cannot be seen: they are told of.
        Some(read) if raw.trim() == read => {
            view! { {read}<span class="raw">{t(words::SPACES_AROUND)}</span> }.into_any()
        }
        Some(read) => view! { {read}<span class="raw">{raw}</span> }.into_any(),
        None if raw.is_empty() => view! { <span class="faint">{t(shared::NONE)}</span> }.into_any(),
        None => view! { <span class="bad">{raw}</span> }.into_any(),
    }
}
