//! The first administrator of an installation, by the one-time link from the console.

use super::error::Error;
use super::extract::Json;
use super::session::check_new_password;
use crate::db::{self, Change, NewEmployeeRow, Scope, installation, retry, stream};
use crate::services::Services;
use crate::{password, sample, token};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use domain::api::{FirstAdministrator, path};
use domain::ids::{EmployeeId, OrgUnitId};
use domain::limits::{LABEL_CHARS_MAX, NAME_CHARS_MAX};
use domain::organisation::{Colleague, OrgUnit, Role};
use domain::validate;
use uuid::Uuid;

pub fn router() -> Router<Services> {
    Router::new().route(path::FIRST_ADMINISTRATOR, post(create))
}

/// Makes the organisation's root, its first choices and its administrator, once.
async fn create(
    State(services): State<Services>,
    Json(asked): Json<FirstAdministrator>,
) -> Result<StatusCode, Error> {
    let organisation_name =
        validate::required("organisation_name", Some(&asked.organisation_name), NAME_CHARS_MAX)?;
    let employee_no = validate::required("employee_no", Some(&asked.employee_no), LABEL_CHARS_MAX)?;
    let name = validate::required("name", Some(&asked.name), NAME_CHARS_MAX)?;
    check_new_password(&asked.password.0)?;
    let token_hash = token::hash(&asked.token.0);
    // Whoever has no token costs a look, and no hash of a password.
    let mut connection = services.db.system().await?;
    if !installation::is_setup_token(&mut connection, &token_hash).await? {
        return Err(Error::SetUpAlready);
    }
    drop(connection);
    let hash = password::hash(asked.password.0).await?;
    let root = OrgUnitId(Uuid::now_v7());
    let id = EmployeeId(Uuid::now_v7());
    let colleague = Colleague {
        id,
        employee_no: employee_no.clone(),
        name: name.clone(),
        role: Role::Administrator,
        org_unit_id: root,
        is_active: true,
    };
    let mut changes = sample::first_choices(root, Uuid::now_v7);
    changes.push(Change::put(root, OrgUnit { id: root, parent_id: None, name: organisation_name }));
    changes.push(Change::put(root, colleague));
    let scope = &Scope::system(root, Vec::new());
    let is_made = retry(async || {
        let mut tx = services.db.begin_system().await?;
        if !installation::take_setup_token(&mut tx, &token_hash).await? || db::has_employees(&mut tx).await? {
            return Ok::<_, db::Error>(false);
        }
        scope.enter(&mut tx).await?;
        stream::create(&mut tx, root.into()).await?;
        db::insert_org_units(&mut tx, scope, &changes).await?;
        let row = NewEmployeeRow {
            id,
            organisation: root,
            org_unit_id: root,
            employee_no: &employee_no,
            name: &name,
            role: Role::Administrator,
            password_hash: &hash,
            must_change_password: false,
        };
        db::insert_employee(&mut tx, row).await?;
        db::save(&mut tx, scope, changes.clone()).await?;
        tx.commit().await?;
        Ok(true)
    })
    .await?;
    if is_made { Ok(StatusCode::NO_CONTENT) } else { Err(Error::SetUpAlready) }
}
