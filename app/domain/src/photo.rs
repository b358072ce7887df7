//! A photo as evidence (R080). The row describes it; the bytes travel apart, and outrank nothing.

use crate::ids::{CustomerId, EmployeeId, PhotoId, VisitId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    pub id: PhotoId,
    pub customer_id: CustomerId,
    pub visit_id: Option<VisitId>,
    pub caption: Option<String>,
    pub width_px: u32,
    pub height_px: u32,
    /// Size of the JPEG.
    pub bytes: u32,
    pub by: EmployeeId,
    pub at: Timestamp,
}
