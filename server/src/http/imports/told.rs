//! Judged rows as a person reads them: what the file says, what was understood, what is wrong.

use crate::db::import_job::Job;
use crate::http::Language;
use crate::import::SourceFile;
use crate::import::job::{self, Draft, Fate, Judged};
use domain::api::{ImportFault, ImportOutcome, ImportRow, ImportedCell};
use domain::import::{Column, CustomerDraft, Fault, FiguresDraft, Mapping, SourceRow};
use domain::mask;
use domain::money::Fen;
use domain::tier::Unit as MeasureUnit;
use std::collections::HashMap;

/// Turns judged rows into what a person reads.
pub struct Teller<'a> {
    mapping: Mapping,
    rows: HashMap<u32, &'a SourceRow>,
    language: Language,
}

impl<'a> Teller<'a> {
    pub fn new(file: &'a SourceFile, job: &Job, language: Language) -> Self {
        let rows = file.sheet.rows.iter().map(|row| (row.line, row)).collect();
        Self { mapping: job::mapping(file, job), rows, language }
    }

    pub fn tell(&self, judged: &Judged) -> ImportRow {
        let raw = |column| {
            let at = self.mapping.find(column)?;
            Some(self.rows.get(&judged.line)?.cell(at).to_owned())
        };
        let cells = self.mapping.columns.iter().filter_map(|source| {
            let column = source.column?;
            let read = judged.draft.as_ref().and_then(|draft| match draft {
                Draft::Customer(draft) => said(draft, column),
                Draft::Figures(draft) => figure_said(draft, column),
            });
            Some(ImportedCell {
                column,
                raw: masked(Some(column), &raw(column)?),
                read: read.map(|text| masked(Some(column), &text)),
            })
        });
        let faults: &[Fault] = match &judged.fate {
            Fate::Refused(faults) => faults,
            _ => &[],
        };
        ImportRow {
            line: judged.line,
            outcome: outcome(judged),
            // A list of figures need not name its customers.
            name: raw(Column::Name).or_else(|| raw(Column::CustomerNo)).unwrap_or_default().trim().to_owned(),
            cells: cells.collect(),
            faults: faults.iter().map(|fault| self.fault(fault)).collect(),
        }
    }

    fn fault(&self, fault: &Fault) -> ImportFault {
        let words = fault.advice();
        ImportFault {
            reason: fault.reason,
            column: fault.column,
            raw: masked(fault.column, &fault.raw),
            words: self.language.pick(words.zh.into_owned(), words.en.into_owned()),
        }
    }
}

pub fn outcome(judged: &Judged) -> ImportOutcome {
    match judged.fate {
        Fate::New => ImportOutcome::New,
        Fate::Changed => ImportOutcome::Changed,
        Fate::Unchanged => ImportOutcome::Unchanged,
        Fate::Refused(_) => ImportOutcome::Refused,
    }
}

/// A field as it was understood.
fn said(draft: &CustomerDraft, column: Column) -> Option<String> {
    let degrees = |e6: i32| format!("{:.6}", f64::from(e6) / 1e6);
    match column {
        Column::CustomerNo => Some(draft.customer_no.clone()),
        Column::Name => Some(draft.name.clone()),
        Column::CustomerType => draft.customer_type.map(|kind| kind.word().to_owned()),
        Column::IdentityNo => draft.identity_no.clone(),
        Column::Phone => draft.phone.clone(),
        Column::Address => draft.address.clone(),
        Column::Industry => draft.industry.clone(),
        Column::ManagerNo => Some(draft.manager_no.clone()),
        Column::Deposit | Column::Wealth | Column::Insurance | Column::Fund | Column::Loan => {
            draft.amount(column).map(Fen::exact)
        }
        Column::Birthday => draft.birthday.map(|date| date.to_string()),
        Column::OpenedOn => draft.opened_on.map(|date| date.to_string()),
        Column::LastVisitedOn => draft.last_visited_on.map(|date| date.to_string()),
        Column::Longitude => draft.place.map(|place| degrees(place.longitude_e6)),
        Column::Latitude => draft.place.map(|place| degrees(place.latitude_e6)),
        Column::Remark => draft.remark.clone(),
        Column::Month
        | Column::MonthlySpend
        | Column::ProductsHeld
        | Column::Usage
        | Column::Profit
        | Column::Steadiness
        | Column::Credit
        | Column::Potential => None,
    }
}

fn figure_said(draft: &FiguresDraft, column: Column) -> Option<String> {
    match column {
        Column::CustomerNo => Some(draft.customer_no.clone()),
        Column::Name => draft.name.clone(),
        Column::Month => Some(draft.month.to_string()),
        column => {
            let measure = column.measure()?;
            let value = draft.values.get(measure)?;
            Some(match measure.unit() {
                MeasureUnit::Fen => Fen(value).exact(),
                MeasureUnit::Count | MeasureUnit::Points => value.to_string(),
            })
        }
    }
}

/// Numbers of people are shown masked, also before anything is imported.
pub fn masked(column: Option<Column>, text: &str) -> String {
    match column {
        Some(Column::IdentityNo) => mask::identity(text),
        Some(Column::Phone) => mask::phone(&domain::import::phone(text).unwrap_or_else(|_| text.to_owned())),
        _ => text.to_owned(),
    }
}
