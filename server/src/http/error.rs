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
            Self::DeviceRevoked { takes_last_push: false } => "device_revoked",
            Self::DeviceRevoked { takes_last_push: true } => DEVICE_REVOKED_PUSH_FIRST,
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
        Problem { code: self.code().to_owned(), message: self.words(language), retry_after_s, field }
    }

    fn words(&self, language: Language) -> String {
        let (chinese, english): (&str, &str) = match self {
            Self::NotSignedIn => (
                "登录已失效。没上传的内容都还在这台设备上，重新登录后会接着上传。",
                "You are signed out. What has not been uploaded is still on this device and goes on after you sign in again.",
            ),
            Self::WrongPassword { tries_left } => return wrong_password(*tries_left, language),
            Self::LockedOut { seconds } => return locked_out(*seconds, language),
            Self::DeviceRevoked { .. } => (
                "这台设备已被撤销，资料会从上面清除。要继续使用，请联系管理员。",
                "This device has been revoked; its data will be removed. Ask your administrator to use it again.",
            ),
            Self::NotAllowed => (
                "您的角色不能做这件事，什么也没有改动。需要时请联系主管或管理员。",
                "Your role does not allow this; nothing was changed. Ask your team lead or administrator.",
            ),
            Self::CrossSite => (
                "这个请求不是从本应用发出的，已拒绝，什么也没有改动。请从应用里操作。",
                "This request did not come from the app and was refused; nothing was changed. Please use the app.",
            ),
            Self::NotFound => (
                "没有找到。它可能已被删除或移交，请返回后再看。",
                "Not found. It may have been deleted or handed over; go back and look again.",
            ),
            Self::MethodNotAllowed | Self::Malformed => (
                "服务器看不懂这个请求，什么也没有改动。请更新应用后再试。",
                "The server does not understand this request; nothing was changed. Update the app and try again.",
            ),
            Self::TooLarge => (
                "内容太大，没有接收。请减小后再试。",
                "This is too large and was not taken. Make it smaller and try again.",
            ),
            Self::TooSlow => (
                "网络太慢，没有收完，什么也没有改动。请稍后再试。",
                "The network was too slow and the request did not arrive whole; nothing was changed. Try again later.",
            ),
            Self::Refused(rejection) => return refused(rejection, language),
            Self::NumberInUse => (
                "这个工号已有人使用，没有保存。请换一个。",
                "This employee number is in use; nothing was saved. Choose another.",
            ),
            Self::WrongCurrentPassword => (
                "现在的密码不对，密码没有改。",
                "The current password is wrong; the password was not changed.",
            ),
            Self::Gap { .. } => (
                "上传的顺序接不上，这一批没有处理，内容都还在这台设备上，会自动重新上传。",
                "The upload does not follow the last one and was not processed. Everything is still on this device and will be sent again.",
            ),
            Self::OtherDevice => (
                "登录的是另一台设备，这一批没有处理，内容都还在。请重新登录。",
                "The session belongs to another device; nothing was processed or lost. Please sign in again.",
            ),
            Self::AppTooOld => (
                "应用版本太旧，这一批没有处理，内容都还在这台设备上。请更新应用。",
                "The app is too old; nothing was processed, everything is still on this device. Please update the app.",
            ),
            Self::NotYet => (
                "照片所属的记录还没有上传，稍后会自动再传。",
                "The record this photo belongs to has not been uploaded yet; it will be tried again.",
            ),
            Self::NotAPhoto => (
                "这不是可用的JPEG照片，没有保存。请重新拍一张。",
                "This is not a usable JPEG photo and was not saved. Please take another.",
            ),
            Self::List(error) => return list_words(error, language),
            Self::ImportRunning => (
                "正在导入，先等它做完或停下。",
                "The import is running; wait for it to finish, or stop it first.",
            ),
            Self::ImportNotWaiting => (
                "这次导入已经做过了。要再导，请重新选择文件。",
                "This import has already run. Choose the file again to import it once more.",
            ),
            Self::OwnAccount => (
                "不能停用自己的账号或改掉自己的管理员角色，什么也没有改动。",
                "You cannot deactivate yourself or give up your own administrator role; nothing was changed.",
            ),
            Self::SetUpAlready => (
                "这个链接已经用过或不对。请看服务器控制台上最新的链接，或直接登录。",
                "This link has been used or is wrong. Use the latest link on the server's console, or sign in.",
            ),
            Self::DraftChanged => (
                "这份草稿刚才已被保存、发布或放弃过，没有再保存。您写的还在这一页上，请先看看现在的版本再决定。",
                "This draft was saved, published or discarded meanwhile, so nothing was saved. What you wrote is still on this page; look at the draft as it is now first.",
            ),
            Self::RuleFaults(faults) => return rule_faults(faults.len(), language),
            Self::Slow | Self::Busy => (
                "服务器正忙，没有处理，什么也没有丢。请稍后再试。",
                "The server is busy; nothing was processed or lost. Try again in a moment.",
            ),
            Self::Away => (
                "服务器暂时连不上数据库，没有处理，什么也没有丢。恢复后会自动继续。",
                "The server cannot reach its database; nothing was processed or lost. It goes on by itself once it can.",
            ),
            Self::Database(_) | Self::Password(_) | Self::Photos(_) | Self::Random(_) | Self::Internal(_) => {
                (
                    "服务器出错了，没有保存。请稍后再试；若一直这样，请告诉管理员。",
                    "Something went wrong on the server; nothing was saved. Try again later, and tell your administrator if it stays.",
                )
            }
        };
        language.pick(chinese, english)
    }
}

fn wrong_password(tries_left: u32, language: Language) -> String {
    language.pick(
        format!("工号或密码不对。还可以试{tries_left}次，之后等15分钟。"),
        format!("Wrong number or password. {tries_left} more tries, then a wait of 15 minutes."),
    )
}

fn locked_out(seconds: u32, language: Language) -> String {
    let minutes = seconds.div_ceil(60);
    language.pick(
        format!("试的次数太多，请过{minutes}分钟再试。没上传的内容都还在。"),
        format!("Too many tries; wait {minutes} minutes. What has not been uploaded is kept."),
    )
}

fn rule_faults(count: usize, language: Language) -> String {
    language.pick(
        format!("还有{count}处要改，没有发布，草稿都在。请按标出的地方改好后再发布。"),
        format!("{count} things to mend first; nothing was published and the draft is kept."),
    )
}

fn list_words(error: &ReadError, language: Language) -> String {
    let words = error.words();
    language.pick(words.zh, words.en)
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

fn refused(rejection: &Rejection, language: Language) -> String {
    let field = field_of(rejection).map(|field| field_words(field, language)).unwrap_or_default();
    match rejection {
        Rejection::Missing { .. } => language
            .pick(format!("请填写{field}，没有保存。"), format!("{field} is missing; nothing was saved.")),
        Rejection::TooLong { max, .. } => language.pick(
            format!("{field}太长，最多{max}个字，没有保存。"),
            format!("{field} is too long, at most {max} characters; nothing was saved."),
        ),
        Rejection::Invalid { .. } | Rejection::DateOutOfRange { .. } => language
            .pick(format!("{field}不对，没有保存。"), format!("{field} is not valid; nothing was saved.")),
        Rejection::TooMany { max } => language.pick(
            format!("一次最多{max}项，没有处理，请分几次。"),
            format!("At most {max} at once; nothing was processed. Please split it."),
        ),
        _ => language.pick("不能这样做，什么也没有改动。", "This cannot be done; nothing was changed."),
    }
}

fn field_words(field: &str, language: Language) -> &'static str {
    let (chinese, english) = match field {
        "employee_no" => ("工号", "Employee number"),
        "name" => ("名称", "Name"),
        "organisation_name" => ("机构名称", "Organisation name"),
        "password" | "new" => ("密码（至少12个字）", "Password (at least 12 characters)"),
        "parent_id" => ("上级机构", "Parent org unit"),
        "org_unit_id" => ("机构", "Org unit"),
        "holder_id" => ("客户经理", "Holder"),
        "device_name" => ("设备名称", "Device name"),
        "to_book" => ("移交到的管户簿", "Book to hand over to"),
        "columns" => ("列的对应", "Columns"),
        _ => ("这一项", "This field"),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}
