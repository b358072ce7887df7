//! The Node tools of the build and the tests: `node_modules` as the lock file says.

use std::fs;

use anyhow::{Context as _, Result, bail};

use crate::{layout::Layout, program::Program, progress::step};

/// workbox-build and playwright-core ask for it.
const NODE_MAJOR_MIN: u32 = 20;

/// Runs `npm ci` when the lock file is not the one that was installed.
pub fn prepare(layout: &Layout) -> Result<()> {
    let lock = fs::read(layout.root.join("package-lock.json")).context("package-lock.json")?;
    let installed = layout.root.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|bytes| bytes == lock) {
        return Ok(());
    }
    check_version()?;
    step("installing the Node tools (npm ci; about a minute)");
    Program::new("npm")
        .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        .folder(&layout.root)
        .run()?;
    fs::write(installed, lock)?;
    Ok(())
}

fn check_version() -> Result<()> {
    let version = Program::new("node").args(["--version"]).text()?;
    let major = version.trim().trim_start_matches('v').split('.').next().unwrap_or_default();
    if major.parse::<u32>().is_ok_and(|major| major >= NODE_MAJOR_MIN) {
        return Ok(());
    }
    bail!(
        "Node.js {} is too old: {NODE_MAJOR_MIN} or newer is needed. Install it, then try again.",
        version.trim()
    )
}
