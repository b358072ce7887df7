//! The server over HTTP, on a real PostgreSQL. Each test has a database of its own with the sample branch in it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

#[path = "http/administration.rs"]
mod administration;
#[path = "http/at_once.rs"]
mod at_once;
#[path = "http/audit.rs"]
mod audit;
#[path = "http/branch.rs"]
mod branch;
#[path = "http/canary.rs"]
mod canary;
#[path = "http/customer_export.rs"]
mod customer_export;
#[path = "http/devices.rs"]
mod devices;
#[path = "http/exports.rs"]
mod exports;
#[path = "http/hand_over.rs"]
mod hand_over;
#[path = "http/import_figures.rs"]
mod import_figures;
#[path = "http/imports.rs"]
mod imports;
#[path = "http/malformed.rs"]
mod malformed;
#[path = "http/openapi.rs"]
mod openapi;
#[path = "http/outage.rs"]
mod outage;
#[path = "http/photos.rs"]
mod photos;
#[path = "http/pokes.rs"]
mod pokes;
#[path = "http/pull.rs"]
mod pull;
#[path = "http/push.rs"]
mod push;
#[path = "http/row_security.rs"]
mod row_security;
#[path = "http/rules.rs"]
mod rules;
#[path = "http/scope.rs"]
mod scope;
#[path = "http/service.rs"]
mod service;
#[path = "http/session.rs"]
mod session;
#[path = "http/shell.rs"]
mod shell;
#[path = "http/slow.rs"]
mod slow;
#[path = "http/tier_preview.rs"]
mod tier_preview;
#[path = "http/two_servers.rs"]
mod two_servers;
