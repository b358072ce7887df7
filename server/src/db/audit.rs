//! What was done that must be answerable for: append-only, each entry's hash covers the one before.

mod verify;

pub use verify::{Fault, Verdict, verify};

use super::table::instant;
use super::{Connection, Result};
use domain::ids::{EmployeeId, OrgUnitId};
use domain::time::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::Row as _;
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    RevealPhone,
    RevealIdentity,
    ExportVisits,
    ExportCustomers,
    ExportRefused,
    HandOver,
    Import,
    CreateEmployee,
    EditEmployee,
    DeactivateEmployee,
    ActivateEmployee,
    ResetPassword,
    ChangePassword,
    RevokeDevice,
    EditOrgUnit,
    EditBook,
    PublishTierScheme,
    PublishVisitStandard,
    PublishPolicy,
    DiscardRuleDraft,
}

impl Act {
    fn word(self) -> &'static str {
        match self {
            Self::RevealPhone => "reveal_phone",
            Self::RevealIdentity => "reveal_identity",
            Self::ExportVisits => "export_visits",
            Self::ExportCustomers => "export_customers",
            Self::ExportRefused => "export_refused",
            Self::HandOver => "hand_over",
            Self::Import => "import",
            Self::CreateEmployee => "create_employee",
            Self::EditEmployee => "edit_employee",
            Self::DeactivateEmployee => "deactivate_employee",
            Self::ActivateEmployee => "activate_employee",
            Self::ResetPassword => "reset_password",
            Self::ChangePassword => "change_password",
            Self::RevokeDevice => "revoke_device",
            Self::EditOrgUnit => "edit_org_unit",
            Self::EditBook => "edit_book",
            Self::PublishTierScheme => "publish_tier_scheme",
            Self::PublishVisitStandard => "publish_visit_standard",
            Self::PublishPolicy => "publish_policy",
            Self::DiscardRuleDraft => "discard_rule_draft",
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub at: Timestamp,
    pub by: EmployeeId,
    pub act: Act,
    pub subject: Option<Uuid>,
}

/// Appends in order. Takes the organisation's chain until the commit: call it last.
pub async fn append(connection: &mut Connection, organisation: OrgUnitId, entries: &[Entry]) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "insert into audit_head (organisation_id, seq, hash) values ($1, 0, '') on conflict (organisation_id) do nothing",
    )
    .bind(organisation.0)
    .execute(&mut *connection)
    .await?;
    let head = sqlx::query("select seq, hash from audit_head where organisation_id = $1 for update")
        .bind(organisation.0)
        .fetch_one(&mut *connection)
        .await?;
    let (mut seq, mut hash): (i64, Vec<u8>) = (head.try_get(0)?, head.try_get(1)?);
    for entry in entries {
        seq += 1;
        let previous = std::mem::take(&mut hash);
        hash = chained(&previous, seq, entry.at, entry.by.0, entry.subject, entry.act.word());
        sqlx::query(
            "insert into audit_log (organisation_id, seq, at, employee_id, act, subject_id, previous_hash, hash)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(organisation.0)
        .bind(seq)
        .bind(instant(entry.at))
        .bind(entry.by.0)
        .bind(entry.act.word())
        .bind(entry.subject)
        .bind(previous)
        .bind(&hash)
        .execute(&mut *connection)
        .await?;
    }
    sqlx::query("update audit_head set seq = $2, hash = $3 where organisation_id = $1")
        .bind(organisation.0)
        .bind(seq)
        .bind(hash)
        .execute(connection)
        .await?;
    Ok(())
}

/// sha256 over the hash before and every column, each of known length but the last.
fn chained(previous: &[u8], seq: i64, at: Timestamp, by: Uuid, subject: Option<Uuid>, act: &str) -> Vec<u8> {
    let mut digest = Sha256::new();
    digest.update(previous);
    digest.update(seq.to_be_bytes());
    digest.update(at.0.to_be_bytes());
    digest.update(by.as_bytes());
    digest.update(subject.unwrap_or_default().as_bytes());
    digest.update(act.as_bytes());
    digest.finalize().to_vec()
}
