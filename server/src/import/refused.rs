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
        Form::Workbook => workbook(rows, to.reason_at),
        Form::Delimited { encoding, delimiter } => delimited(rows, encoding, delimiter),
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
        let mut row: Vec<String> = cells.map(|cell| guarded(cell).into_owned()).collect();
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

/// Every cell as text: figures keep their digits, codes their zeros, and nothing is calculated. Rows leave memory as
/// they are written.
fn workbook(rows: impl Iterator<Item = Vec<String>>, reason_at: usize) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    let text = Format::new().set_num_format("@");
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    if let Ok(column) = u16::try_from(reason_at) {
        sheet.set_column_width(column, REASON_WIDTH)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (at, row) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(&row) {
            if !cell.is_empty() {
                sheet.write_string_with_format(at, column, cell, &text)?;
            }
        }
    }
    Ok(workbook.save_to_buffer()?)
}

fn delimited(
    rows: impl Iterator<Item = Vec<String>>,
    encoding: Encoding,
    delimiter: u8,
) -> Result<Vec<u8>, WriteError> {
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
