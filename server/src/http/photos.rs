//! The bytes of photos: given and taken only where the row lies in scope.

use super::error::Error;
use super::extract::{Body, Id};
use super::signed::Signed;
use crate::db;
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

async fn has_row(services: &Services, signed: &Signed, id: PhotoId) -> Result<bool, Error> {
    let mut tx = services.db.snapshot(signed.scope()).await?;
    Ok(!db::load(&mut tx, signed.scope(), [id.into()]).await?.is_empty())
}

async fn upload(
    State(services): State<Services>,
    signed: Signed,
    Id(id): Id<PhotoId>,
    Body(jpeg): Body,
) -> Result<StatusCode, Error> {
    signed.require(Act::KeepCustomer)?;
    if !photos::is_acceptable(&jpeg) {
        return Err(Error::NotAPhoto);
    }
    if !has_row(&services, &signed, id).await? {
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
    if !has_row(&services, &signed, id).await? {
        return Err(Error::NotFound);
    }
    let jpeg = services.photos.get(id).await?.ok_or(Error::NotFound)?;
    Ok(([(CONTENT_TYPE, "image/jpeg")], jpeg))
}
