//! Tasks at a customer (R068).

use super::Rule;
use crate::actor::Context;
use crate::ids::{CustomerId, EmployeeId, TaskId};
use crate::limits;
use crate::rejection::Rejection;
use crate::row::RowKey;
use crate::task::{Task, TaskState};
use crate::time::Date;
use crate::validate;
use crate::working_set::WorkingSet;
use serde::{Deserialize, Serialize};

/// 新任务, for oneself or for a colleague.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddTask {
    pub task_id: TaskId,
    pub customer_id: CustomerId,
    pub owner_id: EmployeeId,
    pub text: String,
    pub due_on: Date,
}

impl Rule for AddTask {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        vec![self.task_id.into()]
    }
    fn apply(&self, set: &mut WorkingSet<'_>, context: &Context<'_>) -> Result<(), Rejection> {
        set.vacant(self.task_id)?;
        validate::near(
            "due_on",
            self.due_on,
            context.now,
            limits::RECORD_BEHIND_DAYS_MAX,
            limits::PLAN_AHEAD_DAYS_MAX,
        )?;
        set.put(Task {
            id: self.task_id,
            customer_id: self.customer_id,
            owner_id: self.owner_id,
            text: validate::required("task", Some(&self.text), limits::TEXT_CHARS_MAX)?,
            due_on: self.due_on,
            state: TaskState::Open,
            made_by: context.actor.employee_id,
            made_at: context.made_at,
            settled_by: None,
            settled_at: None,
        });
        Ok(())
    }
}

/// Done or dropped. Two people who say the same agree; otherwise the first word stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettleTask {
    pub task_id: TaskId,
    pub customer_id: CustomerId,
    pub state: TaskState,
}

impl Rule for SettleTask {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        vec![self.task_id.into()]
    }
    fn apply(&self, set: &mut WorkingSet<'_>, context: &Context<'_>) -> Result<(), Rejection> {
        if self.state == TaskState::Open {
            return Err(Rejection::invalid("state"));
        }
        let task = set.require_of::<Task>(self.task_id, self.customer_id)?.clone();
        if task.state == self.state {
            return Ok(());
        }
        if !task.is_open() {
            return Err(Rejection::AlreadySettled);
        }
        set.put(Task {
            state: self.state,
            settled_at: Some(context.made_at),
            settled_by: Some(context.actor.employee_id),
            ..task
        });
        Ok(())
    }
}
