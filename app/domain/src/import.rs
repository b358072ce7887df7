//! Import of lists (导入; R020, R285): which form a list has, which column means what, what each cell says, which rows are
//! refused and why.
//!
//! Text in, facts out: nothing here knows of files. The server turns a workbook or CSV into a [`Sheet`], the person
//! corrects its [`ListForm`] and [`Mapping`], [`read_rows`] or [`read_figures`] gives every row an outcome. One rule
//! decides both the preview and the run: [`judge`] for customers, [`Ledger`] for figures by month.
//!
//! Choices a list forces on us:
//! - A blank cell says nothing: what is held stays. It never empties a field.
//! - A row is taken whole or refused whole; all its faults are kept, the first is the one it is counted under.
//! - Of two rows with one customer number or identity number the first good one stands; a person decides the rest.
//! - A list never overwrites what a person has edited since, and never moves a customer to another book: that is a
//!   hand-over, so that importing an old list again undoes nobody's work.
//! - Nothing is guessed: a unit, date or amount that could mean two things is refused.
//!
//! Of figures by month besides:
//! - A row is one customer's month. The month stands in a column, which then must say it in every row, or once above the
//!   header; one that only a title or the file's name speaks of is proposed and counts when the person confirms it. A
//!   month in the name of a column (2026年10月存款) refuses the list: a column a month is not read.
//! - No month after today's, none more than [`limits::MONTHS_BACK_MAX`] back. A month that is over is known from its last
//!   day on, the running one from the day of the import.
//! - Balances and spend may be negative; pieces and points are whole, points from 0 to 100.
//! - A list of figures makes no customer. A number nobody in the person's books has is unknown, wherever else it may be
//!   held; a name beside it must be that customer's, short forms and masked letters (张*) let pass.
//! - The same month again replaces what it says, value by value; the same values change nothing, not even the day.
//! - Of two rows of one customer and month the first good one stands. Otherwise the order of rows decides nothing.
//! - A customer's row shows the newest figures: they go there too, unless it tells of a later day.
//! - A customer list's amounts are figures of the month they are imported in. What a customer's row told before anything
//!   was kept by month is kept as its own month's before something newer takes its place.

mod cells;
mod column;
mod date;
mod draft;
mod figures;
mod form;
mod header;
mod identity;
mod ledger;
pub mod limits;
mod mapping;
mod money;
mod month;
mod phone;
mod place;
mod plan;
mod reason;
mod rows;
mod same_name;
mod text;
mod whole;

pub use column::Column;
pub use date::date;
pub use draft::{CustomerDraft, FiguresDraft, RowOutcome};
pub use figures::read_figures;
pub use form::ListForm;
pub use header::{HeaderAt, columns_named, find_header, recognise};
pub use identity::identity_no;
pub use ledger::{FiguresVerdict, Ledger, known_from};
pub use mapping::{ImportError, Mapping, SourceColumn};
pub use money::{Unit, balance_fen, money_fen};
pub use month::{month, month_in};
pub use phone::phone;
pub use place::place;
pub use plan::{Held, Verdict, judge};
pub use reason::{Fault, Reason, Words};
pub use rows::{Reading, Summary, Totals, read_rows};
pub use text::{customer_type, guarded, name};

use crate::month::Month;

/// One row of a list as the file has it. All cells lie in one text: a list of 50,000 rows costs a third of the memory
/// that a `String` per cell would.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceRow {
    /// The row's number as a spreadsheet shows it, from 1.
    pub line: u32,
    text: String,
    /// Where each cell ends in `text`.
    ends: Vec<u32>,
}

impl SourceRow {
    pub fn new(line: u32) -> Self {
        Self { line, ..Self::default() }
    }

    pub fn from_cells<S: AsRef<str>>(line: u32, cells: impl IntoIterator<Item = S>) -> Self {
        let mut row = Self::new(line);
        for cell in cells {
            row.push(cell.as_ref());
        }
        row
    }

    /// Appends a cell. Text beyond 4 GiB in one row is dropped; readers stop long before.
    pub fn push(&mut self, cell: &str) {
        if let Ok(end) = u32::try_from(self.text.len() + cell.len()) {
            self.text.push_str(cell);
            self.ends.push(end);
        }
    }

    /// The cell at `at`, from 0; the empty text beyond the row's last.
    pub fn cell(&self, at: usize) -> &str {
        let start = match at.checked_sub(1) {
            None => Some(0),
            Some(before) => self.ends.get(before).map(|end| *end as usize),
        };
        let end = self.ends.get(at).map(|end| *end as usize);
        start.zip(end).and_then(|(start, end)| self.text.get(start..end)).unwrap_or_default()
    }

    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.cell(at))
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    pub fn is_blank(&self) -> bool {
        text::trimmed(&self.text).is_empty()
    }

    /// Bytes of text this row holds.
    pub fn bytes(&self) -> usize {
        self.text.len()
    }

    pub fn shrink_to_fit(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

/// A list: its header and the rows below it, blank rows left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub header: Vec<String>,
    /// The header's row as a spreadsheet counts, from 1.
    pub header_line: u32,
    /// The unit stated above the header (单位：万元), or 元.
    pub unit: Unit,
    /// The month stated above the header (统计月份：2026年10月).
    pub month: Option<Month>,
    /// The month a title above the header speaks of.
    pub month_hint: Option<Month>,
    pub rows: Vec<SourceRow>,
}

impl Sheet {
    pub fn form(&self) -> ListForm {
        ListForm::of_header(&self.header)
    }

    /// The columns as their headers say; the person corrects them.
    pub fn mapping(&self) -> Mapping {
        self.mapping_as(self.form())
    }

    /// The same for another form than the header makes of it.
    pub fn mapping_as(&self, form: ListForm) -> Mapping {
        Mapping { month: self.month, ..recognise(&self.header, self.unit, form) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_gives_back_its_cells() {
        let cells = ["C1", "", "𬭎嘉诚", "", ""];
        let row = SourceRow::from_cells(7, cells);
        assert_eq!(row.cells().collect::<Vec<_>>(), cells);
        assert_eq!((row.line, row.len(), row.cell(5)), (7, 5, ""));
        assert!(!row.is_blank());
        assert!(SourceRow::from_cells(1, ["", " \u{3000}"]).is_blank());
        assert!(SourceRow::new(1).is_empty());
    }
}
