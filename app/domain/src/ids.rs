//! Newtype ids: UUIDv7 made by whoever creates the row, so that a tablet needs nobody to number its work.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// 客户
    CustomerId,
    /// 联系人
    ContactId,
    /// 走访
    VisitId,
    /// 承诺
    PromiseId,
    NoteId,
    PhotoId,
    ConflictId,
    ProductId,
    ChoiceId,
    /// 等级标准, one version
    TierSchemeId,
    /// 走访标准, one version
    VisitStandardId,
    /// 工作参数, one version
    PolicyId,
    /// What happened at a customer and asks for a visit of its own (R060).
    EventId,
    /// 电访
    CallId,
    /// 任务
    TaskId,
    /// 合同
    ContractId,
    /// A tier somebody set by hand.
    TierOverrideId,
    /// 迁徙计划: one for each customer, under the customer's own id.
    TierGoalId,
    /// 标记: one for each customer, under the customer's own id.
    MarkId,
    /// A customer's figures of one month.
    FiguresId,
    /// What a planned visit needs: one for each visit, under the visit's own id.
    PreparationId,
    /// 管户簿. A book is a stream of the same id.
    BookId,
    /// 机构. The root unit's reference library is a stream of the same id.
    OrgUnitId,
    /// 员工
    EmployeeId,
    DeviceId,
    MutationId,
    /// What a device follows: a book or an organisation's reference library (SYNC.md).
    StreamId,
}

impl From<BookId> for StreamId {
    fn from(id: BookId) -> Self {
        Self(id.0)
    }
}
impl From<OrgUnitId> for StreamId {
    fn from(id: OrgUnitId) -> Self {
        Self(id.0)
    }
}

impl From<CustomerId> for TierGoalId {
    fn from(id: CustomerId) -> Self {
        Self(id.0)
    }
}
impl From<CustomerId> for MarkId {
    fn from(id: CustomerId) -> Self {
        Self(id.0)
    }
}
impl From<VisitId> for PreparationId {
    fn from(id: VisitId) -> Self {
        Self(id.0)
    }
}
