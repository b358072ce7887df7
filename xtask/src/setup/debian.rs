//! Debian's packages: installed as root, otherwise the command to type.

use std::{fs, path::Path};

use anyhow::{Result, bail};

use crate::{program::Program, progress::step};

pub fn is_here() -> bool {
    Path::new("/usr/bin/apt-get").exists() && Path::new("/etc/debian_version").exists()
}

/// Whether packages can be installed without asking anybody.
pub fn is_ours() -> bool {
    is_here() && nix::unistd::geteuid().is_root()
}

/// Installs packages, or fails with the command that would.
pub fn install(what: &str, packages: &[&str]) -> Result<()> {
    if !is_here() {
        bail!("missing: {what}.\nInstall it with this system's package manager, then try again.");
    }
    if !is_ours() {
        bail!(
            "missing: {what}. Run this, then try again:\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends {}",
            packages.join(" ")
        );
    }
    step(&format!("installing {what}"));
    apt_get(&["update"])?;
    apt_get(&[&["install", "-y", "--no-install-recommends"], packages].concat())
}

fn apt_get(arguments: &[&str]) -> Result<()> {
    Program::new("apt-get")
        .args(["-q", "-o", "DPkg::Lock::Timeout=120"])
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .run()
}

/// Whether a package of this name is known without asking the network.
pub fn has_installed(package: &str) -> bool {
    fs::metadata(format!("/var/lib/dpkg/info/{package}.list"))
        .or_else(|_| fs::metadata(format!("/var/lib/dpkg/info/{package}:amd64.list")))
        .is_ok()
}
