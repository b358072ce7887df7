//! Why a file cannot be read, in words that say what to do. Nothing has been imported in any of these cases.

use domain::import::{ImportError, Words, limits};

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    #[error("the file is empty")]
    Empty,
    #[error("no rows below the header")]
    NoRows,
    #[error("more bytes than a list may have")]
    FileTooLarge,
    #[error("the workbook is encrypted")]
    Encrypted,
    #[error("a workbook of the old binary kind")]
    OldWorkbook,
    #[error("an archive that is no xlsx workbook")]
    NotAWorkbook,
    #[error("the workbook ends early")]
    Truncated,
    #[error("the workbook is damaged")]
    Damaged,
    #[error("the workbook inflates beyond the limits")]
    InflatesTooMuch,
    #[error("more rows than a list may have")]
    TooManyRows,
    #[error("more columns than a list may have")]
    TooManyColumns,
    #[error("more cells than a list may have")]
    TooManyCells,
    #[error("a cell in row {line} is longer than any cell may be")]
    CellTooLong { line: u32 },
    #[error("the characters are in no encoding we know")]
    UnknownEncoding,
    #[error("a web page under the name of a list")]
    WebPage,
    #[error("neither a workbook nor CSV")]
    NotAList,
    #[error(transparent)]
    Header(#[from] ImportError),
}

impl ReadError {
    pub fn words(&self) -> Words {
        match self {
            Self::Empty => Words::fixed(
                "文件是空的，没有导入任何内容。换一个有内容的文件",
                "The file is empty, nothing was imported. Choose one with content",
            ),
            Self::NoRows => Words::fixed(
                "表头下面是空的，没有客户行，没有导入任何内容。换一个有内容的文件",
                "There is no customer below the header, nothing was imported. Choose a file with rows",
            ),
            Self::FileTooLarge => Words::said(
                format!("文件超过{}兆，没有导入任何内容。分成几个文件再导", limits::FILE_BYTES_MAX >> 20),
                format!(
                    "The file is above {} MB, nothing was imported. Split it",
                    limits::FILE_BYTES_MAX >> 20
                ),
            ),
            Self::Encrypted => Words::fixed(
                "文件设了打开密码，读不了，没有导入任何内容。在Excel里去掉密码再导",
                "The file has a password and cannot be read, nothing was imported. Remove the password in Excel",
            ),
            Self::OldWorkbook => Words::fixed(
                "这是旧版Excel文件(.xls)，没有导入任何内容。在Excel里另存为.xlsx再导",
                "This is an old Excel file (.xls), nothing was imported. Save it as .xlsx in Excel",
            ),
            Self::NotAWorkbook => Words::fixed(
                "这个文件不是Excel工作簿(.xlsx)，没有导入任何内容。另存为.xlsx或CSV再导",
                "This is no Excel workbook (.xlsx), nothing was imported. Save it as .xlsx or CSV",
            ),
            Self::Truncated => Words::fixed(
                "文件不完整，多半没有传完，没有导入任何内容。重新复制或下载后再导",
                "The file is incomplete, most likely a transfer broke off; nothing was imported. Copy it again",
            ),
            Self::Damaged => Words::fixed(
                "Excel文件损坏，读不了，没有导入任何内容。在Excel里打开后另存一份再导",
                "The Excel file is damaged, nothing was imported. Open it in Excel, save a copy and import that",
            ),
            Self::InflatesTooMuch => Words::fixed(
                "Excel文件解开后太大，没有导入任何内容。把客户清单复制到新的工作簿再导",
                "The Excel file unpacks to too much, nothing was imported. Copy the list into a new workbook",
            ),
            Self::TooManyRows => Words::said(
                format!("超过{}行，没有导入任何内容。分成几个文件再导", limits::ROWS_MAX),
                format!("More than {} rows, nothing was imported. Split the file", limits::ROWS_MAX),
            ),
            Self::TooManyColumns => Words::said(
                format!("超过{}列，没有导入任何内容。删去用不到的列再导", limits::COLUMNS_MAX),
                format!(
                    "More than {} columns, nothing was imported. Delete those not needed",
                    limits::COLUMNS_MAX
                ),
            ),
            Self::TooManyCells => Words::said(
                format!("超过{}万格，没有导入任何内容。删去用不到的列和空行再导", limits::CELLS_MAX / 10_000),
                format!(
                    "More than {} cells, nothing was imported. Delete columns and empty rows not needed",
                    limits::CELLS_MAX
                ),
            ),
            Self::CellTooLong { line } => Words::said(
                format!("第{line}行有一格太长，多半是引号没有成对，没有导入任何内容。改好这一格再导"),
                format!(
                    "A cell in row {line} is too long, most often for a missing quote; nothing was imported. Correct it"
                ),
            ),
            Self::UnknownEncoding => Words::fixed(
                "文字编码认不出来，没有导入任何内容。另存为UTF-8的CSV或.xlsx再导",
                "The characters cannot be read, nothing was imported. Save the file as CSV in UTF-8, or as .xlsx",
            ),
            Self::WebPage => Words::fixed(
                "这其实是网页，不是Excel或CSV文件，没有导入任何内容。用Excel打开后另存为.xlsx再导",
                "This is really a web page, not Excel or CSV; nothing was imported. Open it in Excel and save it as .xlsx",
            ),
            Self::NotAList => Words::fixed(
                "这不是Excel(.xlsx)或CSV文件，没有导入任何内容。换一个文件",
                "This is neither Excel (.xlsx) nor CSV, nothing was imported. Choose another file",
            ),
            Self::Header(error) => error.words(),
        }
    }
}
