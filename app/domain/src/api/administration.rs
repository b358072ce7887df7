//! People, org units, books and devices; the administrator's pages and everyone's own devices and password.

use super::Secret;
use crate::ids::{BookId, DeviceId, EmployeeId, OrgUnitId};
use crate::organisation::{OrgUnit, Role};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// `FIRST_ADMINISTRATOR`: with the one-time token from the console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstAdministrator {
    pub token: Secret,
    /// Name of the root org unit.
    pub organisation_name: String,
    pub employee_no: String,
    pub name: String,
    pub password: Secret,
}

/// `SESSION_PASSWORD`: other sessions of the person end; this one stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangePassword {
    pub current: Secret,
    pub new: Secret,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Employee {
    pub id: EmployeeId,
    pub employee_no: String,
    pub name: String,
    pub role: Role,
    pub org_unit_id: OrgUnitId,
    pub is_active: bool,
    /// Still has the one-time password.
    pub must_change_password: bool,
    pub last_sign_in_at: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Employees {
    pub employees: Vec<Employee>,
}

/// What is set when an employee is created or edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewEmployee {
    pub employee_no: String,
    pub name: String,
    pub role: Role,
    pub org_unit_id: OrgUnitId,
}

/// Shown once, to be handed to the person; the first sign-in asks for another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OneTimePassword {
    pub employee: Employee,
    pub password: Secret,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrgUnits {
    pub org_units: Vec<OrgUnit>,
}

/// An org unit below another; the root's parent is None and cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewOrgUnit {
    pub parent_id: Option<OrgUnitId>,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    pub id: BookId,
    pub org_unit_id: OrgUnitId,
    pub holder_id: Option<EmployeeId>,
    pub name: String,
    /// How many customers are in it; no more of them is told to an administrator.
    pub customers: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Books {
    pub books: Vec<Book>,
}

/// What is set when a book is created or edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewBook {
    pub org_unit_id: OrgUnitId,
    pub holder_id: Option<EmployeeId>,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    pub id: DeviceId,
    pub employee_id: EmployeeId,
    pub employee_name: String,
    pub name: String,
    pub is_this_one: bool,
    pub last_contact_at: Option<Timestamp>,
    /// What it held unsent when it last made contact.
    pub pending: u32,
    pub revoked_at: Option<Timestamp>,
    /// The build of the app at the last sign-in.
    pub app_version: Option<String>,
}

/// What becomes of edits a revoked device has not sent yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevokeDevice {
    /// They are taken at its next contact, before it forgets everything; otherwise they are lost with it.
    pub take_pending: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Devices {
    pub devices: Vec<Device>,
}
