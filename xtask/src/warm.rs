//! What CI keeps from one run to the next: other people's crates, compiled, and nothing that grows.
//!
//! Each run is a fresh clone, so cargo compiles Rounds itself anew whatever lies there. Left alone, test programs and
//! incremental parts of run after run gathered, until the disk was full.

use std::{fs, path::Path};

use anyhow::Result;
use nix::sys::statvfs::statvfs;

use crate::{layout::Layout, progress::step, setup::WASM};

/// What a whole test command writes beside warm crates is 5 GB, and 9 GB on a bare machine.
const LITTLE_SPACE_BYTES: u64 = 9_000_000_000;

/// Takes what earlier runs left of Rounds itself out of the folder CI keeps, and says so when space is short.
pub fn thin_out(layout: &Layout) -> Result<()> {
    if layout.is_kept {
        let wasm = layout.target_wasm.join(WASM);
        for profile in [layout.target.join("debug"), wasm.join("debug"), wasm.join("wasm-release")] {
            let incremental = profile.join("incremental");
            if incremental.is_dir() {
                fs::remove_dir_all(incremental)?;
            }
            forget_programs(&profile.join("deps"))?;
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

/// Test programs and apps that were linked here; they are linked anew. Libraries stay under the names they have.
/// `cargo clean` would take other people's along: a test of ours is called `http`, as a crate is.
fn forget_programs(folder: &Path) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        if path.extension().is_none_or(|extension| extension == "wasm") && path.is_file() {
            fs::remove_file(path)?;
        }
    }
    Ok(())
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
