//! A customer's figures of one month, as a list handed them over; kept, so that tiers, trends and falls can be computed
//! for any past day.

use crate::ids::{CustomerId, FiguresId};
use crate::tier::Measures;
use crate::time::Date;
use serde::{Deserialize, Serialize};

/// One a customer and calendar month. The month is that of `as_of`; a later list of the same month replaces it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    pub id: FiguresId,
    pub customer_id: CustomerId,
    /// The last day the figures speak of; from this day on they are what is known.
    pub as_of: Date,
    /// What is not in it is not known, which is not zero.
    pub values: Measures,
}
