//! Every way a request is refused, and the words for it. One table; nothing else in the server speaks to people.
//!
//! | error | status | code |
//! |---|---|---|
//! | not signed in, or the session is over | 401 | `not_signed_in` |
//! | wrong number or password | 401 | `wrong_password` |
//! | too many wrong ones | 429 | `locked_out` |
//! | device revoked | 410 | `device_revoked`, `device_revoked_push_first` |
//! | the role does not allow it | 403 | `not_allowed` |
//! | sent by another site | 403 | `cross_site` |
//! | not there, or not for this person: the same answer | 404 | `not_found` |
//! | body not understood | 400 | `malformed` |
//! | body too large | 413 | `too_large` |
//! | body too slow | 408 | `too_slow` |
//! | a field is wrong | 422 | the rejection's code |
//! | a draft of rules cannot take effect yet | 422 | `rule_faults`, with them |
//! | push does not follow the last | 409 | `gap` |
//! | the session is of another device | 409 | `other_device` |
//! | the app is too old | 409 | `app_too_old` |
//! | photo before its row | 409 | `not_yet` |
//! | somebody else saved the draft | 409 | `draft_changed` |
//! | the state does not allow it | 409 | as given |
//! | database away, server busy | 503 | `database_away`, `busy` |
//! | our fault | 500 | `internal` |
//!
//! A message says what happened, what was kept and what to do.

mod words;

use super::Language;
use crate::db;
use crate::import::ReadError;
use crate::password::PasswordError;
use crate::photos::PhotosError;
use axum::Json;
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::api::RuleFaults;
use domain::ids::DeviceId;
use domain::rejection::Rejection;
use domain::wire::{DEVICE_REVOKED_PUSH_FIRST, Problem};
use std::sync::Arc;

/// Tells the last sequence number beside a `gap`.
pub const LAST_SEQ_HEADER: &str = "x-rounds-last-seq";
const AWAY_RETRY_S: u32 = 5;
const NOT_YET_RETRY_S: u32 = 10;

#[derive(Debug)]
pub enum Error {
    NotSignedIn,
    WrongPassword {
        tries_left: u32,
    },
    LockedOut {
        seconds: u32,
    },
    DeviceRevoked {
        device_id: DeviceId,
        /// What it holds unsent is taken first.
        takes_last_push: bool,
    },
    NotAllowed,
    CrossSite,
    NotFound,
    MethodNotAllowed,
    Malformed,
    TooLarge,
    TooSlow,
    Refused(Rejection),
    NumberInUse,
    WrongCurrentPassword,
    Gap {
        last_seq: u64,
    },
    OtherDevice,
    AppTooOld,
    NotYet,
    NotAPhoto,
    /// The list could not be read.
    List(ReadError),
    ImportRunning,
    ImportNotWaiting,
    OwnAccount,
    SetUpAlready,
    DraftChanged,
    /// The domain's faults of a draft, as they travel.
    RuleFaults(Vec<serde_json::Value>),
    Slow,
    Busy,
    Away,
    Database(db::Error),
    Password(PasswordError),
    Photos(PhotosError),
    Random(getrandom::Error),
    Internal(&'static str),
}

impl From<db::Error> for Error {
    fn from(error: db::Error) -> Self {
        if error.is_away() { Self::Away } else { Self::Database(error) }
    }
}
impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        db::Error::from(error).into()
    }
}
impl From<Rejection> for Error {
    fn from(rejection: Rejection) -> Self {
        if rejection == Rejection::Gone { Self::NotFound } else { Self::Refused(rejection) }
    }
}
impl From<PasswordError> for Error {
    fn from(error: PasswordError) -> Self {
        Self::Password(error)
    }
}
impl From<PhotosError> for Error {
    fn from(error: PhotosError) -> Self {
        Self::Photos(error)
    }
}
impl From<getrandom::Error> for Error {
    fn from(error: getrandom::Error) -> Self {
        Self::Random(error)
    }
}
impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Self::List(error)
    }
}

impl IntoResponse for Error {
    /// Only the status; [`in_words`] adds the words in the person's language.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// Puts a refusal into words, and logs what is our fault: here and nowhere else.
pub async fn in_words(request: Request, next: Next) -> Response {
    let language = Language::of(request.headers());
    let path = request.extensions().get::<axum::extract::MatchedPath>().cloned();
    let method = request.method().clone();
    let mut response = next.run(request).await;
    let Some(error) = response.extensions_mut().remove::<Arc<Error>>() else { return response };
    if error.is_ours() {
        let route = path.as_ref().map_or("", |path| path.as_str());
        tracing::error!(%method, route, "{}", error.for_the_log());
    }
    let (status, problem) = (error.status(), error.problem(language));
    let retry_after = problem.retry_after_s;
    let mut answer = match &*error {
        Error::RuleFaults(faults) => {
            let (code, message) = (problem.code, problem.message);
            (status, Json(RuleFaults { code, message, faults: faults.clone() })).into_response()
        }
        _ => (status, Json(problem)).into_response(),
    };
    let headers = answer.headers_mut();
    // What came with the bare status stays: CORS never, cookies and Allow yes.
    for (name, value) in response.headers() {
        if name != axum::http::header::CONTENT_LENGTH {
            headers.append(name, value.clone());
        }
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = retry_after {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    if let Error::Gap { last_seq } = *error {
        headers.insert(LAST_SEQ_HEADER, HeaderValue::from(last_seq));
    }
    answer
}

impl Error {
    fn is_ours(&self) -> bool {
        self.status() == StatusCode::INTERNAL_SERVER_ERROR
    }

    /// Without a person's data: a database error's own message names tables and constraints, not values.
    fn for_the_log(&self) -> String {
        match self {
            Self::Database(error) => format!("database: {error}"),
            Self::Password(error) => error.to_string(),
            Self::Photos(error) => error.to_string(),
            Self::Random(error) => error.to_string(),
            Self::Internal(what) => (*what).to_owned(),
            _ => self.code().to_owned(),
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotSignedIn | Self::WrongPassword { .. } => StatusCode::UNAUTHORIZED,
            Self::LockedOut { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::DeviceRevoked { .. } => StatusCode::GONE,
            Self::NotAllowed | Self::CrossSite => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Refused(_)
            | Self::NumberInUse
            | Self::WrongCurrentPassword
            | Self::NotAPhoto
            | Self::RuleFaults(_)
            | Self::List(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Gap { .. }
            | Self::OtherDevice
            | Self::AppTooOld
            | Self::NotYet
            | Self::ImportRunning
            | Self::ImportNotWaiting
            | Self::OwnAccount
            | Self::SetUpAlready
            | Self::DraftChanged => StatusCode::CONFLICT,
            Self::Slow | Self::Busy | Self::Away => StatusCode::SERVICE_UNAVAILABLE,
            Self::Database(_) | Self::Password(_) | Self::Photos(_) | Self::Random(_) | Self::Internal(_) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotSignedIn => "not_signed_in",
            Self::WrongPassword { .. } => "wrong_password",
            Self::LockedOut { .. } => "locked_out",
            Self::DeviceRevoked { takes_last_push: false, .. } => "device_revoked",
            Self::DeviceRevoked { takes_last_push: true, .. } => DEVICE_REVOKED_PUSH_FIRST,
            Self::NotAllowed => "not_allowed",
            Self::CrossSite => "cross_site",
            Self::NotFound => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::Malformed => "malformed",
            Self::TooLarge => "too_large",
            Self::TooSlow => "too_slow",
            Self::Refused(rejection) => rejection.code(),
            Self::NumberInUse => "number_in_use",
            Self::WrongCurrentPassword => "wrong_current_password",
            Self::Gap { .. } => "gap",
            Self::OtherDevice => "other_device",
            Self::AppTooOld => "app_too_old",
            Self::NotYet => "not_yet",
            Self::NotAPhoto => "not_a_photo",
            Self::List(_) => "list_unreadable",
            Self::ImportRunning => "import_running",
            Self::ImportNotWaiting => "import_not_waiting",
            Self::OwnAccount => "own_account",
            Self::SetUpAlready => "set_up_already",
            Self::DraftChanged => "draft_changed",
            Self::RuleFaults(_) => "rule_faults",
            Self::Slow => "slow",
            Self::Busy => "busy",
            Self::Away => "database_away",
            Self::Database(_) | Self::Password(_) | Self::Photos(_) | Self::Random(_) | Self::Internal(_) => {
                "internal"
            }
        }
    }

    fn problem(&self, language: Language) -> Problem {
        let retry_after_s = match self {
            Self::LockedOut { seconds } => Some(*seconds),
            Self::Slow | Self::Busy | Self::Away => Some(AWAY_RETRY_S),
            Self::NotYet => Some(NOT_YET_RETRY_S),
            _ => None,
        };
        let field = match self {
            Self::Refused(rejection) => field_of(rejection).map(str::to_owned),
            Self::NumberInUse => Some("employee_no".to_owned()),
            Self::WrongCurrentPassword => Some("current".to_owned()),
            _ => None,
        };
        let device_id = match self {
            Self::DeviceRevoked { device_id, .. } => Some(*device_id),
            _ => None,
        };
        Problem {
            code: self.code().to_owned(),
            message: self.words(language),
            retry_after_s,
            field,
            device_id,
        }
    }
}

fn field_of(rejection: &Rejection) -> Option<&str> {
    match rejection {
        Rejection::Missing { field }
        | Rejection::TooLong { field, .. }
        | Rejection::Invalid { field }
        | Rejection::DateOutOfRange { field } => Some(field),
        _ => None,
    }
}
