//! 客户迁徙计划: to which tier a customer is to be brought, and by when (R047). One a customer; the last word stands. What
//! became of it is computed from the tiers that counted, never written.

use crate::ids::{CustomerId, EmployeeId, TierGoalId};
use crate::tier::TierCode;
use crate::time::{Date, Timestamp};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierGoal {
    /// The customer's id.
    pub id: TierGoalId,
    pub customer_id: CustomerId,
    pub tier: TierCode,
    /// The last day to reach it.
    pub by: Date,
    pub set_by: EmployeeId,
    pub set_at: Timestamp,
}
