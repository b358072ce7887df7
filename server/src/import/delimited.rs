//! CSV: encoding, delimiter, quotes.

use super::ReadError;
use super::read::{Form, Gathered, SourceFile, sheet_of};
use csv::{ReaderBuilder, StringRecord};
use domain::import::{columns_named, limits};
use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    /// What Chinese Excel and branch systems write; GBK and GB2312 are parts of it.
    Gb18030,
    Utf16Le,
    Utf16Be,
}

pub fn read(bytes: &[u8]) -> Result<SourceFile, ReadError> {
    let (text, encoding) = decode(bytes)?;
    if text.trim_start().starts_with('<') {
        return Err(ReadError::WebPage);
    }
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let delimiter = delimiter_of(&text);
    let sheet = sheet_of(rows(&text, delimiter, usize::MAX)?, false)?;
    Ok(SourceFile { form: Form::Delimited { encoding, delimiter }, sheet })
}

/// A byte order mark decides; then UTF-8, which text in another encoding hardly ever is by chance; then GB18030.
fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), ReadError> {
    let (encoding, text) = match bytes {
        [0xff, 0xfe, rest @ ..] => {
            (Encoding::Utf16Le, UTF_16LE.decode_without_bom_handling_and_without_replacement(rest))
        }
        [0xfe, 0xff, rest @ ..] => {
            (Encoding::Utf16Be, UTF_16BE.decode_without_bom_handling_and_without_replacement(rest))
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => (Encoding::Utf8, std::str::from_utf8(rest).ok().map(Cow::Borrowed)),
        _ if bytes.contains(&0) => return Err(ReadError::NotAList),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => (Encoding::Utf8, Some(Cow::Borrowed(text))),
            Err(_) => (Encoding::Gb18030, GB18030.decode_without_bom_handling_and_without_replacement(bytes)),
        },
    };
    match text {
        Some(text) if !text.contains('\0') => Ok((text, encoding)),
        Some(_) => Err(ReadError::NotAList),
        None => Err(ReadError::UnknownEncoding),
    }
}

/// The one that makes a row name the most columns.
fn delimiter_of(text: &str) -> u8 {
    let named = |delimiter: u8| {
        let rows = rows(text, delimiter, limits::HEADER_SEARCH_ROWS).unwrap_or_default();
        rows.iter().map(columns_named).max().unwrap_or_default()
    };
    DELIMITERS.into_iter().rev().max_by_key(|delimiter| named(*delimiter)).unwrap_or(b',')
}

fn rows(text: &str, delimiter: u8, rows_max: usize) -> Result<Vec<domain::import::SourceRow>, ReadError> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut gathered = Gathered::default();
    let mut line = 0_u32;
    while gathered.rows.len() < rows_max {
        let is_row = reader.read_record(&mut record).map_err(|_| ReadError::UnknownEncoding)?;
        if !is_row {
            break;
        }
        gathered.count_cells(record.len())?;
        let blank = record.position().map_or(0, |at| blank_lines_at(text, at.byte()));
        line = line.saturating_add(blank).saturating_add(1);
        let cells: Vec<&str> = record.iter().map(untexted).collect();
        gathered.push(line, &cells)?;
    }
    Ok(gathered.rows)
}

/// Blank lines before the record at `byte`: the reader passes over them, a spreadsheet counts them. What breaks lines
/// inside of a cell is no line of a sheet.
fn blank_lines_at(text: &str, byte: u64) -> u32 {
    let (before, rest) =
        usize::try_from(byte).ok().and_then(|byte| text.split_at_checked(byte)).unwrap_or_default();
    // The reader stops between the two characters that end a line together.
    let rest = if before.ends_with('\r') { rest.strip_prefix('\n').unwrap_or(rest) } else { rest };
    let breaks = rest.get(..rest.len() - rest.trim_start_matches(['\r', '\n']).len()).unwrap_or_default();
    let ends = breaks.matches('\n').count() + breaks.matches('\r').count() - breaks.matches("\r\n").count();
    u32::try_from(ends).unwrap_or(u32::MAX)
}

/// `="0012"`: how systems keep Excel from reading a code as a figure.
fn untexted(cell: &str) -> &str {
    cell.trim()
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .filter(|inner| !inner.contains('"'))
        .unwrap_or(cell)
}
