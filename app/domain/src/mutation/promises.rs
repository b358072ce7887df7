//! The promises ledger (R072).

use super::Rule;
use crate::actor::Context;
use crate::ids::{CustomerId, PromiseId, VisitId};
use crate::limits;
use crate::promise::{Promise, PromiseBy, PromiseState};
use crate::rejection::Rejection;
use crate::row::RowKey;
use crate::time::Date;
use crate::validate;
use crate::working_set::WorkingSet;
use serde::{Deserialize, Serialize};

/// A promise as it is made, alone or within a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPromise {
    pub promise_id: PromiseId,
    pub by: PromiseBy,
    pub text: String,
    pub due_on: Date,
}

pub(super) fn put_promise(
    set: &mut WorkingSet<'_>,
    promise: &NewPromise,
    customer_id: CustomerId,
    visit_id: Option<VisitId>,
    context: &Context<'_>,
) -> Result<(), Rejection> {
    set.vacant(promise.promise_id)?;
    validate::near(
        "due_on",
        promise.due_on,
        context.now,
        limits::RECORD_BEHIND_DAYS_MAX,
        limits::PLAN_AHEAD_DAYS_MAX,
    )?;
    set.put(Promise {
        id: promise.promise_id,
        customer_id,
        visit_id,
        by: promise.by,
        text: validate::required("promise", Some(&promise.text), limits::TEXT_CHARS_MAX)?,
        due_on: promise.due_on,
        state: PromiseState::Open,
        made_by: context.actor.employee_id,
        made_at: context.made_at,
        settled_at: None,
        settled_by: None,
    });
    Ok(())
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MakePromise {
    pub customer_id: CustomerId,
    pub promise: NewPromise,
}

impl Rule for MakePromise {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        vec![self.promise.promise_id.into()]
    }
    fn apply(&self, set: &mut WorkingSet<'_>, context: &Context<'_>) -> Result<(), Rejection> {
        put_promise(set, &self.promise, self.customer_id, None, context)
    }
}

/// Kept, broken or withdrawn. Two people who say the same agree; otherwise the first word stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettlePromise {
    pub promise_id: PromiseId,
    pub customer_id: CustomerId,
    pub state: PromiseState,
}

impl Rule for SettlePromise {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        vec![self.promise_id.into()]
    }
    fn apply(&self, set: &mut WorkingSet<'_>, context: &Context<'_>) -> Result<(), Rejection> {
        if self.state == PromiseState::Open {
            return Err(Rejection::invalid("state"));
        }
        let promise = set.require_of::<Promise>(self.promise_id, self.customer_id)?.clone();
        if promise.state == self.state {
            return Ok(());
        }
        if !promise.is_open() {
            return Err(Rejection::AlreadySettled);
        }
        set.put(Promise {
            state: self.state,
            settled_at: Some(context.made_at),
            settled_by: Some(context.actor.employee_id),
            ..promise
        });
        Ok(())
    }
}
