//! The lead's page (团队): exceptions first, then coverage by manager. The rows behind a number are on the lead's own
//! tablet; only what a tablet cannot know is told here.

use crate::ids::{BookId, EmployeeId};
use crate::time::{Date, Timestamp};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    pub org_unit_name: String,
    pub as_of: Timestamp,
    /// First and last day of the quarter that is counted.
    pub quarter_from: Date,
    pub quarter_to: Date,
    pub managers: Vec<TeamManager>,
    /// The gravest first.
    pub exceptions: Vec<TeamException>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamManager {
    pub employee_id: EmployeeId,
    pub employee_no: String,
    pub name: String,
    pub books: Vec<BookId>,
    pub customers: u32,
    /// Customers with at least one visit done this quarter.
    pub customers_visited: u32,
    /// Visits done this quarter.
    pub visits_done: u32,
    /// Visits planned for this week, Monday to Sunday, not yet done.
    pub planned_this_week: u32,
    /// Visits planned for a day that has passed, neither done nor skipped.
    pub visits_overdue: u32,
    /// Open promises due before today.
    pub promises_overdue: u32,
    pub devices: Vec<TeamDevice>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamDevice {
    pub name: String,
    pub last_contact_at: Option<Timestamp>,
    pub pending: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TeamExceptionKind {
    /// Open promises past their day.
    PromisesOverdue,
    /// A device silent for `days`, with `count` edits unsent when last heard.
    DeviceSilent,
    /// Customers without any visit in `days`.
    NotVisited,
    /// Visits planned for a day that has passed.
    VisitsOverdue,
    /// A book of `count` customers that nobody holds.
    BookWithoutHolder,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamException {
    pub kind: TeamExceptionKind,
    pub employee_id: Option<EmployeeId>,
    pub book_id: Option<BookId>,
    pub count: u32,
    pub days: Option<u32>,
}
