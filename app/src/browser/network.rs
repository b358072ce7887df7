//! Requests to our own server: JSON in and out, typed errors, nothing that waits for ever.
//!
//! Paths are those of `domain::api::path`.

use crate::browser::{file, method};
use crate::i18n;
use domain::api::path;
use domain::ids::DeviceId;
use domain::wire::{
    CLIENT_HEADER, DEVICE_REVOKED_PUSH_FIRST, PAGE_MEDIA_TYPE, PAGE_SCHEMA, Problem, Pull, Push, PushAnswer,
    SignIn, SignedIn,
};
use js_sys::{Function, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, RequestCache, RequestCredentials, RequestInit, RequestRedirect, Response,
};

const JSON: &str = "application/json";
const TIMEOUT_MS: u32 = 20_000;
/// A first sync over a poor line: a page may take its time.
const SYNC_TIMEOUT_MS: u32 = 60_000;
const BYTES_TIMEOUT_MS: u32 = 5 * 60_000;

/// Answers of what stands before a server that is not there.
const GATEWAY_STATUSES: [u16; 3] = [502, 503, 504];
/// A wrong password is no expired session, though both are 401.
const WRONG_PASSWORD: &str = "wrong_password";

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NetworkError {
    /// No network, no server, or no answer in time. Whether the server did it is not known.
    #[error("the server cannot be reached")]
    Offline,
    /// 401: the session has expired; sign in again, nothing is lost.
    #[error("the session has expired")]
    Unauthorized,
    /// 410: a device was revoked, or the person's right to it.
    #[error("this device was revoked")]
    Gone(Gone),
    /// A refusal in the person's words.
    #[error("{}", .0.code)]
    Problem(Problem),
    /// Neither an answer of ours nor a refusal: another version, or a portal that wants a sign-in.
    #[error("the answer cannot be read")]
    Unreadable,
}

/// A device is to forget everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gone {
    /// The one of the session: somebody else's, when they were the last to sign in from this browser.
    pub device_id: DeviceId,
    /// What it holds unsent is wanted before.
    pub push_first: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Get,
    Head,
    Post,
    Put,
    Delete,
}

impl Verb {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// A pulled page as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PulledPage {
    pub bytes: Vec<u8>,
    /// The compact form of our own schema; JSON otherwise.
    pub is_compact: bool,
}

pub async fn get<T: DeserializeOwned>(path: &str) -> Result<T, NetworkError> {
    json(Verb::Get, path, None::<&()>, TIMEOUT_MS).await
}

/// What answers with nothing is read as `()`.
pub async fn send<T: DeserializeOwned>(
    verb: Verb,
    path: &str,
    body: &impl Serialize,
) -> Result<T, NetworkError> {
    json(verb, path, Some(body), TIMEOUT_MS).await
}

/// As [`send`], where a refusal of this status carries more than its words, and is read as `R`.
pub async fn send_or_refused<T: DeserializeOwned, R: DeserializeOwned>(
    verb: Verb,
    path: &str,
    body: &impl Serialize,
    refused_status: u16,
) -> Result<Result<T, R>, NetworkError> {
    let body = Body::json(body)?;
    let answer = answer(verb, path, Some(body), JSON, TIMEOUT_MS).await?;
    let (status, text) = (answer.response.status(), answer.text().await?);
    if answer.response.ok() {
        return read(&text).map(Ok);
    }
    match serde_json::from_str::<R>(&text) {
        Ok(refused) if status == refused_status => Ok(Err(refused)),
        _ => Err(refusal(status, path, &text)),
    }
}

pub async fn send_empty<T: DeserializeOwned>(verb: Verb, path: &str) -> Result<T, NetworkError> {
    json(verb, path, None::<&()>, TIMEOUT_MS).await
}

pub async fn sign_in(sign_in: &SignIn) -> Result<SignedIn, NetworkError> {
    send(Verb::Post, path::SESSION, sign_in).await
}

pub async fn push(push: &Push) -> Result<PushAnswer, NetworkError> {
    json(Verb::Post, path::SYNC_PUSH, Some(push), SYNC_TIMEOUT_MS).await
}

pub async fn pull(pull: &Pull) -> Result<PulledPage, NetworkError> {
    let compact = format!("{PAGE_MEDIA_TYPE};schema={PAGE_SCHEMA}");
    let accept = format!("{compact}, {JSON};q=0.5");
    let body = Body::json(pull)?;
    let answer = request(Verb::Post, path::SYNC_PULL, Some(body), &accept, SYNC_TIMEOUT_MS).await?;
    let media_type = answer.header("content-type").replace(' ', "");
    let is_compact = media_type == compact;
    // Sent in a schema we did not ask for.
    if !is_compact && !media_type.starts_with(JSON) {
        return Err(NetworkError::Unreadable);
    }
    Ok(PulledPage { bytes: answer.bytes().await?, is_compact })
}

pub async fn put_bytes(path: &str, bytes: &[u8], media_type: &str) -> Result<(), NetworkError> {
    let body = Body { content: Uint8Array::from(bytes).into(), media_type: media_type.to_owned() };
    request(Verb::Put, path, Some(body), JSON, BYTES_TIMEOUT_MS).await.map(drop)
}

/// Whether there is something for this person at `path`; nothing of it is fetched.
pub async fn is_there(path: &str) -> Result<bool, NetworkError> {
    let answer = answer(Verb::Head, path, None, "*/*", TIMEOUT_MS).await?;
    match answer.response.status() {
        404 => Ok(false),
        _ if answer.response.ok() => Ok(true),
        status => Err(refusal(status, path, "")),
    }
}

/// Asks for a file, which is an act and logged, and has the browser save it under `file_name`.
pub async fn download(path: &str, asked: &impl Serialize, file_name: &str) -> Result<(), NetworkError> {
    let asked = Body::json(asked)?;
    let answer = request(Verb::Post, path, Some(asked), "*/*", BYTES_TIMEOUT_MS).await?;
    let media_type = answer.header("content-type");
    file::save_as(&answer.bytes().await?, &media_type, file_name);
    Ok(())
}

/// A failed answer in our words.
pub(super) fn refusal(status: u16, path_asked: &str, text: &str) -> NetworkError {
    let problem = serde_json::from_str::<Problem>(text).ok();
    match (status, problem) {
        (401, Some(problem)) if path_asked == path::SESSION || problem.code == WRONG_PASSWORD => {
            NetworkError::Problem(problem)
        }
        (401, _) => NetworkError::Unauthorized,
        // Nothing is forgotten on the word of anything that stands in between.
        (410, Some(Problem { code, device_id: Some(device_id), .. })) => {
            NetworkError::Gone(Gone { device_id, push_first: code == DEVICE_REVOKED_PUSH_FIRST })
        }
        (_, Some(problem)) => NetworkError::Problem(problem),
        (status, None) if GATEWAY_STATUSES.contains(&status) => NetworkError::Offline,
        _ => NetworkError::Unreadable,
    }
}

/// An answer's JSON; nothing at all is read as `null`.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, NetworkError> {
    let text = if text.is_empty() { "null" } else { text };
    serde_json::from_str(text).map_err(|_| NetworkError::Unreadable)
}

async fn json<T: DeserializeOwned>(
    verb: Verb,
    path: &str,
    body: Option<&impl Serialize>,
    timeout_ms: u32,
) -> Result<T, NetworkError> {
    let body = body.map(Body::json).transpose()?;
    let answer = request(verb, path, body, JSON, timeout_ms).await?;
    read(&answer.text().await?)
}

struct Body {
    content: JsValue,
    media_type: String,
}

impl Body {
    fn json(value: &impl Serialize) -> Result<Self, NetworkError> {
        let text = serde_json::to_string(value).map_err(|_| NetworkError::Unreadable)?;
        Ok(Self { content: text.into(), media_type: JSON.to_owned() })
    }
}

/// An answer whose body is still on its way; the timeout watches over that too.
struct Answer {
    response: Response,
    _timeout: Timeout,
}

impl Answer {
    fn header(&self, name: &str) -> String {
        self.response.headers().get(name).ok().flatten().unwrap_or_default()
    }

    async fn text(&self) -> Result<String, NetworkError> {
        let text = JsFuture::from(self.response.text().map_err(offline)?).await.map_err(offline)?;
        text.as_string().ok_or(NetworkError::Unreadable)
    }

    async fn bytes(&self) -> Result<Vec<u8>, NetworkError> {
        let buffer = JsFuture::from(self.response.array_buffer().map_err(offline)?).await.map_err(offline)?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }
}

async fn request(
    verb: Verb,
    path: &str,
    body: Option<Body>,
    accept: &str,
    timeout_ms: u32,
) -> Result<Answer, NetworkError> {
    let answer = answer(verb, path, body, accept, timeout_ms).await?;
    if answer.response.ok() {
        return Ok(answer);
    }
    Err(refusal(answer.response.status(), path, &answer.text().await?))
}

/// Whatever the server says, refusals included.
async fn answer(
    verb: Verb,
    path: &str,
    body: Option<Body>,
    accept: &str,
    timeout_ms: u32,
) -> Result<Answer, NetworkError> {
    let headers = Headers::new().map_err(offline)?;
    let set = |name: &str, value: &str| headers.set(name, value).map_err(offline);
    set("accept", accept)?;
    set("accept-language", i18n::language().tag())?;
    set(CLIENT_HEADER, "1")?;
    let init = RequestInit::new();
    if let Some(body) = &body {
        set("content-type", &body.media_type)?;
        init.set_body(&body.content);
    }
    let timeout = Timeout::start(timeout_ms).ok_or(NetworkError::Offline)?;
    init.set_method(verb.word());
    init.set_headers_headers(&headers);
    init.set_credentials(RequestCredentials::SameOrigin);
    init.set_cache(RequestCache::NoStore);
    // Ours never redirects: whoever does is in between.
    init.set_redirect(RequestRedirect::Error);
    init.set_signal(Some(&timeout.controller.signal()));

    let window = web_sys::window().ok_or(NetworkError::Offline)?;
    let response = JsFuture::from(window.fetch_with_str_and_init(path, &init)).await.map_err(offline)?;
    Ok(Answer { response: response.unchecked_into(), _timeout: timeout })
}

fn offline(_: JsValue) -> NetworkError {
    NetworkError::Offline
}

/// Ends a request that takes too long, or that nobody waits for any more.
struct Timeout {
    controller: AbortController,
    timer: i32,
}

impl Timeout {
    fn start(ms: u32) -> Option<Self> {
        let controller = AbortController::new().ok()?;
        let abort: Function = method(&controller, "abort")?.bind0(&controller);
        let ms = i32::try_from(ms).unwrap_or(i32::MAX);
        let timer =
            web_sys::window()?.set_timeout_with_callback_and_timeout_and_arguments_0(&abort, ms).ok()?;
        Some(Self { controller, timer })
    }
}

impl Drop for Timeout {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            window.clear_timeout_with_handle(self.timer);
        }
        // Does nothing to a request that has ended.
        self.controller.abort();
    }
}
