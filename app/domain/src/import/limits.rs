//! What a list may bring. A branch's list has some thousand rows; 50,000 must work. Text lengths are those of
//! [`crate::limits`], so that what was imported can also be edited.

/// 50,000 rows of nineteen columns are 8 MB as a workbook and 10 MB as CSV; three times that is left as room.
pub const FILE_BYTES_MAX: usize = 32 * 1024 * 1024;
/// All parts of a workbook inflated: 50,000 rows are 45 MB of XML, 200,000 are 180 MB. They are read as a stream.
pub const INFLATED_BYTES_MAX: u64 = 256 * 1024 * 1024;
/// The shared texts of a workbook are the one large part that must be held in memory whole.
pub const SHARED_TEXT_BYTES_MAX: u64 = 48 * 1024 * 1024;
/// Any other part of a workbook: styles, relations, names.
pub const PART_BYTES_MAX: u64 = 4 * 1024 * 1024;
/// Parts of a workbook; a plain one has about ten.
pub const PARTS_MAX: usize = 2_000;
/// Cell formats of a workbook; Excel itself stops at 65,490, lists that people keep have some hundred.
pub const CELL_FORMATS_MAX: usize = 16_384;
/// Bytes of one element in a workbook's styles; a font name has at most 31 characters, a number format 255.
pub const STYLE_ELEMENT_BYTES_MAX: usize = 2_048;
/// Sheets of a workbook that are looked through for a header.
pub const SHEETS_MAX: usize = 50;

pub const ROWS_MAX: usize = 200_000;
pub const COLUMNS_MAX: usize = 100;
/// Cells, empty ones that carry a format included: [`ROWS_MAX`] rows of forty.
pub const CELLS_MAX: usize = 8_000_000;
/// Bytes of text all rows together may hold in memory.
pub const TEXT_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Bytes of one cell: Excel's own limit is 32,767 characters. What a field may hold is less and refuses only its row.
pub const CELL_BYTES_MAX: usize = 131_072;

/// Rows looked through for the header, below a title and notes.
pub const HEADER_SEARCH_ROWS: usize = 20;
/// Columns a row must name to be taken for the header.
pub const HEADER_COLUMNS_MIN: usize = 2;

/// 1,000亿元. With at most [`ROWS_MAX`] rows a total stays inside an `i64`.
pub const AMOUNT_FEN_MAX: i64 = 10_000_000_000_000;
/// Months back from today's whose figures are still taken; older ones move no tier and no trend.
pub const MONTHS_BACK_MAX: u32 = 36;
/// Products one customer may hold.
pub const COUNT_MAX: i64 = 1_000;
pub const POINTS_MAX: i64 = 100;
/// Characters the shorter of two company names must have to be taken for a short form of the longer.
pub const SHORT_NAME_CHARS_MIN: usize = 4;
/// Characters of a refused cell that are kept to show it.
pub const RAW_CHARS_MAX: usize = 200;
