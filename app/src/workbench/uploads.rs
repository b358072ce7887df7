//! Photos' bytes go up after their rows, one at a time, when nothing else waits: notes outrank photos. What has no row
//! any more is let go.

use super::Inner;
use super::sync::Round;
use crate::browser::network::{self, NetworkError};
use domain::api::path;
use leptos::prelude::*;
use replica::photos::{self, Upload};
use replica::store::{Durability, Step, Store, StoreError};
use std::rc::Rc;

/// Refusals that another try does not change. All others (the server is busy, its disk is full, the session is another
/// role's) are tried again.
const FOR_GOOD: [&str; 2] = ["not_a_photo", "too_large"];
const NOT_YET: &str = "not_yet";
const NOT_ALLOWED: &str = "not_allowed";

enum Offered {
    Settled,
    /// The server does not know the photo.
    Unknown,
    /// Refused for now.
    Later,
    /// Not to this session: another person's, or of somebody who may no longer.
    NotTheirs,
    /// It arrived, or never will, and there was no room to note that: offered once more later, which changes nothing.
    Unnoted,
}

/// When all else is done: uploads the oldest photo the server takes, and looks for strays.
pub(super) async fn at_rest(inner: &Rc<Inner>) -> Result<Round, NetworkError> {
    let uploads = inner.replica.borrow().uploads(&inner.records.borrow());
    for upload in uploads {
        match offer(inner, upload).await? {
            Offered::Settled => return Ok(Round::Again),
            Offered::Unknown if inner.replica.borrow().is_stray(upload.id) => {
                settled(inner, vec![photos::given_up(upload.id)]).await;
            }
            Offered::Unknown | Offered::Later | Offered::NotTheirs | Offered::Unnoted => {}
        }
    }
    forget_strays(inner).await;
    Ok(Round::Quiet)
}

/// Uploads all there is, before everything here is forgotten. What the server does not take for good is lost; as long as
/// it only cannot take one now, nothing is forgotten.
pub(super) async fn offer_all(inner: &Rc<Inner>) -> Result<(), NetworkError> {
    let uploads: Vec<Upload> = photos::uploads(inner.records.borrow().iter()).collect();
    for upload in uploads {
        // Whether it is there already is not told to a revoked device.
        match offer(inner, Upload { is_again: false, ..upload }).await? {
            Offered::Later => return Err(NetworkError::Offline),
            // The session is this device's own, or nothing would be forgotten: its owner may send none any more.
            Offered::Settled | Offered::Unknown | Offered::NotTheirs | Offered::Unnoted => {}
        }
    }
    Ok(())
}

/// Photos whose edit has arrived and whose bytes have not.
pub(super) fn waiting_count(inner: &Inner) -> usize {
    inner.replica.borrow().uploads(&inner.records.borrow()).len()
}

async fn offer(inner: &Rc<Inner>, upload: Upload) -> Result<Offered, NetworkError> {
    let Upload { id, is_again } = upload;
    let bytes = match inner.store.blob(&photos::blob_name(id)).await {
        Ok(Some(bytes)) => bytes,
        // Nothing to send: the bytes were never stored, or are damaged. The row says there was a photo.
        Ok(None) | Err(StoreError::Unreadable) => {
            return Ok(settled(inner, vec![photos::given_up(id)]).await);
        }
        Err(StoreError::Full | StoreError::Gone | StoreError::Failed) => return Ok(Offered::Later),
    };
    inner.is_syncing.set(true);
    let path = path::of(path::PHOTO, id);
    if !(is_again && network::is_there(&path).await?) {
        match network::put_bytes(&path, &bytes, "image/jpeg").await {
            Ok(()) => {}
            Err(NetworkError::Problem(problem)) if problem.code == NOT_YET => return Ok(Offered::Unknown),
            Err(NetworkError::Problem(problem)) if problem.code == NOT_ALLOWED => {
                return Ok(Offered::NotTheirs);
            }
            Err(NetworkError::Problem(problem)) if FOR_GOOD.contains(&problem.code.as_str()) => {
                return Ok(settled(inner, vec![photos::given_up(id)]).await);
            }
            Err(NetworkError::Problem(_)) => return Ok(Offered::Later),
            Err(error) => return Err(error),
        }
    }
    let now = inner.replica.borrow().server_time();
    let steps = photos::uploaded(id, now, inner.records.borrow().keys());
    Ok(settled(inner, steps).await)
}

async fn settled(inner: &Rc<Inner>, steps: Vec<Step>) -> Offered {
    if inner.commit(steps, Durability::Relaxed).await.is_err() {
        return Offered::Unnoted;
    }
    inner.changed();
    Offered::Settled
}

async fn forget_strays(inner: &Rc<Inner>) {
    if !inner.replica.borrow().may_hold_strays() {
        return;
    }
    let (from, to) = photos::NAMES;
    let Ok(held) = inner.store.blob_names(from, to).await else { return };
    if !inner.replica.borrow().strays(&held, &inner.records.borrow()).is_empty() {
        // Another tab may have taken photos this one has not heard of.
        inner.catch_up().await;
    }
    let steps = inner.replica.borrow_mut().forget_strays(&held, &inner.records.borrow());
    if !steps.is_empty() {
        // Looked for again when the store is next opened.
        let _ = inner.commit(steps, Durability::Relaxed).await;
    }
}

impl super::Workbench {
    /// What has not reached the server: edits, and photos whose edit has.
    pub fn waiting_count(self) -> usize {
        self.read(replica::Replica::waiting_count) + self.waiting_photos()
    }

    /// Photos whose bytes are still to be uploaded, their edit having arrived.
    pub fn waiting_photos(self) -> usize {
        let inner = self.inner();
        inner.revision.track();
        waiting_count(&inner)
    }
}
