//! Who acts, and when.

use crate::ids::{BookId, EmployeeId, MutationId, OrgUnitId};
use crate::organisation::Role;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The person signed in, with what their role is measured against.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    pub employee_id: EmployeeId,
    pub employee_no: String,
    pub name: String,
    pub role: Role,
    pub org_unit_id: OrgUnitId,
    /// Books whose customers this person may read; decided by the server, repeated here for the tablet's own checks.
    pub books: Vec<BookId>,
}

impl Actor {
    pub fn reads_book(&self, book: BookId) -> bool {
        self.books.contains(&book)
    }
}

/// What a mutation is applied with; everything the rule may know beyond the rows.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    pub actor: &'a Actor,
    pub mutation_id: MutationId,
    /// When the person did it by the tablet's clock, never later than `now` on the server.
    pub made_at: Timestamp,
    /// The clock of whoever applies.
    pub now: Timestamp,
}
