//! Where things lie: the repository, what cargo builds, what is served, what a run keeps.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

/// The folders every command works with; all absolute.
pub struct Layout {
    pub root: PathBuf,
    /// Cargo's target directory for native code.
    pub target: PathBuf,
    /// Cargo's target directory for the app: another toolchain may build it, and two toolchains in one directory
    /// evict each other's work.
    pub target_wasm: PathBuf,
    /// What the server serves.
    pub dist: PathBuf,
    /// What `cargo xtask run` keeps: the private PostgreSQL and the blobs.
    pub var: PathBuf,
    /// Whether `target` outlives this clone: CI's, for which [`crate::warm`] sees that it does not grow.
    pub is_kept: bool,
}

impl Layout {
    pub fn find() -> Result<Self> {
        // Cargo's word at run time: a warm target directory may hold an xtask compiled for another clone.
        let manifest = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root =
            Path::new(&manifest).parent().context("xtask is not inside the repository")?.canonicalize()?;
        let (target, is_kept) = target_folder(&root);
        Ok(Self {
            target_wasm: target.join("wasm"),
            dist: root.join("dist"),
            var: root.join("var"),
            target,
            root,
            is_kept,
        })
    }
}

/// Where cargo builds, and whether that is the folder CI keeps.
fn target_folder(root: &Path) -> (PathBuf, bool) {
    if let Some(chosen) = env::var_os("CARGO_TARGET_DIR") {
        return (root.join(chosen), false);
    }
    if env::var("CI").is_ok_and(|value| value == "true")
        && let Some(warm) = warm_folder()
    {
        return (warm, true);
    }
    (root.join("target"), false)
}

/// CI works in a fresh clone each time; what it compiled of other people's crates stays good outside of it.
fn warm_folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env::var_os("HOME")?).join(".cache/rounds/target");
    fs::create_dir_all(&folder).ok()?;
    let probe = folder.join(".writable");
    fs::write(&probe, b"").ok()?;
    fs::remove_file(probe).ok()?;
    Some(folder)
}
