//! What a planned visit needs: minutes, and what to bring (R063, R064). One a visit; the last word stands, as for the
//! plan itself.

use crate::ids::{CustomerId, PreparationId};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bring {
    pub what: String,
    /// In the bag.
    pub is_ready: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preparation {
    /// The visit's id.
    pub id: PreparationId,
    pub customer_id: CustomerId,
    /// How long the visit will take; None as the organisation reckons.
    pub minutes: Option<u16>,
    pub bring: Vec<Bring>,
}
