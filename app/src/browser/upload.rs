//! Uploading a file with its progress, which `fetch` does not tell.

use crate::browser::file::PickedFile;
use crate::browser::listener::Listener;
use crate::browser::network::{self, NetworkError};
use crate::i18n;
use domain::api::FILE_NAME_HEADER;
use domain::wire::CLIENT_HEADER;
use js_sys::Promise;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ProgressEvent, XmlHttpRequest};

const TIMEOUT_MS: u32 = 10 * 60_000;

/// POSTs a file's bytes; its name travels in a header, percent-encoded. `progress` hears the share sent, 0 to 1.
/// Dropping the future ends the upload.
pub async fn upload<T: DeserializeOwned>(
    path: &str,
    file: &PickedFile,
    progress: impl Fn(f64) + 'static,
) -> Result<T, NetworkError> {
    let request = Ending(XmlHttpRequest::new().map_err(offline)?);
    let request = &request.0;
    request.open("POST", path).map_err(offline)?;
    request.set_timeout(TIMEOUT_MS);
    let name = String::from(js_sys::encode_uri_component(&file.name()));
    for (header, value) in [
        ("accept", "application/json"),
        ("accept-language", i18n::language().tag()),
        ("content-type", "application/octet-stream"),
        (CLIENT_HEADER, "1"),
        (FILE_NAME_HEADER, name.as_str()),
    ] {
        request.set_request_header(header, value).map_err(offline)?;
    }
    let sending = request.upload().map_err(offline)?;
    let _progress = Listener::new(&sending, "progress", move |event| {
        if let Some(event) = event.dyn_ref::<ProgressEvent>()
            && event.length_computable()
            && event.total() > 0.0
        {
            progress(event.loaded() / event.total());
        }
    });
    // Loaded, failed, timed out or ended: all of them end.
    let ended = Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
    request.send_with_opt_blob(Some(file.blob())).map_err(offline)?;
    JsFuture::from(ended).await.map_err(offline)?;

    let text = request.response_text().ok().flatten().unwrap_or_default();
    match request.status().map_err(offline)? {
        0 => Err(NetworkError::Offline),
        200..=299 => network::read(&text),
        status => Err(network::refusal(status, path, &text)),
    }
}

fn offline(_: JsValue) -> NetworkError {
    NetworkError::Offline
}

struct Ending(XmlHttpRequest);

impl Drop for Ending {
    fn drop(&mut self) {
        self.0.set_onloadend(None);
        let _ = self.0.abort();
    }
}
