//! Rules of an organisation: the published versions, and the one draft of each kind. Drafts are nobody's rows: no tablet
//! sees one.

use super::rows::load_page;
use super::table::{Cells, instant};
use super::{Connection, Result, Scope};
use domain::api::{Draft, Rule, RuleBook};
use domain::ids::EmployeeId;
use domain::row::{FromRow, Row};
use domain::time::Timestamp;
use domain::version::Versioned;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::types::Json;
use uuid::Uuid;

/// What has been published, and no drafts.
pub async fn published(connection: &mut Connection, scope: &Scope) -> Result<RuleBook> {
    Ok(RuleBook {
        tier_schemes: versions(connection, scope).await?,
        visit_standards: versions(connection, scope).await?,
        policies: versions(connection, scope).await?,
        tier_scheme_draft: None,
        visit_standard_draft: None,
        policy_draft: None,
    })
}

/// The oldest first.
async fn versions<T: FromRow + Versioned + Clone>(
    connection: &mut Connection,
    scope: &Scope,
) -> Result<Vec<T>> {
    // One is published by hand, once in a while: they are few.
    let rows = load_page(connection, scope, scope.library(), T::KIND, Uuid::max(), usize::MAX).await?;
    let mut versions: Vec<T> = rows.iter().filter_map(|row: &Row| T::from_row(row).cloned()).collect();
    versions.sort_by_key(Versioned::version);
    Ok(versions)
}

/// The draft of a kind, with its id.
pub async fn draft<T: Rule + DeserializeOwned>(
    connection: &mut Connection,
    scope: &Scope,
) -> Result<Option<(Uuid, Draft<T>)>> {
    let row = sqlx::query(
        "select rule_draft.id, draft, revision, employee.name, saved_at
         from rule_draft join employee on employee.id = saved_by
         where rule_draft.organisation_id = $1 and kind = $2",
    )
    .bind(scope.organisation().0)
    .bind(T::KIND.word())
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        let cells = &mut Cells::of(&row);
        let id = cells.next()?;
        let body = cells.json()?;
        let (revision, saved_by_name) = (cells.count()?, cells.next()?);
        Ok((id, Draft { body, revision, saved_by_name, saved_at: cells.timestamp()? }))
    })
    .transpose()
}

/// Holds all drafts of the organisation until the commit: a standard is checked against the tier schemes, so that both
/// are never published at once.
pub async fn lock_drafts(connection: &mut Connection, scope: &Scope) -> Result<()> {
    sqlx::query("select kind from rule_draft where organisation_id = $1 order by kind for update")
        .bind(scope.organisation().0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Under revision 1; false when there is one already.
pub async fn begin_draft<T: Rule + Serialize + Sync>(
    connection: &mut Connection,
    scope: &Scope,
    id: Uuid,
    body: &T,
    at: Timestamp,
) -> Result<bool> {
    let begun = sqlx::query(
        "insert into rule_draft (organisation_id, kind, id, draft, revision, saved_by, saved_at)
         values ($1, $2, $3, $4, 1, $5, $6)
         on conflict (organisation_id, kind) do nothing",
    )
    .bind(scope.organisation().0)
    .bind(T::KIND.word())
    .bind(id)
    .bind(Json(body))
    .bind(scope.actor().employee_id.0)
    .bind(instant(at))
    .execute(connection)
    .await?;
    Ok(begun.rows_affected() == 1)
}

/// Counts the revision up; false when it is no longer `revision`.
pub async fn save_draft<T: Rule + Serialize + Sync>(
    connection: &mut Connection,
    scope: &Scope,
    body: &T,
    revision: u32,
    at: Timestamp,
) -> Result<bool> {
    let EmployeeId(by) = scope.actor().employee_id;
    let saved = sqlx::query(
        "update rule_draft set draft = $4, revision = revision + 1, saved_by = $5, saved_at = $6
         where organisation_id = $1 and kind = $2 and revision::bigint = $3",
    )
    .bind(scope.organisation().0)
    .bind(T::KIND.word())
    .bind(i64::from(revision))
    .bind(Json(body))
    .bind(by)
    .bind(instant(at))
    .execute(connection)
    .await?;
    Ok(saved.rows_affected() == 1)
}

/// The id of the draft that is no more, if there was one.
pub async fn delete_draft<T: Rule>(connection: &mut Connection, scope: &Scope) -> Result<Option<Uuid>> {
    Ok(sqlx::query_scalar("delete from rule_draft where organisation_id = $1 and kind = $2 returning id")
        .bind(scope.organisation().0)
        .bind(T::KIND.word())
        .fetch_optional(connection)
        .await?)
}
