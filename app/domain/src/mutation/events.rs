//! Events that ask for visits of their own (R060, R061).

use super::Rule;
use crate::actor::Context;
use crate::event::Event;
use crate::ids::{CustomerId, EventId, VisitId};
use crate::limits;
use crate::rejection::Rejection;
use crate::row::RowKey;
use crate::standard::EventCode;
use crate::time::Date;
use crate::validate;
use crate::working_set::WorkingSet;
use serde::{Deserialize, Serialize};

/// Something happened at the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportEvent {
    pub event_id: EventId,
    pub customer_id: CustomerId,
    pub event: EventCode,
    pub on: Date,
    pub note: Option<String>,
}

impl Rule for ReportEvent {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        vec![self.event_id.into()]
    }
    fn apply(&self, set: &mut WorkingSet<'_>, context: &Context<'_>) -> Result<(), Rejection> {
        set.vacant(self.event_id)?;
        validate::happened("on", self.on, context.now)?;
        let event = validate::required("event", Some(&self.event.0), limits::LABEL_CHARS_MAX)?;
        set.put(Event {
            id: self.event_id,
            customer_id: self.customer_id,
            event: EventCode(event),
            on: self.on,
            note: validate::optional("note", self.note.as_deref(), limits::TEXT_CHARS_MAX)?,
            reported_by: context.actor.employee_id,
            reported_at: context.made_at,
            answers: Vec::new(),
        });
        Ok(())
    }
}

/// A visit was made for the event. Saved with the visit's own record, which may be on its way still.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerEvent {
    pub event_id: EventId,
    pub customer_id: CustomerId,
    pub visit_id: VisitId,
}

impl Rule for AnswerEvent {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        vec![self.event_id.into()]
    }
    fn apply(&self, set: &mut WorkingSet<'_>, _context: &Context<'_>) -> Result<(), Rejection> {
        let mut event = set.require_of::<Event>(self.event_id, self.customer_id)?.clone();
        if event.answers.contains(&self.visit_id) {
            return Ok(());
        }
        event.answers.push(self.visit_id);
        validate::count(&event.answers, limits::LIST_ITEMS_MAX)?;
        set.put(event);
        Ok(())
    }
}

/// The event was reported by mistake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoveEvent {
    pub event_id: EventId,
    pub customer_id: CustomerId,
}

impl Rule for RemoveEvent {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        vec![self.event_id.into()]
    }
    fn apply(&self, set: &mut WorkingSet<'_>, _context: &Context<'_>) -> Result<(), Rejection> {
        set.require_of::<Event>(self.event_id, self.customer_id)?;
        set.delete(self.event_id);
        Ok(())
    }
}
