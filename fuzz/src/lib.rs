//! What strangers can send, as targets for a fuzzer: each takes any bytes and fails by a panic.
//!
//! A target asserts that its bytes are taken or refused with a typed error, that what was taken keeps to its limits, and
//! where there is a way back, that it leads back. Bounds on memory and time are set by whoever runs it.
//!
//! Run twice: `tests/corpus.rs` replays the corpus with some mutations in every test run, and `cargo xtask fuzz` lets
//! libFuzzer, led by coverage, go on from the same corpus for as long as one likes.

mod csv;
mod file_name;
mod list;
mod page;
mod photo;
mod pull;
mod push;
mod world;
mod xlsx;

#[derive(Clone, Copy)]
pub struct Target {
    /// Of its folder in `corpus/` too.
    pub name: &'static str,
    pub run: fn(&[u8]),
    /// Longer inputs only cost time; what is beyond a limit has tests of its own.
    pub bytes_max: usize,
}

pub const TARGETS: &[Target] = &[
    Target { name: "push", run: push::run, bytes_max: 16_384 },
    Target { name: "pull", run: pull::run, bytes_max: 4_096 },
    Target { name: "page", run: page::run, bytes_max: 16_384 },
    Target { name: "csv", run: csv::run, bytes_max: 4_096 },
    Target { name: "xlsx", run: xlsx::run, bytes_max: 8_192 },
    Target { name: "photo", run: photo::run, bytes_max: 1_024 },
    Target { name: "file_name", run: file_name::run, bytes_max: 1_024 },
];

/// The page of [`world`] as it travels.
pub fn compact_page() -> Vec<u8> {
    page::compact(&world::PAGE)
}

pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}
