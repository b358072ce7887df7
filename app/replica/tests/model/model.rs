//! A world in one process, driven by one seed: people with tablets, a network with its weather, a server, and an oracle
//! that knows what must be true (SYNC.md, What must hold).
//!
//! - The real code: `replica` on every tablet, `domain`'s mutations and wire types on both sides.
//! - The model: a server over maps ([`server`]), a disk that can be full or lose power ([`disk`]), the driver of one tab
//!   ([`tab`]), messages that are delayed, lost, repeated and overtaken ([`network`]).
//! - The oracle ([`oracle`]) works from what disks acknowledged and from what the server committed, never from streams,
//!   versions or cookies.
//! - [`Planted`] bugs show that the oracle sees.

mod disk;
mod heal;
mod network;
mod oracle;
mod people;
mod planted;
mod random;
mod server;
mod tab;
mod tally;
mod world;

pub use planted::Planted;
pub use tally::Tally;
pub use world::{Options, run};
