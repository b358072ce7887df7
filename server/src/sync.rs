//! Sync (SYNC.md): push, pull and pokes. What travels is `domain::wire`; HTTP is elsewhere.

pub mod pokes;
pub mod pull;
pub mod push;
