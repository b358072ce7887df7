//! 产品: what can be told and sold, readable offline (R192).

use crate::ids::ProductId;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    pub id: ProductId,
    pub name: String,
    /// 储蓄, 理财, 保险 …
    pub family: String,
    pub is_offered: bool,
}
