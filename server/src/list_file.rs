//! Lists as files. Whatever is written, every cell is text and guarded against calculation (SECURITY.md): no list can be
//! forgotten.

use crate::import::Encoding;
use csv::{Terminator, WriterBuilder};
use domain::import::guarded;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

pub const XLSX_MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("the workbook could not be written: {0}")]
    Workbook(#[from] XlsxError),
    #[error("the CSV could not be written: {0}")]
    Delimited(#[from] csv::Error),
}

/// How a workbook looks beside its cells.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// Column and width, in characters.
    pub widths: Vec<(usize, f64)>,
    /// Rows at the top that stay in sight, and are repeated on every printed page.
    pub head_rows: u32,
    /// Stands above every printed page.
    pub page_head: Option<String>,
}

/// Every cell as text: figures keep their digits, codes their zeros, and nothing is calculated. Rows leave memory as
/// they are written.
pub fn workbook(rows: impl Iterator<Item = Vec<String>>, look: &Look) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    let text = Format::new().set_num_format("@");
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    for (column, width) in &look.widths {
        if let Ok(column) = u16::try_from(*column) {
            sheet.set_column_width(column, *width)?;
        }
    }
    sheet.set_freeze_panes(look.head_rows, 0)?;
    if let Some(last) = look.head_rows.checked_sub(1) {
        sheet.set_repeat_rows(0, last)?;
    }
    if let Some(head) = &look.page_head {
        // An ampersand would begin a field.
        sheet.set_header(format!("&L{}", head.replace('&', "&&")));
    }
    for (at, row) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(&row) {
            if !cell.is_empty() {
                sheet.write_string_with_format(at, column, guarded(cell), &text)?;
            }
        }
    }
    Ok(workbook.save_to_buffer()?)
}

pub fn delimited(
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
        writer.write_record(row.iter().map(|cell| guarded(cell).into_owned()))?;
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
