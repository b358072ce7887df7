//! A visit as lists show it, with what stands in other rows already looked up.

use crate::i18n::{clock, fill, t};
use crate::words::visits as words;
use domain::customer::Customer;
use domain::ids::{CustomerId, VisitId};
use domain::organisation::{Colleague, Role};
use domain::time::Date;
use domain::visit::{Visit, VisitState};
use replica::Replica;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitLine {
    pub id: VisitId,
    pub customer_id: CustomerId,
    pub name: String,
    pub address: Option<String>,
    pub state: VisitState,
    pub on: Date,
    pub at_minute: Option<u16>,
    pub purpose: Option<String>,
    /// Why it was skipped or cancelled.
    pub reason: Option<String>,
    pub minutes: Option<u16>,
    /// Who goes or went, where that is somebody else.
    pub visitor: Option<String>,
    pub is_pending: bool,
}

impl VisitLine {
    pub fn of(replica: &Replica, visit: &Visit) -> Self {
        let customer = replica.get::<Customer>(visit.customer_id);
        let is_mine = visit.visitor_id == replica.actor().employee_id;
        let visitor = (!is_mine).then(|| replica.get::<Colleague>(visit.visitor_id)).flatten();
        Self {
            id: visit.id,
            customer_id: visit.customer_id,
            name: customer.map(|customer| customer.name.clone()).unwrap_or_default(),
            address: customer.and_then(|customer| customer.address.clone()),
            state: visit.state,
            on: visit.on,
            at_minute: visit.at_minute,
            purpose: visit.purpose.clone(),
            reason: visit.not_held.as_ref().map(|not_held| not_held.reason.clone()),
            minutes: visit.report.as_ref().and_then(|report| report.minutes),
            visitor: visitor.map(|colleague| colleague.name.clone()),
            is_pending: replica.is_row_pending(visit.id.into()),
        }
    }

    /// `10:00`, or nothing for any time that day.
    pub fn time(&self) -> String {
        self.at_minute.map(clock).unwrap_or_default()
    }

    /// What tells this visit from another, in one line: why it fell out, what it is for, or where.
    pub fn fact(&self) -> String {
        let reason = || self.reason.clone().unwrap_or_default();
        match self.state {
            VisitState::Skipped => fill(words::SKIPPED_BECAUSE, &[("reason", &reason())]),
            VisitState::Cancelled => fill(words::CANCELLED_BECAUSE, &[("reason", &reason())]),
            VisitState::Planned => self
                .purpose
                .clone()
                .or_else(|| self.address.clone())
                .unwrap_or_else(|| t(words::VISIT).to_owned()),
            VisitState::Done => match (&self.purpose, self.minutes) {
                (Some(purpose), _) => purpose.clone(),
                (None, Some(minutes)) => {
                    format!("{} {}", t(words::VISIT), fill(words::MINUTES, &[("n", &minutes)]))
                }
                (None, None) => t(words::VISIT).to_owned(),
            },
        }
    }

    pub fn is_planned(&self) -> bool {
        self.state == VisitState::Planned
    }

    pub fn customer_href(&self) -> String {
        format!("/app/customers/{}", self.customer_id)
    }

    /// Where this planned visit is recorded.
    pub fn record_href(&self) -> String {
        format!("/app/customers/{}/visit?visit={}", self.customer_id, self.id)
    }
}

/// A manager's agenda is that of the whole book, a predecessor's plans included; a desk or a lead sees only their own.
pub fn whose_agenda(replica: &Replica) -> Option<domain::ids::EmployeeId> {
    let actor = replica.actor();
    (actor.role != Role::Manager).then_some(actor.employee_id)
}
