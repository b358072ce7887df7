//! The shell of the app: one page without data for every address under `/app`, and the files it needs. The same page
//! boots every route, online and from the service worker's cache.

mod page;

use super::{Error, Language};
use crate::services::Services;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;
use tower_http::services::ServeDir;

/// Names carry a hash of their content.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");
const HASHED: &str = "/assets/";

pub fn router(services: &Services) -> Router<Services> {
    let files = ServeDir::new(&services.dist).precompressed_br().precompressed_gzip();
    let files = || files.clone();
    Router::new()
        .route("/", get(async || Redirect::to("/app/")))
        .route("/app", get(shell))
        .route("/app/{*page}", get(shell))
        .route("/app/", get(shell))
        .route_service("/assets/{*file}", files())
        .route_service("/icons/{*file}", files())
        .route_service("/service-worker.js", files())
        .route_service("/manifest.webmanifest", files())
        .route_service("/favicon.svg", files())
        .layer(from_fn(caching))
}

async fn caching(request: Request, next: Next) -> Response {
    let is_hashed = request.uri().path().starts_with(HASHED);
    let mut response = next.run(request).await;
    if response.status() == StatusCode::NOT_FOUND {
        return Error::NotFound.into_response();
    }
    let is_whole = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let caching = if is_hashed && is_whole { FOR_EVER } else { ASK_AGAIN };
    response.headers_mut().entry(CACHE_CONTROL).or_insert(caching);
    response
}

async fn shell(State(services): State<Services>, headers: HeaderMap) -> Response {
    let language = Language::of(&headers);
    let (status, html) = match services.shell.bundle().await {
        Some(bundle) => (StatusCode::OK, page::shell(&bundle, language)),
        None => (StatusCode::SERVICE_UNAVAILABLE, page::not_built(language)),
    };
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (VARY, HeaderValue::from_static("accept-language")),
    ];
    (status, headers, html).into_response()
}

/// What the build made: addresses of the app's files.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Bundle {
    pub js: String,
    pub wasm: String,
    pub css: String,
    pub boot: String,
}

/// Reads the bundle's description when it has changed: a rebuild needs no restart.
pub struct Shell {
    path: PathBuf,
    known: Mutex<Option<(SystemTime, Arc<Bundle>)>>,
}

impl Shell {
    pub fn new(dist: &Path) -> Self {
        Self { path: dist.join("shell.json"), known: Mutex::new(None) }
    }

    /// None until the app has been built.
    async fn bundle(&self) -> Option<Arc<Bundle>> {
        let changed_at = tokio::fs::metadata(&self.path).await.ok()?.modified().ok()?;
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, bundle)) = known.filter(|(at, _)| *at == changed_at) {
            return Some(bundle);
        }
        let text = tokio::fs::read(&self.path).await.ok()?;
        let bundle: Arc<Bundle> = Arc::new(serde_json::from_slice(&text).ok()?);
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some((changed_at, bundle.clone()));
        Some(bundle)
    }
}
