//! 管理: people, org units and books. What is changed here reaches every device by the
//! reference library's stream.

use super::error::Error;
use super::extract::{Id, Json};
use super::signed::Signed;
use crate::db::audit::{self, Act as Audited, Entry};
use crate::db::{self, Change, NewEmployeeRow, Scope, administration as admin, retry, session, stream};
use crate::services::Services;
use crate::{clock, password};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post, put};
use domain::api::{
    Book, Books, Employee, Employees, NewBook, NewEmployee, NewOrgUnit, OneTimePassword, OrgUnits, Secret,
    path,
};
use domain::authorize::Act;
use domain::ids::{BookId, EmployeeId, OrgUnitId, StreamId};
use domain::limits::{LABEL_CHARS_MAX, NAME_CHARS_MAX};
use domain::organisation::{self, Colleague, OrgUnit, Role};
use domain::rejection::Rejection;
use domain::validate;
use uuid::Uuid;

pub fn router() -> Router<Services> {
    Router::new()
        .route(path::EMPLOYEES, get(employees).post(create_employee))
        .route(path::EMPLOYEE, put(edit_employee))
        .route(path::EMPLOYEE_DEACTIVATE, post(deactivate))
        .route(path::EMPLOYEE_ACTIVATE, post(activate))
        .route(path::EMPLOYEE_PASSWORD, post(reset_password))
        .route(path::ORG_UNITS, get(org_units).post(create_org_unit))
        .route(path::ORG_UNIT, put(edit_org_unit))
        .route(path::BOOKS, get(books).post(create_book))
        .route(path::BOOK, put(edit_book))
}

pub(super) fn entry(scope: &Scope, act: Audited, subject: Uuid) -> Entry {
    Entry { at: clock::now(), by: scope.actor().employee_id, act, subject: Some(subject) }
}

/// What follows every change here: the audit log, the commit.
pub(super) async fn finish(
    mut tx: sqlx::Transaction<'static, sqlx::Postgres>,
    scope: &Scope,
    entry: Entry,
) -> Result<(), db::Error> {
    audit::append(&mut tx, scope.organisation(), &[entry]).await?;
    tx.commit().await?;
    Ok(())
}

async fn employees(State(services): State<Services>, signed: Signed) -> Result<axum::Json<Employees>, Error> {
    signed.require(Act::Administer)?;
    let mut tx = services.db.snapshot(signed.scope()).await?;
    Ok(axum::Json(Employees { employees: admin::employees(&mut tx, signed.scope()).await? }))
}

/// Checked and trimmed; the org unit is of the organisation.
async fn checked(services: &Services, scope: &Scope, asked: NewEmployee) -> Result<NewEmployee, Error> {
    let new = NewEmployee {
        employee_no: validate::required("employee_no", Some(&asked.employee_no), LABEL_CHARS_MAX)?,
        name: validate::required("name", Some(&asked.name), NAME_CHARS_MAX)?,
        ..asked
    };
    let mut tx = services.db.snapshot(scope).await?;
    if !admin::has_org_unit(&mut tx, scope, new.org_unit_id).await? {
        return Err(Rejection::invalid("org_unit_id").into());
    }
    Ok(new)
}

fn number_in_use(error: db::Error) -> Error {
    if error.constraint() == Some("employee_number_key") { Error::NumberInUse } else { error.into() }
}

async fn find(services: &Services, scope: &Scope, id: EmployeeId) -> Result<Employee, Error> {
    let mut tx = services.db.snapshot(scope).await?;
    admin::employee_by_id(&mut tx, scope, id).await?.ok_or(Error::NotFound)
}

fn colleague(id: EmployeeId, new: &NewEmployee, is_active: bool) -> Colleague {
    Colleague {
        id,
        employee_no: new.employee_no.clone(),
        name: new.name.clone(),
        role: new.role,
        org_unit_id: new.org_unit_id,
        is_active,
    }
}

async fn create_employee(
    State(services): State<Services>,
    signed: Signed,
    Json(asked): Json<NewEmployee>,
) -> Result<axum::Json<OneTimePassword>, Error> {
    signed.require(Act::Administer)?;
    let scope = signed.scope();
    let new = checked(&services, scope, asked).await?;
    let password = password::one_time()?;
    let hash = password::hash(password.clone()).await?;
    let id = EmployeeId(Uuid::now_v7());
    let streams = retry(async || {
        let mut tx = services.db.begin(scope).await?;
        let row = NewEmployeeRow {
            id,
            organisation: scope.organisation(),
            org_unit_id: new.org_unit_id,
            employee_no: &new.employee_no,
            name: &new.name,
            role: new.role,
            password_hash: &hash,
            must_change_password: true,
        };
        db::insert_employee(&mut tx, row).await?;
        let change = Change::put(scope.library(), colleague(id, &new, true));
        let streams = db::save(&mut tx, scope, vec![change]).await?;
        finish(tx, scope, entry(scope, Audited::CreateEmployee, id.0)).await?;
        Ok::<_, db::Error>(streams)
    })
    .await
    .map_err(number_in_use)?;
    services.pokes.changed(&streams);
    let employee = find(&services, scope, id).await?;
    Ok(axum::Json(OneTimePassword { employee, password: Secret(password) }))
}

/// Writes an employee as colleagues see them; with `ends_sessions` the person is signed out everywhere.
async fn write_employee(
    services: &Services,
    scope: &Scope,
    colleague: Colleague,
    act: Audited,
    ends_sessions: bool,
) -> Result<(), Error> {
    let streams = retry(async || {
        let mut tx = services.db.begin(scope).await?;
        if ends_sessions {
            session::end_all(&mut tx, colleague.id, None).await?;
        }
        let change = Change::put(scope.library(), colleague.clone());
        let streams = db::save(&mut tx, scope, vec![change]).await?;
        finish(tx, scope, entry(scope, act, colleague.id.0)).await?;
        Ok::<_, db::Error>(streams)
    })
    .await
    .map_err(number_in_use)?;
    services.pokes.changed(&streams);
    if ends_sessions {
        services.pokes.end_sessions(&services.db).await;
    }
    Ok(())
}

async fn edit_employee(
    State(services): State<Services>,
    signed: Signed,
    Id(id): Id<EmployeeId>,
    Json(asked): Json<NewEmployee>,
) -> Result<axum::Json<Employee>, Error> {
    signed.require(Act::Administer)?;
    let scope = signed.scope();
    let before = find(&services, scope, id).await?;
    let new = checked(&services, scope, asked).await?;
    if id == scope.actor().employee_id && new.role != Role::Administrator {
        return Err(Error::OwnAccount);
    }
    let written = colleague(id, &new, before.is_active);
    write_employee(&services, scope, written, Audited::EditEmployee, before.role != new.role).await?;
    Ok(axum::Json(find(&services, scope, id).await?))
}

async fn set_active(
    services: &Services,
    scope: &Scope,
    id: EmployeeId,
    is_active: bool,
) -> Result<StatusCode, Error> {
    let before = find(services, scope, id).await?;
    let new = NewEmployee {
        employee_no: before.employee_no,
        name: before.name,
        role: before.role,
        org_unit_id: before.org_unit_id,
    };
    let act = if is_active { Audited::ActivateEmployee } else { Audited::DeactivateEmployee };
    // The sessions of somebody deactivated stay to be answered 410, upon which their tablets forget everything. Who comes
    // back signs in anew.
    write_employee(services, scope, colleague(id, &new, is_active), act, is_active).await?;
    services.pokes.end_sessions(&services.db).await;
    Ok(StatusCode::NO_CONTENT)
}

async fn deactivate(
    State(services): State<Services>,
    signed: Signed,
    Id(id): Id<EmployeeId>,
) -> Result<StatusCode, Error> {
    signed.require(Act::Administer)?;
    if id == signed.scope().actor().employee_id {
        return Err(Error::OwnAccount);
    }
    set_active(&services, signed.scope(), id, false).await
}

async fn activate(
    State(services): State<Services>,
    signed: Signed,
    Id(id): Id<EmployeeId>,
) -> Result<StatusCode, Error> {
    signed.require(Act::Administer)?;
    set_active(&services, signed.scope(), id, true).await
}

async fn reset_password(
    State(services): State<Services>,
    signed: Signed,
    Id(id): Id<EmployeeId>,
) -> Result<axum::Json<OneTimePassword>, Error> {
    signed.require(Act::Administer)?;
    let scope = signed.scope();
    find(&services, scope, id).await?;
    let password = password::one_time()?;
    let hash = password::hash(password.clone()).await?;
    retry(async || {
        let mut tx = services.db.begin(scope).await?;
        session::set_password(&mut tx, id, &hash, true).await?;
        session::end_all(&mut tx, id, None).await?;
        finish(tx, scope, entry(scope, Audited::ResetPassword, id.0)).await
    })
    .await?;
    services.pokes.end_sessions(&services.db).await;
    let employee = find(&services, scope, id).await?;
    Ok(axum::Json(OneTimePassword { employee, password: Secret(password) }))
}

async fn org_units(State(services): State<Services>, signed: Signed) -> Result<axum::Json<OrgUnits>, Error> {
    signed.require(Act::Administer)?;
    let mut tx = services.db.snapshot(signed.scope()).await?;
    Ok(axum::Json(OrgUnits { org_units: admin::org_units(&mut tx, signed.scope()).await? }))
}

/// Writes one row of the reference library; a new book also begins its stream.
async fn write_library(
    services: &Services,
    scope: &Scope,
    change: Change,
    begins: Option<StreamId>,
    act: Audited,
) -> Result<(), Error> {
    let streams = retry(async || {
        let mut tx = services.db.begin(scope).await?;
        if let Some(stream) = begins {
            stream::create(&mut tx, stream).await?;
        }
        let streams = db::save(&mut tx, scope, vec![change.clone()]).await?;
        finish(tx, scope, entry(scope, act, change.key.id)).await?;
        Ok::<_, db::Error>(streams)
    })
    .await?;
    services.pokes.changed(&streams);
    Ok(())
}

async fn create_org_unit(
    State(services): State<Services>,
    signed: Signed,
    Json(asked): Json<NewOrgUnit>,
) -> Result<axum::Json<OrgUnit>, Error> {
    write_org_unit(&services, &signed, OrgUnitId(Uuid::now_v7()), asked, false).await
}

async fn edit_org_unit(
    State(services): State<Services>,
    signed: Signed,
    Id(id): Id<OrgUnitId>,
    Json(asked): Json<NewOrgUnit>,
) -> Result<axum::Json<OrgUnit>, Error> {
    write_org_unit(&services, &signed, id, asked, true).await
}

/// Below a unit of the organisation that is not below itself; the root keeps having none above it.
async fn write_org_unit(
    services: &Services,
    signed: &Signed,
    id: OrgUnitId,
    asked: NewOrgUnit,
    is_known: bool,
) -> Result<axum::Json<OrgUnit>, Error> {
    signed.require(Act::Administer)?;
    let scope = signed.scope();
    let name = validate::required("name", Some(&asked.name), NAME_CHARS_MAX)?;
    let mut tx = services.db.snapshot(scope).await?;
    let units = admin::org_units(&mut tx, scope).await?;
    drop(tx);
    if is_known && !units.iter().any(|unit| unit.id == id) {
        return Err(Error::NotFound);
    }
    let is_root = id == scope.organisation();
    let parent = |of: OrgUnitId| units.iter().find(|unit| unit.id == of).and_then(|unit| unit.parent_id);
    let stands = match asked.parent_id {
        None => is_root,
        Some(above) => {
            let above_it = std::iter::successors(Some(above), |&unit| parent(unit));
            !is_root
                && units.iter().any(|unit| unit.id == above)
                && !above_it.into_iter().any(|unit| unit == id)
        }
    };
    if !stands {
        return Err(Rejection::invalid("parent_id").into());
    }
    let unit = OrgUnit { id, parent_id: asked.parent_id, name };
    let change = Change::put(scope.library(), unit.clone());
    write_library(services, scope, change, None, Audited::EditOrgUnit).await?;
    Ok(axum::Json(unit))
}

async fn books(State(services): State<Services>, signed: Signed) -> Result<axum::Json<Books>, Error> {
    let mut tx = services.db.snapshot(signed.scope()).await?;
    Ok(axum::Json(Books { books: admin::books(&mut tx, signed.scope(), None).await? }))
}

async fn create_book(
    State(services): State<Services>,
    signed: Signed,
    Json(asked): Json<NewBook>,
) -> Result<axum::Json<Book>, Error> {
    write_book(&services, &signed, BookId(Uuid::now_v7()), asked, false).await
}

async fn edit_book(
    State(services): State<Services>,
    signed: Signed,
    Id(id): Id<BookId>,
    Json(asked): Json<NewBook>,
) -> Result<axum::Json<Book>, Error> {
    write_book(&services, &signed, id, asked, true).await
}

async fn write_book(
    services: &Services,
    signed: &Signed,
    id: BookId,
    asked: NewBook,
    is_known: bool,
) -> Result<axum::Json<Book>, Error> {
    signed.require(Act::Administer)?;
    let scope = signed.scope();
    let name = validate::required("name", Some(&asked.name), NAME_CHARS_MAX)?;
    let mut tx = services.db.snapshot(scope).await?;
    if is_known && admin::books(&mut tx, scope, Some(id)).await?.is_empty() {
        return Err(Error::NotFound);
    }
    if !admin::has_org_unit(&mut tx, scope, asked.org_unit_id).await? {
        return Err(Rejection::invalid("org_unit_id").into());
    }
    if let Some(holder) = asked.holder_id {
        let holder = admin::employee_by_id(&mut tx, scope, holder).await?;
        if !holder.is_some_and(|holder| holder.role == Role::Manager && holder.is_active) {
            return Err(Rejection::invalid("holder_id").into());
        }
    }
    drop(tx);
    let book = organisation::Book { id, org_unit_id: asked.org_unit_id, holder_id: asked.holder_id, name };
    let begins = (!is_known).then_some(StreamId::from(id));
    write_library(services, scope, Change::put(scope.library(), book), begins, Audited::EditBook).await?;
    let mut tx = services.db.snapshot(scope).await?;
    let written = admin::books(&mut tx, scope, Some(id)).await?.pop().ok_or(Error::NotFound)?;
    Ok(axum::Json(written))
}
