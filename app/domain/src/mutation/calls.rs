//! 电访: recording calls and messages (R062).

use super::Rule;
use super::promises::{NewPromise, put_promise};
use super::visits::checked_minute;
use crate::actor::Context;
use crate::call::{Call, CallOutcome, Channel};
use crate::ids::{CallId, CustomerId};
use crate::limits;
use crate::rejection::Rejection;
use crate::row::RowKey;
use crate::time::Date;
use crate::validate;
use crate::working_set::WorkingSet;
use serde::{Deserialize, Serialize};

/// 记录电访
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordCall {
    pub call_id: CallId,
    pub customer_id: CustomerId,
    pub on: Date,
    pub at_minute: Option<u16>,
    pub channel: Channel,
    pub outcome: CallOutcome,
    /// May be empty when nobody answered.
    pub summary: String,
    pub minutes: Option<u16>,
    pub promises: Vec<NewPromise>,
}

impl Rule for RecordCall {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        let mut keys = vec![self.call_id.into()];
        keys.extend(self.promises.iter().map(|promise| RowKey::from(promise.promise_id)));
        keys
    }
    fn apply(&self, set: &mut WorkingSet<'_>, context: &Context<'_>) -> Result<(), Rejection> {
        set.vacant(self.call_id)?;
        validate::happened("on", self.on, context.now)?;
        if self.minutes.is_some_and(|minutes| minutes > limits::VISIT_MINUTES_MAX) {
            return Err(Rejection::invalid("minutes"));
        }
        let summary = match self.outcome {
            CallOutcome::NoAnswer => {
                validate::optional("summary", Some(&self.summary), limits::TEXT_CHARS_MAX)?
                    .unwrap_or_default()
            }
            CallOutcome::Reached | CallOutcome::CalledUs => {
                validate::required("summary", Some(&self.summary), limits::TEXT_CHARS_MAX)?
            }
        };
        set.put(Call {
            id: self.call_id,
            customer_id: self.customer_id,
            caller_id: context.actor.employee_id,
            on: self.on,
            at_minute: checked_minute(self.at_minute)?,
            channel: self.channel,
            outcome: self.outcome,
            summary,
            minutes: self.minutes,
            written_at: context.made_at,
        });
        validate::count(&self.promises, limits::LIST_ITEMS_MAX)?;
        for promise in &self.promises {
            put_promise(set, promise, self.customer_id, None, context)?;
        }
        Ok(())
    }
}
