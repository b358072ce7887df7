//! The bytes of photos, under their row's id: a local folder by default. Who may have them is decided before.

use bytes::Bytes;
use domain::ids::PhotoId;
use domain::limits;
use object_store::local::LocalFileSystem;
use object_store::path::Path as StorePath;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use std::path::Path;
use std::sync::Arc;
use thiserror::Error;

#[derive(Clone)]
pub struct Photos(Arc<dyn ObjectStore>);

#[derive(Debug, Error)]
pub enum PhotosError {
    #[error("the folder of photos cannot be made: {0}")]
    Folder(#[from] std::io::Error),
    #[error("photos: {0}")]
    Store(#[from] object_store::Error),
}

impl Photos {
    pub fn in_folder(folder: &Path) -> Result<Self, PhotosError> {
        std::fs::create_dir_all(folder)?;
        Ok(Self(Arc::new(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true))))
    }

    pub async fn put(&self, id: PhotoId, jpeg: Bytes) -> Result<(), PhotosError> {
        self.0.put(&place(id), PutPayload::from_bytes(jpeg)).await?;
        Ok(())
    }

    pub async fn get(&self, id: PhotoId) -> Result<Option<Bytes>, PhotosError> {
        match self.0.get(&place(id)).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub async fn delete(&self, id: PhotoId) -> Result<(), PhotosError> {
        match self.0.delete(&place(id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

fn place(id: PhotoId) -> StorePath {
    StorePath::from(format!("{id}.jpg"))
}

/// Whether the bytes are a JPEG with edges within [`limits::PHOTO_EDGE_PX_MAX`], by its markers; nothing is decoded.
pub fn is_acceptable(bytes: &[u8]) -> bool {
    size_px(bytes).is_some_and(|(width, height)| {
        let edge = 1..=limits::PHOTO_EDGE_PX_MAX;
        edge.contains(&width) && edge.contains(&height)
    })
}

/// Width and height from the first frame header.
fn size_px(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.strip_prefix(&[0xFF, 0xD8])?;
    loop {
        let (&[fill, marker], after) = rest.split_first_chunk::<2>()?;
        if fill != 0xFF {
            return None;
        }
        // Fill bytes may stand before a marker.
        if marker == 0xFF {
            rest = rest.get(1..)?;
            continue;
        }
        let length = usize::from(u16::from_be_bytes(*after.first_chunk::<2>()?));
        let segment = after.get(2..length)?;
        // SOF0–SOF15, less DHT, JPG and DAC, which share the range.
        if (0xC0..=0xCF).contains(&marker) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
            let edge = |at: usize| {
                segment.get(at..at + 2)?.first_chunk::<2>().map(|edge| u32::from(u16::from_be_bytes(*edge)))
            };
            return edge(3).zip(edge(1));
        }
        // Start of scan, or a marker that cannot come before a frame.
        if matches!(marker, 0xD0..=0xDA) {
            return None;
        }
        rest = after.get(length..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg(width: u16, height: u16) -> Vec<u8> {
        let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC0, 0, 8, 8];
        bytes.extend(height.to_be_bytes());
        bytes.extend(width.to_be_bytes());
        bytes.push(0);
        bytes
    }

    #[test]
    fn only_a_jpeg_of_a_fair_size_is_taken() {
        for (bytes, expected) in [
            (jpeg(1600, 1200), true),
            (jpeg(1601, 1200), false),
            (jpeg(0, 1200), false),
            (b"\x89PNG\r\n\x1a\n".to_vec(), false),
            (vec![0xFF, 0xD8], false),
            (vec![0xFF, 0xD8, 0xFF, 0xE0, 0, 0], false),
            (vec![0xFF; 4096], false),
            (Vec::new(), false),
        ] {
            assert_eq!(is_acceptable(&bytes), expected, "{:?}", bytes.get(..8));
        }
    }
}
