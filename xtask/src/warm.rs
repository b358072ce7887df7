//! What CI keeps from one run to the next: other people's crates, compiled, and nothing that grows.
//!
//! Each run is a fresh clone, so cargo compiles Rounds itself anew whatever lies there. Left alone, every run added its
//! own test programs and incremental parts to those of the runs before, until the disk was full.

use std::{fs, path::Path};

use anyhow::Result;
use nix::sys::statvfs::statvfs;

use crate::{
    layout::Layout,
    program::Program,
    progress::step,
    setup::{Tools, WASM},
};

/// What a whole test command writes beside warm crates is 5 GB, and 9 GB on a bare machine.
const LITTLE_SPACE_BYTES: u64 = 9_000_000_000;

/// Takes what earlier runs left of Rounds itself out of the folder CI keeps, and says so when space is short.
pub fn thin_out(layout: &Layout, tools: &Tools) -> Result<()> {
    if layout.is_kept {
        remove(&layout.target.join("debug/incremental"))?;
        clean(tools.native.cargo(layout, &layout.target), &[])?;
        for (profile, folder) in [("dev", "debug"), ("wasm-release", "wasm-release")] {
            remove(&layout.target_wasm.join(WASM).join(folder).join("incremental"))?;
            clean(tools.wasm.cargo(layout, &layout.target_wasm), &["--target", WASM, "--profile", profile])?;
        }
    }
    if let Some(free) = free_bytes(layout)
        && free < LITTLE_SPACE_BYTES
    {
        step(&format!(
            "little space: {:.1} GB free for {}, where a bare run writes up to {:.0}",
            gigabytes(free),
            layout.target.display(),
            gigabytes(LITTLE_SPACE_BYTES),
        ));
    }
    Ok(())
}

/// A folder that CI keeps, under a name that cargo gives: never anything a person put there.
fn remove(folder: &Path) -> Result<()> {
    if folder.is_dir() { Ok(fs::remove_dir_all(folder)?) } else { Ok(()) }
}

fn clean(cargo: Program, of: &[&str]) -> Result<()> {
    cargo.args(["clean", "--quiet", "--workspace"]).args(of).run_quietly()
}

fn free_bytes(layout: &Layout) -> Option<u64> {
    // The folder itself may not be there yet.
    let there = layout.target.ancestors().find(|folder| folder.is_dir())?;
    let disk = statvfs(there).ok()?;
    Some(disk.blocks_available().saturating_mul(disk.fragment_size()))
}

#[expect(clippy::cast_precision_loss, reason = "a figure for a person, with one decimal")]
fn gigabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e9
}
