//! The refused rows as a file of the form they came in, with a column 原因: correct it there, import it again.

use super::{Encoding, Form};
use csv::{Terminator, WriterBuilder};
use domain::import::{Fault, RowOutcome, Sheet, guarded};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use std::collections::HashMap;

const REASON_HEADER: &str = "原因";
const REASON_WIDTH: f64 = 48.0;

/// In which the reasons are written. The column itself is 原因 in both: it is recognised when the file comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Zh,
    En,
}

#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("the workbook could not be written: {0}")]
    Workbook(#[from] XlsxError),
    #[error("the CSV could not be written: {0}")]
    Delimited(#[from] csv::Error),
}

/// Writes every refused row as it stood in the file, all its cells guarded against calculation. Blocks.
pub fn write_refused(
    form: Form,
    sheet: &Sheet,
    outcomes: &[(u32, RowOutcome)],
    language: Language,
) -> Result<Vec<u8>, WriteError> {
    let rows = rows_of(sheet, outcomes, language);
    match form {
        Form::Workbook => workbook(&rows),
        Form::Delimited { encoding, delimiter } => delimited(&rows, encoding, delimiter),
    }
}

/// The header first. A 原因 of an earlier round is replaced; cells beyond the header stay beyond it.
fn rows_of(sheet: &Sheet, outcomes: &[(u32, RowOutcome)], language: Language) -> Vec<Vec<String>> {
    let width = sheet.header.len();
    let reason_at = sheet.header.iter().position(|header| header.trim() == REASON_HEADER);
    let with_reason = |mut cells: Vec<String>, reason: String| {
        cells.resize(cells.len().max(width), String::new());
        match reason_at.and_then(|at| cells.get_mut(at)) {
            Some(cell) => *cell = reason,
            None => cells.insert(width, reason),
        }
        cells.iter().map(|cell| guarded(cell).into_owned()).collect::<Vec<_>>()
    };
    let refused: HashMap<u32, &[Fault]> = outcomes
        .iter()
        .filter(|(_, outcome)| outcome.accepted().is_none())
        .map(|(line, outcome)| (*line, outcome.faults()))
        .collect();
    let mut rows = vec![with_reason(sheet.header.clone(), REASON_HEADER.to_owned())];
    for row in &sheet.rows {
        if let Some(faults) = refused.get(&row.line) {
            let cells = row.cells().map(str::to_owned).collect();
            rows.push(with_reason(cells, reasons(faults, language)));
        }
    }
    rows
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

/// Every cell as text: figures keep their digits, codes their zeros, and nothing is calculated.
fn workbook(rows: &[Vec<String>]) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    let text = Format::new().set_num_format("@");
    let sheet = workbook.add_worksheet();
    for (at, row) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(row) {
            if !cell.is_empty() {
                sheet.write_string_with_format(at, column, cell, &text)?;
            }
        }
    }
    let reason_at = rows.first().and_then(|header| header.iter().position(|cell| cell == REASON_HEADER));
    if let Some(column) = reason_at.and_then(|at| u16::try_from(at).ok()) {
        sheet.set_column_width(column, REASON_WIDTH)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(workbook.save_to_buffer()?)
}

fn delimited(rows: &[Vec<String>], encoding: Encoding, delimiter: u8) -> Result<Vec<u8>, WriteError> {
    let mut writer = WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(match encoding {
        // With the mark, or Excel takes it for the system's encoding.
        Encoding::Utf8 => format!("\u{feff}{text}").into_bytes(),
        Encoding::Gb18030 => encoding_rs::GB18030.encode(&text).0.into_owned(),
        Encoding::Utf16Le => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Be => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
    })
}
