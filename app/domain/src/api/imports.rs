//! Import of a list (导入): upload, correct its form and columns, preview, run, and the refused rows.

use crate::import::{Column, ListForm, Reason, Unit};
use crate::month::Month;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imports {
    /// The latest first; the person's own branch.
    pub imports: Vec<Import>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    pub id: Uuid,
    pub file_name: String,
    /// Line of the header as a spreadsheet counts, from 1.
    pub header_line: u32,
    /// Rows below the header, blank ones left out.
    pub rows: u32,
    /// As its header was understood, or the person has set it.
    pub form: ListForm,
    /// Of figures without a column that says it: stated above the header, or set by the person.
    pub month: Option<Month>,
    /// The only month the title or the file's name speaks of: for the person to confirm.
    pub month_hint: Option<Month>,
    pub columns: Vec<ImportColumn>,
    pub state: ImportState,
    pub created_at: Timestamp,
    /// Rows dealt with so far, of `rows`.
    pub done: u32,
    /// Present once the state is `Done`, `Stopped` or `Failed`.
    pub result: Option<ImportResult>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// Waits for the person: columns, preview, start.
    Waiting,
    Running,
    Done,
    /// 停下: what was imported until then stays.
    Stopped,
    /// The server failed or was restarted; importing the same file again goes on where it stopped.
    Failed,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportColumn {
    pub header: String,
    /// The first cell below that is not blank, identity and phone numbers masked.
    pub sample: String,
    /// What the column means; None leaves it out.
    pub column: Option<Column>,
    /// For amounts.
    pub unit: Unit,
}

/// What the person makes of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportMapping {
    /// Another form than before: its columns are recognised anew, `columns` does not count.
    pub form: ListForm,
    pub month: Option<Month>,
    /// One entry for each column of the file, in its order.
    pub columns: Vec<(Option<Column>, Unit)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportOutcome {
    New,
    Changed,
    Unchanged,
    Refused,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportCounts {
    pub new: u32,
    pub changed: u32,
    pub unchanged: u32,
    pub refused: u32,
    /// Of figures: customers of the person's books for whom nothing is held of the month after the import, for each
    /// month of the list.
    #[serde(default)]
    pub missing: u32,
}

/// A month of a list of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportMonth {
    pub month: Month,
    /// Rows of it that will be taken or change nothing.
    pub rows: u32,
    pub missing: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonCount {
    pub reason: Reason,
    pub count: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPreview {
    pub counts: ImportCounts,
    /// Most frequent first.
    pub by_reason: Vec<ReasonCount>,
    /// Of a list of figures, the earliest first.
    pub months: Vec<ImportMonth>,
    /// The first rows that will be taken.
    pub rows: Vec<ImportRow>,
    /// The first rows that will be refused; more by `IMPORT_ROWS`.
    pub refused: Vec<ImportRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRow {
    /// The row's number as a spreadsheet shows it.
    pub line: u32,
    pub outcome: ImportOutcome,
    pub name: String,
    pub cells: Vec<ImportedCell>,
    /// Empty unless refused.
    pub faults: Vec<ImportFault>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedCell {
    pub column: Column,
    /// As the file has it; identity and phone numbers masked.
    pub raw: String,
    /// As it was understood; None where it was not.
    pub read: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportFault {
    pub reason: Reason,
    pub column: Option<Column>,
    pub raw: String,
    /// What is wrong and what to do, in the person's language.
    pub words: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRows {
    pub total: u32,
    pub rows: Vec<ImportRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportResult {
    pub counts: ImportCounts,
    pub by_reason: Vec<ReasonCount>,
    pub finished_at: Timestamp,
}
