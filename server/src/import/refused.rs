//! The refused rows as a file of the form they came in, with a column 原因: correct it there, import it again.

use super::Form;
use crate::list_file::{self, Look, WriteError};
use domain::import::{Fault, RowOutcome, Sheet};
use std::collections::HashMap;

const REASON_HEADER: &str = "原因";
const REASON_WIDTH: f64 = 48.0;

/// In which the reasons are written. The column itself is 原因 in both: it is recognised when the file comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Zh,
    En,
}

/// Writes every refused row as it stood in the file. Blocks.
pub fn write_refused<Draft>(
    form: Form,
    sheet: &Sheet,
    outcomes: &[(u32, RowOutcome<Draft>)],
    language: Language,
) -> Result<Vec<u8>, WriteError> {
    let refused: HashMap<u32, &[Fault]> = outcomes
        .iter()
        .filter(|(_, outcome)| outcome.accepted().is_none())
        .map(|(line, outcome)| (*line, outcome.faults()))
        .collect();
    let to = Columns::of(&sheet.header);
    let header = to.row(sheet.header.iter().map(String::as_str), REASON_HEADER.to_owned());
    let below = sheet.rows.iter().filter_map(|row| {
        let faults = refused.get(&row.line)?;
        Some(to.row(row.cells(), reasons(faults, language)))
    });
    let rows = std::iter::once(header).chain(below);
    match form {
        Form::Workbook => {
            let widths = vec![(to.reason_at, REASON_WIDTH)];
            list_file::workbook(rows, &Look { widths, head_rows: 1, page_head: None })
        }
        Form::Delimited { encoding, delimiter } => list_file::delimited(rows, encoding, delimiter),
    }
}

/// Where cells go: a 原因 of an earlier round is replaced; cells beyond the header stay beyond it.
struct Columns {
    width: usize,
    reason_at: usize,
}

impl Columns {
    fn of(header: &[String]) -> Self {
        let held = header.iter().position(|name| name.trim() == REASON_HEADER);
        Self { width: header.len(), reason_at: held.unwrap_or(header.len()) }
    }

    fn row<'a>(&self, cells: impl Iterator<Item = &'a str>, reason: String) -> Vec<String> {
        let mut row: Vec<String> = cells.map(str::to_owned).collect();
        row.resize(row.len().max(self.width), String::new());
        if self.reason_at == self.width {
            row.insert(self.width, reason);
        } else if let Some(cell) = row.get_mut(self.reason_at) {
            *cell = reason;
        }
        row
    }
}

fn reasons(faults: &[Fault], language: Language) -> String {
    let said: Vec<String> = faults
        .iter()
        .map(|fault| {
            let words = fault.advice();
            match language {
                Language::Zh => words.zh.into_owned(),
                Language::En => words.en.into_owned(),
            }
        })
        .collect();
    match language {
        Language::Zh => said.join("；"),
        Language::En => said.join("; "),
    }
}
