//! What happened at a customer and asks for a visit of its own: signs of leaving, a change of business (R060).

use crate::ids::{CustomerId, EmployeeId, EventId, VisitId};
use crate::standard::EventCode;
use crate::time::{Date, Timestamp};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    pub id: EventId,
    pub customer_id: CustomerId,
    /// The kind, as the visit standard names it.
    pub event: EventCode,
    pub on: Date,
    pub note: Option<String>,
    pub reported_by: EmployeeId,
    pub reported_at: Timestamp,
    /// Visits made for it.
    pub answers: Vec<VisitId>,
}
