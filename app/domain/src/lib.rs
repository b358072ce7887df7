//! The facts, rules, mutations and wire types of Rounds, the same on the tablet and on the server.
//!
//! Invariants:
//! - Nothing here knows of time, randomness, storage, network, Leptos, sqlx or tokio: clock and ids come in as
//!   arguments, so every rule is a pure function and every test a table or a property.
//! - A change to data is a [`mutation::Mutation`]; its [`apply`](mutation::Mutation::apply) is the only
//!   implementation of the rule it stands for.
//! - Types that travel ([`wire`], [`row`]) are encoded as JSON and as postcard: no untagged, flattened or
//!   skipped fields.

pub mod actor;
pub mod agenda;
pub mod api;
pub mod attention;
pub mod authorize;
pub mod call;
pub mod capacity;
pub mod care;
pub mod choice;
pub mod conflict;
pub mod contact;
pub mod contract;
pub mod customer;
pub mod due;
pub mod event;
pub mod figures;
pub mod icalendar;
pub mod ids;
pub mod import;
pub mod limits;
pub mod lunar;
pub mod mark;
pub mod mask;
pub mod merge;
pub mod migration;
pub mod money;
pub mod month;
pub mod mutation;
pub mod note;
pub mod organisation;
pub mod photo;
pub mod pin;
pub mod policy;
pub mod preparation;
pub mod product;
pub mod promise;
pub mod rating;
pub mod rejection;
pub mod route;
pub mod row;
pub mod scale;
pub mod standard;
pub mod take_over;
pub mod task;
pub mod team;
pub mod tier;
pub mod tier_goal;
pub mod time;
pub mod today;
pub mod trend;
pub mod validate;
pub mod version;
pub mod visit;
pub mod wire;
pub mod working_set;
