//! HTTP: routes, and what stands before all of them.
//!
//! Order of what a request passes: headers of every answer, words for a refusal, the body, limits, the guard
//! against other sites, then the route.

mod administration;
mod body;
mod devices;
mod error;
mod exports;
mod extract;
mod first_administrator;
mod guard;
mod hand_overs;
mod health;
mod imports;
mod language;
mod openapi;
mod photos;
mod rules;
mod session;
pub mod shell;
mod signed;
mod sync;
mod team;
mod throttle;

pub use error::Error;
pub use language::Language;

use crate::services::Services;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

/// Bodies of routes that do not say otherwise.
const BODY_BYTES_MAX: usize = 256 * 1024;

/// Everything the server answers.
pub fn router(services: Services) -> Router {
    let api = Router::new()
        .merge(health::router())
        .merge(openapi::router())
        .merge(session::router())
        .merge(sync::router())
        .merge(photos::router())
        .merge(imports::router())
        .merge(hand_overs::router())
        .merge(exports::router())
        .merge(team::router())
        .merge(rules::router())
        .merge(administration::router())
        .merge(devices::router())
        .merge(first_administrator::router())
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(from_fn_with_state(services.clone(), guard::is_prepared))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest));
    Router::new()
        .merge(api)
        .merge(shell::router(&services))
        .fallback(async || Error::NotFound)
        .method_not_allowed_fallback(async || Error::MethodNotAllowed)
        .layer(from_fn(guard::same_site))
        .layer(from_fn(guard::within_limits))
        .layer(from_fn_with_state(services.clone(), body::first_part))
        .layer(from_fn(error::in_words))
        .layer(from_fn_with_state(services.clone(), guard::headers))
        .with_state(services)
}
