//! What travels between tablet and server (SYNC.md). JSON for anyone; pulled pages also as postcard, negotiated by
//! `Accept: application/x-rounds-page;schema=N`.

use crate::actor::Actor;
use crate::api::Secret;
use crate::ids::{DeviceId, MutationId, StreamId};
use crate::rejection::Rejection;
use crate::row::{Row, RowKey};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Raised when the postcard form of a page changes; another number falls back to JSON.
pub const PAGE_SCHEMA: u32 = 2;
/// The media type of the compact page, without its schema parameter.
pub const PAGE_MEDIA_TYPE: &str = "application/x-rounds-page";
/// The header every mutating request carries, so that a form on another site cannot send it (SECURITY.md).
pub const CLIENT_HEADER: &str = "x-rounds-client";

/// Code of the 410 for a revoked device whose unsent edits are taken before it forgets everything.
pub const DEVICE_REVOKED_PUSH_FIRST: &str = "device_revoked_push_first";

/// `POST /api/v1/session`: employee number and password.
#[derive(Clone, Serialize, Deserialize)]
pub struct SignIn {
    pub employee_no: String,
    pub password: String,
    /// Made by the device once; None the first time.
    pub device_id: DeviceId,
    /// What the person reads in their device list: 平板 Android, 电脑 …
    pub device_name: String,
    /// The build of the app, where it knows.
    #[serde(default)]
    pub app_version: Option<String>,
}

/// The answer to signing in: the session, and what opens the store of this device to whoever has forgotten the former
/// password. The tablet holds its data key wrapped under it, and never the key itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    #[serde(flatten)]
    pub session: Session,
    /// 256 bits in hexadecimal; the same for a device as long as it is not revoked.
    pub recovery_key: Secret,
    /// When this device is new to the server: what this person's others last reported as not uploaded. It may be one of
    /// them, cleared.
    #[serde(default)]
    pub left_behind: Vec<LeftBehind>,
}

/// Unsent work on another device, as that reported it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftBehind {
    pub device_name: String,
    pub pending: u32,
    pub last_contact_at: Timestamp,
}

/// Who is signed in: the answer to `GET /api/v1/session`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    pub actor: Actor,
    pub organisation_name: String,
    pub org_unit_name: String,
    /// Changes when the server's data was restored from a backup.
    pub epoch: Uuid,
    pub server_time: Timestamp,
    /// The password is the first one and must be changed.
    pub must_change_password: bool,
    /// Sequence number of the last mutation the server has from this device.
    pub last_seq: u64,
}

/// `POST /api/v1/sync/push`
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Push {
    pub device_id: DeviceId,
    pub schema: u32,
    pub mutations: Vec<PushedMutation>,
    /// What stays pending on the device after this batch; reported so that a wiped tablet is noticed.
    pub pending_after: u32,
    /// The number the batch follows, where that is not the one before its first: after a restore the device has nothing
    /// to send in between. Anything else between is a gap.
    #[serde(default)]
    pub follows: Option<u64>,
}

/// Decoded one by one, so that a mutation the server cannot read does not stop the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushedMutation {
    /// 1, 2, 3 … per device.
    pub seq: u64,
    pub id: MutationId,
    pub name: String,
    pub args: serde_json::Value,
    pub made_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushAnswer {
    pub results: Vec<MutationResult>,
    pub last_seq: u64,
    pub server_time: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MutationResult {
    pub seq: u64,
    /// None: applied.
    pub refused: Option<Rejection>,
}

/// Where a device stands in one stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StreamCookie {
    pub stream: StreamId,
    pub version: u64,
    /// While the stream is sent whole for the first time: the last row received. Changes since `version` follow after.
    pub at: Option<RowKey>,
}

/// `POST /api/v1/sync/pull`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pull {
    pub device_id: DeviceId,
    pub cookie: Vec<StreamCookie>,
    /// Rows wanted, at most [`crate::limits::PULL_ROWS_MAX`].
    pub limit: u32,
    pub pending: u32,
}

/// One page: stored, with its cookie, in one transaction and shown together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    pub epoch: Uuid,
    pub streams: Vec<StreamPage>,
    /// Streams no longer in scope: their rows, blobs and pending edits leave the view.
    pub drop: Vec<StreamId>,
    /// The last mutation of this device whose effect is in this page's snapshot.
    pub last_seq: u64,
    pub more: bool,
    /// Rows of the first sync still to come, for the progress shown; 0 afterwards.
    pub remaining: u64,
    pub server_time: Timestamp,
    /// The person's rights and books as of this snapshot.
    pub actor: Actor,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StreamPage {
    pub stream: StreamId,
    /// The stream is sent whole from its beginning: forget what was held of it before.
    pub enter: bool,
    pub put: Vec<Row>,
    /// Rows deleted, or gone to another stream.
    pub del: Vec<RowKey>,
    pub cookie: StreamCookie,
}

/// Any refusal of the REST interface, in the words of the person's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Stable, for programs: `wrong_password`, `not_found`, `gap` …
    pub code: String,
    /// What happened, what was kept, what to do.
    pub message: String,
    /// Seconds after which to try again, where that helps.
    pub retry_after_s: Option<u32>,
    /// The field at fault, where there is one.
    pub field: Option<String>,
    /// The device that was revoked: in one browser several people may have theirs, and the cookie is the last one's.
    #[serde(default)]
    pub device_id: Option<DeviceId>,
}
