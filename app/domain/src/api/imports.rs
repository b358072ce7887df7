//! Import of a customer list (导入): upload, correct the columns, preview, run, and the refused rows.

use crate::import::{Column, Reason, Unit};
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

/// One entry for each column of the file, in its order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportMapping {
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
