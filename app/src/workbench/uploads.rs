//! Photos' bytes go up after their rows, one at a time, when nothing else waits: notes outrank photos.

use super::Inner;
use super::sync::Round;
use crate::browser::network::{self, NetworkError};
use domain::api::path;
use domain::ids::PhotoId;
use leptos::prelude::*;
use replica::store::{Durability, Step, Store};
use std::rc::Rc;

const UPLOAD_PREFIX: &str = "upload/";

/// The record that says a photo's bytes are still to be uploaded.
pub fn upload_record(id: PhotoId) -> String {
    format!("{UPLOAD_PREFIX}{id}")
}

/// The blob a photo's bytes are kept as.
pub fn blob_name(id: PhotoId) -> String {
    format!("photo/{id}")
}

/// Uploads the oldest waiting photo; quiet when there is none.
pub(super) async fn upload_next(inner: &Rc<Inner>) -> Result<Round, NetworkError> {
    let next = inner
        .records
        .borrow()
        .keys()
        .find_map(|name| name.strip_prefix(UPLOAD_PREFIX)?.parse::<PhotoId>().ok());
    let Some(id) = next else { return Ok(Round::Quiet) };
    let done = vec![Step::PutRecord(upload_record(id), None)];
    let Ok(Some(bytes)) = inner.store.blob(&blob_name(id)).await else {
        // Nothing to send: the bytes were never stored, or are damaged. The row says there was a photo.
        let _ = inner.commit(done, Durability::Relaxed).await;
        return Ok(Round::Again);
    };
    inner.is_syncing.set(true);
    match network::put_bytes(&path::of(path::PHOTO, id), &bytes, "image/jpeg").await {
        Ok(()) => {}
        // The row has not arrived, or never will because the edit was refused: wait for the next round.
        Err(NetworkError::Problem(problem)) if problem.code == "not_yet" => return Ok(Round::Quiet),
        // Refused for good (not in scope, no longer there): keep the bytes here, stop asking.
        Err(NetworkError::Problem(_)) => {}
        Err(error) => return Err(error),
    }
    let _ = inner.commit(done, Durability::Relaxed).await;
    Ok(Round::Again)
}
