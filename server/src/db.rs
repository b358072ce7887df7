//! PostgreSQL: all SQL of the server, one file per noun.
//!
//! - Nothing of a customer can be read or written without a [`Scope`], and only this module makes one: from a session,
//!   or for the system's own jobs.
//! - Underneath, row-level security repeats the scope (migration 0004): [`Db::begin`] says who is asking, and a statement
//!   that forgets its predicate finds less, not more.
//! - A transaction ends by marking its rows in their streams ([`save`]); streams are bumped in id order, late.
//! - Whoever changes a customer or what hangs on it locks the customer first, in id order; then the streams.
//! - Every transaction runs in [`retry`]: a serialization failure or a deadlock is tried again, never shown.
//!
//! SQL is `&'static str`; words in the database are those of `domain`.

pub mod administration;
pub mod audit;
mod call;
mod choice;
mod conflict;
mod contact;
mod contract;
mod customer;
pub mod device;
mod error;
mod event;
mod figures;
pub mod hand_over;
pub mod import_job;
pub mod installation;
mod mark;
pub mod mutation_log;
mod note;
mod organisation;
pub mod photo;
mod policy;
mod pool;
mod preparation;
mod product;
mod promise;
mod roles;
mod rows;
pub mod rules;
mod save;
mod scope;
pub mod session;
pub mod stream;
mod table;
mod task;
pub mod team;
mod tier_goal;
mod tier_override;
pub mod tier_preview;
mod tier_scheme;
mod visit;
mod visit_standard;

pub use customer::{lock_customers, numbers_taken, set_identities};
pub use error::{Error, Result, retry};
pub use figures::figures_of;
pub use organisation::{NewEmployeeRow, has_employees, insert_employee};
pub use pool::{Db, create_database};
pub use rows::{count_below, load, load_page, taken};
pub use save::{Change, insert_org_units, save};
pub use scope::Scope;

/// A connection inside a transaction, or not: the caller decides.
pub type Connection = sqlx::PgConnection;
