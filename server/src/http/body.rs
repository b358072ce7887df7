//! A body is awaited before its request takes a turn: who sends slowly, or stops, keeps nobody else waiting.

use super::{BODY_BYTES_MAX, Error};
use crate::services::Services;
use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::StreamExt;
use http_body_util::BodyExt;
use std::time::Duration;
use tower_http::timeout::TimeoutBody;

/// Hands the request on once its body is here, or of a large one, which only routes for people signed in take, its first
/// [`BODY_BYTES_MAX`].
pub async fn first_part(State(services): State<Services>, request: Request, next: Next) -> Response {
    let (parts, mut body) = request.into_parts();
    if body.is_end_stream() {
        return next.run(Request::from_parts(parts, body)).await;
    }
    let patience = services.patience;
    let first = tokio::time::timeout(patience.body, read(&mut body, patience.pause)).await;
    let first = match first.unwrap_or(Err(Error::TooSlow)) {
        Ok(first) => first,
        Err(error) => return error.into_response(),
    };
    let body = if body.is_end_stream() {
        Body::from(first.concat())
    } else {
        let rest = Body::new(TimeoutBody::new(patience.pause, body)).into_data_stream();
        Body::from_stream(futures_util::stream::iter(first.into_iter().map(Ok)).chain(rest))
    };
    next.run(Request::from_parts(parts, body)).await
}

async fn read(body: &mut Body, pause: Duration) -> Result<Vec<Bytes>, Error> {
    let mut first = Vec::new();
    let mut bytes = 0;
    // One of just that size is whole when its end is here too.
    while bytes <= BODY_BYTES_MAX {
        let frame = tokio::time::timeout(pause, body.frame()).await.map_err(|_| Error::TooSlow)?;
        let Some(frame) = frame else { break };
        // It broke off.
        let frame = frame.map_err(|_| Error::Malformed)?;
        if let Ok(data) = frame.into_data() {
            bytes += data.len();
            first.push(data);
        }
    }
    Ok(first)
}
