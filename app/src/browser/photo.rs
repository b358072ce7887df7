//! A photo from camera or album, made small before anything else happens with it (R080). Encoding it anew drops what
//! the camera wrote into it: place, owner, device.

use crate::browser::dictionary;
use crate::browser::file::{self, PickedFile};
use domain::limits::{PHOTO_BYTES_MAX, PHOTO_EDGE_PX_MAX};
use js_sys::Promise;
use thiserror::Error;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap, ImageBitmapOptions};

pub const MEDIA_TYPE: &str = "image/jpeg";
/// Tried in turn until the photo is small enough.
const QUALITIES: [f64; 5] = [0.85, 0.75, 0.6, 0.45, 0.3];

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PhotoError {
    /// No picture, or of a kind this browser cannot read.
    #[error("not a picture")]
    NotAPicture,
    #[error("cannot be made small enough")]
    TooLarge,
    /// Mostly too little memory.
    #[error("cannot be drawn")]
    Failed,
}

/// A JPEG of at most [`PHOTO_EDGE_PX_MAX`] at its longer edge and [`PHOTO_BYTES_MAX`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmallPhoto {
    pub jpeg: Vec<u8>,
    pub width_px: u32,
    pub height_px: u32,
}

/// Turned upright as the camera meant it, and made small.
pub async fn shrink(picked: &PickedFile) -> Result<SmallPhoto, PhotoError> {
    let picture = Picture::decode(picked).await?;
    let (width_px, height_px) =
        fitted(picture.0.width(), picture.0.height()).ok_or(PhotoError::NotAPicture)?;
    let canvas = draw(&picture.0, width_px, height_px)?;
    drop(picture);
    for quality in QUALITIES {
        let jpeg = encode(&canvas, quality).await?;
        if jpeg.size() <= f64::from(PHOTO_BYTES_MAX) {
            let jpeg = file::blob_bytes(&jpeg).await.ok_or(PhotoError::Failed)?;
            return Ok(SmallPhoto { jpeg, width_px, height_px });
        }
    }
    Err(PhotoError::TooLarge)
}

/// Decoded pixels, tens of megabytes: given back at once, not when the browser happens to clean up.
struct Picture(ImageBitmap);

impl Picture {
    async fn decode(picked: &PickedFile) -> Result<Self, PhotoError> {
        let window = web_sys::window().ok_or(PhotoError::Failed)?;
        let options: ImageBitmapOptions =
            dictionary(&[("imageOrientation", "from-image".into())]).unchecked_into();
        let decoded = window.create_image_bitmap_with_blob_and_image_bitmap_options(picked.blob(), &options);
        let decoded = JsFuture::from(decoded.map_err(|_| PhotoError::Failed)?).await;
        decoded.map(|bitmap| Self(bitmap.unchecked_into())).map_err(|_| PhotoError::NotAPicture)
    }
}

impl Drop for Picture {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// The size at the limit, never larger than it was; None for nothing at all.
fn fitted(width_px: u32, height_px: u32) -> Option<(u32, u32)> {
    let longer_px = width_px.max(height_px);
    if width_px.min(height_px) == 0 {
        return None;
    }
    if longer_px <= PHOTO_EDGE_PX_MAX {
        return Some((width_px, height_px));
    }
    let scaled = |px: u32| {
        let px = u64::from(px) * u64::from(PHOTO_EDGE_PX_MAX) / u64::from(longer_px);
        u32::try_from(px).ok().map(|px| px.max(1))
    };
    Some((scaled(width_px)?, scaled(height_px)?))
}

fn draw(bitmap: &ImageBitmap, width_px: u32, height_px: u32) -> Result<HtmlCanvasElement, PhotoError> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or(PhotoError::Failed)?;
    let canvas = document.create_element("canvas").map_err(|_| PhotoError::Failed)?;
    let canvas: HtmlCanvasElement = canvas.dyn_into().map_err(|_| PhotoError::Failed)?;
    canvas.set_width(width_px);
    canvas.set_height(height_px);
    let context = canvas.get_context("2d").ok().flatten().ok_or(PhotoError::Failed)?;
    let context: CanvasRenderingContext2d = context.dyn_into().map_err(|_| PhotoError::Failed)?;
    let (width, height) = (f64::from(width_px), f64::from(height_px));
    // JPEG has no transparency; what is transparent would come out black.
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, width, height);
    // Otherwise a reduction to a quarter looks jagged.
    let _ = js_sys::Reflect::set(&context, &"imageSmoothingQuality".into(), &"high".into());
    context
        .draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, width, height)
        .map_err(|_| PhotoError::Failed)?;
    Ok(canvas)
}

async fn encode(canvas: &HtmlCanvasElement, quality: f64) -> Result<Blob, PhotoError> {
    let encoded = Promise::new(&mut |resolve, reject| {
        let asked = canvas.to_blob_with_type_and_encoder_options(&resolve, MEDIA_TYPE, &quality.into());
        if let Err(error) = asked {
            let _ = reject.call1(&error, &error);
        }
    });
    let blob = JsFuture::from(encoded).await.map_err(|_| PhotoError::Failed)?;
    // null when the canvas is too large to encode.
    blob.dyn_into().map_err(|_| PhotoError::Failed)
}
