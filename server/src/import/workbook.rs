//! xlsx: the first visible sheet that has a header, read cell by cell. Formulas count with the value the file keeps.

use super::read::{Gathered, sheet_of};
use super::{ReadError, archive};
use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use domain::import::{ImportError, Sheet, find_header, limits};
use std::io::Cursor;

pub fn read(bytes: &[u8]) -> Result<Sheet, ReadError> {
    archive::check(bytes)?;
    // The parser trusts references in the XML and panics on some that are wrong; that is a damaged file, no more.
    std::panic::catch_unwind(|| first_list(bytes)).unwrap_or(Err(ReadError::Damaged))
}

fn first_list(bytes: &[u8]) -> Result<Sheet, ReadError> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(as_read_error)?;
    let names: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .take(limits::SHEETS_MAX)
        .collect();
    let mut is_blank = true;
    for name in names {
        match list_in(&mut workbook, &name)? {
            List::Found(sheet) => return Ok(sheet),
            List::Other => is_blank = false,
            List::Blank => {}
        }
    }
    Err(if is_blank { ReadError::Empty } else { ImportError::HeaderNotFound.into() })
}

enum List {
    Found(Sheet),
    /// Rows without a header: a cover, notes.
    Other,
    Blank,
}

fn list_in(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<List, ReadError> {
    let mut cells = workbook.worksheet_cells_reader(name).map_err(as_read_error)?;
    let mut gathered = Gathered::default();
    let mut row = Row::default();
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(as_read_error)? {
        gathered.count_cells(1)?;
        let (at, column) = cell.pos;
        if at < row.at {
            // A row's number is how it is told from the others.
            return Err(ReadError::Damaged);
        }
        if at != row.at {
            row.flush(&mut gathered)?;
            row.at = at;
            let has_looked_enough = gathered.rows.len() == limits::HEADER_SEARCH_ROWS;
            if has_looked_enough && find_header(&gathered.rows).is_err() {
                return Ok(List::Other);
            }
        }
        let text = match cell.value {
            // A program wrote the formula and nobody has calculated it since: its value is not known.
            DataRef::Empty if cell.formula.is_some() => "=".to_owned(),
            value => text_of(value),
        };
        row.set(column, text)?;
    }
    row.flush(&mut gathered)?;
    if gathered.rows.is_empty() {
        return Ok(List::Blank);
    }
    match sheet_of(gathered.rows, true) {
        Ok(sheet) => Ok(List::Found(sheet)),
        Err(ReadError::Header(_)) => Ok(List::Other),
        Err(error) => Err(error),
    }
}

#[derive(Default)]
struct Row {
    /// From 0.
    at: u32,
    cells: Vec<String>,
}

impl Row {
    fn set(&mut self, column: u32, text: String) -> Result<(), ReadError> {
        if text.is_empty() {
            return Ok(());
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= limits::COLUMNS_MAX {
            return Err(ReadError::TooManyColumns);
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, String::new());
        }
        if let Some(cell) = self.cells.get_mut(column) {
            *cell = text;
        }
        Ok(())
    }

    fn flush(&mut self, gathered: &mut Gathered) -> Result<(), ReadError> {
        gathered.push(self.at.saturating_add(1), &self.cells)?;
        self.cells.clear();
        Ok(())
    }
}

fn text_of(value: DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text,
        DataRef::SharedString(text) => text.to_owned(),
        DataRef::Bool(is_true) => if is_true { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(at) if at.is_datetime() => date_text(at),
        DataRef::DateTime(duration) => number_text(duration.as_f64()),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// ISO 8601; the time is left out where it is midnight.
fn date_text(at: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
    }
}

/// The figure as Excel shows it: at most 15 significant digits, so that 9408.120000000001 is 9408.12 again, and never
/// a power of ten.
fn number_text(number: f64) -> String {
    if !number.is_finite() {
        return "#NUM!".to_owned();
    }
    let shown: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    shown.to_string()
}

fn as_read_error(error: XlsxError) -> ReadError {
    match error {
        XlsxError::Password => ReadError::Encrypted,
        XlsxError::FileNotFound(_) | XlsxError::RelationshipNotFound | XlsxError::NotAWorksheet(_) => {
            ReadError::NotAWorkbook
        }
        _ => ReadError::Damaged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_written_as_excel_shows_it() {
        for (number, text) in [
            ("9408.120000000001".parse().unwrap_or_default(), "9408.12"),
            (0.1 + 0.2, "0.3"),
            (19_907_000_000.0, "19907000000"),
            (119.553_27, "119.55327"),
            (0.0, "0"),
            (-0.5, "-0.5"),
            (1e-7, "0.0000001"),
            (9.907e17, "990700000000000000"),
            (f64::NAN, "#NUM!"),
        ] {
            assert_eq!(number_text(number), text);
        }
    }
}
