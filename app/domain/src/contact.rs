//! 联系人: a person at the customer, with a decision role (R021).

use crate::conflict::FieldStamp;
use crate::ids::{ContactId, CustomerId};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactRole {
    /// 决策
    Decides,
    /// 影响
    Influences,
    /// 使用
    Uses,
    /// 财务
    Finance,
    /// 家人
    Family,
    Other,
}

impl ContactRole {
    pub const ALL: [Self; 6] =
        [Self::Decides, Self::Influences, Self::Uses, Self::Finance, Self::Family, Self::Other];

    pub fn word(self) -> &'static str {
        match self {
            Self::Decides => "decides",
            Self::Influences => "influences",
            Self::Uses => "uses",
            Self::Finance => "finance",
            Self::Family => "family",
            Self::Other => "other",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub id: ContactId,
    pub customer_id: CustomerId,
    pub name: String,
    pub role: ContactRole,
    /// Title or relation in words: 财务主管, 女儿.
    pub relation: Option<String>,
    pub phone: Option<String>,
    pub stamps: Vec<FieldStamp>,
}
