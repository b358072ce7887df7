//! Files: picked by the person, shown from memory, saved to the device.

use crate::browser::dictionary;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, DragEvent, Event, File, FileList, HtmlAnchorElement, HtmlInputElement, Url,
};

/// How long a saved file's object URL stays: the browser fetches it after the click.
const SAVE_MS: u32 = 60_000;

/// A file the person picked or dropped; read only when asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickedFile(File);

impl PickedFile {
    pub fn name(&self) -> String {
        self.0.name()
    }

    pub fn size_bytes(&self) -> u64 {
        super::from_double(self.0.size())
    }

    pub(super) fn blob(&self) -> &Blob {
        &self.0
    }
}

/// From the `change` event of `<input type="file">`; empties the input, so that the same file can be picked again.
pub fn picked_files(event: &Event) -> Vec<PickedFile> {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(input) = input else { return Vec::new() };
    let files = listed(input.files());
    input.set_value("");
    files
}

/// From a `drop` event.
pub fn dropped_files(event: &DragEvent) -> Vec<PickedFile> {
    listed(event.data_transfer().and_then(|dropped| dropped.files()))
}

fn listed(files: Option<FileList>) -> Vec<PickedFile> {
    let Some(files) = files else { return Vec::new() };
    (0..files.length()).filter_map(|index| files.item(index)).map(PickedFile).collect()
}

/// An address for bytes in memory, such as `<img src>` takes; ends on drop.
#[derive(Debug)]
pub struct ObjectUrl(String);

impl ObjectUrl {
    pub fn new(bytes: &[u8], media_type: &str) -> Option<Self> {
        let address = Url::create_object_url_with_blob(&blob(bytes, media_type)?).ok()?;
        Some(Self(address))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Drop for ObjectUrl {
    fn drop(&mut self) {
        let _ = Url::revoke_object_url(&self.0);
    }
}

/// Has the browser save a file, as a click on a link to it does.
pub fn save_as(bytes: &[u8], media_type: &str, file_name: &str) {
    let Some(address) = ObjectUrl::new(bytes, media_type) else { return };
    let document = web_sys::window().and_then(|window| window.document());
    let anchor = document.and_then(|document| document.create_element("a").ok());
    let Some(anchor) = anchor.and_then(|anchor| anchor.dyn_into::<HtmlAnchorElement>().ok()) else { return };
    anchor.set_href(address.as_str());
    anchor.set_download(file_name);
    anchor.click();
    wasm_bindgen_futures::spawn_local(async move {
        super::clock::sleep_ms(SAVE_MS).await;
        drop(address);
    });
}

pub(super) fn blob(bytes: &[u8], media_type: &str) -> Option<Blob> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options: BlobPropertyBag = dictionary(&[("type", media_type.into())]).unchecked_into();
    Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()
}

pub(super) async fn blob_bytes(blob: &Blob) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(blob.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
