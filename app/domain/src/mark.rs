//! 标记: how whoever took over a book sorted a customer (R013). One a customer; the last word stands.

use crate::ids::{CustomerId, EmployeeId, MarkId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    /// 重点: to be seen within the month.
    Important,
    /// 常规: by the standard.
    Routine,
    /// 先打电话: to be called within the month.
    CallFirst,
    /// 以后再看
    Later,
}

impl MarkKind {
    pub const ALL: [Self; 4] = [Self::Important, Self::Routine, Self::CallFirst, Self::Later];
    pub fn word(self) -> &'static str {
        match self {
            Self::Important => "important",
            Self::Routine => "routine",
            Self::CallFirst => "call_first",
            Self::Later => "later",
        }
    }
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The customer's id.
    pub id: MarkId,
    pub customer_id: CustomerId,
    pub kind: MarkKind,
    pub marked_by: EmployeeId,
    pub marked_at: Timestamp,
}
