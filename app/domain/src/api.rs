//! The online-only REST interface (import, team, rules, administration): paths, bodies and answers, typed once for the server,
//! our own pages and anyone's integration. Sync and sessions travel as [`crate::wire`].
//!
//! Every refusal is a [`crate::wire::Problem`]. What is not GET carries [`crate::wire::CLIENT_HEADER`].

mod administration;
mod customers;
mod imports;
mod rules;
mod team;

pub use administration::{
    Book, Books, ChangePassword, Device, Devices, Employee, Employees, FirstAdministrator, NewBook,
    NewEmployee, NewOrgUnit, OneTimePassword, OrgUnits, RevokeDevice,
};
pub use customers::{ExportCustomers, ExportForm, HandOver, HandOverResult, HandOverWhich, IdentityNumber};
pub use imports::{
    Import, ImportColumn, ImportCounts, ImportFault, ImportMapping, ImportMonth, ImportOutcome,
    ImportPreview, ImportResult, ImportRow, ImportRows, ImportState, ImportedCell, Imports, ReasonCount,
};
pub use rules::{
    AskMovers, Draft, Flow, MOVERS_MAX, Mover, MoverRow, NEAR_MAX, PreviewScheme, PublishDraft, Rule,
    RuleBook, RuleFaults, RuleKind, SaveDraft, SchemeMovers, SchemePreview, Way,
};
pub use team::{Team, TeamDevice, TeamException, TeamExceptionKind, TeamManager};

use serde::{Deserialize, Serialize};
use std::fmt;

/// Paths as the server's router reads them; [`path::of`] fills in the id.
pub mod path {
    pub const HEALTH: &str = "/api/v1/health";
    pub const OPENAPI: &str = "/api/openapi.json";

    /// POST signs in ([`crate::wire::SignIn`] → [`crate::wire::Session`]), GET tells who is signed in, DELETE signs out.
    pub const SESSION: &str = "/api/v1/session";
    /// POST [`super::ChangePassword`] → 204.
    pub const SESSION_PASSWORD: &str = "/api/v1/session/password";
    /// POST [`super::FirstAdministrator`] → 204, once.
    pub const FIRST_ADMINISTRATOR: &str = "/api/v1/first-administrator";

    pub const SYNC_PUSH: &str = "/api/v1/sync/push";
    pub const SYNC_PULL: &str = "/api/v1/sync/pull";
    /// Server-sent events `poke` without data; each means: pull.
    pub const SYNC_POKES: &str = "/api/v1/sync/pokes";
    /// PUT a JPEG → 204 (409 `not_yet` until its row has been pushed), GET it.
    pub const PHOTO: &str = "/api/v1/photos/{id}";

    /// POST a file's bytes, its name percent-encoded in [`super::FILE_NAME_HEADER`] → [`super::Import`]. GET → [`super::Imports`].
    pub const IMPORTS: &str = "/api/v1/imports";
    /// GET → [`super::Import`]; DELETE forgets one that is not running → 204.
    pub const IMPORT: &str = "/api/v1/imports/{id}";
    /// PUT [`super::ImportMapping`] → [`super::Import`].
    pub const IMPORT_MAPPING: &str = "/api/v1/imports/{id}/mapping";
    /// GET → [`super::ImportPreview`].
    pub const IMPORT_PREVIEW: &str = "/api/v1/imports/{id}/preview";
    /// GET `?outcome=refused&reason=phone_invalid&offset=0&limit=50` → [`super::ImportRows`].
    pub const IMPORT_ROWS: &str = "/api/v1/imports/{id}/rows";
    /// POST → 202 [`super::Import`]; goes on when the page is left.
    pub const IMPORT_RUN: &str = "/api/v1/imports/{id}/run";
    /// POST → [`super::Import`]; what was imported until then stays.
    pub const IMPORT_STOP: &str = "/api/v1/imports/{id}/stop";
    /// POST → the refused rows as a file in the form of the uploaded one, with a column 原因; a logged act, therefore no GET.
    pub const IMPORT_REFUSED: &str = "/api/v1/imports/{id}/refused";

    /// POST [`super::HandOver`] → [`super::HandOverResult`].
    pub const HAND_OVERS: &str = "/api/v1/hand-overs";
    /// GET → [`super::Team`].
    pub const TEAM: &str = "/api/v1/team";
    /// POST [`super::ExportCustomers`] → the file; a logged act, therefore no GET.
    pub const CUSTOMERS_EXPORT: &str = "/api/v1/customers/export";
    /// POST → [`super::IdentityNumber`]; a logged act, therefore no GET.
    pub const CUSTOMER_IDENTITY: &str = "/api/v1/customers/{id}/identity";

    /// GET → [`super::Employees`], POST [`super::NewEmployee`] → [`super::OneTimePassword`].
    pub const EMPLOYEES: &str = "/api/v1/employees";
    /// PUT [`super::NewEmployee`] → [`super::Employee`].
    pub const EMPLOYEE: &str = "/api/v1/employees/{id}";
    /// POST → 204: may no longer sign in, every session ends.
    pub const EMPLOYEE_DEACTIVATE: &str = "/api/v1/employees/{id}/deactivate";
    /// POST → 204.
    pub const EMPLOYEE_ACTIVATE: &str = "/api/v1/employees/{id}/activate";
    /// POST → [`super::OneTimePassword`].
    pub const EMPLOYEE_PASSWORD: &str = "/api/v1/employees/{id}/password";
    /// GET → [`super::OrgUnits`], POST [`super::NewOrgUnit`] → [`crate::organisation::OrgUnit`].
    pub const ORG_UNITS: &str = "/api/v1/org-units";
    /// PUT [`super::NewOrgUnit`] → [`crate::organisation::OrgUnit`].
    pub const ORG_UNIT: &str = "/api/v1/org-units/{id}";
    /// GET → [`super::Books`] in the caller's scope, POST [`super::NewBook`] → [`super::Book`].
    pub const BOOKS: &str = "/api/v1/books";
    /// PUT [`super::NewBook`] → [`super::Book`]; also assigns the holder.
    pub const BOOK: &str = "/api/v1/books/{id}";
    /// GET → [`super::Devices`]: the caller's own; an administrator's or lead's view is of everyone in scope.
    pub const DEVICES: &str = "/api/v1/devices";
    /// POST → 204: the device is told at its next contact (410) and forgets everything.
    pub const DEVICE_REVOKE: &str = "/api/v1/devices/{id}/revoke";

    /// GET → [`super::RuleBook`].
    pub const RULES: &str = "/api/v1/rules";
    /// PUT [`super::SaveDraft`] → [`super::Draft`]; DELETE discards it → 204.
    pub const RULE_DRAFT: &str = "/api/v1/rules/{kind}/draft";
    /// POST [`super::PublishDraft`] → what was published, or 422 [`super::RuleFaults`].
    pub const RULE_PUBLISH: &str = "/api/v1/rules/{kind}/publish";
    /// POST [`super::PreviewScheme`] → [`super::SchemePreview`].
    pub const TIER_SCHEME_PREVIEW: &str = "/api/v1/rules/tier-scheme/preview";
    /// POST [`super::AskMovers`] → [`super::SchemeMovers`].
    pub const TIER_SCHEME_MOVERS: &str = "/api/v1/rules/tier-scheme/preview/movers";

    /// `of_rule(RULE_DRAFT, kind)`
    pub fn of_rule(path: &str, kind: super::RuleKind) -> String {
        path.replace("{kind}", kind.word())
    }

    /// `of(IMPORT_RUN, id)`
    pub fn of(path: &str, id: impl std::fmt::Display) -> String {
        path.replace("{id}", &id.to_string())
    }
}

/// Carries the uploaded file's name, percent-encoded UTF-8: names stay out of URLs and their logs.
pub const FILE_NAME_HEADER: &str = "x-rounds-file-name";

/// Text that must not be logged: a password, a token. `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_path_takes_its_id_and_a_secret_shows_nothing() {
        assert_eq!(super::path::of(super::path::IMPORT_RUN, 7), "/api/v1/imports/7/run");
        assert_eq!(format!("{:?}", super::Secret("x".to_owned())), "Secret(…)");
    }
}
