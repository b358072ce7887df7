//! The server of Rounds: signing in, sync, the online-only interface and the shell of the app, on PostgreSQL.
//!
//! Invariants:
//! - Only `db` holds SQL, and nothing of a customer is read or written there without a [`db::Scope`].
//! - Rules live in `domain`: the server loads rows, runs the same mutation as the tablet, writes the difference.
//! - `http::error` is the one place where something becomes words for a person; nothing internal leaves it.
//! - The server holds no state that another server beside it would need: throttles, sessions and progress are in the
//!   database.
//! - Only `embedded_postgres` starts other programs. The server never depends on `app`.

pub mod begin_epoch;
pub mod beside;
pub mod clock;
pub mod config;
pub mod db;
pub mod embedded_postgres;
pub mod export;
pub mod http;
pub mod import;
pub mod list_file;
pub mod password;
pub mod photos;
pub mod run;
pub mod sample;
pub mod serve;
pub mod services;
pub mod sync;
pub mod token;
pub mod verify_audit;
