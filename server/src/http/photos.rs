//! The bytes of photos: given only where the row lies in scope; taken there, and from whoever took the photo.

use super::error::Error;
use super::extract::{Body, Id};
use super::signed::{MayPush, Signed};
use crate::db;
use crate::db::Scope;
use crate::db::session::Caller;
use crate::photos;
use crate::services::Services;
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::put;
use domain::api::path;
use domain::authorize::Act;
use domain::ids::PhotoId;
use domain::limits;

pub fn router() -> Router<Services> {
    let bytes_max = usize::try_from(limits::PHOTO_BYTES_MAX).unwrap_or(usize::MAX);
    Router::new().route(path::PHOTO, put(upload).get(download)).layer(DefaultBodyLimit::max(bytes_max))
}

async fn has_row(services: &Services, scope: &Scope, id: PhotoId) -> Result<bool, Error> {
    let mut tx = services.db.snapshot(scope).await?;
    Ok(!db::load(&mut tx, scope, [id.into()]).await?.is_empty())
}

/// Whose bytes may still be on the way when the customer is handed over, or the device put away.
async fn has_taken(services: &Services, who: &Caller, id: PhotoId) -> Result<bool, Error> {
    let mut connection = services.db.system().await?;
    let taken_by = db::photo::taken_by(&mut connection, id).await?;
    Ok(taken_by == Some(who.scope.actor().employee_id))
}

async fn upload(
    State(services): State<Services>,
    MayPush(who): MayPush,
    Id(id): Id<PhotoId>,
    Body(jpeg): Body,
) -> Result<StatusCode, Error> {
    who.require(Act::KeepCustomer)?;
    if !photos::is_acceptable(&jpeg) {
        return Err(Error::NotAPhoto);
    }
    if !has_row(&services, &who.scope, id).await? && !has_taken(&services, &who, id).await? {
        return Err(Error::NotYet);
    }
    // What is there stays: the same upload again changes nothing, another one replaces no evidence.
    if services.photos.get(id).await?.is_none() {
        services.photos.put(id, jpeg).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

async fn download(
    State(services): State<Services>,
    signed: Signed,
    Id(id): Id<PhotoId>,
) -> Result<impl IntoResponse, Error> {
    if !has_row(&services, signed.scope(), id).await? {
        return Err(Error::NotFound);
    }
    let jpeg = services.photos.get(id).await?.ok_or(Error::NotFound)?;
    Ok(([(CONTENT_TYPE, "image/jpeg")], jpeg))
}
