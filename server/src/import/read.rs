//! What kind of file it is, by its bytes: names lie, and branches' systems write all kinds under `.xls`.

use super::{Encoding, ReadError, delimited, workbook};
use crate::list_file::XLSX_MEDIA_TYPE;
use domain::import::{Sheet, SourceRow, find_header, limits};

const ZIP: &[u8] = b"PK\x03\x04";
const ZIP_WITHOUT_PARTS: &[u8] = b"PK\x05\x06";
/// The container of old Office files, and of encrypted new ones.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// Pictures, PDF and archives that people pick by mistake.
const OTHERS: [&[u8]; 8] =
    [b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"%PDF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf"];

/// What a list came in, so that its refused rows go back the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Workbook,
    Delimited { encoding: Encoding, delimiter: u8 },
}

impl Form {
    pub fn extension(self) -> &'static str {
        match self {
            Self::Workbook => "xlsx",
            Self::Delimited { .. } => "csv",
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Self::Workbook => XLSX_MEDIA_TYPE,
            Self::Delimited { encoding: Encoding::Gb18030, .. } => "text/csv; charset=gb18030",
            Self::Delimited { encoding: Encoding::Utf8, .. } => "text/csv; charset=utf-8",
            Self::Delimited { .. } => "text/csv; charset=utf-16",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    pub form: Form,
    pub sheet: Sheet,
}

/// Reads a list. Blocks: seconds for the largest.
pub fn read(bytes: &[u8]) -> Result<SourceFile, ReadError> {
    if bytes.len() > limits::FILE_BYTES_MAX {
        return Err(ReadError::FileTooLarge);
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    if bytes.starts_with(ZIP) || bytes.starts_with(ZIP_WITHOUT_PARTS) {
        return Ok(SourceFile { form: Form::Workbook, sheet: workbook::read(bytes)? });
    }
    if bytes.starts_with(OLE) {
        return Err(if names_encrypted_package(bytes) {
            ReadError::Encrypted
        } else {
            ReadError::OldWorkbook
        });
    }
    if OTHERS.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(ReadError::NotAList);
    }
    delimited::read(bytes)
}

/// The stream an encrypted workbook lies in, in the container's directory.
fn names_encrypted_package(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

/// Splits rows at their header. `is_padded`: rows may be wider than the header, as notes beside a workbook's table are.
pub(super) fn sheet_of(mut rows: Vec<SourceRow>, is_padded: bool) -> Result<Sheet, ReadError> {
    let at = find_header(&rows)?;
    let below = rows.split_off(at.index + 1);
    let header_row = rows.pop().unwrap_or_default();
    let mut header: Vec<String> = header_row.cells().map(str::to_owned).collect();
    if is_padded {
        let width = below.iter().map(SourceRow::len).max().unwrap_or_default();
        header.resize(width.max(header.len()), String::new());
    }
    if below.is_empty() {
        return Err(ReadError::NoRows);
    }
    Ok(Sheet {
        header,
        header_line: header_row.line,
        unit: at.unit,
        month: at.month,
        month_hint: at.month_hint,
        rows: below,
    })
}

/// Rows gathered under the limits on rows, columns, cells and text; blank rows are left out.
#[derive(Default)]
pub(super) struct Gathered {
    pub rows: Vec<SourceRow>,
    text_bytes: usize,
    cells: usize,
}

impl Gathered {
    /// A cell was read, whatever it holds.
    pub fn count_cells(&mut self, cells: usize) -> Result<(), ReadError> {
        self.cells += cells;
        if self.cells > limits::CELLS_MAX { Err(ReadError::TooManyCells) } else { Ok(()) }
    }

    pub fn push<S: AsRef<str>>(&mut self, line: u32, cells: &[S]) -> Result<(), ReadError> {
        let filled = cells.iter().rposition(|cell| !cell.as_ref().is_empty()).map_or(0, |last| last + 1);
        if filled > limits::COLUMNS_MAX {
            return Err(ReadError::TooManyColumns);
        }
        let cells = cells.iter().take(filled);
        if cells.clone().any(|cell| cell.as_ref().len() > limits::CELL_BYTES_MAX) {
            return Err(ReadError::CellTooLong { line });
        }
        let mut row = SourceRow::from_cells(line, cells);
        if row.is_blank() {
            return Ok(());
        }
        row.shrink_to_fit();
        self.text_bytes += row.bytes();
        if self.rows.len() >= limits::ROWS_MAX || self.text_bytes > limits::TEXT_BYTES_MAX {
            return Err(ReadError::TooManyRows);
        }
        self.rows.push(row);
        Ok(())
    }
}
