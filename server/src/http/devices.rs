//! Devices: one's own, and everyone's for whoever looks after them.

use super::administration::{entry, finish};
use super::error::Error;
use super::extract::{Id, Json};
use super::signed::Signed;
use crate::db::audit::Act as Audited;
use crate::db::device;
use crate::services::Services;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use domain::api::{Devices, RevokeDevice, path};
use domain::authorize::Act;
use domain::ids::{DeviceId, EmployeeId};

pub fn router() -> Router<Services> {
    Router::new().route(path::DEVICES, get(devices)).route(path::DEVICE_REVOKE, post(revoke_device))
}

async fn devices(State(services): State<Services>, signed: Signed) -> Result<axum::Json<Devices>, Error> {
    let mut tx = services.db.snapshot(signed.scope()).await?;
    let devices = device::listed(&mut tx, signed.scope(), signed.who.device_id, None).await?;
    Ok(axum::Json(Devices { devices }))
}

/// One's own, or by an administrator anyone's; a lead sees others' but does not revoke them.
async fn revoke_device(
    State(services): State<Services>,
    signed: Signed,
    Id(id): Id<DeviceId>,
    Json(asked): Json<RevokeDevice>,
) -> Result<StatusCode, Error> {
    let scope = signed.scope();
    let mut tx = services.db.begin(scope).await?;
    // The app makes an id for each person; should several have named one, it ends for all of them.
    let known = device::listed(&mut tx, scope, signed.who.device_id, Some(id)).await?;
    let owners: Vec<EmployeeId> = known.into_iter().map(|device| device.employee_id).collect();
    if owners.is_empty() {
        return Err(Error::NotFound);
    }
    if owners.iter().any(|owner| *owner != scope.actor().employee_id) {
        signed.require(Act::Administer)?;
    }
    for owner in &owners {
        device::revoke(&mut tx, *owner, id, asked.take_pending).await?;
    }
    finish(tx, scope, entry(scope, Audited::RevokeDevice, id.0)).await?;
    services.pokes.end_sessions(&services.db).await;
    // Afterwards: a device whose key is gone, but which is not revoked, would have no second way in.
    let mut connection = services.db.system().await?;
    for owner in owners {
        device::forget_recovery_key(&mut connection, owner, id).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
