//! 管理: people, org units and books. What is changed here reaches every device by the
//! reference library's stream.

use super::error::Error;
use super::extract::{Id, Json};
use super::signed::Signed;
use crate::db::audit::{self, Act as Audited, Entry};
use crate::db::stream::{self, Bumped};
use crate::db::{self, Change, NewEmployeeRow, Scope, administration as admin, retry, session};
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

/// An employee as colleagues are to see them.
struct Rewritten {
    colleague: Colleague,
    /// The person is signed out everywhere.
    ends_sessions: bool,
}

/// Writes an employee anew from how they stand: under a lock, so that of two changes at once neither undoes the other.
async fn rewrite_employee(
    services: &Services,
    scope: &Scope,
    id: EmployeeId,
    act: Audited,
    rewritten: impl Fn(Employee) -> Rewritten,
) -> Result<(), Error> {
    let streams = retry(async || {
        let mut tx = services.db.begin(scope).await?;
        admin::lock(&mut tx, scope).await?;
        let Some(before) = admin::employee_by_id(&mut tx, scope, id).await? else { return Ok(None) };
        let Rewritten { colleague, ends_sessions } = rewritten(before);
        let streams = db::save(&mut tx, scope, vec![Change::put(scope.library(), colleague)]).await?;
        // After the person, as whoever signs in holds them.
        if ends_sessions {
            session::end_all(&mut tx, id, None).await?;
        }
        finish(tx, scope, entry(scope, act, id.0)).await?;
        Ok::<_, db::Error>(Some(streams))
    })
    .await
    .map_err(number_in_use)?
    .ok_or(Error::NotFound)?;
    services.pokes.changed(&streams);
    services.pokes.end_sessions(&services.db).await;
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
    let new = checked(&services, scope, asked).await?;
    if id == scope.actor().employee_id && new.role != Role::Administrator {
        return Err(Error::OwnAccount);
    }
    let rewritten = |before: Employee| Rewritten {
        colleague: colleague(id, &new, before.is_active),
        ends_sessions: before.role != new.role,
    };
    rewrite_employee(&services, scope, id, Audited::EditEmployee, rewritten).await?;
    Ok(axum::Json(find(&services, scope, id).await?))
}

async fn set_active(
    services: &Services,
    scope: &Scope,
    id: EmployeeId,
    is_active: bool,
) -> Result<StatusCode, Error> {
    let act = if is_active { Audited::ActivateEmployee } else { Audited::DeactivateEmployee };
    let rewritten = |before: Employee| {
        let Employee { employee_no, name, role, org_unit_id, .. } = before;
        // The sessions of somebody deactivated stay to be answered 410, upon which their tablets forget everything. Who
        // comes back signs in anew.
        let colleague = Colleague { id, employee_no, name, role, org_unit_id, is_active };
        Rewritten { colleague, ends_sessions: is_active }
    };
    rewrite_employee(services, scope, id, act, rewritten).await?;
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

/// Writes one row of the reference library and commits.
async fn write_library(
    mut tx: sqlx::Transaction<'static, sqlx::Postgres>,
    scope: &Scope,
    change: Change,
    act: Audited,
) -> Result<Vec<Bumped>, db::Error> {
    let subject = change.key.id;
    let streams = db::save(&mut tx, scope, vec![change]).await?;
    finish(tx, scope, entry(scope, act, subject)).await?;
    Ok(streams)
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
    let unit = OrgUnit { id, parent_id: asked.parent_id, name };
    let streams = retry(async || {
        let mut tx = services.db.begin(scope).await?;
        admin::lock(&mut tx, scope).await?;
        let units = admin::org_units(&mut tx, scope).await?;
        if is_known && !units.iter().any(|known| known.id == id) {
            return Ok(Err(Error::NotFound));
        }
        if !stands(&units, scope.organisation(), &unit) {
            return Ok(Err(Rejection::invalid("parent_id").into()));
        }
        let change = Change::put(scope.library(), unit.clone());
        Ok::<_, db::Error>(Ok(write_library(tx, scope, change, Audited::EditOrgUnit).await?))
    })
    .await??;
    services.pokes.changed(&streams);
    Ok(axum::Json(unit))
}

/// Below a unit of the organisation that is not below itself; the root keeps having none above it.
fn stands(units: &[OrgUnit], root: OrgUnitId, unit: &OrgUnit) -> bool {
    let is_root = unit.id == root;
    let Some(above) = unit.parent_id else { return is_root };
    let parent = |of: OrgUnitId| units.iter().find(|known| known.id == of).and_then(|known| known.parent_id);
    !is_root
        && units.iter().any(|known| known.id == above)
        && !std::iter::successors(Some(above), |&below| parent(below)).any(|above| above == unit.id)
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
    let book = organisation::Book { id, org_unit_id: asked.org_unit_id, holder_id: asked.holder_id, name };
    let streams = retry(async || {
        let mut tx = services.db.begin(scope).await?;
        admin::lock(&mut tx, scope).await?;
        if is_known && admin::books(&mut tx, scope, Some(id)).await?.is_empty() {
            return Ok(Err(Error::NotFound));
        }
        if !admin::has_org_unit(&mut tx, scope, asked.org_unit_id).await? {
            return Ok(Err(Rejection::invalid("org_unit_id").into()));
        }
        if let Some(holder) = asked.holder_id {
            let holder = admin::employee_by_id(&mut tx, scope, holder).await?;
            if !holder.is_some_and(|holder| holder.role == Role::Manager && holder.is_active) {
                return Ok(Err(Rejection::invalid("holder_id").into()));
            }
        }
        if !is_known {
            stream::create(&mut tx, StreamId::from(id)).await?;
        }
        let change = Change::put(scope.library(), book.clone());
        Ok::<_, db::Error>(Ok(write_library(tx, scope, change, Audited::EditBook).await?))
    })
    .await??;
    services.pokes.changed(&streams);
    let mut tx = services.db.snapshot(scope).await?;
    let written = admin::books(&mut tx, scope, Some(id)).await?.pop().ok_or(Error::NotFound)?;
    Ok(axum::Json(written))
}
