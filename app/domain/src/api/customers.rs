//! Hand-over of customers between books, customers as a file, and the identity number itself.

use crate::ids::{BookId, CustomerId};
use serde::{Deserialize, Serialize};

/// 移交: customers go from one book to another with everything that hangs on them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    pub from_book: BookId,
    pub to_book: BookId,
    pub customers: HandOverWhich,
}

/// At most [`crate::limits::HAND_OVER_CUSTOMERS_MAX`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandOverWhich {
    All,
    Ids(Vec<CustomerId>),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOverResult {
    /// Customers that moved. Those no longer in `from_book` stay where they are.
    pub moved: u32,
}

/// 导出: customers as a file, in this order; numbers masked, every row marked with who took it. Those out of scope are left
/// out. At most [`crate::limits::EXPORT_CUSTOMERS_MAX`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportCustomers {
    pub customers: Vec<CustomerId>,
    pub form: ExportForm,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportForm {
    Xlsx,
    Csv,
}

impl ExportForm {
    /// As a file's name ends.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }
}

/// The whole identity number; None when none is kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityNumber {
    pub identity_no: Option<String>,
}
