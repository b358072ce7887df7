//! 机构, 员工 and 管户簿: who works where and holds which book (R001).

use crate::ids::{BookId, EmployeeId, OrgUnitId};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 客户经理: holds a book.
    Manager,
    /// 柜台: reads and keeps the customers of its branch, imports lists.
    Desk,
    /// 主管: the subtree below its org unit.
    Lead,
    /// 管理员: people, org units, books; no customers.
    Administrator,
    /// 稽查: reads, changes nothing.
    Auditor,
}

impl Role {
    pub const ALL: [Self; 5] = [Self::Manager, Self::Desk, Self::Lead, Self::Administrator, Self::Auditor];

    /// The word of the wire and the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Manager => "manager",
            Self::Desk => "desk",
            Self::Lead => "lead",
            Self::Administrator => "administrator",
            Self::Auditor => "auditor",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// 机构: a node of the organisation tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrgUnit {
    pub id: OrgUnitId,
    pub parent_id: Option<OrgUnitId>,
    pub name: String,
}

/// What everyone in the organisation may know of an employee; part of the reference library.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    pub id: EmployeeId,
    pub employee_no: String,
    pub name: String,
    pub role: Role,
    pub org_unit_id: OrgUnitId,
    pub is_active: bool,
}

/// 管户簿: the set of customers one manager holds; the unit of scope and of sync.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    pub id: BookId,
    pub org_unit_id: OrgUnitId,
    /// Nobody while a book waits for its next manager.
    pub holder_id: Option<EmployeeId>,
    pub name: String,
}
