//! Pages as they are stored: a version number and the compact form of `domain::wire::Page`, the same bytes the server
//! sends. A page of another version is not read; its rows come again from the server.

use domain::wire::{PAGE_SCHEMA, Page};

/// Why stored or received bytes are no page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAPage {
    /// Written by another version of the app.
    OtherSchema,
    Damaged,
}

pub fn encode(page: &Page) -> Result<Vec<u8>, NotAPage> {
    let body = postcard::to_stdvec(page).map_err(|_| NotAPage::Damaged)?;
    Ok(with_schema(&body))
}

/// Puts the version in front of a compact page received from the server.
pub fn with_schema(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len() + 4);
    bytes.extend_from_slice(&PAGE_SCHEMA.to_le_bytes());
    bytes.extend_from_slice(body);
    bytes
}

pub fn decode(bytes: &[u8]) -> Result<Page, NotAPage> {
    let (schema, body) = bytes.split_first_chunk::<4>().ok_or(NotAPage::Damaged)?;
    if u32::from_le_bytes(*schema) != PAGE_SCHEMA {
        return Err(NotAPage::OtherSchema);
    }
    decode_body(body)
}

/// A compact page as the server sends it.
pub fn decode_body(body: &[u8]) -> Result<Page, NotAPage> {
    postcard::from_bytes(body).map_err(|_| NotAPage::Damaged)
}
