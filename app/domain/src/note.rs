//! A note on a customer: appended, never overwritten.

use crate::ids::{CustomerId, EmployeeId, NoteId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub id: NoteId,
    pub customer_id: CustomerId,
    pub text: String,
    pub by: EmployeeId,
    pub at: Timestamp,
}
