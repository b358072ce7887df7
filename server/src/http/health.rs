//! Whether the server and its database answer.

use super::Error;
use crate::services::Services;
use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use domain::api::path;
use serde_json::{Value, json};

pub fn router() -> Router<Services> {
    Router::new().route(path::HEALTH, get(health))
}

async fn health(State(services): State<Services>) -> Result<Json<Value>, Error> {
    services.db.ping().await?;
    Ok(Json(json!({ "status": "ok" })))
}
