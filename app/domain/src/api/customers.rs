//! Hand-over of customers between books, and the identity number itself.

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

/// The whole identity number; None when none is kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityNumber {
    pub identity_no: Option<String>,
}
