//! What a workbook's archive may spend, checked before anything is parsed: declared and actual sizes, and in the parts
//! that the reader holds in memory, the elements whose number or length it would believe.

use super::ReadError;
use domain::import::limits;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

const CENTRAL_ENTRY: &[u8] = b"PK\x01\x02";
const WORKBOOK_PART: &str = "xl/workbook.xml";
/// XML of one cell, formats of its text included.
const CELL_XML_BYTES_MAX: usize = 1024 * 1024;
const SHARED_TEXTS_MAX: usize = 5_000_000;
const CHUNK_BYTES: usize = 64 * 1024;
/// An element's name and the attributes that matter lie within.
const ELEMENT_KEPT_BYTES: usize = 512;

/// Refuses an archive that is no workbook, is encrypted or damaged, or would spend too much. Inflates every part once,
/// holding none.
pub fn check(bytes: &[u8]) -> Result<(), ReadError> {
    let entries = bytes.windows(CENTRAL_ENTRY.len()).filter(|window| *window == CENTRAL_ENTRY).count();
    if entries > limits::PARTS_MAX {
        return Err(ReadError::InflatesTooMuch);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::Truncated)?;
    let mut inflated = 0;
    let mut has_workbook = false;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ReadError::Encrypted,
            _ => ReadError::Damaged,
        })?;
        let name = part.name().map_err(|_| ReadError::Damaged)?.replace('\\', "/").to_ascii_lowercase();
        has_workbook |= name == WORKBOOK_PART;
        let kind = Kind::of(&name);
        let bytes_max = kind.bytes_max();
        if part.size() > bytes_max {
            return Err(ReadError::InflatesTooMuch);
        }
        inflated += inflate(part, bytes_max, Scan::new(kind))?;
        if inflated > limits::INFLATED_BYTES_MAX {
            return Err(ReadError::InflatesTooMuch);
        }
    }
    if has_workbook { Ok(()) } else { Err(ReadError::NotAWorkbook) }
}

fn inflate(mut part: impl Read, bytes_max: u64, mut scan: Scan) -> Result<u64, ReadError> {
    let mut chunk = vec![0; CHUNK_BYTES];
    let mut inflated = 0;
    loop {
        let read = part.read(&mut chunk).map_err(|_| ReadError::Damaged)?;
        let chunk = chunk.get(..read).unwrap_or_default();
        if chunk.is_empty() {
            return Ok(inflated);
        }
        if inflated == 0 && scan.kind.is_xml() && !is_utf8(chunk) {
            return Err(ReadError::Damaged);
        }
        inflated += read as u64;
        if inflated > bytes_max {
            return Err(ReadError::InflatesTooMuch);
        }
        scan.take(chunk)?;
    }
}

/// Another encoding would hide elements from [`Scan`]; Excel writes UTF-8 alone.
fn is_utf8(head: &[u8]) -> bool {
    let declaration = head.split(|byte| *byte == b'>').next().unwrap_or_default().to_ascii_lowercase();
    let says = |word: &[u8]| declaration.windows(word.len()).any(|window| window == word);
    !head.starts_with(b"\xff\xfe")
        && !head.starts_with(b"\xfe\xff")
        && !head.contains(&0)
        && (!says(b"encoding") || says(b"utf-8"))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Read as a stream, a cell at a time.
    Sheet,
    /// Held whole.
    SharedTexts,
    Styles,
    /// Where the workbook itself lies: could make a sheet of what is held whole.
    Root,
    Other,
    /// Never parsed: pictures, macros, printer settings.
    Binary,
}

impl Kind {
    fn of(name: &str) -> Self {
        let file = name.rsplit('/').next().unwrap_or(name);
        match file {
            "sharedstrings.xml" => Self::SharedTexts,
            "styles.xml" => Self::Styles,
            _ if name == "_rels/.rels" => Self::Root,
            _ if file.ends_with(".xml") && name.contains("worksheets/") => Self::Sheet,
            _ if file.ends_with(".xml") || file.ends_with(".rels") => Self::Other,
            _ => Self::Binary,
        }
    }

    fn is_xml(self) -> bool {
        self != Self::Binary
    }

    fn bytes_max(self) -> u64 {
        match self {
            Self::Sheet | Self::Binary => limits::INFLATED_BYTES_MAX,
            Self::SharedTexts => limits::SHARED_TEXT_BYTES_MAX,
            Self::Styles | Self::Root | Self::Other => limits::PART_BYTES_MAX,
        }
    }
}

/// Walks over a part's elements as its bytes pass.
struct Scan {
    kind: Kind,
    /// The open element's name and attributes, cut to [`ELEMENT_KEPT_BYTES`]; None between elements.
    element: Option<Vec<u8>>,
    /// Bytes since the last cell, text or style began.
    run_bytes: usize,
    cell_formats: usize,
    is_over: bool,
}

impl Scan {
    fn new(kind: Kind) -> Self {
        Self { kind, element: None, run_bytes: 0, cell_formats: 0, is_over: false }
    }

    fn take(&mut self, chunk: &[u8]) -> Result<(), ReadError> {
        if self.is_over || matches!(self.kind, Kind::Other | Kind::Binary) {
            return Ok(());
        }
        let run_bytes_max = match self.kind {
            Kind::Styles => limits::STYLE_ELEMENT_BYTES_MAX,
            _ => CELL_XML_BYTES_MAX,
        };
        for byte in chunk {
            self.run_bytes += 1;
            if self.run_bytes > run_bytes_max {
                return Err(ReadError::InflatesTooMuch);
            }
            match (&mut self.element, byte) {
                (Some(element), b'<') if element.starts_with(b"!") => return Err(ReadError::Damaged),
                (_, b'<') => self.element = Some(Vec::new()),
                (Some(_), b'>') => self.close()?,
                (Some(element), byte) if element.len() < ELEMENT_KEPT_BYTES => element.push(*byte),
                _ => {}
            }
            if self.is_over {
                break;
            }
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), ReadError> {
        let element = self.element.take().unwrap_or_default();
        // CDATA, a document type and all but short comments could hide what is counted here; no spreadsheet writes them.
        if element.starts_with(b"!") {
            let is_comment = element.starts_with(b"!--") && element.ends_with(b"--");
            return if is_comment { Ok(()) } else { Err(ReadError::Damaged) };
        }
        let name =
            element.split(|byte| byte.is_ascii_whitespace() || *byte == b'/').next().unwrap_or_default();
        let name = name.rsplit(|byte| *byte == b':').next().unwrap_or_default();
        match (self.kind, name) {
            (Kind::Sheet, b"c" | b"row" | b"sheetData") | (Kind::SharedTexts, b"si") => self.run_bytes = 0,
            (Kind::Sheet, _) => self.is_over = is_end_of_cells(&element),
            (Kind::SharedTexts, b"sst") if count_said(&element) > SHARED_TEXTS_MAX => {
                return Err(ReadError::InflatesTooMuch);
            }
            (Kind::Styles, name) => {
                self.run_bytes = 0;
                self.cell_formats += usize::from(name == b"xf");
                if self.cell_formats > limits::CELL_FORMATS_MAX {
                    return Err(ReadError::InflatesTooMuch);
                }
            }
            // The parts with their own limits are told by their place; a workbook elsewhere would move them.
            (Kind::Root, _) if names_a_sheet(&element) => return Err(ReadError::Damaged),
            _ => {}
        }
        Ok(())
    }
}

/// Behind the cells come rules and links, which are not read.
fn is_end_of_cells(element: &[u8]) -> bool {
    element.starts_with(b"/") && element.trim_ascii_end().ends_with(b"sheetData")
}

fn names_a_sheet(element: &[u8]) -> bool {
    let element = String::from_utf8_lossy(element).to_ascii_lowercase();
    element.contains("worksheets") || element.contains("&#")
}

/// The number of texts the part says it has: room for so many is made at once.
fn count_said(element: &[u8]) -> usize {
    let element = String::from_utf8_lossy(element);
    let Some((_, behind)) = element.split_once("uniqueCount") else { return 0 };
    let digits: String =
        behind.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    if digits.is_empty() { 0 } else { digits.parse().unwrap_or(usize::MAX) }
}
