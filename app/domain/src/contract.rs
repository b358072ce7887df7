//! 合同: what ends on a day, so that nobody is surprised by it (R023): a term deposit, a loan, a service agreement.

use crate::ids::{ContractId, CustomerId, EmployeeId};
use crate::money::Fen;
use crate::time::{Date, Timestamp};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContractState {
    /// 在期
    Running,
    /// 已续: the next term is a contract of its own.
    Renewed,
    /// 已结束
    Ended,
}

impl ContractState {
    pub const ALL: [Self; 3] = [Self::Running, Self::Renewed, Self::Ended];
    pub fn word(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Renewed => "renewed",
            Self::Ended => "ended",
        }
    }
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    pub id: ContractId,
    pub customer_id: CustomerId,
    pub name: String,
    pub amount: Option<Fen>,
    /// The last day it holds.
    pub ends_on: Date,
    pub state: ContractState,
    pub noted_by: EmployeeId,
    pub noted_at: Timestamp,
    pub settled_by: Option<EmployeeId>,
    pub settled_at: Option<Timestamp>,
}

impl Contract {
    pub fn is_running(&self) -> bool {
        self.state == ContractState::Running
    }
}
