//! The tablet's copy of its books: tables, outbox, rebase, paging, search.
//!
//! Invariants:
//! - Sans-IO: nothing here knows of a browser, Leptos, a clock or a network. Storage is the trait [`store::Store`]; what
//!   travels is handed in and out as `domain::wire` values; time and ids come in as arguments.
//! - View = server rows + pending mutations replayed over them. What the view shows as saved is in the store.
//! - A page and its cookie are stored in one batch and shown together.
//! - Whatever leaves the scope leaves the store in the same batch that learns of it; photos' bytes, which no page lists,
//!   right after it ([`photos`]).

pub mod memory;
pub mod outbox;
pub mod page;
pub mod photos;
mod ratings;
pub mod replica;
pub mod search;
pub mod sent;
pub mod store;
pub mod tables;

pub use replica::{Next, Replica};
