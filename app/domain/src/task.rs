//! 任务: work at a customer with an owner and a due date (R068).

use crate::ids::{CustomerId, EmployeeId, TaskId};
use crate::time::{Date, Timestamp};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    Open,
    Done,
    /// 不再需要
    Dropped,
}

impl TaskState {
    pub const ALL: [Self; 3] = [Self::Open, Self::Done, Self::Dropped];
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    pub id: TaskId,
    pub customer_id: CustomerId,
    /// Who is to do it.
    pub owner_id: EmployeeId,
    pub text: String,
    pub due_on: Date,
    pub state: TaskState,
    pub made_by: EmployeeId,
    pub made_at: Timestamp,
    pub settled_by: Option<EmployeeId>,
    pub settled_at: Option<Timestamp>,
}

impl Task {
    pub fn is_open(&self) -> bool {
        self.state == TaskState::Open
    }
}
