//! 承诺: what we, or the customer, said would be done, by when; kept or broken (R072).

use crate::ids::{CustomerId, EmployeeId, PromiseId, VisitId};
use crate::time::{Date, Timestamp};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromiseBy {
    /// 我方
    Us,
    /// 客户
    Customer,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromiseState {
    Open,
    Kept,
    Broken,
    /// 不再需要
    Withdrawn,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    pub id: PromiseId,
    pub customer_id: CustomerId,
    pub visit_id: Option<VisitId>,
    pub by: PromiseBy,
    pub text: String,
    pub due_on: Date,
    pub state: PromiseState,
    pub made_by: EmployeeId,
    pub made_at: Timestamp,
    pub settled_at: Option<Timestamp>,
    pub settled_by: Option<EmployeeId>,
}

impl Promise {
    pub fn is_open(&self) -> bool {
        self.state == PromiseState::Open
    }
}

impl PromiseBy {
    pub fn word(self) -> &'static str {
        match self {
            Self::Us => "us",
            Self::Customer => "customer",
        }
    }
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Us, Self::Customer].into_iter().find(|by| by.word() == word)
    }
}

impl PromiseState {
    pub const ALL: [Self; 4] = [Self::Open, Self::Kept, Self::Broken, Self::Withdrawn];
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Kept => "kept",
            Self::Broken => "broken",
            Self::Withdrawn => "withdrawn",
        }
    }
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}
