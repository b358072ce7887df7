//! Photos' bytes: kept beside the rows, uploaded after them, let go when their row has left.
//!
//! | in the store | holds |
//! |---|---|
//! | blob `photo/{id}` | the JPEG |
//! | record `upload/{id}` | it is still to be uploaded |
//! | record `uploaded/{day}/{id}` | it was, on that day; it stays to be looked at, and to be sent again after a restore |

use crate::sent;
use crate::store::Step;
use domain::ids::PhotoId;
use domain::time::Timestamp;

/// How long the bytes stay after their upload, to be looked at without a network. The server keeps them.
const KEPT_DAYS: i64 = 90;
/// Between these lie the names of all blobs that are photos.
pub const NAMES: (&str, &str) = ("photo/", "photo0");
const UPLOAD: &str = "upload/";
const UPLOADED: &str = "uploaded/";
/// In an upload's record: the server may well have it.
const AGAIN: &[u8] = b"again";

/// An upload that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Upload {
    pub id: PhotoId,
    /// Uploaded before, to a server that was restored from a backup since: it may be there all the same.
    pub is_again: bool,
}

/// The blob a photo's bytes are kept as.
pub fn blob_name(id: PhotoId) -> String {
    format!("{}{id}", NAMES.0)
}

/// Keeps a photo's bytes, to be uploaded once its row has arrived.
pub fn keep(id: PhotoId, jpeg: Vec<u8>) -> [Step; 2] {
    [Step::PutBlob(blob_name(id), jpeg), Step::PutRecord(upload(id), Some(Vec::new()))]
}

/// What waits among these records.
pub fn uploads<'a>(
    records: impl IntoIterator<Item = (&'a String, &'a Vec<u8>)>,
) -> impl Iterator<Item = Upload> {
    records.into_iter().filter_map(|(name, content)| {
        let id = name.strip_prefix(UPLOAD)?.parse().ok()?;
        Some(Upload { id, is_again: content == AGAIN })
    })
}

/// Uploaded at `now`, by the server's clock. Bytes uploaded too long ago are let go with it.
pub fn uploaded<'a>(id: PhotoId, now: Timestamp, records: impl IntoIterator<Item = &'a String>) -> Vec<Step> {
    let today = sent::day(now);
    let mut steps = vec![
        Step::PutRecord(upload(id), None),
        Step::PutRecord(format!("{UPLOADED}{today:08}/{id}"), Some(Vec::new())),
    ];
    let old: Vec<(&String, PhotoId)> = records
        .into_iter()
        .filter_map(|name| {
            let (day, old) = read_uploaded(name)?;
            (day < today - KEPT_DAYS && old != id).then_some((name, old))
        })
        .collect();
    steps.extend(old.iter().map(|(name, _)| Step::PutRecord((*name).clone(), None)));
    if !old.is_empty() {
        steps.push(Step::DeleteBlobs(old.iter().map(|(_, id)| blob_name(*id)).collect()));
    }
    steps
}

/// There is nothing to upload, or the server will never take it.
pub fn given_up(id: PhotoId) -> Step {
    Step::PutRecord(upload(id), None)
}

/// The server was restored from a backup at `now`: what it may have lost is asked for again.
pub fn again<'a>(now: Timestamp, records: impl IntoIterator<Item = &'a String>) -> Vec<Step> {
    let oldest = sent::day(now) - sent::KEPT_DAYS;
    let recent = records.into_iter().filter_map(|name| {
        let (day, id) = read_uploaded(name)?;
        (day >= oldest).then_some((name, id))
    });
    recent
        .flat_map(|(name, id)| {
            [Step::PutRecord(name.clone(), None), Step::PutRecord(upload(id), Some(AGAIN.to_vec()))]
        })
        .collect()
}

/// Forgets photos without a row: their bytes, and what was noted of them.
pub(crate) fn forget<'a>(strays: &[PhotoId], records: impl IntoIterator<Item = &'a String>) -> Vec<Step> {
    if strays.is_empty() {
        return Vec::new();
    }
    let noted =
        records.into_iter().filter(|name| read_uploaded(name).is_some_and(|(_, id)| strays.contains(&id)));
    let mut steps: Vec<Step> = noted.map(|name| Step::PutRecord(name.clone(), None)).collect();
    steps.push(Step::DeleteBlobs(strays.iter().map(|id| blob_name(*id)).collect()));
    steps
}

/// The photo a blob is.
pub(crate) fn id_of(blob_name: &str) -> Option<PhotoId> {
    blob_name.strip_prefix(NAMES.0)?.parse().ok()
}

fn upload(id: PhotoId) -> String {
    format!("{UPLOAD}{id}")
}

fn read_uploaded(record: &str) -> Option<(i64, PhotoId)> {
    let (day, id) = record.strip_prefix(UPLOADED)?.split_once('/')?;
    Some((day.parse().ok()?, id.parse().ok()?))
}
