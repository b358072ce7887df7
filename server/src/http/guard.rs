//! What stands before every route: other sites, overload, slowness, a database that is not there; and the headers of
//! every answer (SECURITY.md).

use super::Error;
use crate::services::Services;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, ORIGIN, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::wire::CLIENT_HEADER;
use std::time::Duration;
use tokio::sync::Semaphore;

const REQUESTS_MAX: usize = 512;
/// Until the answer begins; what streams on afterwards is not bounded by it.
const REQUEST_TIME_MAX: Duration = Duration::from_secs(60);
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// No nonce: the shell is one cached page. `blob:` shows photos that were sealed on the device.
const CONTENT_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; \
     connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; \
     form-action 'self'",
);

static TURNS: Semaphore = Semaphore::const_new(REQUESTS_MAX);

pub async fn within_limits(request: Request, next: Next) -> Response {
    let Ok(_turn) = TURNS.try_acquire() else { return Error::Busy.into_response() };
    match tokio::time::timeout(REQUEST_TIME_MAX, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Error::Slow.into_response(),
    }
}

/// What changes something must come from our own pages, or from a program that is no browser: a form on another site
/// can send neither the header nor a matching origin.
pub async fn same_site(request: Request, next: Next) -> Response {
    let is_harmless = matches!(*request.method(), Method::GET | Method::HEAD);
    if is_harmless || is_our_own(request.headers(), request.uri().host()) {
        next.run(request).await
    } else {
        Error::CrossSite.into_response()
    }
}

/// `authority_host` is the host of an HTTP/2 request, which has no `Host`.
fn is_our_own(headers: &HeaderMap, authority_host: Option<&str>) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let is_from_here = text(&SEC_FETCH_SITE).is_none_or(|site| matches!(site, "same-origin" | "none"));
    let is_same_host = headers.get(ORIGIN).is_none()
        || text(&ORIGIN).and_then(|origin| origin.split_once("://")).is_some_and(|(_, origin_host)| {
            match (text(&HOST), authority_host) {
                (Some(host), _) => origin_host == host,
                (None, Some(host)) => origin_host.split(':').next() == Some(host),
                (None, None) => false,
            }
        });
    headers.contains_key(CLIENT_HEADER) && is_from_here && is_same_host
}

pub async fn is_prepared(State(services): State<Services>, request: Request, next: Next) -> Response {
    if services.db.is_prepared() { next.run(request).await } else { Error::Away.into_response() }
}

pub async fn headers(State(services): State<Services>, request: Request, next: Next) -> Response {
    let is_data = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, CONTENT_POLICY);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(OPENER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(
        PERMISSIONS_POLICY,
        HeaderValue::from_static("camera=(self), geolocation=(self), microphone=()"),
    );
    if services.is_secure {
        headers.insert(
            STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=63072000; includeSubDomains"),
        );
    }
    if is_data {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_and_programs_may_change_something() {
        for (given, expected) in [
            (&[("x-rounds-client", "1"), ("host", "h:1")][..], true),
            (&[("x-rounds-client", "1"), ("host", "h:1"), ("origin", "http://h:1")], true),
            (&[("x-rounds-client", "1"), ("host", "h:1"), ("sec-fetch-site", "same-origin")], true),
            (&[("host", "h:1")], false),
            (&[("host", "h:1"), ("origin", "http://h:1")], false),
            (&[("x-rounds-client", "1"), ("host", "h:1"), ("origin", "http://evil")], false),
            (&[("x-rounds-client", "1"), ("host", "h:1"), ("origin", "null")], false),
            (&[("x-rounds-client", "1"), ("host", "h:1"), ("sec-fetch-site", "cross-site")], false),
            (&[("x-rounds-client", "1"), ("host", "h:1"), ("sec-fetch-site", "same-site")], false),
        ] {
            let headers = given
                .iter()
                .map(|&(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
                .collect();
            assert_eq!(is_our_own(&headers, None), expected, "{given:?}");
        }
    }
}
